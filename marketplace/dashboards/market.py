"""What the open vacancies offer, in numbers, to somebody who only looks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Max, Min, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from common.remembered import remembered
from employers.enums import EmployerState
from reference.queries.wages import wage_floors
from reference.rules.wages import Floor
from vacancies.enums import CountryPayState, VacancyState
from vacancies.models import Vacancy, VersionCountry
from vacancies.queries.market import PAID_ENOUGH, Search, open_for
from vacancies.queries.vacancies import published_vacancies

REMEMBERED_SECONDS = 60
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

    def read() -> dict[str, int]:
        counted = _counted(published_vacancies())
        countries = _rows_open().filter(PAID_ENOUGH).aggregate(countries=Count("country", distinct=True))
        return counted | countries

    return remembered(f"market-figures:{version}", REMEMBERED_SECONDS, read)


def answer_to(search: Search, version: str, today: date) -> Answer:
    """Count what suits; figures are remembered for a minute, the floor is that of today."""

    def read() -> tuple[dict[str, int], dict[str, str | Decimal | None]]:
        open_now = open_for(search)
        return _counted(open_now), _pay_there(open_now, search.country) if search.country else {}

    key = f"market-answer:{version}:{search.query}"
    counted, pay = remembered(key, REMEMBERED_SECONDS, read)
    floor = wage_floors([search.country], today).get(search.country).effective if search.country else None
    return Answer(search, floor=floor, **counted, **pay)  # type: ignore[arg-type]


def _counted(found: QuerySet[Vacancy]) -> dict[str, int]:
    return found.aggregate(vacancies=Count("pk"), openings=Sum("current__openings", default=0))


def _rows_open() -> QuerySet[VersionCountry]:
    """Countries of the versions that hold for open vacancies."""
    return VersionCountry.objects.filter(
        version__vacancy__state=VacancyState.PUBLISHED,
        version__vacancy__employer__state=EmployerState.ACCEPTED,
        version=F("version__vacancy__current"),
    )


def _pay_there(open_now: QuerySet[Vacancy], country: str) -> dict[str, str | Decimal | None]:
    """The lowest and the highest pay an hour in a country, where it is above the floor everywhere."""
    rows = VersionCountry.objects.filter(
        version__in=open_now.values("current"), country=country, pay_state=CountryPayState.OK
    )
    found = rows.aggregate(
        low=Min(Cast(KT("pay_facts__low"), AMOUNT)),
        high=Max(Cast(KT("pay_facts__high"), AMOUNT)),
        currency=Max(KT("pay_facts__currency")),
    )
    return {"low": found["low"], "high": found["high"], "currency": found["currency"] or ""}
