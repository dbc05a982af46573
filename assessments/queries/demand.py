"""What open vacancies ask for, in numbers that show a person what a test is good for."""

from collections import Counter

from django.db.models import Count

from vacancies.models import VersionLanguage, VersionSkill
from vacancies.queries.vacancies import published_vacancies


def asked_for() -> Counter[str]:
    """How many open vacancies ask for each language or skill, by its code. One query, counted by the database."""
    versions = published_vacancies().values("current")
    asked = [
        rows.objects.filter(version__in=versions).order_by().values_list(column).annotate(number=Count("pk"))
        for rows, column in ((VersionLanguage, "language_id"), (VersionSkill, "skill_id"))
    ]
    return Counter(dict(asked[0].union(asked[1], all=True)))
