"""Where a person does not want to be shown, and the employers that they can choose among."""

from typing import NamedTuple

from django.db.models import QuerySet

from candidates.models import Candidate, Reservation
from employers.enums import EmployerState
from employers.models import Employer
from reference.choices import sector_choices

FEWEST_LETTERS = 2
SHOWN = 10
"""Employers that one search shows; whoever does not find theirs types more of the name."""


class Reserved(NamedTuple):
    """Sectors as (code, name) in the vocabulary's order, and employers by name."""

    sectors: tuple[tuple[str, str], ...]
    employers: tuple[Employer, ...]

    def __bool__(self) -> bool:
        return bool(self.sectors or self.employers)


class FoundEmployers(NamedTuple):
    """What a search found. `more`: others have that name too."""

    employers: tuple[Employer, ...]
    more: bool


def reserved_by(candidate: Candidate) -> Reserved:
    """What the person keeps away from; one query."""
    rows = (
        Reservation.objects.filter(candidate=candidate).select_related("employer").order_by("employer__name")
    )
    held = list(rows)
    codes = {row.sector_id for row in held}
    return Reserved(
        tuple((code, name) for code, name in sector_choices() if code in codes),
        tuple(row.employer for row in held if row.employer is not None),
    )


def accepted_employers() -> QuerySet[Employer]:
    """Employers that may post vacancies."""
    return Employer.objects.filter(state=EmployerState.ACCEPTED)


def find_employers(words: str) -> FoundEmployers:
    """Accepted employers whose name has those words; nobody for fewer than two letters."""
    if len(words) < FEWEST_LETTERS:
        return FoundEmployers((), more=False)
    named = accepted_employers().filter(name__icontains=words).order_by("name", "pk")
    found = list(named.only("pk", "name", "country_id")[: SHOWN + 1])
    return FoundEmployers(tuple(found[:SHOWN]), more=len(found) > SHOWN)
