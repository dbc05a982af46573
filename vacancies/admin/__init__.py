"""Vacancies in the administration."""

from vacancies.admin.vacancies import VacancyAdmin

__all__ = ["VacancyAdmin"]
