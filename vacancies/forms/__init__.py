"""The vacancy editor's forms: facts, and rows for languages, skills, shifts and countries' own pay."""

from vacancies.forms.editor import VacancyEditorForms

__all__ = ["VacancyEditorForms"]
