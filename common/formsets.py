"""Rows of forms that work without JavaScript: "add a row" is a submit button that saves nothing."""

from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict

ADD_ROWS = 3


def asked_for_rows(request: HttpRequest, prefix: str) -> bool:
    """Whether the person pressed `<button name="add_row" value="{prefix}">`."""
    return request.POST.get("add_row") == prefix


def with_more_rows(data: QueryDict, prefix: str, most: int) -> QueryDict:
    """A copy of the posted data in which the formset `prefix` has three more rows, at most `most`."""
    copy: Any = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    held = copy.get(name, "0")
    rows = int(held) if held.isdecimal() and len(held) < 6 else 0
    copy[name] = str(min(rows + ADD_ROWS, most))
    return copy  # type: ignore[no-any-return]


def unjudged(part: "BaseForm | BaseFormSet[Any]") -> None:
    """Have a bound form or formset show what was typed, without remarks: nothing was handed in yet."""
    if isinstance(part, BaseFormSet):
        for form in part.forms:
            unjudged(form)
        part._errors = [form.errors for form in part.forms]  # type: ignore[attr-defined]
        part._non_form_errors = ErrorList()  # type: ignore[attr-defined]
        return
    part._errors = ErrorDict()  # type: ignore[attr-defined]
    part.cleaned_data = {}
