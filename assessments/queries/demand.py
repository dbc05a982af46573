"""What open vacancies ask for, in numbers that show a person what a test is good for."""

from collections import Counter

from vacancies.models import VersionLanguage, VersionSkill
from vacancies.queries.vacancies import published_vacancies


def asked_for() -> Counter[str]:
    """How many open vacancies ask for each language or skill, by its code. Two queries."""
    versions = published_vacancies().values("current")
    languages = VersionLanguage.objects.filter(version__in=versions).values_list("language_id", flat=True)
    skills = VersionSkill.objects.filter(version__in=versions).values_list("skill_id", flat=True)
    return Counter([*languages, *skills])
