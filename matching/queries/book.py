"""The reverse direction: what every open vacancy asks, and a few people held against all of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np

from matching.engine import CANDIDATE_WEIGHTS, InvalidQuery, Pool, RankingResult, VacancyQuery, rank
from matching.engine.ranking import NEAR_MISS_LIMIT
from matching.queries.known import DayFacts
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

    One query when all are compiled already; the rest is read and compiled in bounded portions.
    """
    current = published_vacancies().values_list("pk", "current_id", "employer__facts_changed_at")
    found: dict[int, Asked] = {}
    missing = []
    for pk, version, team_as_of in current.iterator(10_000):
        assert version is not None
        query = facts.compiled.get((version, team_as_of))
        found[pk] = Asked(version, team_as_of, query)
        if query is None:
            missing.append(pk)
    for start in range(0, len(missing), READ_AT_ONCE):
        for vacancy in to_rank(published_vacancies().filter(pk__in=missing[start : start + READ_AT_ONCE])):
            found[vacancy.pk] = _asked(vacancy, facts)
    return found


def _asked(vacancy: Vacancy, facts: DayFacts) -> Asked:
    assert vacancy.current is not None
    try:
        query = facts.query_of(vacancy)
    except (InvalidQuery, NoRate):
        query = None
    return Asked(vacancy.current.pk, vacancy.employer.facts_changed_at, query)


def judged(queries: Mapping[int, VacancyQuery], few: Pool) -> Iterator[tuple[int, RankingResult]]:
    """How each of a few people stands to each of many vacancies: complete rankings of those few, by vacancy.

    More people come in portions, so that the near misses of each are complete.
    """
    for start in range(0, len(few), NEAR_MISS_LIMIT):
        portion = few.take(np.arange(start, min(start + NEAR_MISS_LIMIT, len(few))))
        for vacancy_id, query in queries.items():
            yield vacancy_id, rank(portion, query, CANDIDATE_WEIGHTS, len(portion))
