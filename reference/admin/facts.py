"""Rows of the facts, whose own words are in English whatever language the page is in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.reading import ReadOnlyAdmin
from reference.models.sourced import SourcedFact
from reference.templatetags.reference import own_words

ENGLISH = frozenset(
    {
        "source", "source_ref", "notes", "region", "scope", "occupation_scope", "work",
        "max_kind", "night_premium_of", "night_kind",
    }
)  # fmt: skip
"""Columns of facts that hold texts of our files."""


class FactAdmin(ReadOnlyAdmin):
    """A list and a page of facts. What is English there says so to screen readers."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All columns, in their order."""
        return [_said(self.model, one) for one in super().get_fields(request, obj)]

    def get_list_display(self, request: HttpRequest) -> Any:
        """Likewise."""
        return [_said(self.model, one) for one in super().get_list_display(request)]


def _said(model: type[SourcedFact], column: Any) -> Any:
    return _column(model, column) if column in ENGLISH else column


@cache
def _column(model: type[SourcedFact], name: str) -> Callable[[SourcedFact], str]:
    field: Any = model._meta.get_field(name)

    @admin.display(description=field.verbose_name, ordering=name, empty_value="–")
    def column(row: SourcedFact) -> str:
        return own_words(row, name)

    column.__name__ = name
    return column
