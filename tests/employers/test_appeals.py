"""A refused company asks for a second look, and somebody else judges it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import AuditEntry, OutboxMail, User
from common.bulk import Refused
from employers.actions.appeals import appeal_refusal, judge_appeal
from employers.actions.decision import accept_employer, reject_employer
from employers.actions.errors import OpenAppeal, UnableToAppeal, UnableToJudge
from employers.admin.bulk import AcceptMany
from employers.models import CompanyAppeal, Employer
from tests.accounts.at_once import at_once
from tests.conftest import NOW, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import MembershipFactory

QUEUE = "/admin/employers/companyappeal/"
PAGE = "/employer/company/appeal/"
TODAY = NOW.date()


def refused(by: User) -> Any:
    """The owner's membership of a company that `by` refused just now."""
    from django.utils import timezone

    owner = MembershipFactory(employer__applied=True, employer__name="A & B")
    reject_employer(employer=owner.employer, by=by, now=timezone.now(), reason="No trade register entry.")
    owner.employer.refresh_from_db()
    return owner


def appealed(by: User) -> CompanyAppeal:
    owner = refused(by)
    at = owner.employer.decided_at
    return appeal_refusal(employer=owner.employer, text="We are in it.", by=owner.user, today=TODAY, now=at)


def state(employer: Employer) -> str:
    return Employer.objects.values_list("state", flat=True).get(pk=employer.pk)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def one(db: None) -> User:
    return UserFactory(staff=True)  # type: ignore[no-any-return]


@pytest.fixture
def other(db: None) -> User:
    return UserFactory(staff=True)  # type: ignore[no-any-return]


@pytest.mark.django_db
class TestAppealing:
    def test_from_the_refusal_to_the_promise(self, one: User) -> None:
        owner = refused(one)
        client = signed_in(owner.user)
        assert PAGE in client.get("/employer/company/").content.decode()
        assert "No trade register entry." in client.get(PAGE).content.decode()
        response = client.post(PAGE, {"text": " We are in it: <see> there. "}, follow=True)
        assert told(response) == ["Your appeal is in. Another recruiter judges it."]
        assert "applying again ends the appeal" in client.get("/home/").content.decode()
        appeal = CompanyAppeal.objects.get()
        assert (appeal.text, appeal.refused_by, appeal.made_by) == (
            "We are in it: <see> there.",
            one,
            owner.user,
        )
        page = response.content.decode()
        assert "Your appeal is being judged" in page
        assert "Your appeal is being judged" in client.get("/home/").content.decode()
        assert f'href="{PAGE}"' not in page
        assert OutboxMail.objects.filter(subject="We have your appeal for A & B").count() == 1

    def test_the_promise_is_ten_working_days(self, one: User) -> None:
        owner = refused(one)
        appeal = appeal_refusal(
            employer=owner.employer,
            text="No.",
            by=owner.user,
            today=date(2026, 12, 18),
            now=owner.employer.decided_at,
        )
        assert appeal.answer_by == date(2027, 1, 5)  # Christmas, Boxing Day (a Saturday) and New Year between

    @pytest.mark.parametrize("text", ["", "   "])
    def test_without_words_nothing_is_sent(self, one: User, text: str) -> None:
        response = signed_in(refused(one).user).post(PAGE, {"text": text})
        assert response.status_code == 422
        assert "Say in your own words why the decision should be another one." in response.content.decode()
        assert not CompanyAppeal.objects.exists()

    def test_too_long_keeps_what_was_typed(self, one: User) -> None:
        response = signed_in(refused(one).user).post(PAGE, {"text": "x" * 4001})
        assert response.status_code == 422
        assert "x" * 4001 in response.content.decode()

    def test_once_for_each_refusal(self, one: User, other: User) -> None:
        appeal = appealed(one)
        judge_appeal(appeal=appeal, grant=False, answer="Still not.", by=other, now=NOW + timedelta(days=400))
        with pytest.raises(UnableToAppeal):
            appeal_refusal(
                employer=appeal.employer, text="Again.", by=appeal.made_by, today=TODAY, now=appeal.made_at
            )

    def test_not_after_the_period(self, one: User, settings: Any) -> None:
        settings.COMPANY_APPEAL_DAYS = 3
        owner = refused(one)
        late = owner.employer.decided_at + timedelta(days=3, seconds=1)
        with pytest.raises(UnableToAppeal, match="The time for an appeal is over"):
            appeal_refusal(employer=owner.employer, text="Please.", by=owner.user, today=TODAY, now=late)

    def test_who_was_not_refused_has_nothing_to_appeal(self, employer_client: Client) -> None:
        response = employer_client.post(PAGE, {"text": "Why not?"}, follow=True)
        assert told(response) == ["There is nothing to appeal against now."]

    def test_a_viewer_may_not(self, one: User) -> None:
        viewer = MembershipFactory(viewer=True, employer=refused(one).employer).user
        assert signed_in(viewer).post(PAGE, {"text": "Hm"}).status_code == 403

    def test_applying_again_ends_it(self, one: User, other: User) -> None:
        from employers.actions.company import update_company

        appeal = appealed(one)
        facts = {
            "name": "A & B",
            "country_id": "NL",
            "about": "Soap.",
            "headcount": 12,
            "working_languages": ["nl"],
        }
        update_company(
            employer=appeal.employer, facts=facts, staff=[], by=appeal.made_by, now=NOW + timedelta(days=400)
        )
        appeal.refresh_from_db()
        assert appeal.state == "withdrawn"
        with pytest.raises(UnableToJudge):
            judge_appeal(appeal=appeal, grant=True, answer="Yes.", by=other, now=NOW)
        assert state(appeal.employer) == "applied"


@pytest.mark.django_db
class TestJudging:
    def test_granted_the_company_is_accepted(self, one: User, other: User) -> None:
        appeal = appealed(one)
        client = signed_in(other)
        page = client.get(f"{QUEUE}{appeal.pk}/judge/").content.decode()
        assert "No trade register entry." in page
        assert "We are in it." in page
        response = client.post(
            f"{QUEUE}{appeal.pk}/judge/", {"decision": "grant", "answer": "Found it."}, follow=True
        )
        assert told(response) == ["Judged. The owners of the company have been written to."]
        appeal.refresh_from_db()
        assert (appeal.state, appeal.decided_by, state(appeal.employer)) == ("granted", other, "accepted")
        assert OutboxMail.objects.filter(subject="A & B is accepted").count() == 1
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"employer.appealed", "employer.appeal_granted", "employer.accepted"} <= verbs

    def test_dismissed_the_employer_reads_why(self, one: User, other: User) -> None:
        appeal = appealed(one)
        judge_appeal(appeal=appeal, grant=False, answer="The entry is of another firm.", by=other, now=NOW)
        assert state(appeal.employer) == "rejected"
        mail = OutboxMail.objects.get(subject="A & B: the decision stays")
        assert "The entry is of another firm." in mail.text
        page = signed_in(appeal.made_by).get("/employer/company/").content.decode()
        assert "The decision stays after your appeal" in page
        assert "The entry is of another firm." in page

    def test_who_refused_cannot_judge(self, one: User) -> None:
        appeal = appealed(one)
        client = signed_in(one)
        assert (
            "You refused this company yourself." in client.get(f"{QUEUE}{appeal.pk}/judge/").content.decode()
        )
        response = client.post(
            f"{QUEUE}{appeal.pk}/judge/", {"decision": "grant", "answer": "Well."}, follow=True
        )
        assert told(response) == [
            "You refused this company yourself. Another recruiter has to judge the appeal."
        ]
        appeal.refresh_from_db()
        assert (appeal.state, state(appeal.employer)) == ("open", "rejected")

    def test_the_database_refuses_it_too(self, one: User) -> None:
        appeal = appealed(one)
        changes = {"state": "granted", "decided_by": one, "ended_at": NOW, "answer": "Well."}
        with pytest.raises(IntegrityError, match="company_appeal_judged_by_another"):
            CompanyAppeal.objects.filter(pk=appeal.pk).update(**changes)

    def test_accepting_many_says_that_it_has_appealed(self, one: User, other: User) -> None:
        employer = appealed(one).employer
        with pytest.raises(Refused, match="Judge the appeal instead"):
            AcceptMany().carry_out(employer, by=other, reason="", seen="rejected")
        assert state(employer) == "rejected"

    @pytest.mark.parametrize("by_refuser", [True, False])
    def test_nobody_goes_around_an_open_appeal(self, one: User, other: User, by_refuser: bool) -> None:
        appeal = appealed(one)
        with pytest.raises(OpenAppeal):
            accept_employer(employer=appeal.employer, by=one if by_refuser else other, now=NOW)
        page = signed_in(one).post(
            f"/admin/employers/employer/{appeal.employer_id}/decide/",
            {"decision": "accept", "reason": "", "seen": "rejected"},
            follow=True,
        )
        assert told(page) == [
            "The company has appealed. Judge the appeal instead; somebody else than who refused can."
        ]

    @pytest.mark.parametrize(
        "sent", [{"decision": "grant"}, {"answer": "Why"}, {"decision": "x", "answer": "Why"}]
    )
    def test_an_unclear_judgement_changes_nothing(self, one: User, other: User, sent: dict[str, str]) -> None:
        appeal = appealed(one)
        assert signed_in(other).post(f"{QUEUE}{appeal.pk}/judge/", sent).context["form"].errors
        appeal.refresh_from_db()
        assert appeal.state == "open"

    def test_the_first_promised_stands_on_top_and_overdue_is_said(self, one: User, other: User) -> None:
        later, sooner = appealed(one), appealed(one)
        CompanyAppeal.objects.filter(pk=sooner.pk).update(answer_by=date(2020, 1, 2))
        response = signed_in(other).get(QUEUE)
        assert list(response.context["cl"].result_list) == [sooner, later]
        assert "2 January 2020, overdue" in response.content.decode()

    @pytest.mark.parametrize("count", [1, 30])
    def test_query_count_of_the_queue(self, one: User, django_assert_num_queries: Any, count: int) -> None:
        for _number in range(count):
            appealed(one)
        client = signed_in(one)
        client.get(QUEUE)
        with django_assert_num_queries(5):
            client.get(QUEUE)


@pytest.mark.django_db(transaction=True)
def test_of_two_recruiters_at_once_one_judges() -> None:
    one, two, three = (UserFactory(staff=True) for _number in range(3))
    appeal = appealed(one)
    results = at_once(
        lambda: judge_appeal(appeal=appeal, grant=True, answer="Yes.", by=two, now=NOW),
        lambda: judge_appeal(appeal=appeal, grant=False, answer="No.", by=three, now=NOW),
    )
    assert [type(result) for result in results if isinstance(result, Exception)] == [UnableToJudge]
    appeal.refresh_from_db()
    assert state(appeal.employer) == ("accepted" if appeal.state == "granted" else "rejected")
