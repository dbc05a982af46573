"""The work-style questionnaire: eight bipolar scales of three statements, versioned in `data/work_style.json`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import get_language

Audience = Literal["person", "team"]

SCALES = 8
STATEMENTS_PER_SCALE = 3
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `high` says that agreeing points to the high pole of its scale."""

    code: str
    scale: str
    high: bool
    person: dict[str, str]
    team: dict[str, str]

    def text(self, audience: Audience) -> str:
        """The wording for a person or a team, in the active language, else in English."""
        wording = self.person if audience == "person" else self.team
        return _in_language(wording)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale with the words for its two ends."""

    code: str
    low: dict[str, str]
    high: dict[str, str]
    statements: tuple[Statement, ...]

    def poles(self) -> tuple[str, str]:
        """Low and high end in the active language."""
        return _in_language(self.low), _in_language(self.high)


@cache
def questionnaire() -> tuple[str, tuple[Scale, ...]]:
    """The version and the scales, in order."""
    held = json.loads((Path(__file__).parent / "data" / "work_style.json").read_text(encoding="utf-8"))
    scales = tuple(
        Scale(
            code=scale["code"],
            low=scale["low"],
            high=scale["high"],
            statements=tuple(
                Statement(each["code"], scale["code"], each["pole"] == "high", each["person"], each["team"])
                for each in scale["statements"]
            ),
        )
        for scale in held["scales"]
    )
    return held["version"], scales


def statements() -> list[Statement]:
    """All 24 statements, in the order in which answers are stored."""
    return [statement for scale in questionnaire()[1] for statement in scale.statements]


def vector(answers: Sequence[int]) -> tuple[int, ...]:
    """Eight values 0..12 from 24 answers 1..5: per scale the sum of (answer - 1), or (5 - answer) when reversed.

    Raises ValueError for a wrong number of answers or one outside 1..5.
    """
    asked = statements()
    if len(answers) != len(asked) or any(not LOWEST <= answer <= HIGHEST for answer in answers):
        raise ValueError("the questionnaire has 24 answers from 1 to 5")
    steps = [
        answer - LOWEST if statement.high else HIGHEST - answer
        for statement, answer in zip(asked, answers, strict=True)
    ]
    width = STATEMENTS_PER_SCALE
    return tuple(sum(steps[at : at + width]) for at in range(0, len(steps), width))


def _in_language(wording: dict[str, str]) -> str:
    language = (get_language() or "en").split("-")[0]
    return wording.get(language) or wording["en"]
