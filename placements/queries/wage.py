"""Where an offer stands for one person: floor, offer, minimum and wish per hour in their country's currency."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from candidates.models import Candidate
from matching.queries.matches import Explained
from reference.queries.market import MarketBand
from reference.rules.rates import NoRate, RateTable
from reference.rules.wages import Floor, hourly_exact, round_to
from vacancies.rules.pay import PlaceOffer


@dataclass(frozen=True, slots=True)
class Wage:
    """Amounts an hour before tax in `currency`; None where not stated or not known.

    `cleared`: the offer clears every floor there.
    """

    currency: str
    cleared: bool
    floor: Floor | None
    offer_low: Decimal
    offer_high: Decimal
    minimum: Decimal | None
    wish: Decimal | None
    market: MarketBand | None

    @property
    def figures(self) -> dict[str, Decimal | None]:
        """Floor and market for the `wage_band` graphic, None where not known."""
        same = self.market if self.market and self.market.currency == self.currency else None
        return {
            "floor": self.floor.hourly if self.floor else None,
            "market_low": same.low if same else None,
            "market_high": same.high if same else None,
        }


def wage_of(explained: Explained, candidate: Candidate) -> Wage | None:
    """None where the vacancy does not hire in the person's country."""
    offer = explained.offers.get(candidate.country_id or "")
    if offer is None:
        return None
    regions = {place.region: place for place in offer.regions}
    place, rates = regions.get(candidate.region_id or "", offer.whole), explained.rates
    return Wage(
        currency=place.currency,
        cleared=place.cleared,
        floor=place.floors.effective,
        offer_low=place.low,
        offer_high=place.high,
        minimum=_own(candidate.minimum_pay, candidate, place, rates),
        wish=_own(candidate.wished_pay, candidate, place, rates),
        market=explained.markets.get(place.country),
    )


def _own(amount: Decimal | None, candidate: Candidate, place: PlaceOffer, rates: RateTable) -> Decimal | None:
    if not amount or not candidate.pay_currency:
        return None
    try:
        factor = rates.factor(candidate.pay_currency, place.currency)
    except NoRate:
        return None
    exact: Fraction = (
        hourly_exact(amount, candidate.pay_period, weekly_hours=candidate.hours_max or 40) * factor
    )
    return round_to(exact, place.floors.digits, "up")
