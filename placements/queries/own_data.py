"""Everything that is stored about a person, for themselves: one plain document."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import models

from candidates.models import Candidate
from candidates.words import week_lines
from placements.queries.own_data_tables import LEFT_OUT, NAMED, NEVER, TABLES, Table

WEEKS = ("availability", "preferred")


def own_data(candidate: Candidate, now: datetime) -> dict[str, Any]:
    """The account, the profile and every row that belongs to them; one query a table.

    Weeks are in words, moments in ISO 8601, amounts as decimal text. `not_included` says what is left out and why.
    """
    account = Table("account", "pk", frozenset({"id", "password", "is_staff", "is_superuser"}))
    weeks = {name: week_lines(bytes(getattr(candidate, name))) for name in WEEKS}
    return {
        "made_at": now.isoformat(),
        "account": _row(candidate.user, account),
        "profile": _row(candidate, Table("profile", "pk", frozenset({"id", *WEEKS}))) | weeks,
        **{table.name: _rows(model, table, candidate) for model, table in TABLES.items()},
        "not_included": {name: str(why) for name, why in LEFT_OUT.values()},
    }


def _rows(model: type[models.Model], table: Table, candidate: Candidate) -> list[dict[str, Any]]:
    rows = model._base_manager.filter(
        **{table.path: candidate.user_id if table.of_user else candidate.pk}
    ).order_by("pk")
    named = [field.name for field in model._meta.concrete_fields if _is_named(field)]
    return [_row(row, table) for row in (rows.select_related(*named) if named else rows)]


def _row(row: models.Model, table: Table) -> dict[str, Any]:
    """The columns that are the person's, by name."""
    own = table.path.partition("__")[0]
    fields = [
        field
        for field in row._meta.concrete_fields
        if field.name not in table.hide
        and field.name not in (own, "candidate", "user")
        and not (field.is_relation and issubclass(cast("type[models.Model]", field.related_model), NEVER))
    ]
    return {field.name: _plain(_value(row, field)) for field in fields}


def _is_named(field: Any) -> bool:
    return bool(field.is_relation and issubclass(field.related_model, NAMED))


def _value(row: models.Model, field: Any) -> Any:
    if _is_named(field):
        found = getattr(row, field.name)
        return None if found is None else str(found)
    return getattr(row, field.attname)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value
