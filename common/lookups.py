"""Lookups for the QuerySets of every app: `.filter(pk__any_of=[…])`."""

from typing import Any

from django.db.models import Field, ForeignObject, Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """Whether a key is one of a list: `__in` for hundreds of them, sent as one parameter.

    `__in` prepares and names each one, which takes longer than the database does. Of a set Django does not even look at
    the elements, as it does in a list.
    """

    lookup_name = "any_of"

    def get_prep_lookup(self) -> list[int]:
        """The keys, in any collection."""
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """An array of PostgreSQL's, empty where there are none."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, self.rhs]
