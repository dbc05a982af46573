"""People looking for work.

`CandidateFactory()` is complete and may be listed: in Lisbon, English C1 and Portuguese, weekdays 08–20 and
weekends 10–16, 20–40 hours a week. `listed=True` adds the consent.
Traits: `empty`, `in_portugal`, `in_netherlands`, `in_spain`, `in_manila`, `in_bogota`, `in_casablanca`, `speaks_dutch`,
`speaks_french`, `speaks_german`, `worked_for_dutch`, `knows_rome`, `takes_freelance`, `night_worker`.
Rows by argument: `languages={"en": 5}`, `mother_tongues=("pt",)`, `skills={"crm": 2}`,
`places=[("NL", "Utrecht", "worked", 3)]`, `markets=("NL",)`, `experience=[("ecommerce", "chat", 18)]`,
`not_sectors=("travel",)`, `not_employers=(employer,)`.
The country facts have to be loaded.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.enums import ConsentKind
from candidates.consents import FREELANCE_TEXT_VERSION, LISTED_TEXT_VERSION
from candidates.enums import PlaceTie, StatedSkill, WorkRight
from candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
    Reservation,
)
from candidates.rules.week import Span, mask_of
from common.money import PayPeriod
from common.week import EMPTY_WEEK
from reference.enums import CEFRLevel
from tests.factories.accounts import ConsentFactory, UserFactory
from tests.factories.traits import Trait

DAYTIME = mask_of(
    [*(Span(day, 8 * 60, 20 * 60) for day in range(5)), *(Span(day, 10 * 60, 16 * 60) for day in (5, 6))]
)
NIGHTS = mask_of(Span(day, 22 * 60, 8 * 60) for day in range(7))
ALWAYS = mask_of(Span(day, 0, 0) for day in range(7))
ROWS = (
    "languages",
    "mother_tongues",
    "skills",
    "places",
    "markets",
    "experience",
    "not_sectors",
    "not_employers",
)


def lives_in(country: str, zone: str, currency: str, **more: Any) -> Trait:
    """A trait: residence, clock and currency of a country."""
    return Trait(country_id=country, zone=zone, pay_currency=currency, **more)


class CandidateFactory(DjangoModelFactory):
    """A person with a whole profile; see the top of the file."""

    class Meta:
        model = Candidate
        skip_postgeneration_save = True

    class Params:
        in_portugal = lives_in("PT", "Europe/Lisbon", "EUR")
        in_netherlands = lives_in(
            "NL", "Europe/Amsterdam", "EUR", languages={"en": CEFRLevel.C1, "nl": CEFRLevel.C2}, mother_tongues=("nl",),
            minimum_pay=Decimal("15.50"), wished_pay=Decimal("18.00"),
        )  # fmt: skip
        in_spain = lives_in(
            "ES", "Europe/Madrid", "EUR", languages={"en": CEFRLevel.C1, "es": CEFRLevel.C2}, mother_tongues=("es",),
        )  # fmt: skip
        in_manila = lives_in(
            "PH", "Asia/Manila", "PHP", languages={"en": CEFRLevel.C1, "fil": CEFRLevel.C2}, mother_tongues=("fil",),
            minimum_pay=Decimal("150.00"), wished_pay=Decimal("250.00"),
        )  # fmt: skip
        in_bogota = lives_in(
            "CO", "America/Bogota", "COP", languages={"en": CEFRLevel.C1, "es": CEFRLevel.C2}, mother_tongues=("es",),
            minimum_pay=Decimal("12000.00"), wished_pay=Decimal("20000.00"),
        )  # fmt: skip
        in_casablanca = lives_in(
            "MA", "Africa/Casablanca", "MAD", languages={"en": CEFRLevel.B2, "ar": CEFRLevel.C2, "fr": CEFRLevel.C1},
            mother_tongues=("ar",), minimum_pay=Decimal("25.00"), wished_pay=Decimal("40.00"),
        )  # fmt: skip
        speaks_dutch = Trait(languages={"en": CEFRLevel.C1, "nl": CEFRLevel.C1})
        speaks_french = Trait(languages={"en": CEFRLevel.C1, "fr": CEFRLevel.C1})
        speaks_german = Trait(languages={"en": CEFRLevel.C1, "de": CEFRLevel.C1})
        worked_for_dutch = Trait(markets=("NL",), places=[("NL", "Utrecht", PlaceTie.WORKED, 3)])
        knows_rome = Trait(places=[("IT", "Rome", PlaceTie.LIVED, 4)])
        takes_freelance = Trait(accepts_freelance=True)
        night_worker = Trait(availability=NIGHTS, preferred=NIGHTS)
        empty = Trait(
            country_id=None, zone="", work_right="", education_level=None, education_field="", availability=EMPTY_WEEK,
            preferred=EMPTY_WEEK, hours_min=None, hours_max=None, contract_months=None, minimum_pay=None, wished_pay=None,
            pay_currency="", just_looking=False, earliest_start=None, work_style=None, work_style_version="",
            languages={}, mother_tongues=(), skills={}, places=[], markets=(), experience=[],
        )  # fmt: skip

    user = factory.SubFactory(UserFactory)
    country_id = "PT"
    zone = "Europe/Lisbon"
    work_right = WorkRight.UNRESTRICTED
    education_level = 6
    education_field = "04"
    availability = DAYTIME
    preferred = factory.SelfAttribute("availability")
    hours_min = 20
    hours_max = 40
    contract_months = 12
    minimum_pay = Decimal("7.00")
    wished_pay = Decimal("9.00")
    pay_currency = "EUR"
    pay_period = PayPeriod.HOUR
    earliest_start = date(2026, 11, 22)  # past on every day that the tests are run
    work_style = factory.LazyFunction(lambda: [3] * 24)
    work_style_version = "1"

    languages = {"en": CEFRLevel.C1, "pt": CEFRLevel.C2}
    mother_tongues = ("pt",)
    skills = {"email_handling": StatedSkill.WORKING, "crm": StatedSkill.BASIC}
    places = [("PT", "Lisbon", PlaceTie.LIVED, 20)]
    markets = ("PT",)
    experience = [("ecommerce", "email", 18)]
    not_sectors = ()
    not_employers = ()

    @classmethod
    def _create(cls, model_class: type[Candidate], *args: Any, **kwargs: Any) -> Candidate:
        rows = {name: kwargs.pop(name) for name in ROWS}
        candidate: Candidate = super()._create(model_class, *args, **kwargs)
        _add_rows(candidate, **rows)
        for kind, version, held in (
            (ConsentKind.LISTED, LISTED_TEXT_VERSION, candidate.listed),
            (ConsentKind.FREELANCE, FREELANCE_TEXT_VERSION, candidate.accepts_freelance),
        ):
            if held:
                ConsentFactory(
                    user=candidate.user, kind=kind, text_version=version, given_at=candidate.created_at
                )
        return candidate


def _add_rows(
    candidate: Candidate,
    *,
    languages: dict[str, int],
    mother_tongues: tuple[str, ...],
    skills: dict[str, int],
    places: list[tuple[str, str, str, int]],
    markets: tuple[str, ...],
    experience: list[tuple[str, str, int]],
    not_sectors: tuple[str, ...],
    not_employers: tuple[Any, ...],
) -> None:
    CandidateLanguage.objects.bulk_create(
        CandidateLanguage(
            candidate=candidate, language_id=code, claimed_level=level, mother_tongue=code in mother_tongues
        )
        for code, level in languages.items()
    )
    CandidateSkill.objects.bulk_create(
        CandidateSkill(candidate=candidate, skill_id=code, stated=stated) for code, stated in skills.items()
    )
    PlaceKnown.objects.bulk_create(
        PlaceKnown(candidate=candidate, country_id=country, city=city, tie=tie, years=years)
        for country, city, tie, years in places
    )
    MarketServed.objects.bulk_create(MarketServed(candidate=candidate, country_id=code) for code in markets)
    Experience.objects.bulk_create(
        Experience(candidate=candidate, sector_id=sector, channel_id=channel, months=months)
        for sector, channel, months in experience
    )
    Reservation.objects.bulk_create(
        [Reservation(candidate=candidate, sector_id=code) for code in not_sectors]
        + [Reservation(candidate=candidate, employer=employer) for employer in not_employers]
    )
