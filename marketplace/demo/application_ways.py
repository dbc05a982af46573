"""The ways that applications of the demo have come, how often each, and what people wrote on them."""

from typing import Final, NamedTuple

import numpy as np

from placements.enums import ApplicationState as State
from placements.enums import EndReason, Side


class Step(NamedTuple):
    """One step. `waited` is for how many days at least the one before it had no answer."""

    state: str
    side: str
    reason: str = ""
    waited: float = 0.0


class Way(NamedTuple):
    """A way from the start to where it stands, and how often it is gone, relative to the others."""

    name: str
    share: int
    steps: tuple[Step, ...]


_INVITED = Step(State.INVITED, Side.EMPLOYER)
_INTERESTED = Step(State.INTERESTED, Side.CANDIDATE)
_ACCEPTED = Step(State.BOTH_INTERESTED, Side.CANDIDATE)
_ANSWERED = Step(State.BOTH_INTERESTED, Side.EMPLOYER)
_TALKED = Step(State.IN_INTERVIEW, Side.EMPLOYER)
_OFFERED = Step(State.OFFERED, Side.EMPLOYER)
_HIRED = Step(State.HIRED, Side.CANDIDATE)


def _no(side: str, reason: str) -> Step:
    return Step(State.DECLINED, side, reason)


WAYS: Final = (
    Way("invited", 14, (_INVITED,)),
    Way("interested", 16, (_INTERESTED,)),
    Way("accepted", 7, (_INVITED, _ACCEPTED)),
    Way("answered", 6, (_INTERESTED, _ANSWERED)),
    Way("in_interview", 10, (_INVITED, _ACCEPTED, _TALKED)),
    Way("offered", 4, (_INVITED, _ACCEPTED, _TALKED, _OFFERED)),
    Way("hired", 4, (_INTERESTED, _ANSWERED, _TALKED, _OFFERED, _HIRED)),
    Way("declined by the employer", 9, (_INTERESTED, _no(Side.EMPLOYER, "language"))),
    Way(
        "declined after a talk",
        6,
        (_INVITED, _ACCEPTED, _TALKED, _no(Side.EMPLOYER, "somebody_else")),
    ),
    Way("declined by the person", 8, (_INVITED, _no(Side.CANDIDATE, "hours"))),
    Way("offer declined", 2, (_INVITED, _ACCEPTED, _OFFERED, _no(Side.CANDIDATE, "pay"))),
    Way("withdrawn", 4, (_INTERESTED, Step(State.WITHDRAWN, Side.CANDIDATE, "other_work"))),
    Way(
        "passed by",
        6,
        (_INVITED, Step(State.EXPIRED, Side.PLATFORM, EndReason.CANDIDATE_SILENT, waited=9.0)),
    ),
    Way(
        "released",
        4,
        (_INTERESTED, Step(State.EXPIRED, Side.PLATFORM, EndReason.EMPLOYER_SILENT, waited=16.0)),
    ),
)

_WORDS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    (State.INVITED, Side.EMPLOYER): (
        "Your hours fit our evenings well. Would you like to hear more about the team?",
        "You know web shops, and our customers write in your languages. Shall we talk?",
        "",
    ),
    (State.INTERESTED, Side.CANDIDATE): (
        "I did chat and mail for a shop for two years and would like to do it from home.",
        "Your customers are at home where I grew up. I would like to help them.",
        "",
    ),
    (State.DECLINED, Side.EMPLOYER): (
        "Please try again when your level has been measured higher; we liked the rest.",
        "Thank you for your interest. We chose somebody with more evenings free.",
    ),
    (State.DECLINED, Side.CANDIDATE): ("Thank you for thinking of me. It does not fit my week now.", ""),
}


def written(step: Step, rng: np.random.Generator) -> str:
    """What was written at a step; most steps need no words."""
    words = _WORDS.get((step.state, step.side), ("",))
    return words[int(rng.integers(len(words)))]
