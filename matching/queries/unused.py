"""Which stored rows nothing refers to, whatever table of whatever app could."""

from typing import TypeVar

from django.db.models import Exists, ForeignObjectRel, Model, OuterRef, QuerySet

Stored = TypeVar("Stored", bound=Model)


def unused(rows: QuerySet[Stored]) -> QuerySet[Stored]:
    """Those of the rows that no foreign key points to; a foreign key added to any model later counts by itself."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            referring = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(referring))
    return rows
