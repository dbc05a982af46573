"""Writing drawn people with COPY, a chunk in one transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.enums import ConsentKind
from accounts.models import Consent, Identity, User
from assessments.engine.levels import band
from assessments.enums import Activity, MeasurementSource
from assessments.models import Measurement
from candidates.consents import FREELANCE_TEXT_VERSION, LISTED_TEXT_VERSION
from candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
)
from marketplace.demo.copying import copy_rows, reserve_ids
from marketplace.demo.people import Person
from reference.work_style import VERSION

VALID = timedelta(days=730)


@transaction.atomic
def write(people: list[Person], cuts: tuple[float, ...], now: datetime) -> None:
    """All rows of the people: users without a password, identities, consents, profiles and measurements."""
    users = reserve_ids(User, len(people))
    pairs = list(zip(users, people, strict=True))
    copy_rows(
        User,
        (
            "id",
            "password",
            "email",
            "is_superuser",
            "is_staff",
            "is_active",
            "is_demo",
            "language",
            "time_zone",
            "date_joined",
        ),
        (
            (
                user,
                "!",
                f"person-{user}@people.demo.example",
                False,
                False,
                True,
                True,
                "en",
                person.zone,
                now,
            )
            for user, person in pairs
        ),
    )
    copy_rows(
        Identity, ("user", "display_name", "phone"), ((user, person.name, "") for user, person in pairs)
    )
    _write_profiles(pairs, cuts, now)


@transaction.atomic
def write_profile(user: User, person: Person, cuts: tuple[float, ...], now: datetime) -> None:
    """The profile of one user who exists already."""
    _write_profiles([(user.pk, person)], cuts, now)


def _write_profiles(pairs: list[tuple[int, Person]], cuts: tuple[float, ...], now: datetime) -> None:
    candidates = reserve_ids(Candidate, len(pairs))
    own = [(pk, person) for pk, (_user, person) in zip(candidates, pairs, strict=True)]
    copy_rows(Consent, ("user", "kind", "text_version", "given_at"), _consents(pairs, now))
    copy_rows(
        Candidate,
        CANDIDATE,
        (_profile(pk, user, person, now) for pk, (user, person) in zip(candidates, pairs, strict=True)),
    )
    copy_rows(
        CandidateLanguage,
        ("candidate", "language", "claimed_level", "mother_tongue"),
        ((pk, code, level, first) for pk, person in own for code, (level, first) in person.languages.items()),
    )
    copy_rows(
        CandidateSkill,
        ("candidate", "skill", "stated"),
        ((pk, code, stated) for pk, person in own for code, stated in person.skills.items()),
    )
    copy_rows(
        PlaceKnown,
        ("candidate", "country", "city", "tie", "years"),
        ((pk, country, "", tie, years) for pk, person in own for country, tie, years in _once(person.places)),
    )
    copy_rows(
        MarketServed,
        ("candidate", "country"),
        ((pk, code) for pk, person in own for code in sorted(person.markets)),
    )
    copy_rows(
        Experience,
        ("candidate", "sector", "channel", "months"),
        ((pk, *key, months) for pk, person in own for key, months in person.experience.items()),
    )
    copy_rows(Measurement, MEASUREMENT, _measurements(own, cuts, now))


CANDIDATE = (
    "id", "user", "public_id", "created_at", "changed_at", "listed", "country", "region", "zone", "work_right",
    "permit_until", "education_level", "education_field", "availability", "preferred", "hours_min", "hours_max",
    "contract_months", "accepts_employment", "accepts_freelance", "minimum_pay", "wished_pay", "pay_currency",
    "pay_period", "earliest_start", "just_looking", "work_style", "work_style_version",
)  # fmt: skip
MEASUREMENT = (
    "candidate", "language", "skill", "activity", "level", "theta", "standard_error", "source", "evidence",
    "measured_on", "expires_on", "recorded_at",
)  # fmt: skip


def _profile(pk: int, user: int, person: Person, now: datetime) -> tuple[Any, ...]:
    minimum, wish, period = person.pay
    version = VERSION if person.work_style else ""
    return (
        pk, user, person.public_id, now, now, person.listed, person.home.code, person.region, person.zone,
        person.work_right, person.permit_until, person.education_level, person.education_field,
        person.availability, person.preferred, *person.hours, person.contract_months,
        True, person.freelance, minimum, wish, person.home.currency, period, person.start, person.just_looking,
        person.work_style, version,
    )  # fmt: skip


def _consents(pairs: Iterable[tuple[int, Person]], now: datetime) -> Iterator[tuple[Any, ...]]:
    for user, person in pairs:
        if person.listed:
            yield user, ConsentKind.LISTED.value, LISTED_TEXT_VERSION, now
        if person.freelance:
            yield user, ConsentKind.FREELANCE.value, FREELANCE_TEXT_VERSION, now


def _once(places: list[tuple[str, str, int]]) -> Iterator[tuple[str, str, int]]:
    seen: set[tuple[str, str]] = set()
    for country, tie, years in places:
        if (country, tie) not in seen:
            seen.add((country, tie))
            yield country, tie, years


def _measurements(
    own: list[tuple[int, Person]], cuts: tuple[float, ...], now: datetime
) -> Iterator[tuple[Any, ...]]:
    today, source = now.date(), MeasurementSource.SIMULATED.value
    for pk, person in own:
        for code, (theta, error) in person.abilities.items():
            found = band(theta, cuts), round(theta, 4), round(error, 4)
            yield (
                pk,
                code,
                None,
                Activity.READING_AND_USE.value,
                *found,
                source,
                "",
                today,
                today + VALID,
                now,
            )
        for code, level in person.measured_skills.items():
            yield pk, None, code, "", level, None, None, source, "", today, today + VALID, now
