"""When a message is tried again, when an address is given up, and which addresses may be sent to."""

import ipaddress
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

MOST_ENDPOINTS: Final = 10
URL_LENGTH: Final = 500
SECRET_OVERLAP: Final = timedelta(hours=24)
DISABLED_AFTER: Final = timedelta(days=5)
_RETRY_AFTER: Final = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5),
    timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24),
)  # fmt: skip

HTTPS_PORT: Final = 443
FIRST_FREE_PORT: Final = 1024
# Addresses that stand for IPv4 ones, or are translated on their way (who may not be reached directly may not so either);
# then addresses of a site alone, as they once were, of examples, and of protocols, which the library takes for public ones.
_NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(net)
    for net in (
        "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96",
        "fec0::/10", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24",
    )
)  # fmt: skip


def retry_after(attempts: int) -> timedelta | None:
    """Time to the next attempt after `attempts` (1 or more) failed ones; None when it is given up, after three days."""
    return _RETRY_AFTER[attempts - 1] if attempts <= len(_RETRY_AFTER) else None


def is_public(address: str, *, loopback_too: bool = False) -> bool:
    """Whether an IP address belongs to the public internet: not private, shared, link-local, multicast or reserved."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return loopback_too
    if any(ip in net for net in _NOT_PUBLIC):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local)


def host_and_port(url: str) -> tuple[str, int] | None:
    """Of an address that webhooks may go to: https, without user, password or fragment; None for every other one."""
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS_PORT
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError):
        return None
    plain = not (parts.username or parts.password or parts.fragment) and "@" not in parts.netloc
    printable = url.isprintable() and " " not in url and len(url) <= URL_LENGTH
    allowed = port == HTTPS_PORT or port >= FIRST_FREE_PORT
    return (host, port) if parts.scheme == "https" and host and plain and printable and allowed else None
