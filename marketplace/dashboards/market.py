"""What the open vacancies offer, in numbers, to somebody who only looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from reference.queries.wages import wage_floors
from reference.rules.wages import Floor
from vacancies.enums import CountryPayState
from vacancies.models import Vacancy, VersionCountry
from vacancies.queries.vacancies import published_vacancies


@dataclass(frozen=True, slots=True)
class Wishes:
    """Where somebody lives (ISO 3166-1), the language they would work in, the least they want an hour there."""

    country: str = ""
    language: str = ""
    pay: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Open vacancies and openings for somebody's wishes; with a country, the pay an hour and the legal minimum there."""

    wishes: Wishes
    vacancies: int
    openings: int
    currency: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    floor: Floor | None = None


def market_figures() -> dict[str, int]:
    """Open vacancies and openings, and the countries from which people can work; two queries.

    A country where every vacancy pays too little, or whose floor is not known, is none of them.
    """
    open_now = published_vacancies()
    counted = open_now.aggregate(vacancies=Count("pk"), openings=Sum("current__openings", default=0))
    paid_enough = Q(current__countries__pay_state=CountryPayState.OK) | Q(
        current__countries__pay_facts__regions_above__0__isnull=False
    )
    countries = Count("current__countries__country", filter=paid_enough, distinct=True)
    return counted | open_now.aggregate(countries=countries)


def answer_to(wishes: Wishes, today: date) -> Answer:
    """Count what suits. A country counts where the pay was above its floors when the vacancy was checked."""
    open_now = published_vacancies()
    if wishes.language:
        open_now = open_now.filter(
            current__languages__language=wishes.language, current__languages__must=True
        )
    if not wishes.country:
        counted = open_now.aggregate(vacancies=Count("pk"), openings=Sum("current__openings", default=0))
        return Answer(wishes, **counted)
    floor = wage_floors([wishes.country], today).get(wishes.country).effective
    return _in_country(wishes, _offers(open_now, wishes.country), floor)


def _offers(open_now: QuerySet[Vacancy], country: str) -> Iterable[tuple[int, dict[str, Any]]]:
    """(openings, pay as checked) of each vacancy that hires there above the floors."""
    rows = VersionCountry.objects.filter(
        version__in=open_now.values("current"), country=country, pay_state=CountryPayState.OK
    )
    return rows.values_list("version__openings", "pay_facts")


def _in_country(wishes: Wishes, offers: Iterable[tuple[int, dict[str, Any]]], floor: Floor | None) -> Answer:
    suiting = [
        (openings, Decimal(facts["low"]), Decimal(facts["high"]), facts["currency"])
        for openings, facts in offers
        if wishes.pay is None or Decimal(facts["high"]) >= wishes.pay
    ]
    return Answer(
        wishes,
        vacancies=len(suiting),
        openings=sum(openings for openings, _low, _high, _currency in suiting),
        currency=suiting[0][3] if suiting else "",
        low=min((low for _openings, low, _high, _currency in suiting), default=None),
        high=max((high for _openings, _low, high, _currency in suiting), default=None),
        floor=floor,
    )
