"""How an offer stands to the wage floors of a place: pure arithmetic and comparison."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reference.rules.wages import Floor, WageFloorResult
from vacancies.enums import CountryPayState

if TYPE_CHECKING:
    from reference.queries.market import MarketBand


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """The offer for one place, per hour in the place's own currency, beside the floors that hold there."""

    country: str
    region: str
    low: Decimal
    high: Decimal
    rate: str
    floors: WageFloorResult
    region_name: str = ""

    @property
    def currency(self) -> str:
        """ISO 4217 code of `low` and `high`: the country's own."""
        return self.floors.currency

    @property
    def state(self) -> str:
        """A `CountryPayState`: above every floor, below one, or the floor is not known."""
        if self.floors.unknown:
            return CountryPayState.UNKNOWN
        return CountryPayState.OK if self.floors.cleared_by(self.low) else CountryPayState.BELOW

    @property
    def cleared(self) -> bool:
        """Whether the lower end clears every floor, and every floor is known."""
        return self.state == CountryPayState.OK

    @property
    def breached(self) -> Floor | None:
        """The highest floor that the lower end does not clear."""
        return None if self.floors.unknown else self.floors.breached_by(self.low)


@dataclass(frozen=True, slots=True)
class CountryOffer:
    """The offer for one country: `whole` for people who gave no region, `regions` where rates differ inside it.

    `market` is what such work usually pays there, where a source says so.
    """

    whole: PlaceOffer
    regions: tuple[PlaceOffer, ...] = ()
    market: "MarketBand | None" = None

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.whole.country

    @property
    def state(self) -> str:
        """The state for people who gave no region."""
        return self.whole.state

    @property
    def regions_above(self) -> tuple[PlaceOffer, ...]:
        """Regions whose floors the offer clears."""
        return tuple(place for place in self.regions if place.state == CountryPayState.OK)

    @property
    def regions_decide(self) -> bool:
        """Whether people in some regions are eligible although those who gave none are not."""
        return self.state != CountryPayState.OK and bool(self.regions_above)

    @property
    def region_groups(self) -> list[tuple[PlaceOffer, ...]]:
        """Regions with one and the same floor together: the highest floor first, unknown floors last."""
        groups: dict[tuple[Decimal, str], list[PlaceOffer]] = {}
        for place in self.regions:
            floor = place.floors.effective
            key = (-floor.hourly, floor.row.key) if floor else (Decimal(0), "")
            groups.setdefault(key, []).append(place)
        return [tuple(places) for _key, places in sorted(groups.items())]

    def facts(self) -> dict[str, Any]:
        """What is stored beside the state: figures, provenance and the regions that pass."""
        place = self.whole
        return {
            "low": str(place.low),
            "high": str(place.high),
            "currency": place.currency,
            "rate": place.rate,
            "floors": [floor.as_facts() for floor in place.floors.floors],
            "unknown": place.floors.unknown,
            "regions_above": [region.region for region in self.regions_above],
        }


@dataclass(frozen=True, slots=True)
class UnpricedCountry:
    """A country whose offer cannot be worked out: `currency` has no exchange rate on file."""

    country: str
    currency: str
    state: str = "no_rate"


def passes_somewhere(offers: Iterable[CountryOffer]) -> bool:
    """Whether people of at least one country, or of a region of one, are paid above every floor."""
    return any(offer.state == CountryPayState.OK or offer.regions_above for offer in offers)
