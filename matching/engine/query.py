"""A vacancy, compiled once into the tables that a scan of the pool needs. Immutable, checked.

Money is in 1/10000 EUR an hour, gross. Convert all figures of a place with the SAME rate: the
legal minimum rounded up and the offer rounded down, so that an offer equal to the minimum in the
country's own currency never looks as if it were above it; other floors rounded down like the
offer, so that an offer equal to one of them reaches it.
Days count from 1970-01-01. Weekdays start at Monday = 0. Every error is `InvalidQuery`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from matching.engine.columns import EMPLOYMENT
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.query_checks import check_query
from matching.engine.weights import EMPLOYER_WEIGHTS

CEFR_CUTS: Final = (-2000, -1000, 0, 1000, 2000)
"""Default lower ends of A2, B1, B2, C1 and C2 on the ability scale, in thousandths of a level."""

Place = tuple[str, str]


class PayStatus(StrEnum):
    """How the offer for a place stands to that place's wage floors."""

    OK = "ok"
    BELOW_FLOOR = "below_floor"
    FLOOR_UNKNOWN = "floor_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTerms:
    """What the vacancy offers to people who live in one place.

    country, region: as in `Pool.places`. Terms with region "" hold for every region of the
        country that has no terms of its own.
    floor_known: False when no usable floor is on file (counted under its own code).
    legal_floor: the legal minimum, which the offer must EXCEED; 0 = the law sets none.
    other_floor: collective agreement or platform policy, which the offer must REACH; 0 = none.
    offer_low, offer_high: the pay range for this place.
    market_low, market_high: usual pay for this work there; both 0 = not known.
    """

    country: str
    region: str = ""
    hireable: bool = True
    floor_known: bool = True
    legal_floor: int = 0
    other_floor: int = 0
    offer_low: int = 0
    offer_high: int = 0
    market_low: int = 0
    market_high: int = 0

    @property
    def pay_status(self) -> PayStatus:
        """The lower end lies strictly above the legal minimum and reaches any other floor."""
        if not self.floor_known:
            return PayStatus.FLOOR_UNKNOWN
        if self.offer_low > self.legal_floor and self.offer_low >= self.other_floor:
            return PayStatus.OK
        return PayStatus.BELOW_FLOOR

    @property
    def floor(self) -> int:
        """The higher of the two floors; 0 when there is none or it is not known."""
        return max(self.legal_floor, self.other_floor) if self.floor_known else 0


@dataclass(frozen=True, slots=True)
class LanguageNeed:
    """A language with a CEFR level (1..6 = A1..C2) and a weight among the languages (1..1000).

    Required: the measured minimum. Nice to have: the level that earns the full value.
    """

    code: str
    level: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """A must-have skill with its measured minimum, 1..3."""

    code: str
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class SkillWish:
    """A wanted skill with its weight among the wanted skills (1..1000)."""

    code: str
    weight: int = 1


@dataclass(frozen=True, slots=True, order=True)
class ShiftBlock:
    """When work can be done, by the wall clock of the vacancy's zone.

    The block ends `duration_minutes` of wall-clock time after it starts (1..1440; it may pass
    midnight). `must`: the person has to be available for all of it in every week.
    """

    weekday: int
    start_minute: int
    duration_minutes: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class CountryWeight:
    """A country and how much of the team or of the customers it stands for (1..10**6)."""

    country: str
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class VacancyQuery:
    """A vacancy as the engine sees it.

    start_day, end_day: first and last day of the contract (at most ten years).
    contract_months: length offered; 0 = open-ended (then `end_day` is the planning horizon).
    hours_week: minutes a week that one person works; at most the minutes of the shift blocks.
    employer: whose vacancy it is, by number; 0 = not said. Read only for people who asked not to be shown to it.
    organisation: the team's work style, eight values 0..12 (-1 = not known), or None when the
        employer does not ask for it.
    locality_wanted: being at home with the team's and customers' countries counts.
    locality_share: 1 - w of the culture fit, 0..10**7, from `locality_share()`.
    weights: the employer's. A part that the vacancy does not ask for weighs nothing.
    cefr_cuts: lower ends of A2..C2 on the ability scale, thousandths of a level, ascending.
    """

    places: tuple[PlaceTerms, ...]
    contract_form: int = EMPLOYMENT
    start_day: int
    end_day: int
    contract_months: int = 0
    languages: tuple[LanguageNeed, ...] = ()
    nice_languages: tuple[LanguageNeed, ...] = ()
    must_skills: tuple[SkillNeed, ...] = ()
    wanted_skills: tuple[SkillWish, ...] = ()
    hours_week: int
    zone: str
    shifts: tuple[ShiftBlock, ...]
    employer: int = 0
    sector: str = ""
    channels: tuple[str, ...] = ()
    customer_countries: tuple[CountryWeight, ...] = ()
    team_countries: tuple[CountryWeight, ...] = ()
    organisation: tuple[int, ...] | None = None
    locality_wanted: bool = False
    locality_share: int = 0
    weights: PartWeights = EMPLOYER_WEIGHTS
    cefr_cuts: tuple[int, ...] = field(default=CEFR_CUTS)

    def __post_init__(self) -> None:
        check_query(self)

    @cached_property
    def terms_by_place(self) -> Mapping[Place, PlaceTerms]:
        """Terms by (country, region), as given."""
        return {(terms.country, terms.region): terms for terms in self.places}

    def terms_for(self, place: Place) -> PlaceTerms | None:
        """Terms of the region, else of its country, else None: not hireable."""
        found = self.terms_by_place.get(place)
        return found or self.terms_by_place.get((place[0], ""))

    @cached_property
    def asked_parts(self) -> frozenset[Part]:
        """The parts that this vacancy asks anything about; the others weigh 0 on both sides."""
        asked = {Part.TIME, Part.PAY, Part.COMMITMENT}
        if self.languages or self.nice_languages:
            asked.add(Part.LANGUAGE)
        if self.must_skills or self.wanted_skills:
            asked.add(Part.SKILLS)
        if self.sector or self.channels:
            asked.add(Part.EXPERIENCE)
        wants_organisation = self.organisation is not None
        if self.weights.culture and (wants_organisation or self.locality_wanted):
            asked.add(Part.CULTURE)
        return frozenset(asked)

    def effective(self, weights: PartWeights) -> tuple[int, ...]:
        """`weights` in part order, with 0 for the parts that are not asked."""
        pairs = zip(PARTS, weights, strict=True)
        return tuple(weight if part in self.asked_parts else 0 for part, weight in pairs)
