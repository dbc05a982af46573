"""Moving a row from one state to the next: a transition table as data, one conditional update as the setter."""

from collections.abc import Mapping
from typing import Any

from django.db import models


class UnableToMove(Exception):
    """The move is not in the table, or another actor moved the row first."""

    def __init__(self, row: models.Model, to: str, found: str) -> None:
        super().__init__(f"{row._meta.label} {row.pk}: cannot go from {found!r} to {to!r}")
        self.to, self.found = to, found


def move_state(row: models.Model, *, to: str, table: Mapping[str, frozenset[str]], **changes: Any) -> None:
    """Set `row.state` to `to` together with `changes`, only if the stored state still allows it.

    One UPDATE … WHERE state IN (allowed sources): of two actors at once exactly one succeeds.
    Raises UnableToMove and leaves the row unchanged otherwise; the instance carries the new values after success.
    """
    sources = [state for state, targets in table.items() if to in targets]
    manager = type(row)._default_manager
    if manager.filter(pk=row.pk, state__in=sources).update(state=to, **changes) != 1:
        raise UnableToMove(row, to, manager.values_list("state", flat=True).get(pk=row.pk))
    row.__dict__.update({"state": to})
    for name, value in changes.items():
        setattr(row, name, value)
