"""What a token looks like, and how it is kept."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final, NamedTuple

MOST_TOKENS: Final = 20
DAYS: Final = (30, 90, 365)
TOLD_DAYS_BEFORE: Final = (14, 3)
"""How many days before its end people are told of it."""
USE_NOTED_EVERY: Final = timedelta(minutes=10)
_BEGINNING: Final = "mkt_"
_SHOWN: Final = 12


class NewToken(NamedTuple):
    """The secret, shown once; what people recognise it by; what is kept."""

    secret: str
    prefix: str
    digest: str


def new_token() -> NewToken:
    """A secret of 256 random bits; its beginning stays readable, so that a leaked one can be found and revoked."""
    secret = _BEGINNING + secrets.token_urlsafe(32)
    return NewToken(secret, secret[:_SHOWN], digest_of(secret))


def digest_of(secret: str) -> str:
    """SHA-256: a random secret of this length needs no slow hash, and every request is looked up by it."""
    return hashlib.sha256(secret.encode()).hexdigest()
