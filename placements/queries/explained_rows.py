"""Rows of a shortlist with their explanations, some people at a time."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from assessments.models import Measurement
from candidates.models import Candidate
from matching.engine import InvalidQuery
from matching.queries.known import DayFacts
from matching.queries.matches import Explained, explained
from matching.queries.shortlist import Shortlist, ShortlistRow
from matching.words.figures import skill_names
from placements.queries.fact_tests import pages_by_fact, tests_by_fact
from placements.queries.pairing import Pairing
from reference.rules.rates import NoRate
from vacancies.models import Vacancy


class ExplainedRow(NamedTuple):
    """A person's row; `pairing` is None for whose profile changed so much that nothing can be computed."""

    row: ShortlistRow
    pairing: Pairing | None


def explained_rows(
    vacancy: Vacancy, found: Shortlist, ids: Sequence[int], facts: DayFacts
) -> list[ExplainedRow]:
    """The rows of some people who are shown on the list, in the order of `ids`; a constant number of queries."""
    known = _known(vacancy, [found.listed[one] for one in ids if one in found.listed], facts)
    measured: dict[int, list[Measurement]] = {one: [] for one in ids}
    for measurement in Measurement.objects.filter(candidate__in=ids).current(facts.on):
        measured[measurement.candidate_id].append(measurement)
    names = skill_names()
    shown = [(one, row) for one in ids if (row := found.row_of(one)) is not None]
    return [
        ExplainedRow(
            row, Pairing(known[one], found.listed[one], measured[one], row, names) if one in known else None
        )
        for one, row in shown
    ]


def _known(vacancy: Vacancy, people: Collection[Candidate], facts: DayFacts) -> dict[int, Explained]:
    try:
        return explained(vacancy, people, facts.on, with_changes=False, facts=facts) if people else {}
    except (InvalidQuery, NoRate):
        return {}


def explained_person(vacancy: Vacancy, found: Shortlist, person: UUID, on: date) -> ExplainedRow | None:
    """The row of one person who is shown on the list, with what would change it; None for everybody else."""
    shown = found.listed.numbered(person)
    row = found.row_of(shown.pk) if shown else None
    if row is None:
        return None
    try:
        known = explained(vacancy, [row.candidate], on, found.ranking).get(row.candidate.pk)
    except (InvalidQuery, NoRate):
        known = None
    if known is None:
        return ExplainedRow(row, None)
    tests = tests_by_fact()
    tested = tests.keys() | pages_by_fact(tests).keys()
    measured = list(Measurement.objects.filter(candidate=row.candidate).current(on))
    return ExplainedRow(row, Pairing(known, row.candidate, measured, row, tested=tested))
