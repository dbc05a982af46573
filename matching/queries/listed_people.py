"""The people of a shortlist: hundreds are read, and twenty are looked at."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from candidates.models import Candidate

_WANTED: Final = frozenset(
    (
        "id",
        "public_id",
        "changed_at",
        "listed",
        "country_id",
        "region_id",
        "zone",
        "hours_min",
        "hours_max",
        "earliest_start",
        "just_looking",
        "availability",
        "minimum_pay",
        "wished_pay",
        "pay_currency",
        "pay_period",
        "quiet_until",
    )
)
FIELDS: Final = tuple(field.attname for field in Candidate._meta.concrete_fields if field.attname in _WANTED)
"""What a list shows and asks of everybody, in the order of the table."""
_ID, _NUMBER, _COUNTRY, _QUIET = map(FIELDS.index, ("id", "public_id", "country_id", "quiet_until"))


class ListedPeople(Mapping[int, Candidate]):
    """People by their id, of whom a row was read; each is made of it when somebody first looks at them."""

    def __init__(self, rows: Collection[tuple[Any, ...]]) -> None:
        """`rows`: the values of `FIELDS`."""
        self._rows = {row[_ID]: row for row in rows}
        self._made: dict[int, Candidate] = {}

    @classmethod
    def of(cls, ids: Collection[int], *, employer: int, sector: str | None) -> "ListedPeople":
        """Those of some people who agreed to be listed and are open to that employer and sector; one query."""
        willing = Candidate.objects.listed().open_to(employer=employer, sector=sector)
        return cls(willing.filter(pk__any_of=frozenset(ids)).values_list(*FIELDS))

    def __getitem__(self, candidate: int) -> Candidate:
        if candidate not in self._made:
            self._made[candidate] = Candidate.from_db(None, FIELDS, self._rows[candidate])
        return self._made[candidate]

    def __contains__(self, candidate: object) -> bool:
        return candidate in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def country_of(self, candidate: int) -> str | None:
        """Where somebody lives."""
        country: str | None = self._rows[candidate][_COUNTRY]
        return country

    def quiet_until(self, candidate: int) -> date | None:
        """Until which day others are shown before somebody."""
        day: date | None = self._rows[candidate][_QUIET]
        return day

    def numbered(self, number: UUID) -> Candidate | None:
        """The person with that public number."""
        found = next((one for one, row in self._rows.items() if row[_NUMBER] == number), None)
        return None if found is None else self[found]
