"""Vacancies and their content.

`VacancyFactory()` is published: Dutch web shop, English at B2, weekdays 09–17 on the clock of Amsterdam, 32 hours a week for
six months, €16.00 to €18.00 an hour, hiring in Portugal and the Netherlands, both above their floors. Traits: `draft`,
`in_review`, `paused`, `closed`. `content=version_content(pay_min=Decimal(9))` sets the words and figures;
`changes=version_content(…)` adds a draft beside the published version. The country facts have to be loaded.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import factory
from django.db import connection
from django.utils import timezone
from factory.django import DjangoModelFactory

from employers.enums import MembershipRole
from employers.models import Employer, Membership
from reference.enums import CEFRLevel
from reference.models import Country, ExchangeRate, MarketPay, Region, WageFloor, WorkingHours
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory
from tests.factories.traits import Trait
from vacancies.content import FACTS, CountryRow, LanguageRow, ShiftRow, SkillRow, VersionContent
from vacancies.enums import ClosedBecause, VacancyState
from vacancies.models import (
    Vacancy,
    VacancyStatusLog,
    VacancyVersion,
    VersionCountry,
    VersionLanguage,
    VersionShift,
    VersionSkill,
)
from vacancies.queries.pay import PayFacts, country_offers

MADE = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
LAST_WRITTEN = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint), max(cmin::text::bigint) FROM {model._meta.db_table}"
    for model in (Country, ExchangeRate, MarketPay, Region, WageFloor, WorkingHours)
)
OFFICE_HOURS = tuple(ShiftRow(day, 9 * 60, 8 * 60) for day in range(5))


def starts() -> date:
    """Ten weeks from today, so that the vacancy is open whenever the tests run."""
    return timezone.localdate() + timedelta(days=70)


def version_content(**changes: Any) -> VersionContent:
    """A complete content that may be published; any of its parts can be changed."""
    content: dict[str, Any] = {
        "title": "Customer care for a web shop",
        "description": "You answer customers by mail and chat, and call back when that helps.",
        "occupation_id": "4222",
        "sector_id": "ecommerce",
        "channels": ("chat", "email"),
        "zone": "Europe/Amsterdam",
        "hours_week": 32,
        "start_date": starts(),
        "months": 6,
        "openings": 2,
        "pay_min": Decimal("16.00"),
        "pay_max": Decimal("18.00"),
        "pay_currency": "EUR",
        "customer_countries": ("NL",),
        "languages": (LanguageRow("en", CEFRLevel.B2),),
        "skills": (SkillRow("email_handling"),),
        "shifts": OFFICE_HOURS,
        "countries": (CountryRow("NL"), CountryRow("PT")),
    }
    return VersionContent(**content | changes)


def write_version(
    vacancy: Vacancy, content: VersionContent, *, number: int = 1, frozen_at: datetime | None = None
) -> VacancyVersion:
    """Store `content` as a version of `vacancy`, by the models alone."""
    version = VacancyVersion.objects.create(
        vacancy=vacancy, number=number, created_at=vacancy.created_at, frozen_at=frozen_at,
        channels=list(content.channels), customer_countries=list(content.customer_countries),
        **{name: getattr(content, name) for name in FACTS},
    )  # fmt: skip
    VersionLanguage.objects.bulk_create(
        VersionLanguage(
            version=version, language_id=row.language, level=row.level, must=row.must, weight=row.weight
        )
        for row in content.languages
    )
    VersionSkill.objects.bulk_create(
        VersionSkill(
            version=version, skill_id=row.skill, must=row.must, minimum=row.minimum, weight=row.weight
        )
        for row in content.skills
    )
    VersionShift.objects.bulk_create(
        VersionShift(
            version=version, weekday=row.weekday, start_minute=row.start_minute,
            duration_minutes=row.duration_minutes, must=row.must,
        )
        for row in content.shifts
    )  # fmt: skip
    _write_countries(version, content)
    return version


def _write_countries(version: VacancyVersion, content: VersionContent) -> None:
    today = timezone.localdate()
    facts = _pay_facts(today, tuple(row.country for row in content.countries), _last_written())
    offers = {offer.country: offer for offer in country_offers(content, today, facts)}
    made = []
    for row in content.countries:
        offer = offers.get(row.country)
        made.append(
            VersionCountry(
                version=version, country_id=row.country, pay_min=row.pay_min, pay_max=row.pay_max, currency=row.currency,
                pay_state=offer.state if offer else "", pay_facts=offer.facts() if offer else {},
                checked_on=today if offer else None,
            )
        )  # fmt: skip
    VersionCountry.objects.bulk_create(made)


@lru_cache(maxsize=64)
def _pay_facts(on: date, countries: tuple[str, ...], last_written: Any) -> PayFacts:
    """Read once, and again when a test wrote to their tables: reading takes longer than all else about a vacancy."""
    return PayFacts.read(on, countries)


def _last_written() -> Any:
    """A sign of the tables of facts on pay, which differs once a row of them was written, changed or deleted."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_WRITTEN)
        return tuple(cursor.fetchall())


class VacancyFactory(DjangoModelFactory):
    """A vacancy; see the top of the file."""

    class Meta:
        model = Vacancy
        skip_postgeneration_save = True

    class Params:
        published = Trait(state=VacancyState.PUBLISHED)
        draft = Trait(state=VacancyState.DRAFT)
        in_review = Trait(state=VacancyState.IN_REVIEW)
        paused = Trait(state=VacancyState.PAUSED)
        closed = Trait(state=VacancyState.CLOSED, closed_at=MADE, closed_because=ClosedBecause.FILLED)

    employer = factory.SubFactory(EmployerFactory)
    state = VacancyState.PUBLISHED
    created_at = MADE
    changed_at = factory.SelfAttribute("created_at")
    content = factory.LazyFunction(version_content)
    changes = None

    @classmethod
    def _create(cls, model_class: type[Vacancy], *args: Any, **kwargs: Any) -> Vacancy:
        content, changes = kwargs.pop("content"), kwargs.pop("changes")
        state, more = (
            kwargs.pop("state"),
            {name: kwargs.pop(name, None) for name in ("closed_at", "closed_because")},
        )
        if "created_by" not in kwargs:
            kwargs["created_by"] = _owner(kwargs["employer"])
        vacancy: Vacancy = model_class.objects.create(state=VacancyState.DRAFT, **kwargs)
        shown = state not in {VacancyState.DRAFT, VacancyState.IN_REVIEW}
        version = write_version(vacancy, content, frozen_at=vacancy.created_at if shown else None)
        vacancy.state = state
        if shown:
            vacancy.current, vacancy.published_at = version, vacancy.created_at
            vacancy.closed_at, vacancy.closed_because = more["closed_at"], more["closed_because"] or ""
            vacancy.draft = write_version(vacancy, changes, number=2) if changes else None
        else:
            vacancy.draft = version
        vacancy.save()
        VacancyStatusLog.objects.create(
            vacancy=vacancy,
            state=state,
            at=vacancy.created_at,
            by=vacancy.created_by,
            reason=vacancy.closed_because,
        )
        return vacancy


def _owner(employer: Employer) -> Any:
    held = (
        Membership.objects.filter(employer=employer, role=MembershipRole.OWNER).select_related("user").first()
    )
    return held.user if held else UserFactory()
