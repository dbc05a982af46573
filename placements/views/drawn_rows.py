"""How each person of a list suits, drawn once for everybody who reads the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language

from matching.engine.kept import Kept
from matching.queries.known import DayFacts
from matching.queries.shortlist import PartShare, Shortlist, ShortlistRow
from placements.queries.explained_rows import explained_rows
from vacancies.models import Vacancy

KEPT: Final = 2_000
"""Rows that a process keeps, of some 7 kB each: a hundred pages of twenty."""


class Suiting(NamedTuple):
    """Whether somebody still meets every condition, and what follows the head of their row, without a name."""

    eligible: bool
    html: str


class _Key(NamedTuple):
    """All that a row rests on: the day's facts, what is asked, the person, the figures shown, and the language."""

    facts: str
    version: int | None
    team_as_of: datetime
    candidate: int
    changed_at: datetime
    score: int
    parts: tuple[PartShare, ...]
    language: str


_drawn: Kept[Suiting] = Kept(KEPT)


def drawn_rows(
    vacancy: Vacancy, found: Shortlist, ids: Sequence[int], facts: DayFacts
) -> list[tuple[ShortlistRow, Suiting | None]]:
    """The rows of some people who are shown on the list, in the order of `ids`, each with how they suit.

    None for whose profile changed so much that nothing can be computed. Who suits as they did when they were last
    drawn is neither read nor computed again; all others together, in a constant number of queries.
    """
    rows = [row for one in ids if (row := found.row_of(one)) is not None]
    keys = {row.candidate.pk: _key(vacancy, row, facts) for row in rows}
    kept = {one: _drawn.held(key) for one, key in keys.items()}
    missing = [one for one, suiting in kept.items() if suiting is None]
    kept |= _draw(vacancy, found, missing, keys, facts) if missing else {}
    return [(row, kept[row.candidate.pk]) for row in rows]


def _key(vacancy: Vacancy, row: ShortlistRow, facts: DayFacts) -> _Key:
    person, team_as_of = row.candidate, vacancy.employer.facts_changed_at
    who = (person.pk, person.changed_at, row.score, row.parts)
    return _Key(facts.fingerprint, vacancy.current_id, team_as_of, *who, get_language() or "")


def _draw(
    vacancy: Vacancy, found: Shortlist, ids: Sequence[int], keys: Mapping[int, _Key], facts: DayFacts
) -> dict[int, Suiting]:
    drawn = {}
    for row, pairing in explained_rows(vacancy, found, ids, facts):
        if pairing is None:
            continue
        html = render_to_string("placements/_suits_in_short.html", {"pairing": pairing})
        suiting = Suiting(pairing.explanation.eligible, html)
        drawn[row.candidate.pk] = _drawn.keep(keys[row.candidate.pk], suiting)
    return drawn
