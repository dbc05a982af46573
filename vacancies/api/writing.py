"""From the body of a request to a content that may be saved, judged by the editor's own forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.api.problems import wrong_fields
from vacancies.api.content import VacancyContent, as_content, as_posted
from vacancies.content import VersionContent
from vacancies.forms import VacancyEditorForms
from vacancies.forms.editor import ROWS

OTHER_NAMES = {"must": "required"}


def content_from(sent: Any, today: date, *, over: VersionContent | None = None) -> VersionContent:
    """The content that was sent; what it leaves out stays as in `over`. Raises a Problem with every error at its place."""
    if not isinstance(sent, Mapping):
        raise wrong_fields([_("Send an object with the fields of a vacancy.")])
    whole = {**as_content(over), **sent} if over else sent
    judged = VacancyContent(data=whole)
    if not judged.is_valid():
        raise wrong_fields(judged.errors)
    forms = VacancyEditorForms(as_posted(judged.validated_data), today=today)
    if not forms.is_valid():
        raise wrong_fields(_errors_of(forms))
    return forms.content()


def _errors_of(forms: VacancyEditorForms) -> dict[str, Any]:
    """Sentences of the editor at the fields of the body: nested as its errors are."""
    found: dict[str, Any] = {}
    for name, sentences in forms.facts.errors.items():
        part = name.removeprefix("weight_")
        if part != name:
            found.setdefault("weights", {})[part] = _texts(sentences)
        else:
            found["non_field_errors" if name == "__all__" else name] = _texts(sentences)
    for name in ROWS:
        rows = {
            str(at): {_place(field): _texts(says) for field, says in row.errors.items()}
            for at, row in enumerate(forms.rows(name))
            if row.errors
        }
        whole = [str(one) for one in getattr(forms, name).non_form_errors()]
        if rows or whole:
            found[name] = rows or whole
    return found


def _place(field: str) -> str:
    return "non_field_errors" if field == "__all__" else OTHER_NAMES.get(field, field)


def _texts(sentences: Any) -> list[str]:
    return [str(one) for one in sentences]
