"""Lists of the administration that stay quick with millions of rows: nothing counts a table, sorts it or looks through it.

- A page goes on from the last row of the one before (`key_pages.py`), so that every row can be reached and none is
  counted. What is searched for is counted, to a limit.
- A search asks each way by itself, so that each has its own index; joined by OR they would have none.
- Rows are sorted only by what an index holds in order.
"""

from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.key_pages import KeyPages

MOST = 1000
"""Rows that the pages of a list go over."""
FOUND = 1000
"""Rows that one way of searching brings."""
SHORTEST = 3
"""Characters of a text that are looked for: of fewer there is no trigram, and they are everywhere."""
SHORTEST_ID = 6
LONGEST = 200


class FirstRows(Paginator):  # type: ignore[type-arg]
    """Counts no further than `MOST`."""

    @cached_property
    def _reached(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: MOST + 1].count())

    @cached_property
    def count(self) -> int:
        """Rows that can be paged through."""
        return min(self._reached, MOST)

    @property
    def more(self) -> bool:
        """Whether there are rows beyond them."""
        return self._reached > MOST


class FirstRowsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that counts nothing but the first rows, and only where it cannot be paged by key."""

    paginator = FirstRows
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Pages by key."""
        return KeyPages

    def action_checkbox(self, obj: Any) -> SafeString:
        """Django's own, drawn once and filled in for each row: a widget of its own for each takes a third of a page."""
        return format_html(_checkbox(get_language()), pk=obj.pk, name=obj)


class _Anything:
    """What a row is drawn for before it is known which."""

    pk = "{pk}"

    def __str__(self) -> str:
        return "{name}"


@cache
def _checkbox(language: str | None) -> str:
    """Takes `pk` and `name`."""
    draw: Any = admin.ModelAdmin.action_checkbox
    return str(draw(FirstRowsAdmin, _Anything()))


class OccurringFilter(admin.RelatedFieldListFilter):
    """Only what some row of the list refers to, by name; a probe of the index for each, however many rows there are."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Sorted in the reader's language, which the database cannot do."""
        rows = model_admin.model._default_manager.filter(**{field.name: OuterRef("pk")})
        found = field.remote_field.model._default_manager.filter(Exists(rows))
        return sorted(((one.pk, str(one)) for one in found), key=lambda each: each[1].casefold())


class LongListAdmin(FirstRowsAdmin):
    """A list of a table that grows with the number of people.

    `search_ways` are (path of a column, how): "text" anywhere in it, by a trigram index on UPPER of the column;
    "id" for the beginning of a UUID as pages show it; "whole" for exactly this. `sortable_by` are the columns with an
    index in their order; none unless said.
    """

    search_ways: ClassVar[tuple[tuple[str, str], ...]] = ()
    sortable_by: ClassVar[Any] = ()

    def get_search_fields(self, request: HttpRequest) -> Any:
        """So that there is a box to type in."""
        return [path for path, _how in self.search_ways]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What each way finds, together; one query a way."""
        term = search_term.strip()
        if not term:
            return queryset, False
        asked = [
            (one, how) for path, how in self.search_ways if (one := condition(path, how, term)) is not None
        ]
        if not asked:
            messages.info(request, self._cannot_be_meant())
            return queryset.none(), False
        found: set[Any] = set()
        for one, how in asked:
            rows: QuerySet[Model] = self.model._base_manager.filter(one)
            # What is asked for in full has an index that ends in the id, so the newest come first at no cost.
            rows = rows.order_by("-pk") if how == "whole" else rows.order_by()
            some = list(rows.values_list("pk", flat=True)[: FOUND + 1])
            if len(some) > FOUND:
                words = _("More than %(n)s match. These are some of them: type more to narrow it down.")
                messages.info(request, words % {"n": FOUND})
            found.update(some[:FOUND])
        return queryset.filter(pk__any_of=found), False

    def _cannot_be_meant(self) -> str:
        """What to type instead: where nothing but numbers is looked for, a longer text helps nobody."""
        if any(how == "text" for _path, how in self.search_ways):
            return _("Type at least %(n)s characters to search for.") % {"n": SHORTEST}
        return _("Type the beginning of a number: %(n)s or more digits and letters from a to f.") % {
            "n": SHORTEST_ID
        }


def condition(path: str, how: str, term: str) -> Q | None:
    """What one way asks for a term, None when it cannot be meant."""
    if how == "text":
        return Q(**{f"{path}__icontains": term}) if SHORTEST <= len(term) <= LONGEST else None
    if how == "id":
        return _id_range(path, term)
    return Q(**{path: term}) if len(term) <= LONGEST else None


def _id_range(path: str, term: str) -> Q | None:
    digits = term.replace("-", "").lower()
    if not SHORTEST_ID <= len(digits) <= 32 or set(digits) - set("0123456789abcdef"):
        return None
    return Q(**{f"{path}__range": (UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f")))})
