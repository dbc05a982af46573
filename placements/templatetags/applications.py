"""Applications in templates: who did what, whose turn it is."""

from collections.abc import Mapping
from datetime import date

from django import template

from placements.enums import Side
from placements.models import Application, ApplicationLog
from placements.words import applications as words
from vacancies.models import Vacancy

register = template.Library()


@register.filter
def step_words(step: ApplicationLog, employer: str) -> str:
    """Who did what, for the person."""
    return words.step_words(step, employer)


@register.filter
def now_words(application: Application) -> str:
    """Where it stands and whose turn it is, for the person."""
    return words.now_words(application)


@register.filter
def state_words(application: Application) -> str:
    """Its state in a few words, for the person."""
    return words.state_words(application, Side.CANDIDATE)


@register.filter
def end_words(ended: Application | ApplicationLog) -> str:
    """Why it ended, for the person."""
    return words.end_words(ended)


@register.filter
def due_kind(application: Application, today: date) -> str:
    """The kind of notice for what waits for the person: an invitation is good news, until its date has passed."""
    return "attention" if application.promise_on and application.promise_on < today else "info"


@register.filter
def of_vacancy(applications: Mapping[int, Application], vacancy: Vacancy) -> Application | None:
    """The person's application to that vacancy, if there is one."""
    return applications.get(vacancy.pk)


@register.filter
def state_tone(application: Application) -> str:
    """The colour of its state: attention where the person owes an answer, quiet where it has ended."""
    if application.owed_by == Side.CANDIDATE:
        return "attention"
    return "accent" if application.is_open or application.state == "hired" else "hollow"
