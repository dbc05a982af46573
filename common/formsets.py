"""Rows of forms that work without JavaScript: "add a row" is a submit button that saves nothing."""

from typing import Any

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
    copy[name] = str(min(int(held) + ADD_ROWS, most)) if held.isdigit() else str(ADD_ROWS)
    return copy  # type: ignore[no-any-return]
