"""Vacancies that a part of the score cannot tell apart: each kind is judged once for a person, not each vacancy.

Ten thousand vacancies ask for a few dozen sets of languages or skills, and for some thousand weeks of work. What a
person's week gives at such weeks is kept with the book, and handed on to the book that follows it.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine.parts import Part
from matching.engine.query import VacancyQuery

Codes = npt.NDArray[np.int32]
Measure = Callable[[VacancyQuery], tuple[int, int]]

PEOPLE_KEPT: Final = 512
"""Weeks of people whose hours a book keeps: eight bytes for each kind of vacancy."""
MOST_KINDS: Final = 50_000
"""With more kinds than that, most of vacancies that closed, a book begins to count anew."""
UNKNOWN: Final = 255

KINDS: Final[dict[Part, Callable[[VacancyQuery], Hashable]]] = {
    Part.LANGUAGE: lambda query: (query.languages, query.nice_languages, query.cefr_cuts),
    Part.CULTURE: lambda query: (
        query.organisation,
        query.locality_wanted and (query.team_countries, query.customer_countries),
        query.locality_share,
    ),
    Part.TIME: lambda query: (query.hours_week, *_weeks_of(query)),
    Part.SKILLS: lambda query: (query.must_skills, query.wanted_skills),
    Part.EXPERIENCE: lambda query: (query.sector, query.channels),
    Part.COMMITMENT: lambda query: (query.contract_months, query.hours_week),
}
"""All that a part reads of a vacancy. Vacancies of one kind are judged once; time stands for the calendar's gate too."""


@dataclass(slots=True, eq=False)
class Kinds:
    """numbers: the number of each kind, in the order of first appearance. first: the first query of each.

    Only ever added to, so that books which follow one another share it.
    """

    numbers: dict[Hashable, int] = field(default_factory=dict)
    first: list[VacancyQuery] = field(default_factory=list)

    def codes_of(self, part: Part, queries: Sequence[VacancyQuery]) -> Codes:
        """int32 (m,): the kind of each query."""
        codes = np.empty(len(queries), dtype=np.int32)
        for at, query in enumerate(queries):
            codes[at] = code = self.numbers.setdefault(KINDS[part](query), len(self.numbers))
            if code == len(self.first):
                self.first.append(query)
        return codes


class KnownHours:
    """What one person's week gives at the kinds met so far. Several threads may ask at once: they find the same."""

    def __init__(self) -> None:
        self._found: npt.NDArray[np.int32] = np.full((2, 0), UNKNOWN, dtype=np.int32)

    def at(
        self, codes: Codes, kinds: Kinds, measure: Measure
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        """uint8 and int64, one each a code: the calendar's reason and the time fit; `measure` finds both for a kind."""
        found = self._found
        if found.shape[1] < len(kinds.first):
            grown = np.full((2, len(kinds.first)), UNKNOWN, dtype=np.int32)
            grown[:, : found.shape[1]] = found
            found = self._found = grown
        for code in np.unique(codes[found[0].take(codes) == UNKNOWN]).tolist():
            found[:, code] = measure(kinds.first[code])
        reasons, fits = found.take(codes, axis=1)
        return reasons.astype(np.uint8), fits.astype(np.int64)


def _weeks_of(query: VacancyQuery) -> tuple[Hashable, ...]:
    """All that the weeks of a vacancy depend on."""
    return (query.zone, query.shifts, query.start_day, query.end_day)


@lru_cache(maxsize=4096)
def _calendars_of(_weeks: tuple[Hashable, ...]) -> dict[str, dict[Any, Any]]:
    return {"_regimes": {}, "_calendars": {}}


def share_calendars(query: VacancyQuery) -> None:
    """Let vacancies with the same weeks, whose hours a week differ, keep one set of calendars."""
    if "_calendars" not in query.__dict__:
        query.__dict__.update(_calendars_of(_weeks_of(query)))
