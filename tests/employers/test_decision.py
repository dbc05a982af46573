"""A recruiter judges an employer in the administration."""

import pytest
from django.contrib.auth.models import Permission

from accounts.models import AuditEntry, OutboxMail
from employers.actions.company import apply_as_employer, update_company
from employers.actions.decision import accept_employer, reject_employer
from employers.actions.errors import ChangedMeanwhile, ImpossibleFacts, UnableToApply, UnableToDecide
from employers.enums import EmployerState
from employers.models import Employer
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import APPLIED, EmployerFactory, MembershipFactory

LIST = "/admin/employers/employer/"
FACTS = {"name": "Bloom", "country_id": "NL", "about": "Soap.", "headcount": 12, "working_languages": ["nl"]}


def decide(client, employer, **sent):
    return client.post(
        f"{LIST}{employer.pk}/decide/", {"seen": employer.state, "reason": "", **sent}, follow=True
    )


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def state(employer) -> str:
    return Employer.objects.values_list("state", flat=True).get(pk=employer.pk)


@pytest.mark.django_db
class TestDecidePage:
    @pytest.fixture
    def waiting(self) -> Employer:
        return MembershipFactory(
            employer__applied=True, employer__staff={"NL": 30, "PT": 10}, employer__name="A & B"
        ).employer

    def test_shows_what_the_company_says(self, staff_client, waiting) -> None:
        text = staff_client.get(f"{LIST}{waiting.pk}/decide/").content.decode()
        for words in ("We sell things online", "Netherlands 30, Portugal 10", "Dutch, English"):
            assert words in text, words

    def test_accept(self, staff_client, waiting) -> None:
        response = decide(staff_client, waiting, decision="accept")
        assert told(response) == ["Decided. The owners of the company have been written to."]
        waiting.refresh_from_db()
        assert (waiting.state, waiting.decided_by) == (EmployerState.ACCEPTED, staff_client.user)
        mail = OutboxMail.objects.get()
        assert mail.subject == "A & B is accepted"
        assert mail.text.startswith("Hello ")
        assert "http://localhost:8000/vacancies/new/" in mail.text.splitlines()
        assert "With kind regards," in mail.text
        assert AuditEntry.objects.get().verb == "employer.accepted"

    def test_reject_with_a_reason(self, staff_client, waiting) -> None:
        decide(staff_client, waiting, decision="reject", reason="No trade register entry <found>.")
        assert state(waiting) == EmployerState.REJECTED
        text = OutboxMail.objects.get().text
        assert "No trade register entry <found>." in text
        assert text.startswith("Hello ")
        assert "http://localhost:8000/employer/company/" in text.splitlines()
        assert "With kind regards," in text

    @pytest.mark.parametrize(
        ("sent", "field"),
        [({"decision": "reject", "reason": "  "}, "reason"), ({"decision": "maybe"}, "decision"), ({}, "decision"),
         ({"decision": "accept", "reason": "x" * 2001}, "reason"), ({"decision": "accept", "seen": "king"}, "seen")],
    )  # fmt: skip
    def test_an_unclear_decision_changes_nothing(self, staff_client, waiting, sent, field) -> None:
        assert list(decide(staff_client, waiting, **sent).context["form"].errors) == [field]
        assert state(waiting) == EmployerState.APPLIED
        assert not OutboxMail.objects.exists()

    def test_pressing_twice_writes_once(self, staff_client, waiting) -> None:
        decide(staff_client, waiting, decision="accept")
        again = decide(staff_client, waiting, decision="accept")
        assert told(again) == ["Nothing was changed: the company is “accepted” already."]
        assert OutboxMail.objects.count() == 1

    def test_a_colleagues_decision_is_not_overturned_unseen(self, staff_client, waiting, now) -> None:
        accept_employer(employer=waiting, by=UserFactory(staff=True), now=now)
        decide(staff_client, waiting, decision="reject", reason="Hm.")
        assert state(waiting) == EmployerState.ACCEPTED

    def test_staff_without_the_permission_may_not(self, waiting) -> None:
        reader = UserFactory(is_staff=True, totp=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_employer"))
        client = signed_in(reader)
        assert client.get(LIST).status_code == 200
        assert (
            client.post(f"{LIST}{waiting.pk}/decide/", {"decision": "accept", "seen": "applied"}).status_code
            == 403
        )
        assert state(waiting) == EmployerState.APPLIED

    def test_the_employers_words_cannot_be_edited(self, staff_client, waiting) -> None:
        assert staff_client.get(f"{LIST}{waiting.pk}/change/").status_code == 200
        assert staff_client.post(f"{LIST}{waiting.pk}/change/", {"name": "Other"}).status_code == 403
        assert staff_client.get(f"{LIST}add/").status_code == 403
        assert staff_client.post(f"{LIST}{waiting.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_who_waits_longest_stands_first(self, staff_client, waiting, now) -> None:
        EmployerFactory()
        later = EmployerFactory(applied=True, applied_at=now)
        rows = list(staff_client.get(LIST).context["cl"].result_list)
        assert rows[:2] == [waiting, later]

    @pytest.mark.parametrize("count", [1, 30])
    def test_query_count_of_the_list(self, staff_client, django_assert_num_queries, count) -> None:
        EmployerFactory.create_batch(count)
        staff_client.get(LIST)
        with django_assert_num_queries(6):
            staff_client.get(LIST)


@pytest.mark.django_db
class TestRules:
    def test_more_staff_by_country_than_in_all_is_impossible(self, now) -> None:
        with pytest.raises(ImpossibleFacts):
            apply_as_employer(facts=FACTS, staff=[("NL", 10), ("PT", 3)], by=UserFactory(), now=now)
        assert not Employer.objects.exists()

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_rejection_needs_a_reason(self, now, reason) -> None:
        employer = EmployerFactory(applied=True)
        with pytest.raises(UnableToDecide):
            reject_employer(employer=employer, by=UserFactory(staff=True), now=now, reason=reason)
        assert state(employer) == EmployerState.APPLIED


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_applying_twice_makes_one_employer(self, now) -> None:
        user = UserFactory()
        results = at_once(*[lambda: apply_as_employer(facts=FACTS, staff=[], by=user, now=now)] * 2)
        assert [type(result) for result in results if isinstance(result, Exception)] == [UnableToApply]
        assert Employer.objects.count() == 1

    def test_of_two_recruiters_one_decides(self, now) -> None:
        employer = MembershipFactory(employer__applied=True).employer
        one, other = UserFactory(staff=True), UserFactory(staff=True)
        results = at_once(
            lambda: accept_employer(employer=employer, by=one, now=now, seen="applied"),
            lambda: reject_employer(employer=employer, by=other, now=now, reason="No.", seen="applied"),
        )
        assert [type(result) for result in results if isinstance(result, Exception)] == [UnableToDecide]
        assert OutboxMail.objects.count() == 1
        assert employer.status_log.count() == 2

    def test_of_two_members_who_save_one_is_told(self, now) -> None:
        employer = EmployerFactory()
        members = [
            MembershipFactory(employer=employer).user,
            MembershipFactory(recruiter=True, employer=employer).user,
        ]
        results = at_once(
            *[
                lambda by=by: update_company(
                    employer=employer, facts=FACTS | {"name": f"By {by.pk}"}, staff=[("NL", by.pk % 9 + 1)], by=by, now=now,
                    seen=APPLIED,
                )
                for by in members
            ]
        )  # fmt: skip
        assert [type(result) for result in results if isinstance(result, Exception)] == [ChangedMeanwhile]
        assert employer.staff.count() == 1
