"""What stands about work that people rate, for everybody but its raters: it is judged unseen.

The rule stands here alone. Who rates a work now finds no row about it. Who may be given it finds the row `blind`: its
pages are closed, but for one that says which fields it shows then; columns that tell something are `unseen`; and rows are neither
found, filtered nor sorted by what may not be read, which would tell it one by one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.queries.rating_queue import held_works, rater_of, works_to_come
from common.reading import ReadOnlyAdmin


class BlindAdmin(ReadOnlyAdmin):
    """Rows about works. `shown_blind` are the fields of the page of a blind row, which opens only if there are any;
    `asked_blind` are the columns that raters may filter by, or None for all."""

    work_field: ClassVar = "work"
    shown_blind: ClassVar[tuple[str, ...]] = ()
    asked_blind: ClassVar[tuple[str, ...] | None] = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without what this person holds; `blind` says what they may still be given."""
        assert isinstance(request.user, User)
        rater, rows = rater_of(request.user), super().get_queryset(request)
        if rater is None:
            return rows.annotate(blind=Value(False, output_field=BooleanField()))
        held, to_come = held_works(request.user).values("pk"), works_to_come(rater)
        rows = rows.exclude(**{f"{self.work_field}__in": held})
        return rows.annotate(blind=Exists(to_come.filter(pk=OuterRef(self.work_field))))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a blind row those that may be read."""
        return self.shown_blind if obj is not None and blind(obj) else super().get_fields(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Below a blind row none."""
        return () if obj is not None and blind(obj) else super().get_inlines(request, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Of a blind row only where fields are named that may be read."""
        if not self.shown_blind and self._is_blind(request, object_id):
            return _led_to_queue(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Not of a blind row: its heading names the work."""
        if self._is_blind(request, object_id):
            return _led_to_queue(request)
        return super().history_view(request, object_id, extra_context)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """To raters those by which they may filter."""
        return [one for one in super().get_list_filter(request) if self._may_ask(request, _column(one))]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Likewise for what is typed into the address."""
        assert request is not None
        asked = lookup.split("__", 1)[0]
        return self._may_ask(request, asked) and super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """No blind row: it would tell whose work it is."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        return (found.filter(blind=False) if search_term else found), doubled

    def _may_ask(self, request: HttpRequest, column: str) -> bool:
        assert isinstance(request.user, User)
        return self.asked_blind is None or column in self.asked_blind or rater_of(request.user) is None

    def _is_blind(self, request: HttpRequest, object_id: str) -> bool:
        row = self.get_object(request, object_id)
        return row is not None and blind(row)


def blind(row: Any) -> bool:
    """Whether whoever asked for the row may still be given its work."""
    found: bool = row.blind
    return found


def unseen(instead: Any = "–") -> Callable[[Callable[..., str]], Callable[..., str]]:
    """A column that says `instead` of a blind row. It must not be sorted by: the order would tell."""

    def column_of(column: Callable[..., str]) -> Callable[..., str]:
        @wraps(column)
        def shown(admin: Any, row: Any) -> str:
            return str(instead) if blind(row) else column(admin, row)

        return shown

    return column_of


def _column(one: Any) -> str:
    """What a filter of a list is about."""
    return one if isinstance(one, str) else str(one[0])


def _led_to_queue(request: HttpRequest) -> HttpResponse:
    words = _("You may be given this work to rate, so until then you read nothing about it.")
    messages.info(request, words)
    return redirect("admin:assessments_rating_queue")
