"""What a browser sends from the vacancy editor."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils import timezone

from tests.factories.vacancies import version_content
from vacancies.content import VersionContent
from vacancies.forms import VacancyEditorForms


def editor_data(content: VersionContent | None = None, **changes: Any) -> dict[str, Any]:
    """The fields of an editor filled in with `content`, with some of them changed. None leaves a field out."""
    shown = VacancyEditorForms(content=content or version_content(), today=timezone.localdate())
    data: dict[str, Any] = {}
    for part in shown.parts():
        data |= _of_formset(part) if isinstance(part, BaseFormSet) else _of_form(part)
    data |= changes
    return {name: value for name, value in data.items() if value is not None and value is not False}


def _of_form(form: forms.Form) -> dict[str, Any]:
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, forms.CheckboxInput):
            value = "on" if value else None
        elif isinstance(bound.field, forms.MultipleChoiceField):
            value = [str(code) for code in value] if value else None  # nothing ticked, nothing sent
        elif value is None:
            value = ""
        elif hasattr(bound.field.widget, "format_value") and not isinstance(value, list):
            value = bound.field.widget.format_value(value)
            value = value[0] if isinstance(value, list) else value
        data[bound.html_name] = value
    return data


def _of_formset(rows: Any) -> dict[str, Any]:
    data = _of_form(rows.management_form)
    for form in rows.forms:
        data |= _of_form(form)
    return data
