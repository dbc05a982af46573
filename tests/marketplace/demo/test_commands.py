"""The commands of the demo: the same seed, the same people; all of it or nothing; and when they refuse."""

from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from assessments.models import Measurement
from candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
)
from employers.models import Employer, EmployerStaff
from marketplace.demo.shape import employers_for
from marketplace.demo.sign_ins import CANDIDATE, RATER, RECRUITER, ROLES
from placements.models import Application
from tests.factories.accounts import UserFactory
from tests.marketplace.demo.conftest import demo_password, made
from vacancies.models import VacancyVersion, VersionLanguage, VersionShift

pytestmark = pytest.mark.django_db
SMALL = {"candidates": 100, "employers": 5, "vacancies": 6}


CONTENT: dict[Any, tuple[str, ...]] = {
    Candidate: (
        "public_id", "listed", "country", "region", "zone", "work_right", "permit_until", "education_level",
        "education_field", "availability", "preferred", "hours_min", "hours_max", "contract_months",
        "accepts_employment", "accepts_freelance", "minimum_pay", "wished_pay", "pay_currency", "pay_period",
        "earliest_start", "just_looking", "work_style", "user__identity__display_name",
    ),
    CandidateLanguage: ("candidate__public_id", "language", "claimed_level", "mother_tongue"),
    CandidateSkill: ("candidate__public_id", "skill", "stated"),
    PlaceKnown: ("candidate__public_id", "country", "tie", "years"),
    MarketServed: ("candidate__public_id", "country"),
    Experience: ("candidate__public_id", "sector", "channel", "months"),
    Measurement: ("candidate__public_id", "language", "skill", "level", "theta", "standard_error", "source"),
    Employer: ("name", "about", "headcount", "work_style", "working_languages"),
    EmployerStaff: ("employer__name", "country", "headcount"),
    VacancyVersion: ("title", "sector", "hours_week", "months", "pay_min", "pay_max", "start_date", "description"),
    VersionLanguage: ("version__title", "language", "level", "must"),
    Application: ("candidate__public_id", "vacancy__current__title", "state", "message"),
    VersionShift: ("version__title", "weekday", "start_minute", "duration_minutes", "must"),
}  # fmt: skip


def digest() -> str:
    """Of all content but ids and moments."""
    found = sha256()
    for model, columns in CONTENT.items():
        rows = (
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model.objects.values_list(*columns)
        )
        found.update("\n".join(sorted(map(repr, rows))).encode())
    return found.hexdigest()


def digest_of(seed: int) -> str:
    with transaction.atomic():
        made(**SMALL, seed=seed)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_makes_the_same_population(demo):
    first = digest_of(7)
    assert digest_of(7) == first
    assert digest_of(8) != first


def test_chunks_do_not_run_into_each_other(demo, monkeypatch):
    """Ids of one chunk are reserved, so that people made elsewhere meanwhile never clash."""
    monkeypatch.setattr("marketplace.management.commands.demo_population.CHUNK", 40)
    made(candidates=100, employers=0, vacancies=0)
    assert Candidate.objects.count() == 101
    assert Candidate.objects.values("user").distinct().count() == 101
    UserFactory(demo=True)


def test_only_in_demo_mode(demo, settings):
    settings.DEMO = False
    for command in ("demo_population", "demo_sign_ins"):
        with pytest.raises(CommandError, match="DEMO=1"):
            call_command(command)
    assert not User.objects.exists()


def test_never_among_other_users(demo):
    UserFactory()
    for if_empty in (False, True):
        with pytest.raises(CommandError, match="holds other users"):
            call_command("demo_population", if_empty=if_empty, **SMALL)
    assert User.objects.count() == 1


def test_once_made_it_is_left_alone_even_when_other_people_signed_up(demo):
    made(candidates=20, employers=1, vacancies=1)
    UserFactory()
    people = User.objects.count()
    assert made(if_empty=True) == ""
    with pytest.raises(CommandError, match="There is a demo population already"):
        made()
    assert User.objects.count() == people


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"candidates": -1}, "--candidates cannot be negative"),
        ({"employers": -1}, "--employers cannot be negative"),
        ({"vacancies": -2}, "--vacancies cannot be negative"),
        ({"seed": -1}, "--seed cannot be negative"),
        ({"employers": 0, "vacancies": 3}, "Vacancies need employers"),
    ],
)
def test_impossible_sizes(options, sentence, demo):
    with pytest.raises(CommandError, match=sentence):
        made(**{**SMALL, **options})
    assert not User.objects.exists()


@pytest.mark.parametrize(("candidates", "employers"), [(0, 6), (350, 8), (1600, 40), (1_000_000, 40)])
def test_few_people_have_few_employers(candidates, employers):
    assert employers_for(candidates) == employers


def test_a_failure_at_the_end_leaves_nothing(demo, settings):
    """The folder of the password cannot be written, which shows after everybody else has been made."""
    blocked = Path(settings.VAR_DIR) / "file"
    blocked.write_text("")
    settings.VAR_DIR = blocked
    with pytest.raises(OSError, match="file"):
        made(**SMALL)
    assert not User.objects.exists()
    assert not Employer.objects.exists()


def test_an_empty_demo(demo):
    assert made(candidates=0, employers=0, vacancies=0) == "0 candidates, 0 employers, 0 vacancies\n"
    assert set(User.objects.values_list("email", flat=True)) == {
        "keeper@demo.example",
        CANDIDATE,
        RATER,
        RECRUITER,
    }


def test_the_sign_ins_are_printed_and_work(demo, client):
    made(candidates=0, employers=1, vacancies=0)
    answer = StringIO()
    call_command("demo_sign_ins", stdout=answer)
    lines = [line.split() for line in answer.getvalue().splitlines()]
    assert lines == [[role, email, demo_password()] for role, email in ROLES]
    file = Path(configured.VAR_DIR) / "demo-password"
    assert file.stat().st_mode & 0o777 == 0o600
    assert client.login(email=CANDIDATE, password=demo_password())


def test_what_is_printed_works_after_somebody_changed_a_password(demo):
    made(candidates=0, employers=1, vacancies=0)
    user = User.objects.get(email=CANDIDATE)
    user.set_password("something else entirely")
    user.save()
    call_command("demo_sign_ins", stdout=StringIO())
    user.refresh_from_db()
    assert user.check_password(demo_password())
