"""Who may begin an application again after an earlier one between the same two."""

from datetime import datetime, timedelta

from placements.enums import ApplicationState, EndReason, Side

AGAIN_AFTER = timedelta(days=30)
"""Whoever got no answer may ask once more, after that."""


def asked_in_vain(
    *, side: str, state: str, ended_by: str, reason: str, ended_at: datetime | None, now: datetime
) -> bool:
    """Whether the last application between the two, ended like this, keeps `side` from beginning another.

    A no keeps the side that got it from asking again; the side that said no can change its mind and begin itself.
    Silence keeps the side that waited from asking again for `AGAIN_AFTER`.
    """
    if state == ApplicationState.DECLINED:
        return ended_by in (Side.CANDIDATE, Side.EMPLOYER) and ended_by != side
    silent = {Side.EMPLOYER: EndReason.CANDIDATE_SILENT, Side.CANDIDATE: EndReason.EMPLOYER_SILENT}.get(
        Side(side)
    )
    return reason == silent and ended_at is not None and now - ended_at < AGAIN_AFTER
