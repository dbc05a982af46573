"""Compiling a vacancy's content into the engine's query: the vacancy's facts and the day's floors and rates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from dateutil.relativedelta import relativedelta

from employers.models import Employer
from matching.engine import (
    CountryWeight,
    LanguageNeed,
    PlaceTerms,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    VacancyQuery,
)
from matching.engine.columns import EMPLOYMENT, FREELANCE
from matching.engine.fits import locality_share
from matching.rules.weights import WeightPolicies, part_weights
from matching.rules.wishes import UNIT
from reference.queries.market import MarketBand
from reference.rules.rates import RateTable
from reference.rules.wages import WageFloorResult
from reference.work_style import vector
from vacancies.content import VersionContent
from vacancies.enums import ContractForm
from vacancies.queries.pay import PayFacts, country_offers
from vacancies.rules.pay import CountryOffer, PlaceOffer

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Team:
    """What matching needs of an employer: people by country, the team's eight work-style values, and who it is for
    the people who asked not to be shown to it (0: nobody)."""

    staff: tuple[tuple[str, int], ...]
    work_style: tuple[int, ...] | None
    employer_id: int = 0

    @classmethod
    def of(cls, employer: Employer) -> "Team":
        """From an employer with `staff` prefetched. People who are in no row live in the employer's own country."""
        people = {row.country_id: row.headcount for row in employer.staff.all()}
        others = employer.headcount - sum(people.values())
        if others > 0:
            people[employer.country_id] = people.get(employer.country_id, 0) + others
        style = vector(employer.work_style) if employer.work_style else None
        return cls(tuple(sorted(people.items())), style, employer.pk)


def compile_query(
    content: VersionContent, team: Team, on: date, facts: PayFacts, policies: WeightPolicies
) -> VacancyQuery:
    """The query of a complete content on a day, with that day's `facts` and `policies`; no database query.

    Raises InvalidQuery when something that ranking needs is missing or impossible, NoRate for a currency
    without an exchange rate.
    """
    offers, rates = country_offers(content, on, facts), facts.rates
    start = content.start_date or on
    return VacancyQuery(
        places=tuple(
            terms for offer in offers for terms in _terms(offer, rates, facts.markets.get(offer.country))
        ),
        contract_form=FREELANCE if content.contract_form == ContractForm.FREELANCE else EMPLOYMENT,
        start_day=_day(start),
        end_day=_day(start + relativedelta(months=content.months, days=-1)),
        contract_months=content.months,
        languages=_languages(content, must=True),
        nice_languages=_languages(content, must=False),
        must_skills=tuple(SkillNeed(row.skill, row.minimum) for row in content.skills if row.must),
        wanted_skills=tuple(SkillWish(row.skill, row.weight) for row in content.skills if not row.must),
        hours_week=60 * (content.hours_week or 0),
        zone=content.zone,
        shifts=tuple(
            ShiftBlock(row.weekday, row.start_minute, row.duration_minutes, row.must)
            for row in content.shifts
        ),
        employer=team.employer_id,
        sector=content.sector_id or "",
        channels=content.channels,
        customer_countries=tuple(CountryWeight(code) for code in content.customer_countries),
        team_countries=tuple(CountryWeight(code, min(people, 10**6)) for code, people in team.staff),
        organisation=team.work_style if content.culture_wanted else None,
        locality_wanted=content.locality_wanted,
        locality_share=locality_share([people for _code, people in team.staff]),
        weights=part_weights(content.weights, policies.of(content.occupation_id)),
    )


def _day(when: date) -> int:
    """Days since 1970-01-01."""
    return (when - EPOCH).days


def _languages(content: VersionContent, *, must: bool) -> tuple[LanguageNeed, ...]:
    return tuple(
        LanguageNeed(row.language, row.level, row.weight) for row in content.languages if row.must == must
    )


def _terms(offer: CountryOffer, rates: RateTable, market: MarketBand | None) -> Iterable[PlaceTerms]:
    for place in (offer.whole, *offer.regions):
        yield _place_terms(place, rates, market)


def _place_terms(place: PlaceOffer, rates: RateTable, market: MarketBand | None) -> PlaceTerms:
    """The offer for a place in the engine's unit, which says the same of every floor as its own currency does.

    Floors are rounded up and the offer down, so that an offer equal to the legal minimum never passes; one that clears
    the floors by less than the unit, or reaches another floor exactly, is lifted onto it.
    """
    floors: WageFloorResult = place.floors
    factor = rates.factor(floors.currency, "EUR") * UNIT
    legal = _up(floors.legal_minimum.hourly, factor) if floors.legal_minimum else 0
    other = _up(max((each.hourly for each in floors.other_floors), default=Decimal(0)), factor)
    low = _down(place.low, factor)
    if floors.cleared_by(place.low):
        low = max(low, legal + 1, other)
    return PlaceTerms(
        country=place.country,
        region=place.region,
        floor_known=floors.unknown is None,
        legal_floor=legal,
        other_floor=other,
        offer_low=low,
        offer_high=max(low, _down(place.high, factor)),
        market_low=_market(market.low, market.currency, rates) if market else 0,
        market_high=_market(market.high, market.currency, rates) if market else 0,
    )


def _up(amount: Decimal, factor: Fraction) -> int:
    return ceil(Fraction(amount) * factor)


def _down(amount: Decimal, factor: Fraction) -> int:
    return floor(Fraction(amount) * factor)


def _market(amount: Decimal, currency: str, rates: RateTable) -> int:
    return _down(amount, rates.factor(currency, "EUR") * UNIT)
