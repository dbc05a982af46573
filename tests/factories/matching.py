"""People who can be ranked, and rankings of them.

`measured_person(level=5)` is listed, lives in Portugal and has English measured; any fact of `CandidateFactory` can be
given. `ranked(vacancy)` ranks it now against everybody and returns its ranking. `altered(ranking)` is one that was forged.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from candidates.models import Candidate
from matching.actions.ranking import rank_vacancy, refresh_ranking
from matching.models import Ranking
from matching.queries.known import known
from matching.queries.waiting import to_rank
from reference.enums import CEFRLevel
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies


def measured_person(
    level: int = CEFRLevel.C1,
    *,
    also: dict[str, int] | None = None,
    skills: dict[str, int] | None = None,
    **facts: Any,
) -> Candidate:
    """Somebody listed with English measured at `level`, languages of `also` too, and measured `skills`."""
    measured_skills = skills or {}
    candidate = CandidateFactory(**{"listed": True, "skills": dict(measured_skills), **facts})
    for code, found in {"en": level, **(also or {})}.items():
        MeasurementFactory(candidate=candidate, language_id=code, level=found)
    for code, found in measured_skills.items():
        MeasurementFactory(candidate=candidate, language_id=None, skill_id=code, level=found)
    return candidate


def ranked(vacancy: Vacancy, now: datetime | None = None) -> Ranking:
    """The ranking that holds after ranking `vacancy` now."""
    now = now or timezone.now()
    ranking = refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now)
    assert ranking is not None
    return ranking


def altered(ranking: Ranking, **columns: Any) -> Ranking:
    """The ranking with other columns, as only the owner of the table can write them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE matching_ranking DISABLE TRIGGER ranking_append_only"
        )
        Ranking.objects.filter(pk=ranking.pk).update(**columns)
        cursor.execute(
            "ALTER TABLE matching_ranking ENABLE TRIGGER ranking_append_only; SET CONSTRAINTS ALL DEFERRED"
        )
    return Ranking.objects.get(pk=ranking.pk)


def ranked_together(vacancies: Iterable[Vacancy]) -> list[Ranking]:
    """The rankings that hold after ranking some vacancies now, by their keys; everybody is read once for all."""
    now = timezone.now()
    known_now = known(now.date())
    keys = [one.pk for one in vacancies]
    chosen = to_rank(published_vacancies().filter(pk__in=keys)).order_by("pk")
    made = [rank_vacancy(vacancy=one, known_now=known_now, now=now) for one in chosen]
    found = [one for one in made if one is not None]
    assert len(found) == len(keys)
    return found
