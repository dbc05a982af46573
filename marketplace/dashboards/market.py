"""What the open vacancies offer, in numbers, to somebody who only looks."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Max, Min, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from common.remembered import remembered
from reference.queries.wages import wage_floors
from reference.rules.wages import Floor
from vacancies.enums import CountryPayState
from vacancies.models import Vacancy, VersionCountry
from vacancies.queries.market import PAID_ENOUGH, Search, open_for
from vacancies.queries.vacancies import published_vacancies

REMEMBERED_SECONDS = 60
COUNTRIES_REMEMBERED_SECONDS = 600
AMOUNT = DecimalField(max_digits=16, decimal_places=4)


@dataclass(frozen=True, slots=True)
class Answer:
    """Open vacancies and openings for somebody's answers; with a country, the pay an hour there and its legal floor.

    `low` and `high` are gross an hour in the country's money, over all of them; None where nothing suits.
    """

    search: Search
    vacancies: int
    openings: int
    currency: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    floor: Floor | None = None

    @property
    def percent_above(self) -> int | None:
        """By how many whole per cent the lowest pay lies above the floor."""
        if self.low is None or self.floor is None or self.floor.currency != self.currency:
            return None
        return int((self.low / self.floor.hourly - 1) * 100)


def market_figures(version: str) -> dict[str, int]:
    """Open vacancies and openings, and the countries from which people can work; remembered for a minute.

    A country where every vacancy pays too little, or whose floor is not known, is none of them.
    """

    counted: dict[str, int] = remembered(
        f"market-figures:{version}", REMEMBERED_SECONDS, lambda: _counted(published_vacancies())
    )

    def read() -> dict[str, int]:
        rows = VersionCountry.objects.filter(PAID_ENOUGH, version__in=published_vacancies().values("current"))
        return rows.aggregate(countries=Count("country", distinct=True))

    # The countries are read from every row of every open vacancy, so only when what is open has changed.
    open_now = f"{counted['vacancies']}-{counted['openings']}"
    return counted | remembered(f"market-countries:{open_now}", COUNTRIES_REMEMBERED_SECONDS, read)


def answer_to(search: Search, version: str, today: date) -> Answer:
    """Count what suits; figures are remembered for a minute, the floor is that of today."""

    def read() -> dict[str, Any]:
        return _there(search) if search.country else _counted(open_for(search))

    found = remembered(f"market-answer:{version}:{search.query}", REMEMBERED_SECONDS, read)
    floor = wage_floors([search.country], today).get(search.country).effective if search.country else None
    return Answer(search, floor=floor, **found)


def _counted(found: QuerySet[Vacancy]) -> dict[str, int]:
    return found.aggregate(vacancies=Count("pk"), openings=Sum("current__openings", default=0))


def _there(search: Search) -> dict[str, Any]:
    """Counts of what suits in a country, and the lowest and highest pay an hour where it is above the floor everywhere."""
    elsewhere = open_for(replace(search, country=""))
    rows = VersionCountry.objects.filter(
        PAID_ENOUGH, country=search.country, version__in=elsewhere.values("current")
    )
    everywhere = Q(pay_state=CountryPayState.OK)
    found = rows.aggregate(
        vacancies=Count("pk"),
        openings=Sum("version__openings", default=0),
        low=Min(Cast(KT("pay_facts__low"), AMOUNT), filter=everywhere),
        high=Max(Cast(KT("pay_facts__high"), AMOUNT), filter=everywhere),
        currency=Max(KT("pay_facts__currency"), filter=everywhere),
    )
    return found | {"currency": found["currency"] or ""}
