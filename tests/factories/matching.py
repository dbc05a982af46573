"""People who can be ranked, and rankings of them.

`measured_person(level=5)` is listed, lives in Portugal and has English measured; any fact of `CandidateFactory` can be
given. `ranked(vacancy)` ranks it now against everybody and returns its ranking.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from candidates.models import Candidate
from matching.actions.ranking import refresh_ranking
from matching.models import Ranking
from reference.enums import CEFRLevel
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from vacancies.models import Vacancy


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
