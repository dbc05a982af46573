"""Vacancies that a part of the score cannot tell apart: each kind is judged once for a person, not each vacancy.

Ten thousand vacancies ask for a few dozen sets of languages or skills, and for some thousand weeks of work.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.parts import Part
from matching.engine.query import VacancyQuery

Codes = npt.NDArray[np.int32]

MOST_KINDS: Final = 50_000
"""With more kinds than that, most of vacancies that closed, a book begins to count anew."""

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


def _weeks_of(query: VacancyQuery) -> tuple[Hashable, ...]:
    """All that the weeks of a vacancy depend on."""
    return (query.zone, query.shifts, query.start_day, query.end_day)
