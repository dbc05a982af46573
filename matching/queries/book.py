"""What every open vacancy asks, laid side by side for the reverse direction."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import Count, DecimalField, F, Func, Sum

from matching.engine import CANDIDATE_WEIGHTS, InvalidQuery, QueryBook, VacancyQuery
from matching.queries.known import DayFacts
from matching.queries.shared_queries import Key, fetch, share
from matching.queries.waiting import to_rank
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies

READ_AT_ONCE = 500


class Asked(NamedTuple):
    """What a vacancy asks: the query of a version for a team, None when it cannot be compiled."""

    version_id: int
    team_as_of: datetime
    query: VacancyQuery | None


def open_queries(facts: DayFacts) -> dict[int, Asked]:
    """What every published vacancy asks, by its key.

    One query when all are compiled already, here or by another process; the rest is read and compiled, in bounded portions.
    """
    columns = ("pk", "current_id", "employer__facts_changed_at", "current__frozen_at")
    found: dict[int, Asked] = {}
    missing: dict[int, Key] = {}
    for pk, version, team_as_of, frozen_at in published_vacancies().values_list(*columns).iterator(10_000):
        assert version is not None
        query = facts.compiled.get((version, team_as_of))
        found[pk] = Asked(version, team_as_of, query)
        if query is None:
            missing[pk] = Key(version, frozen_at, team_as_of)
    keys = list(missing)
    for start in range(0, len(keys), READ_AT_ONCE):
        found |= _fetched_or_read({pk: missing[pk] for pk in keys[start : start + READ_AT_ONCE]}, facts)
    return found


def _fetched_or_read(missing: Mapping[int, Key], facts: DayFacts) -> dict[int, Asked]:
    """What these vacancies ask: from the other processes, and for the rest from the database."""
    fetched = fetch(facts.fingerprint, missing.values())
    found = {}
    for pk, key in missing.items():
        if query := fetched.get(key):
            facts.compiled[key.version_id, key.team_as_of] = query
            found[pk] = Asked(key.version_id, key.team_as_of, query)
    to_read = missing.keys() - found.keys()
    if not to_read:
        return found
    read = {
        vacancy.pk: _asked(vacancy, facts)
        for vacancy in to_rank(published_vacancies().filter(pk__in=to_read))
    }
    share(facts.fingerprint, {missing[pk]: asked.query for pk, asked in read.items() if asked.query})
    return found | read


def _asked(vacancy: Vacancy, facts: DayFacts) -> Asked:
    assert vacancy.current is not None
    try:
        query = facts.query_of(vacancy)
    except (InvalidQuery, NoRate):
        query = None
    return Asked(vacancy.current.pk, vacancy.employer.facts_changed_at, query)


class OpenBook(NamedTuple):
    """The book of all vacancies that can be ranked, their keys in its order, and a number that no other book gets."""

    keys: npt.NDArray[np.int64]
    book: QueryBook
    number: int


_lock = Lock()
_numbers = count(1)
_held: tuple[tuple[int, ...], OpenBook] | None = None
_current: tuple[str, OpenBook] | None = None


def open_book(queries: Mapping[int, Asked]) -> OpenBook:
    """The book of what vacancies ask; laid out anew only when one of them has come, gone or changed."""
    global _held
    can_be_ranked = {key: asked.query for key, asked in sorted(queries.items()) if asked.query}
    # The same compiled query is the same object for as long as the day's facts are held, and the book holds it too.
    what_is_held = (*can_be_ranked, *map(id, can_be_ranked.values()))
    with _lock:
        if _held is None or _held[0] != what_is_held:
            keys = np.array(list(can_be_ranked), dtype=np.int64)
            before = _held[1].book if _held else None
            book = QueryBook(list(can_be_ranked.values()), CANDIDATE_WEIGHTS, before)
            _held = what_is_held, OpenBook(keys, book, next(_numbers))
        return _held[1]


def current_book(facts: DayFacts) -> OpenBook:
    """The book of all open vacancies as they are now; one query while nothing changed, whatever their number."""
    global _current
    which = f"{facts.fingerprint} {_which_are_open()}"
    held = _current
    if held is None or held[0] != which:
        # The moment is taken before the reading: a change in between costs one more reading, and never hides.
        held = _current = which, open_book(open_queries(facts))
    return held[1]


def _which_are_open() -> str:
    """A short text that changes whenever a vacancy opens, closes or gets another version, or its team other facts."""
    said = Func(
        F("pk"), F("current_id"), F("employer__facts_changed_at"),
        template="hashtextextended(concat_ws(' ', %(expressions)s), 0)::numeric", output_field=DecimalField(),
    )  # fmt: skip
    found = published_vacancies().aggregate(number=Count("pk"), said=Sum(said))
    return f"{found['number']} {found['said']}"
