"""What a vacancy asks and offers, as plain data: the same shape whether it comes from a form or from the database."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from vacancies.models import VacancyVersion


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language at a CEFR level (1–6); `must` makes it a gate. Weight 1–5."""

    language: str
    level: int
    must: bool = True
    weight: int = 1


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill; `must` makes `minimum` (1–3) a gate. Weight 1–5."""

    skill: str
    must: bool = False
    minimum: int = 1
    weight: int = 1


@dataclass(frozen=True, slots=True, order=True)
class ShiftRow:
    """A working block: weekday 0 = Monday, minutes from local midnight, length in minutes, may pass midnight."""

    weekday: int
    start_minute: int
    duration_minutes: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A hireable country, perhaps with a range of its own in `currency` (the version's when empty)."""

    country: str
    pay_min: Decimal | None = None
    pay_max: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class VersionContent:
    """Everything of a version but its number and dates."""

    title: str
    description: str = ""
    occupation_id: str | None = None
    sector_id: str | None = None
    channels: tuple[str, ...] = ()
    zone: str = ""
    hours_week: int | None = None
    start_date: date | None = None
    months: int = 6
    openings: int = 1
    contract_form: str = "employment"
    legal_employer: str = "client"
    legal_employer_name: str = ""
    pay_min: Decimal | None = None
    pay_max: Decimal | None = None
    pay_currency: str = "EUR"
    pay_period: str = "hour"
    customer_countries: tuple[str, ...] = ()
    culture_wanted: bool = False
    locality_wanted: bool = False
    locality_for: str = ""
    weights: dict[str, int] = field(default_factory=dict)
    languages: tuple[LanguageRow, ...] = ()
    skills: tuple[SkillRow, ...] = ()
    shifts: tuple[ShiftRow, ...] = ()
    countries: tuple[CountryRow, ...] = ()


FACTS = (
    "title", "description", "occupation_id", "sector_id", "zone", "hours_week", "start_date", "months", "openings",
    "contract_form", "legal_employer", "legal_employer_name", "pay_min", "pay_max", "pay_currency", "pay_period",
    "culture_wanted", "locality_wanted", "locality_for", "weights",
)  # fmt: skip


def content_of(version: VacancyVersion) -> VersionContent:
    """The content of a stored version; four queries, or none when its rows are prefetched."""
    return VersionContent(
        **{name: getattr(version, name) for name in FACTS},
        channels=tuple(version.channels),
        customer_countries=tuple(version.customer_countries),
        languages=tuple(
            LanguageRow(row.language_id, row.level, row.must, row.weight)
            for row in sorted(version.languages.all(), key=lambda row: row.language_id)
        ),
        skills=tuple(
            SkillRow(row.skill_id, row.must, row.minimum, row.weight)
            for row in sorted(version.skills.all(), key=lambda row: row.skill_id)
        ),
        shifts=tuple(
            sorted(
                ShiftRow(row.weekday, row.start_minute, row.duration_minutes, row.must)
                for row in version.shifts.all()
            )
        ),
        countries=tuple(
            CountryRow(row.country_id, row.pay_min, row.pay_max, row.currency)
            for row in sorted(version.countries.all(), key=lambda row: row.country_id)
        ),
    )
