"""How well the statements of the work-style scales hold together, for staff."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assessments.engine.consistency import Consistency, consistency
from candidates.models import Candidate
from reference.vocabularies import in_active_language
from reference.work_style import (
    ANSWERS,
    HIGHEST_ANSWER,
    LOWEST_ANSWER,
    STATEMENTS_A_SCALE,
    VERSION,
    scales,
    statements,
)

MOST_PEOPLE: Final = 50_000
"""The people who changed their profile last; more would not make the figures surer."""

ENOUGH_PEOPLE: Final = 200
"""Below this many the interval is too wide to judge a scale by."""


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """One statement, whether it is scored the other way round, and how it goes with the others of its scale."""

    text: str
    turned: bool
    item_total: float | None


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """One scale with its two poles."""

    low: str
    high: str
    found: Consistency
    statements: list[StatementFigures]


@dataclass(frozen=True, slots=True)
class WorkStyleReport:
    """All scales, and how many people answered the statements as they stand now."""

    people: int
    scales: list[ScaleFigures]

    @property
    def few(self) -> bool:
        """Whether there are too few people to judge by."""
        return self.people < ENOUGH_PEOPLE


def work_style_report() -> WorkStyleReport:
    """One query; the work is done on an array of (people, 24)."""
    rows = (
        Candidate.objects.filter(work_style_version=VERSION, work_style__len=ANSWERS)
        .order_by("-changed_at", "-pk")
        .values_list("work_style", flat=True)[:MOST_PEOPLE]
    )
    answers = np.array(list(rows), dtype=np.int64).reshape(-1, ANSWERS)
    turned = np.array([statement.pole == "low" for statement in statements()])
    scores = np.where(turned, LOWEST_ANSWER + HIGHEST_ANSWER - answers, answers)
    figures = []
    for at, scale in enumerate(scales()):
        columns = slice(at * STATEMENTS_A_SCALE, (at + 1) * STATEMENTS_A_SCALE)
        found = consistency(scores[:, columns])
        figures.append(
            ScaleFigures(
                low=in_active_language(scale.low),
                high=in_active_language(scale.high),
                found=found,
                statements=[
                    StatementFigures(one.text("person"), one.pole == "low", correlation)
                    for one, correlation in zip(scale.statements, found.item_total, strict=True)
                ],
            )
        )
    return WorkStyleReport(people=len(answers), scales=figures)
