"""Time zones from the pinned `tzdata` package only; the system's own files are never read."""

from functools import lru_cache
from importlib import import_module, resources
from typing import Final
from zoneinfo import ZoneInfo

from matching.engine.errors import UnknownZone

_PACKAGE: Final = "tzdata"


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA name that the pinned data knows."""
    listing = resources.files(_PACKAGE).joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listing.split())


@lru_cache(maxsize=1024)
def load_zone(name: str) -> ZoneInfo:
    """The zone of that name. Raises `UnknownZone`."""
    if name not in zone_names():
        raise UnknownZone(f"{name!r} is not a time zone of the pinned data")
    with resources.files(_PACKAGE).joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@lru_cache(maxsize=1)
def tz_version() -> str:
    """Version of the time zone data, for example "2026f"; part of every ranking's digest."""
    return str(import_module(_PACKAGE).IANA_VERSION)
