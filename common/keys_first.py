"""Lists whose rows carry much: a page is found by keys alone, and only its own rows are read.

Where a list has to be sorted, everything that rows are read with would be joined to all of them first, also to the
thousands that are not on the page.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def read_in_order(rows: QuerySet[M], keys: Sequence[Any]) -> list[M]:
    """The rows of some keys, in the order of the keys, without those that went meanwhile; one query, none for no key."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


class KeysFirst(Generic[M]):
    """The rows of `ordered` as `read` has them, for a Paginator; a page takes two queries, an empty one takes one.

    `read` is of the same table, with whatever a row is shown with. `count` is how many there are where that is known.
    """

    def __init__(self, ordered: QuerySet[M], read: QuerySet[M], count: int | None = None) -> None:
        self._ordered, self._read, self._count = ordered, read, count

    def count(self) -> int:
        """One query unless it was known."""
        if self._count is None:
            self._count = self._ordered.count()
        return self._count

    __len__ = count

    def __iter__(self) -> Iterator[M]:
        return iter(self[:])

    @overload
    def __getitem__(self, part: int) -> M: ...

    @overload
    def __getitem__(self, part: slice) -> list[M]: ...

    def __getitem__(self, part: int | slice) -> M | list[M]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        return read_in_order(self._read, list(self._ordered.values_list("pk", flat=True)[part]))
