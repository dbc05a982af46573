"""Time zone names: which are known, and what an old name is called today. Data of the pinned `tzdata` package."""

import zoneinfo
from functools import cache
from importlib.resources import files

from common.clock import tz_version

__all__ = ["canonical_zone", "is_zone", "tz_version"]


@cache
def _known() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@cache
def _current_names() -> frozenset[str]:
    """Names that stand in the table of zones by country."""
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[2] for line in lines if line and not line.startswith("#"))


@cache
def _links() -> dict[str, str]:
    """Old name to the name it stands for, from the compact source (lines `L target name`)."""
    lines = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").splitlines()
    return {name: target for kind, target, name in (line.split() for line in lines if line.startswith("L "))}


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone of the pinned data."""
    return name in _known()


def canonical_zone(name: str) -> str | None:
    """The current name of a zone (`Asia/Calcutta` → `Asia/Kolkata`), or None for an unknown one.

    Browsers report old names. A name listed for a country stays as it is, even where IANA merged its data.
    """
    if name in _current_names():
        return name
    target = _links().get(name)
    if target is not None:
        return target
    return name if is_zone(name) else None
