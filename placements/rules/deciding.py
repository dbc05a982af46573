"""What an employer can do about a person, by how the two stand: data for buttons; the actions check again."""

from datetime import datetime, timedelta
from typing import Final

from placements.enums import ApplicationState

INVITE, ACCEPT, DECLINE, TAKE_BACK = "invite", "accept", "decline", "take_back"
TALK, OFFER, SET_ASIDE, PUT_BACK, NOTE = "talk", "offer", "set_aside", "put_back", "note"

STEPS: Final[dict[str, tuple[str, ...]]] = {
    "new": (INVITE, SET_ASIDE),
    "set_aside": (PUT_BACK,),
    "ended": (INVITE,),
    ApplicationState.INVITED: (TAKE_BACK,),
    ApplicationState.INTERESTED: (ACCEPT, DECLINE),
    ApplicationState.BOTH_INTERESTED: (TALK, OFFER, DECLINE),
    ApplicationState.IN_INTERVIEW: (OFFER, DECLINE),
    ApplicationState.OFFERED: (TAKE_BACK,),
    ApplicationState.HIRED: (),
}
"""The first one is the usual next step."""
NEEDS_OPEN: Final = (INVITE,)
"""Only while the vacancy is published."""
NEEDS_UNCLOSED: Final = (ACCEPT, TALK, OFFER)
"""Not once it is closed."""


def steps_for(code: str, *, published: bool, closed: bool, asked_in_vain: bool = False) -> tuple[str, ...]:
    """The steps that are possible for a person who stands at `code` (a state, "new", "ended" or "set_aside").

    `asked_in_vain`: the person said no, or let an invitation pass, so that the next step is theirs.
    """
    return tuple(
        step
        for step in STEPS.get(code, ())
        if (published or step not in NEEDS_OPEN)
        and (not closed or step not in NEEDS_UNCLOSED)
        and not (asked_in_vain and step == INVITE)
    )


FURTHEST: Final = timedelta(days=180)
"""How far from now somebody can say that two people talk."""


def is_near(talk_at: datetime, now: datetime) -> bool:
    """Whether two people may talk, or have talked, at that moment; one far away is a slip of the pen."""
    return abs(talk_at - now) <= FURTHEST


TOGETHER: Final = (INVITE, ACCEPT, DECLINE)
"""What can be done to several people at once."""
