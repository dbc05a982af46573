"""Time zones that a person can choose: the IANA zones that hold a place, by part of the world."""

import zoneinfo
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale
from babel.dates import get_timezone_location
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

UTC = "UTC"
NEVER_CHOSEN = UTC
"""What an account starts with."""
AREAS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic Ocean"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}


@cache
def place_zones() -> frozenset[str]:
    """Zones listed with a place in the pinned time zone data (`zone.tab`), and UTC. Old aliases are left out."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return frozenset(row[2] for row in rows) | {UTC}


def clock_of(name: str) -> zoneinfo.ZoneInfo:
    """The zone, or UTC where the data no longer know it: a name that went out of use stops no page and no mail."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo(UTC)


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a zone that the pinned data knows."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("%(zone)s is not a time zone."), params={"zone": name}, code="unknown_zone")


def zone_choices(language: str, now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (name, "City (UTC+01:00)") by part of the world, cities in `language`, offsets as of `now` (aware).

    Offsets change on the hour or half hour, so the list is kept for half an hour.
    """
    return _choices(language, now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0))


@lru_cache(maxsize=8)
def _choices(language: str, now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    locale = Locale.parse(language)
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in place_zones() - {UTC}:
        # Without an entry in CLDR the name itself comes back: "Argentina/Salta" reads better as "Salta, Argentina".
        city = ", ".join(reversed(get_timezone_location(name, locale=locale, return_city=True).split("/")))
        groups.setdefault(name.partition("/")[0], []).append((name, f"{city} ({offset_label(name, now)})"))
    ordered = [(area, sorted(groups[area], key=lambda choice: choice[1])) for area in sorted(groups)]
    with translation.override(language):
        named = [(str(AREAS.get(area, area)), zones) for area, zones in ordered]
    return [(UTC, [(UTC, UTC)]), *named]


def offset_label(name: str, now: datetime) -> str:
    """What the zone's clock is ahead or behind at `now`, as "UTC+05:30"."""
    offset = now.astimezone(zoneinfo.ZoneInfo(name)).utcoffset()
    assert offset is not None
    minutes = int(offset.total_seconds() // 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
