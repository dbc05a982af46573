"""Handing one signed message to an address that somebody else chose: nothing of our own network is ever reached by it."""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings

from employers.rules.webhooks import host_and_port, is_public

LOOK_UP_SECONDS: Final = 5
STEP_SECONDS: Final = 8
ALL_SECONDS: Final = 15
ANSWER_BYTES: Final = 2_000
EXCERPT: Final = 300
GOOD: Final = range(200, 300)
_SAFE: Final = "/%:@!$&'()*+,;=~-._"


class NotPublic(Exception):
    """The address, or a machine that it stands for, is none that messages are sent to."""


class NotFound(Exception):
    """No machine has this name, as far as can be found out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: the status (0 = no answer), milliseconds, and the answer's beginning or what went wrong."""

    status: int
    milliseconds: int
    words: str

    @property
    def good(self) -> bool:
        """Whether the message was taken. A redirect is not followed and counts as not taken."""
        return self.status in GOOD


def public_address(url: str) -> str:
    """The IP address to connect to. Raises NotPublic when the URL or any address of its host is not to be reached, and
    NotFound."""
    place = host_and_port(url)
    if place is None:
        raise NotPublic
    found = _addresses(*place)
    if not all(is_public(one, loopback_too=settings.WEBHOOKS_TO_LOOPBACK) for one in found):
        raise NotPublic
    return found[0]


def _addresses(host: str, port: int) -> list[str]:
    """What the name stands for now; a resolver that is silent is not waited for."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        look_up = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = [str(entry[4][0]) for entry in look_up.result(timeout=LOOK_UP_SECONDS)]
    except (OSError, UnicodeError, TooSlow) as error:
        raise NotFound from error
    finally:
        pool.shutdown(wait=False)
    if not found:
        raise NotFound
    return found


class PinnedConnection(HTTPSConnection):
    """HTTPS to one IP address that was looked at, with the certificate, SNI and Host of the name: asking the name once
    more could give another machine."""

    def __init__(self, host: str, port: int, address: str) -> None:
        context = ssl.create_default_context()
        if settings.WEBHOOK_CA_FILE:
            context.load_verify_locations(settings.WEBHOOK_CA_FILE)
        super().__init__(host, port, timeout=STEP_SECONDS, context=context)
        self.address = address
        self.trust = context

    def connect(self) -> None:
        """Raises NotPublic, should the other end not be what was looked at."""
        plain = socket.create_connection((self.address, self.port), STEP_SECONDS)
        if not is_public(str(plain.getpeername()[0]), loopback_too=settings.WEBHOOKS_TO_LOOPBACK):
            plain.close()
            raise NotPublic
        # Shaken hands with afterwards, so that the end of all time can cut it off, too.
        wrapped = self.trust.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = wrapped
        wrapped.do_handshake()

    def cut(self) -> None:
        """End it from another thread; who reads from it hears an error."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def hand_over(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send it once. Whatever the other end does, an outcome comes back within about twenty seconds."""
    began = time.monotonic()
    try:
        status, words = _send(url, body, headers)
    except NotPublic:
        status, words = 0, "The address is not a public one."
    except NotFound:
        status, words = 0, "The name of the host was not found."
    except ssl.SSLError as error:
        status, words = 0, f"No safe connection: {error.reason or error}"
    except (OSError, HTTPException, ValueError) as error:
        status, words = 0, f"{type(error).__name__}: {error}"
    return Outcome(status, round(1000 * (time.monotonic() - began)), _printable(words))


def _send(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    address = public_address(url)
    place = host_and_port(url)
    assert place is not None
    parts = urlsplit(url)
    target = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    )
    connection = PinnedConnection(*place, address)
    clock = threading.Timer(ALL_SECONDS, connection.cut)
    clock.start()
    try:
        connection.request("POST", target, body, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.read(ANSWER_BYTES).decode("utf-8", "replace")
    finally:
        clock.cancel()
        connection.close()


def _printable(words: str) -> str:
    return "".join(one if one.isprintable() else " " for one in words)[:EXCERPT].strip()
