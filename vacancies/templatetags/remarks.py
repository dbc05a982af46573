"""Findings in the words of a vacancy, and a recruiter's remarks, for templates."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reference.templatetags.wording import grouped
from vacancies.content import content_of
from vacancies.enums import ReviewTopic, VacancyState
from vacancies.forms.facts import FactsForm
from vacancies.models import Vacancy, VacancyVersion
from vacancies.queries.vacancies import remarks_on
from vacancies.rules.wording import findings_in

register = template.Library()


@register.simple_tag
def wording_by_field(version: VacancyVersion) -> list[dict[str, Any]]:
    """What is wrong with a version's words: {label, groups} for each field with findings."""
    return [
        {"label": FactsForm.base_fields[name].label, "groups": grouped(findings)}
        for name, findings in findings_in(content_of(version)).items()
    ]


@register.simple_tag
def remarks_about(vacancy: Vacancy | None) -> dict[str, str]:
    """A recruiter's remarks by topic while the draft that was sent back is being changed; one query."""
    return remarks_on(vacancy) if vacancy and vacancy.state == VacancyState.DRAFT else {}


@register.simple_tag
def remark_on(remarks: dict[str, str], topic: str) -> SafeString | str:
    """The remark on one topic beside its field; nothing where there is none."""
    if topic not in remarks:
        return ""
    facts = {"text": remarks[topic], "topic": ReviewTopic(topic).label}
    return render_to_string("vacancies/_remark.html", facts)
