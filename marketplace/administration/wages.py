"""What a wage fact would touch: the floor of its places, the vacancies that hire there, and the people who live there."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import AuditEntry
from candidates.models import Candidate
from matching.models import RankingState
from reference.models import WageFloor
from reference.queries.wages import WageFloorTable
from reference.rules.wages import WageFloorResult
from vacancies.enums import CountryPayState
from vacancies.models import VersionCountry
from vacancies.queries.vacancies import published_vacancies

SHOWN = 50
LOOKED_AT = 20_000
"""Offers that are compared at most; more open vacancies than there are in any one country."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place with its floor as it is and as it would be."""

    region: str
    before: WageFloorResult
    after: WageFloorResult

    @property
    def floors(self) -> tuple[WageFloorResult, WageFloorResult]:
        """As they are, and as they would be."""
        return self.before, self.after

    @property
    def changes(self) -> bool:
        """Whether anything would be different there."""
        floors = (self.before.effective, self.after.effective)
        amounts = [floor.hourly if floor else None for floor in floors]
        return amounts[0] != amounts[1] or self.before.unknown != self.after.unknown


@dataclass(frozen=True, slots=True)
class TouchedVacancy:
    """An open vacancy whose pay would stand otherwise to the floor. Pay an hour in the country's currency."""

    pk: int
    title: str
    employer: str
    low: Decimal
    currency: str
    before: str
    after: str

    @property
    def before_words(self) -> str:
        """How it stands."""
        return str(CountryPayState(self.before).label)

    @property
    def after_words(self) -> str:
        """How it would stand."""
        return str(CountryPayState(self.after).label)


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything that a change would touch. `touched` are the first of `count`; `falling` of them would pay too little.

    `people` live there and are listed; `on_lists` of them stand in the rankings of the vacancies in `touched`.
    """

    places: list[Place]
    hiring: int
    count: int
    falling: int
    rising: int
    touched: list[TouchedVacancy]
    people: int
    on_lists: int


def history_of(floor: WageFloor) -> QuerySet[WageFloor]:
    """Every row of the same place, kind and scope, the newest first."""
    rows = WageFloor.objects.filter(
        country=floor.country_id, region=floor.region_id, kind=floor.kind, scope=floor.scope
    )
    return rows.select_related("confirmed_by", "created_by").order_by("-valid_from", "-created_at", "-pk")


def acts_on(rows: list[WageFloor]) -> QuerySet[AuditEntry]:
    """What staff did to some rows, the newest first."""
    found = AuditEntry.objects.filter(
        object_type=WageFloor._meta.label_lower, object_id__in=[str(row.pk) for row in rows]
    )
    return found.select_related("actor").order_by("-at", "-pk")[:SHOWN]


def effects_of(country: str, before: WageFloorTable, after: WageFloorTable) -> Effects:
    """Compare two tables for one country; four queries.

    Pay an hour is that of the day on which each vacancy was last checked, so that no vacancy is worked out anew.
    """
    places = [
        Place(region, before.get(country, region), after.get(country, region))
        for place, region in after.places()
        if place == country
    ]
    offers = list(_offers(country))
    touched = list(_compared(offers, places))
    falling = [one for one in touched if one.after == CountryPayState.BELOW]
    rising = [one for one in touched if one.after == CountryPayState.OK]
    first = [*falling, *(one for one in touched if one not in falling)][:SHOWN]
    return Effects(
        places=places,
        hiring=len(offers),
        count=len(touched),
        falling=len(falling),
        rising=len(rising),
        touched=first,
        people=Candidate.objects.filter(country=country, listed=True).count(),
        on_lists=_on_lists(country, [one.pk for one in first]),
    )


def _offers(country: str) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    rows = VersionCountry.objects.filter(version__in=published_vacancies().values("current"), country=country)
    known = rows.filter(pay_facts__low__isnull=False).order_by("version__vacancy")
    return known.values_list(
        "version__vacancy", "version__title", "version__vacancy__employer__name", "pay_facts"
    )[:LOOKED_AT].iterator()


def _compared(
    offers: list[tuple[int, str, str, dict[str, Any]]], places: list[Place]
) -> Iterator[TouchedVacancy]:
    for vacancy, title, employer, facts in offers:
        low = Decimal(facts["low"])
        for place in places:
            states = [_state(low, found) for found in (place.before, place.after)]
            if states[0] != states[1]:
                yield TouchedVacancy(vacancy, title, employer, low, facts["currency"], *states)
                break


def _state(low: Decimal, found: WageFloorResult) -> str:
    if found.unknown:
        return CountryPayState.UNKNOWN
    return CountryPayState.OK if found.cleared_by(low) else CountryPayState.BELOW


def _on_lists(country: str, vacancies: list[int]) -> int:
    """People who live in a country and stand in the current ranking of any of some vacancies."""
    lists = RankingState.objects.filter(vacancy__in=vacancies).values_list("listed", flat=True)
    ranked = {person for people in lists for person in people}
    return Candidate.objects.filter(country=country, pk__in=ranked).count() if ranked else 0
