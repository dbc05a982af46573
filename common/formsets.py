"""Rows of forms that work without JavaScript: "add a row" is a submit button that saves nothing."""

import re
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict

ADD_ROWS = 3


def asked_for_rows(request: HttpRequest, prefix: str) -> bool:
    """Whether the person pressed `<button name="add_row" value="{prefix}">`."""
    return request.POST.get("add_row") == prefix


def with_more_rows(data: QueryDict, prefix: str, most: int, more: int = ADD_ROWS) -> QueryDict:
    """A copy of the posted data in which the formset `prefix` has `more` rows more, at most `most`."""
    copy: Any = data.copy()
    copy[f"{prefix}-TOTAL_FORMS"] = str(min(rows_in(data, prefix) + more, most))
    return copy  # type: ignore[no-any-return]


def with_row_removed(data: QueryDict, prefix: str, row: int) -> QueryDict:
    """The sent data without one row; the rows after it move up."""
    rows = rows_in(data, prefix)
    if not 0 <= row < rows:
        return data
    kept = data.copy()
    cell = re.compile(rf"{re.escape(prefix)}-(\d{{1,3}})-(.+)")
    cells = [found for name in data if (found := cell.fullmatch(name))]
    for found in cells:
        del kept[found[0]]
    for found in cells:
        at = int(found[1])
        if at != row:
            kept.setlist(f"{prefix}-{at - (at > row)}-{found[2]}", data.getlist(found[0]))
    kept[f"{prefix}-TOTAL_FORMS"] = str(rows - 1)
    return kept


def rows_in(data: QueryDict, prefix: str) -> int:
    """How many rows of the formset `prefix` were sent, by its own word; 0 for what is no such number."""
    sent = data.get(f"{prefix}-TOTAL_FORMS", "")
    return int(sent) if sent.isdecimal() and len(sent) < 4 else 0


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
