"""Calendar time: the pinned time zone data wins over whatever the machine has."""

import zoneinfo


def use_pinned_tzdata() -> None:
    """Make `zoneinfo` read the `tzdata` package only; call it before any zone is built.

    A system database can lag by a year and then gets the clock changes of whole countries wrong.
    """
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
