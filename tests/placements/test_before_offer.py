"""The queue before an offer: results a talk rests on, each one press away from a confirmation test."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from assessments.actions.confirmations import ask_for_confirmation, withdraw_confirmation
from assessments.models import Bank, ConfirmationTest
from placements.actions.applications import decline, make_offer
from placements.enums import ApplicationState, Side
from placements.models import Application
from placements.queries.before_offer import talks_with_results
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import ranked
from tests.factories.placements import member_of, walk
from tests.factories.vacancies import VacancyFactory, version_content
from tests.world import World
from vacancies.content import LanguageRow, SkillRow

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:placements_before_offer")
PAGE_QUERIES = 6


@pytest.fixture
def bank() -> Bank:
    return BankFactory()


def with_test(bank: Bank, **facts: Any) -> Any:
    """Somebody listed whose English is B2 by an adaptive test."""
    person = CandidateFactory(listed=True, **facts)
    finished_session(person, bank)
    return person


def talking(person: Any, state: str = ApplicationState.IN_INTERVIEW, **content: Any) -> Application:
    """The person's application to a new vacancy that requires English."""
    vacancy, now = VacancyFactory(content=version_content(**content)), timezone.now()
    ranked(vacancy)
    return walk(state, vacancy, person, member_of(vacancy.employer), now)


def waiting(now: Any = None) -> list[Any]:
    """Each talk with its results in words."""
    rows = talks_with_results(now or timezone.now())
    return [(row.application, *map(str, row.results)) for row in rows]


def test_what_a_talk_rests_on_waits_under_each_talk_the_longest_on_top(
    bank: Bank, staff_client: Client
) -> None:
    person = with_test(bank, user__name="Secretname")
    first, second = talking(person), talking(person)
    Application.objects.filter(pk=second.pk).update(changed_at=first.changed_at - timedelta(days=1))
    assert waiting() == [(second, "English B2"), (first, "English B2")]
    text = staff_client.get(QUEUE).text
    assert text.count(person.short_name + "</th>") == 2
    assert f"Ask {person.short_name} to confirm English B2" in text
    assert "Secretname" not in text


@pytest.mark.parametrize(
    "state", [state for state in ApplicationState if state not in {"expired", "in_interview"}]
)
def test_other_states_bring_nothing(state: str, bank: Bank) -> None:
    talking(with_test(bank), state)
    assert waiting() == []


def test_only_what_is_required_and_was_tested_adaptively(bank: Bank) -> None:
    person, other = with_test(bank), CandidateFactory(listed=True)
    MeasurementFactory(candidate=other, language_id="en", level=5)
    finished_session(person, BankFactory(code="dutch", language_id="nl"))
    skilled = BankFactory(code="mail", judgement=True, skill_id="email_handling", items=10)
    finished_session(person, skilled)
    rows = (LanguageRow("en", 4), LanguageRow("nl", 3, must=False))
    talking(other)  # by a certificate
    ended = talking(person, languages=rows, skills=(SkillRow("email_handling", must=False),))
    assert waiting() == [(ended, "English B2")]
    decline(
        application=ended,
        side=Side.EMPLOYER,
        reason="somebody_else",
        by=member_of(ended.employer),
        now=timezone.now(),
    )
    assert waiting() == []
    both = talking(person, languages=rows, skills=(SkillRow("email_handling", must=True, minimum=1),))
    assert waiting() == [(both, "English B2", "Handling e-mail 2")]


def test_a_row_goes_when_it_was_asked_for_also_when_withdrawn(bank: Bank) -> None:
    person, by, now = with_test(bank), UserFactory(staff=True), timezone.now()
    talking(person)
    made = ask_for_confirmation(measurement=person.measurements.get(), reason="Why.", by=by, now=now)
    assert waiting() == []
    withdraw_confirmation(confirmation=made, reason="Not needed.", by=by, now=now)
    assert waiting() == []


def test_a_row_goes_with_the_offer(bank: Bank) -> None:
    found = talking(with_test(bank))
    make_offer(application=found, by=member_of(found.employer), now=timezone.now())
    assert waiting() == []


@pytest.mark.parametrize("gone", ["revoked", "expired", "superseded"])
def test_a_row_goes_when_the_result_counts_no_more(gone: str, bank: Bank) -> None:
    person, now = with_test(bank), timezone.now()
    talking(person)
    result = person.measurements.get()
    if gone == "revoked":
        person.measurements.update(revoked_at=now)
    elif gone == "superseded":
        MeasurementFactory(
            candidate=person, language_id="en", level=5, measured_on=now.date(), recorded_at=now
        )
    later = result.expires_on + timedelta(days=1) - now.date() if gone == "expired" else timedelta(0)
    assert waiting(now + later) == []


def test_one_press_leads_to_a_working_ask_and_back(bank: Bank) -> None:
    client, person = World().client("recruiter"), with_test(bank)
    talking(person)
    ask = (
        reverse("admin:assessments_confirmationtest_ask", args=[person.measurements.get().pk]) + "?for=offer"
    )
    assert ask in client.get(QUEUE).text
    page = client.get(ask)
    reason = page.context["form"]["reason"].value()
    assert reason == "Before an offer"
    assert client.post(ask, {"reason": reason}).url == QUEUE
    assert ConfirmationTest.objects.get().measurement == person.measurements.get()
    assert AuditEntry.objects.get(verb="confirmation.asked").reason == "Before an offer"
    answer = client.get(QUEUE)
    assert answer.context["rows"] == []
    assert "The person has been asked by mail." in answer.text


def test_too_few_questions_are_told_when_somebody_asks(staff_client: Client) -> None:
    person = with_test(BankFactory(items=7))
    talking(person)
    ask = (
        reverse("admin:assessments_confirmationtest_ask", args=[person.measurements.get().pk]) + "?for=offer"
    )
    answer = staff_client.post(ask, {"reason": "Before an offer"}, follow=True)
    assert "too few questions are left" in answer.text
    assert not ConfirmationTest.objects.exists()


def test_who_may_not_ask_sees_nothing_and_who_only_asks_no_company(bank: Bank) -> None:
    found = talking(with_test(bank))
    reader = UserFactory(is_staff=True, totp=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    assert signed_in(reader).get(QUEUE).status_code == 403
    asker = UserFactory(is_staff=True, totp=True)
    asker.user_permissions.add(Permission.objects.get(codename="add_confirmationtest"))
    text = signed_in(asker).get(QUEUE).text
    assert found.candidate.short_name in text  # type: ignore[union-attr]
    assert found.employer.name not in text
    assert signed_in(member_of(found.employer)).get(QUEUE).status_code == 302


def test_employers_read_none_of_it(bank: Bank) -> None:
    found, by = talking(with_test(bank)), UserFactory(staff=True)
    person: Any = found.candidate
    ask_for_confirmation(measurement=person.measurements.get(), reason="Why.", by=by, now=timezone.now())
    client = signed_in(member_of(found.employer))
    for address in (
        reverse("placements:pipeline", args=[found.vacancy.pk]),
        reverse("placements:person", args=[found.vacancy.pk, person.public_id]),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert not [one for one in asked if "confirmationtest" in one["sql"]]


@pytest.mark.parametrize("size", [1, 30])
def test_it_takes_the_same_queries(
    size: int, bank: Bank, staff_client: Client, django_assert_num_queries: Any
) -> None:
    found = talking(with_test(bank))
    for _ in range(size - 1):
        double = Application.objects.get(pk=found.pk)
        double.pk, double.public_id = None, double._meta.get_field("public_id").default()
        double.candidate = with_test(bank)
        double.save(force_insert=True)
    staff_client.get(QUEUE)
    with django_assert_num_queries(PAGE_QUERIES):
        page = staff_client.get(QUEUE)
    assert len(page.context["rows"]) == size
