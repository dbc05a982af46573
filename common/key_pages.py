"""Pages of a list that go on from a row's place instead of from a number: as quick far behind as at the beginning, also
where a million rows share the first column of the order, if an index has all of its columns.

The address says behind (or before) which row a page begins, by that row's values in the order of the list. Nothing is
counted, and rows that come or go meanwhile neither repeat one nor hide one.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import HttpRequest

from common.keys_first import read_in_order

AFTER: Final = "after"
BEFORE: Final = "before"


class KeyPages(ChangeList):
    """A change list whose pages are found by key; `earlier` and `later` are their addresses, empty where there are none.

    `result_count` are the rows of this page, and while something is searched for all that was found, which is bounded.
    Where the order is not one of columns, or of what rows are annotated with, pages have numbers, as ever.
    """

    earlier = later = ""
    by_number = False
    _way_back = ""

    def get_filters_params(self, params: Any = None) -> Any:
        """The place is no filter."""
        found = super().get_filters_params(params)
        return {key: value for key, value in found.items() if key not in (AFTER, BEFORE)}

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """Whatever else is asked for begins at the first row."""
        return super().get_query_string({AFTER: None, BEFORE: None, **(new_params or {})}, remove)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """Each column once, and the key, which comes last, the way of the first column: so one index serves both ways."""
        order: list[Any] = list(super().get_ordering(request, queryset))
        if not all(isinstance(one, str) for one in order):
            return order
        columns: dict[str, str] = {}
        for one in order:
            columns.setdefault(one.lstrip("-"), one)
        if "pk" in columns:
            columns["pk"] = "-pk" if order[0].startswith("-") else "pk"
        return list(columns.values())

    def url_for_result(self, result: Model) -> str:
        """With the way back to the list as it is filtered, which Django would work out anew for every row."""
        address = str(super().url_for_result(result))
        if self.preserved_filters:
            context: dict[str, Any] = {"preserved_filters": self.preserved_filters, "opts": self.opts}
            self._way_back = add_preserved_filters(context, address).removeprefix(address)
            self.preserved_filters = ""
        return address + self._way_back

    def get_results(self, request: HttpRequest) -> None:
        """One page, and whether there are rows on either side; one query, one more behind a place, and one while something
        is searched for.
        """
        keys = self._keys()
        if keys is None:
            self.by_number = True
            super().get_results(request)
            self.show_admin_actions = bool(self.result_count)
            return
        rows, more = self._page(request, keys)
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_list = rows
        self.result_count = self.paginator.count if self.query else len(rows)
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = bool(rows)
        self.can_show_all = self.multi_page = False
        self.earlier = self._address(BEFORE, rows[0], keys) if rows and more[0] else ""
        self.later = self._address(AFTER, rows[-1], keys) if rows and more[1] else ""

    def _page(self, request: HttpRequest, keys: "Keys") -> tuple[list[Model], tuple[bool, bool]]:
        """The rows, and whether there are any before and behind them."""
        size = self.list_per_page
        if place := request.GET.get(BEFORE):
            rows = _first(self.queryset.reverse(), keys.beyond(place, backward=True), size + 1)
            if len(rows) > size:
                return rows[:size][::-1], (True, True)
            place = None  # the first page is a whole one
        else:
            place = request.GET.get(AFTER)
        if not place:
            rows = list(self.queryset[: size + 1])
            return rows[:size], (False, len(rows) > size)
        rows = _first(self.queryset, keys.beyond(place), size + 1)
        return rows[:size], (True, len(rows) > size)

    def _address(self, which: str, row: Model, keys: "Keys") -> str:
        return self.get_query_string({which: keys.place_of(row)})

    def _keys(self) -> "Keys | None":
        order = self.queryset.query.order_by
        try:
            return (
                Keys(self.queryset, order) if order and all(isinstance(one, str) for one in order) else None
            )
        except FieldDoesNotExist:
            return None


class Keys:
    """The columns that a list is in the order of, the last one unique."""

    def __init__(self, rows: QuerySet[Any], order: Sequence[str]) -> None:
        """Raises FieldDoesNotExist for what is no column of the table."""
        meta = rows.model._meta
        self.columns: list[tuple[str, Field[Any, Any], bool]] = []
        for name in order:
            plain = name.lstrip("-")
            computed = rows.query.annotations.get(plain)
            field = computed.output_field if computed else meta.pk if plain == "pk" else meta.get_field(plain)
            assert isinstance(field, Field)
            if _sorted_elsewhere(field, plain):
                raise FieldDoesNotExist(f"{plain} is sorted as its own table is")
            if all(field != known for _name, known, _down in self.columns):
                self.columns.append((plain, field, name.startswith("-")))

    def place_of(self, row: Model) -> str:
        """A row's own values, as they stand in an address."""
        values = (getattr(row, getattr(field, "attname", name)) for name, field, _down in self.columns)
        return json.dumps([None if value is None else _text(value) for value in values])

    def beyond(self, place: str, *, backward: bool = False) -> list[Q]:
        """Rows behind a place, or before it, as stretches that follow one another in the order.

        Raises IncorrectLookupParameters for what is no place.
        """
        try:
            pairs = list(zip(self.columns, json.loads(place), strict=True))
            key = [
                Column(name, field.null, down != backward, _value(field, text))
                for (name, field, down), text in pairs
            ]
        except (TypeError, ValueError, RecursionError, ValidationError) as error:
            raise IncorrectLookupParameters from error
        return _stretches(key)


class Column(NamedTuple):
    """One column of a key: whether it can be without a value, whether the order goes down, and the value of the place."""

    name: str
    null: bool
    down: bool
    value: Any


def _stretches(key: Sequence[Column]) -> list[Q]:
    """Rows beyond a key, each stretch as an index holds it. PostgreSQL sorts nothing (NULL) as more than anything."""
    first = key[0]
    nothing, something = Q(**{f"{first.name}__isnull": True}), Q(**{f"{first.name}__isnull": False})
    if first.value is None:
        rest = [nothing & one for one in _stretches(key[1:])] if key[1:] else []
        return [*rest, something] if first.down else rest
    behind = [nothing] if first.null and not first.down else []
    if len({one.down for one in key}) == 1 and not any(one.null for one in key[1:]):
        compare = TupleLessThan if first.down else TupleGreaterThan
        row = compare(Tuple(*(F(one.name) for one in key)), tuple(one.value for one in key))
        return [Q(row), *behind]
    # Said once more of the first column alone, so that its index is gone into at that place.
    here = Q(**{f"{first.name}__{'lte' if first.down else 'gte'}": first.value})
    return [here & _one_by_one(key), *behind]


def _one_by_one(key: Sequence[Column]) -> Q:
    """Rows beyond a key of columns that go different ways, or of which a later one can be without a value."""
    found = Q()
    for one in reversed(key):
        same = Q(**{one.name: one.value} if one.value is not None else {f"{one.name}__isnull": True})
        further = _further(one)
        found = further | same & found if found else further
    return found


def _first(rows: QuerySet[Any], stretches: Sequence[Q], most: int) -> list[Any]:
    """The first rows of some stretches, found by their keys alone and then read with all that a list shows.

    PostgreSQL thinks of the first column alone how many rows are behind a place: none where all share its value. With
    joins it would then read and sort every one of them; of the table alone there is only the way along the index.
    """
    keys: list[Any] = []
    for stretch in stretches:
        if len(keys) < most:
            keys += rows.filter(stretch).values_list("pk", flat=True)[: most - len(keys)]
    return read_in_order(rows, keys)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _sorted_elsewhere(field: "Field[Any, Any]", name: str) -> bool:
    """Whether rows are sorted by that name in the order of another table, where that is not the order of its keys."""
    other = field.related_model
    if other is None or name != field.name or isinstance(other, str):
        return False
    return any(one not in ("pk", other._meta.pk.name) for one in other._meta.ordering or ())


def _value(field: "Field[Any, Any]", text: str | None) -> Any:
    """Raises TypeError, ValueError or ValidationError."""
    if text is None and field.null:
        return None
    if "\0" in (known := str.__str__(text)):
        raise ValueError("no column holds such a text")
    return field.to_python(known)


def _further(column: Column) -> Q:
    """Rows behind a column's value."""
    if column.value is None:
        return Q(**{f"{column.name}__isnull": False}) if column.down else Q(pk__in=[])
    beyond = Q(**{f"{column.name}__{'lt' if column.down else 'gt'}": column.value})
    return beyond | Q(**{f"{column.name}__isnull": True}) if column.null and not column.down else beyond
