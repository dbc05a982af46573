"""Whether what calls itself a passkey's answer can be read at all, before the library that checks it looks inside."""

import json
import struct

from fido2.webauthn import AuthenticationResponse, RegistrationResponse

MOST_CHARACTERS = 50_000
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, struct.error)


def is_readable_credential(text: str) -> bool:
    """Whether `text` is the JSON of a browser's answer to making or using a passkey; says nothing about who sent it."""
    if len(text) > MOST_CHARACTERS:
        return False
    try:
        answer = json.loads(text)
        kind = RegistrationResponse if "attestationObject" in answer["response"] else AuthenticationResponse
        kind.from_dict(answer)
    except UNREADABLE:
        return False
    return True
