"""What a wage fact would touch: the floor of its places, the vacancies that hire there, and the people who live there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from accounts.models import AuditEntry
from candidates.models import Candidate
from marketplace.models import MarketReport
from matching.models import RankingState
from reference.models import WageFloor
from reference.queries.wages import WageFloorTable
from reference.rules.wages import WageFloorResult
from vacancies.enums import CountryPayState
from vacancies.models import Vacancy, VersionCountry
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

    `people` lived there and were listed when the market was last counted, `counted_at`; None before that ever happened.
    `on_lists` people of the country stand in the rankings of the vacancies in `touched`.
    """

    places: list[Place]
    hiring: int
    count: int
    falling: int
    rising: int
    touched: list[TouchedVacancy]
    people: int | None
    counted_at: datetime | None
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
    changing = list(_compared(offers, places))
    touched = [one for one in changing if one.after == CountryPayState.BELOW]
    rising = sum(one.after == CountryPayState.OK for one in changing)
    falling = len(touched)
    touched += [one for one in changing if one.after != CountryPayState.BELOW]
    report = MarketReport.objects.order_by("-made_at", "-pk").first()
    return Effects(
        places=places,
        hiring=len(offers),
        count=len(touched),
        falling=falling,
        rising=rising,
        touched=_named(touched[:SHOWN]),
        people=report.figures["residents"].get(country, 0) if report else None,
        counted_at=report.made_at if report else None,
        on_lists=_on_lists(country, [one.pk for one in touched[:SHOWN]]),
    )


def _offers(country: str) -> Iterator[tuple[int, str, str]]:
    """(vacancy, lowest pay an hour, its currency) of each that hires there, as last checked."""
    rows = VersionCountry.objects.filter(version__in=published_vacancies().values("current"), country=country)
    known = rows.filter(pay_facts__low__isnull=False).order_by("version__vacancy")
    found = known.values_list(
        "version__vacancy", KeyTextTransform("low", "pay_facts"), KeyTextTransform("currency", "pay_facts")
    )
    return found[:LOOKED_AT].iterator()


def _compared(offers: list[tuple[int, str, str]], places: list[Place]) -> Iterator[TouchedVacancy]:
    """Those that would stand otherwise; many pay the same, which is judged once."""
    judged: dict[str, tuple[str, str] | None] = {}
    for vacancy, low, currency in offers:
        if low not in judged:
            judged[low] = _change(Decimal(low), places)
        change = judged[low]
        if change is not None:
            yield TouchedVacancy(vacancy, "", "", Decimal(low), currency, *change)


def _change(low: Decimal, places: list[Place]) -> tuple[str, str] | None:
    """How an offer stands and would stand, in the first place where that differs."""
    for place in places:
        before, after = _state(low, place.before), _state(low, place.after)
        if before != after:
            return before, after
    return None


def _named(touched: list[TouchedVacancy]) -> list[TouchedVacancy]:
    rows = Vacancy.objects.filter(pk__in=[one.pk for one in touched])
    names = {pk: words for pk, *words in rows.values_list("pk", "current__title", "employer__name")}
    return [replace(one, title=names[one.pk][0], employer=names[one.pk][1]) for one in touched]


def _state(low: Decimal, found: WageFloorResult) -> str:
    if found.unknown:
        return CountryPayState.UNKNOWN
    return CountryPayState.OK if found.cleared_by(low) else CountryPayState.BELOW


def _on_lists(country: str, vacancies: list[int]) -> int:
    """People who live in a country and stand in the current ranking of any of some vacancies."""
    lists = RankingState.objects.filter(vacancy__in=vacancies).values_list("listed", flat=True)
    ranked = {person for people in lists for person in people}
    return Candidate.objects.filter(country=country, pk__in=ranked).count() if ranked else 0
