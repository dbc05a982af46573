"""Work style: eight scales with two poles, three statements each, the same for a person and for a team.

Answers run from 1 (not at all) to 5 (fully), one a statement, in the order of `statements()`. Neither pole is better.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reference.vocabularies import DATA_FOLDER, in_active_language

Audience = Literal["person", "team"]

VERSION = "1"
LOWEST_ANSWER, HIGHEST_ANSWER = 1, 5
SCALES = 8
STATEMENTS_A_SCALE = 3
ANSWERS = SCALES * STATEMENTS_A_SCALE
HIGHEST_POSITION = STATEMENTS_A_SCALE * (HIGHEST_ANSWER - LOWEST_ANSWER)


@dataclass(frozen=True)
class Statement:
    """A sentence to agree with. `pole` says which end of its scale agreement points to."""

    code: str
    scale: str
    pole: Literal["low", "high"]
    person: Mapping[str, str]
    team: Mapping[str, str]

    def text(self, audience: Audience) -> str:
        """The wording for a person or a team, in the active language."""
        return in_active_language(self.person if audience == "person" else self.team)


@dataclass(frozen=True)
class Scale:
    """Two poles, worded by language, and the statements between them; a vector runs from `low` (0) to `high` (12)."""

    code: str
    low: Mapping[str, str]
    high: Mapping[str, str]
    statements: tuple[Statement, ...]


@cache
def scales() -> tuple[Scale, ...]:
    """The eight scales, in the order of `vector`."""
    stored = json.loads((DATA_FOLDER / "work_style.json").read_text(encoding="utf-8"))
    return tuple(
        Scale(
            each["code"],
            each["low"],
            each["high"],
            tuple(
                Statement(s["code"], each["code"], s["pole"], s["person"], s["team"])
                for s in each["statements"]
            ),
        )
        for each in stored["scales"]
    )


@cache
def statements() -> tuple[Statement, ...]:
    """The 24 statements, in the order that answers are stored in."""
    return tuple(statement for scale in scales() for statement in scale.statements)


def vector(answers: Sequence[int]) -> tuple[int, ...]:
    """Position on each of the eight scales, 0 (low pole) to 12 (high pole), from 24 answers of 1 to 5.

    Raises ValueError for another number of answers or an answer outside 1 to 5.
    """
    if len(answers) != ANSWERS:
        raise ValueError(f"{ANSWERS} answers are needed, not {len(answers)}")
    if any(not LOWEST_ANSWER <= answer <= HIGHEST_ANSWER for answer in answers):
        raise ValueError(f"an answer is a number from {LOWEST_ANSWER} to {HIGHEST_ANSWER}")
    points = [
        answer - LOWEST_ANSWER if statement.pole == "high" else HIGHEST_ANSWER - answer
        for answer, statement in zip(answers, statements(), strict=True)
    ]
    return tuple(
        sum(points[start : start + STATEMENTS_A_SCALE]) for start in range(0, ANSWERS, STATEMENTS_A_SCALE)
    )
