"""What each step of a profile holds, as plain data: the same shape from a form, an import or a test."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives (ISO 3166-1, ISO 3166-2, IANA) and whether they may work there."""

    country: str
    zone: str
    work_right: str
    region: str | None = None
    permit_until: date | None = None


class LanguageRow(NamedTuple):
    """A language (BCP 47) with the claimed CEFR level, 1–6."""

    language: str
    level: int
    mother_tongue: bool = False


class PlaceRow(NamedTuple):
    """A country, perhaps a city, and for how many years the person lived, worked or studied there."""

    country: str
    city: str
    tie: str
    years: int


class ExperienceRow(NamedTuple):
    """Months of work in one sector through one channel."""

    sector: str
    channel: str
    months: int


@dataclass(frozen=True, slots=True)
class Background:
    """Education (ISCED 2011 level, ISCED-F 2013 broad field), places, markets (countries) and experience."""

    education_level: int | None = None
    education_field: str = ""
    places: tuple[PlaceRow, ...] = ()
    markets: tuple[str, ...] = ()
    experience: tuple[ExperienceRow, ...] = ()


class SkillRow(NamedTuple):
    """A skill of the vocabulary with the person's own statement, 1–3."""

    skill: str
    stated: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekly masks of local quarter hours (`common.week`; an empty `preferred` is no preference), and hours a week."""

    availability: bytes
    preferred: bytes
    hours_min: int
    hours_max: int


@dataclass(frozen=True, slots=True)
class Work:
    """Contract, pay and start. `contract_months=None` means as long as possible."""

    accepts_employment: bool
    accepts_freelance: bool
    contract_months: int | None = None
    minimum_pay: Decimal | None = None
    wished_pay: Decimal | None = None
    pay_currency: str = ""
    pay_period: str = "hour"
    earliest_start: date | None = None
    just_looking: bool = False
