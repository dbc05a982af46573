"""Vacancies and their versions."""

from vacancies.models.requirements import VersionCountry, VersionLanguage, VersionShift, VersionSkill
from vacancies.models.vacancy import Vacancy, VacancyStatusLog
from vacancies.models.version import VacancyVersion

__all__ = [
    "Vacancy", "VacancyStatusLog", "VacancyVersion", "VersionCountry", "VersionLanguage", "VersionShift", "VersionSkill",
]  # fmt: skip
