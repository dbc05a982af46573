"""Inviting near misses to the test that they lack: once, by one mail, and only whom it concerns."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate

from accounts.models import AuditEntry, OutboxMail
from assessments.enums import RatedTaskState
from assessments.models import RatedTask
from candidates.models import Candidate
from placements.actions.invitations import Invited, UnableToInvite, invite_to_test
from placements.models import TestInvitation
from placements.queries.fact_tests import FactTest, fact_of
from placements.queries.invitations import open_invitations
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import ranked
from tests.factories.rated import RatedTaskFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import LanguageRow, SkillRow
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def untested(**facts: Any) -> Candidate:
    """Somebody listed in Portugal who names English and is not measured in it."""
    return CandidateFactory(in_portugal=True, **{"listed": True, **facts})


@pytest.fixture
def bank(db: None) -> Any:
    return BankFactory(code="english", name="English, reading and use")


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory(published=True)


def invite(vacancy: Vacancy, bank: Any, *people: Candidate, now: Any = None) -> Invited:
    return invite_to_test(
        vacancy=vacancy, test=bank_test(bank), candidates=[one.pk for one in people], by=UserFactory(),
        now=now or timezone.now(),
    )  # fmt: skip


def bank_test(bank: Any) -> FactTest:
    return FactTest(fact_of(bank), bank)


def mails() -> list[str]:
    return sorted(OutboxMail.objects.values_list("recipient", flat=True))


def test_one_mail_each_that_says_what_for_and_leads_to_the_test(vacancy: Vacancy, bank: Any):
    first, second = untested(), untested()
    assert invite(vacancy, bank, first, second) == Invited(new=2, mailed=2, already=0)
    assert mails() == sorted([first.user.email, second.user.email])
    mail = OutboxMail.objects.get(recipient=first.user.email)
    assert vacancy.employer.name in mail.subject
    assert reverse("assessments:start", args=["english"]) in mail.text
    assert "at most once in thirty days" in mail.text
    entry = AuditEntry.objects.get(verb="test.invited")
    assert (entry.data, entry.object_id) == ({"test": "en", "people": 2, "mailed": 2}, str(vacancy.pk))


def test_inviting_again_writes_and_sends_nothing_for_thirty_days(vacancy: Vacancy, bank: Any):
    person, now = untested(), timezone.now()
    invite(vacancy, bank, person, now=now)
    assert invite(vacancy, bank, person, now=now + timedelta(days=29)) == Invited(0, 0, 1)
    assert (TestInvitation.objects.count(), len(mails())) == (1, 1)
    assert invite(vacancy, bank, person, now=now + timedelta(days=30)) == Invited(1, 1, 0)
    assert len(mails()) == 2


def test_another_vacancy_invites_without_a_second_mail(vacancy: Vacancy, bank: Any):
    person = untested()
    invite(vacancy, bank, person)
    assert invite(VacancyFactory(published=True), bank, person) == Invited(new=1, mailed=0, already=0)
    assert len(mails()) == 1
    assert list(TestInvitation.objects.order_by("pk").values_list("mailed", flat=True)) == [True, False]


def test_who_left_or_was_measured_is_left_out(vacancy: Vacancy, bank: Any):
    gone, measured, closed = untested(listed=False), untested(), untested()
    MeasurementFactory(candidate=measured, language_id="en", level=2)
    closed.user.is_active = False
    closed.user.save()
    assert invite(vacancy, bank, gone, measured, closed) == Invited(0, 0, 0)
    assert mails() == []
    assert not AuditEntry.objects.filter(verb="test.invited").exists()


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
def test_only_an_open_vacancy_invites(bank: Any, state: str):
    with pytest.raises(UnableToInvite):
        invite(VacancyFactory(**{state: True}), bank, untested())
    assert not TestInvitation.objects.exists()


def test_an_invitation_is_never_changed(vacancy: Vacancy, bank: Any):
    invite(vacancy, bank, untested())
    with pytest.raises(TypeError):
        TestInvitation.objects.get().save()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        TestInvitation.objects.update(mailed=False)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_one_mail(vacancy: Vacancy, bank: Any):
    person, by, now = untested(), UserFactory(), timezone.now()
    together, found = threading.Barrier(2), []

    def act() -> None:
        together.wait()
        found.append(
            invite_to_test(
                vacancy=vacancy, test=bank_test(bank), candidates=[person.pk], by=by, now=now
            ).mailed
        )
        connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == [0, 1]
    assert (TestInvitation.objects.count(), mails()) == (1, [person.user.email])


# --- The pages ---------------------------------------------------------------------------------------------------------


def member_of(vacancy: Vacancy, **role: bool) -> Client:
    return signed_in(MembershipFactory(employer=vacancy.employer, **role).user)


def invite_url(vacancy: Vacancy, code: str = "en", kind: str = "language") -> str:
    return reverse("placements:invite", args=[vacancy.pk, kind, code])


def test_the_shortlist_groups_near_misses_by_what_they_lack_and_invites_in_one_click(bank: Any):
    content = version_content(languages=(LanguageRow("en", 4), LanguageRow("nl", 3)))
    vacancy = VacancyFactory(published=True, content=content)
    both = untested(languages={"en": 5, "nl": 5})
    english = untested(languages={"en": 5, "nl": 5})
    MeasurementFactory(candidate=english, language_id="nl", level=4)
    ranked(vacancy)
    member, url = member_of(vacancy), reverse("placements:shortlist", args=[vacancy.pk])
    page = member.get(url)
    groups = page.context["near_misses"].groups
    assert [(one.code, one.ids, one.bank) for one in groups] == [
        ("en", (both.pk, english.pk), bank),
        ("nl", (both.pk,), None),
    ]
    assert "Invite them to the English test" in page.content.decode()
    assert "Invite them to the Dutch test" not in page.content.decode()
    answer = member.post(invite_url(vacancy), follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "2 people are invited to the test." in answer.content.decode()
    assert mails() == sorted([both.user.email, english.user.email])
    again = member.post(invite_url(vacancy), follow=True).content.decode()
    assert "nobody was written to again" in again
    assert len(mails()) == 2


def test_who_was_invited_when_and_what_came_of_it_stands_below_the_near_misses(vacancy: Vacancy, bank: Any):
    waits, reached, below, changed, new = (untested(languages={"en": 5}) for _ in range(5))
    now = timezone.now()
    invite(vacancy, bank, waits, reached, now=now - timedelta(days=9))
    invite(vacancy, bank, below, changed, now=now - timedelta(days=2))
    MeasurementFactory(candidate=reached, language_id="en", level=6)
    MeasurementFactory(candidate=below, language_id="en", level=1)
    changed.country_id = "JP"
    changed.save()
    ranked(vacancy)
    member, url = member_of(vacancy), reverse("placements:shortlist", args=[vacancy.pk])
    page = member.get(url)
    older, newer = page.context["invited_days"][::-1]
    assert (older.label, older.on, older.people) == ("English", localdate(now - timedelta(days=9)), 2)
    assert (older.came, older.listed) == ((("not_taken", 1), ("listed", 1)), ((1, reached),))
    assert (newer.people, newer.came) == (2, (("below", 1), ("changed", 1)))
    (group,) = page.context["near_groups"]
    assert (group.group.ids, group.invited, group.free) == ((waits.pk, new.pk), 1, 1)
    text = page.content.decode()
    assert "Invite the other one to the English test" in text
    assert f"1. Candidate {reached.short_name}" in text
    for hidden in (waits, below, changed, new):
        assert hidden.short_name not in text
    assert "1 person is invited to the test." in member.post(invite_url(vacancy), follow=True).text
    again = member.get(url).text
    assert "Invite the other" not in again
    assert (
        f"from {date_format(localdate(now + timedelta(days=21)))} on the first can be invited again" in again
    )


def test_an_invitation_is_offered_again_after_thirty_days_and_forgotten_after_sixty(
    vacancy: Vacancy, bank: Any
):
    person, now = untested(), timezone.now()
    ranked(vacancy)
    invite(vacancy, bank, person, now=now - timedelta(days=61))
    member, url = member_of(vacancy), reverse("placements:shortlist", args=[vacancy.pk])
    assert "Invited to a test" not in member.get(url).text
    invite(vacancy, bank, person, now=now - timedelta(days=30))
    text = member.get(url).text
    assert "Invite them to the English test" in text
    assert "Invited to a test" in text


def test_the_curation_screen_says_of_each_person_what_came_of_it(
    vacancy: Vacancy, bank: Any, staff_client: Client
):
    person, measured = untested(), untested()
    invite(vacancy, bank, person, measured)
    MeasurementFactory(candidate=measured, language_id="en", level=1)
    ranked(vacancy)
    page = staff_client.get(reverse("admin:matching_curate", args=[vacancy.pk])).text
    day = date_format(localdate())
    assert f"Invited to the English test on {day}: the test is not taken yet" in page
    assert f"{measured.short_name}</a> invited to the English test on {day}: measured below the level" in page
    assert "2 invitations of the employer to a test" in page


def test_nobody_left_to_invite_is_said_as_it_is(vacancy: Vacancy, bank: Any):
    person = untested()
    ranked(vacancy)
    MeasurementFactory(candidate=person, language_id="en", level=1)
    answer = member_of(vacancy).post(invite_url(vacancy), follow=True).text
    assert "Nobody here can be invited any more" in answer


def test_who_only_looks_cannot_invite(vacancy: Vacancy, bank: Any):
    untested()
    ranked(vacancy)
    viewer = member_of(vacancy, viewer=True)
    page = viewer.get(reverse("placements:shortlist", args=[vacancy.pk])).content.decode()
    assert "Invite them" not in page
    assert viewer.post(invite_url(vacancy)).status_code == 403
    assert member_of(VacancyFactory(published=True)).post(invite_url(vacancy)).status_code == 404
    assert member_of(vacancy).post(invite_url(vacancy, "et")).status_code == 404
    assert member_of(vacancy).get(invite_url(vacancy)).status_code == 405
    assert not TestInvitation.objects.exists()


def test_the_invited_person_reads_it_among_the_matches_until_they_are_measured(vacancy: Vacancy, bank: Any):
    person = untested()
    invite(vacancy, bank, person)
    own, url = signed_in(person.user), reverse("placements:matches")
    page = own.get(url).content.decode()
    assert f"{vacancy.employer.name} invites you to a test: English" in page
    assert reverse("assessments:start", args=["english"]) in page
    MeasurementFactory(candidate=person, language_id="en", level=2)
    assert "invites you to a test" not in own.get(url).content.decode()


def test_people_who_only_lack_a_skill_are_led_and_invited_to_its_test():
    judgement = BankFactory(judgement=True, code="judgement", name="Handling complaints")
    content = version_content(languages=(), skills=(SkillRow("complaint_handling", must=True, minimum=2),))
    vacancy = VacancyFactory(published=True, content=content)
    person = untested()
    person.skills.update_or_create(skill_id="complaint_handling", defaults={"stated": 2})
    ranked(vacancy)
    own, match = signed_in(person.user), reverse("placements:match", args=[vacancy.pk])
    page = own.get(match).content.decode()
    assert "Take the Handling complaints test" in page
    assert reverse("assessments:start", args=["judgement"]) in page
    assert "There is no test of Handling complaints" not in page
    (group,) = own.get(reverse("placements:matches")).context["groups"]
    assert (group.label, group.banks, group.unmeasurable) == ("Handling complaints", [judgement], [])

    member, shortlist = member_of(vacancy), reverse("placements:shortlist", args=[vacancy.pk])
    (lacking,) = member.get(shortlist).context["near_misses"].groups
    assert (lacking.code, lacking.ids, lacking.bank) == ("complaint_handling", (person.pk,), judgement)
    member.post(invite_url(vacancy, "complaint_handling", "skill"))
    mail = OutboxMail.objects.get(recipient=person.user.email)
    assert "What is missing is a measured level: Handling complaints." in mail.text
    assert (
        "invites you to a test: Handling complaints"
        in own.get(reverse("placements:matches")).content.decode()
    )
    MeasurementFactory(candidate=person, language_id=None, skill_id="complaint_handling", level=2)
    assert "invites you to a test" not in own.get(reverse("placements:matches")).content.decode()
    assert invite(vacancy, judgement, person) == Invited(new=0, mailed=0, already=0)


def test_people_who_only_lack_a_skill_with_a_test_of_its_own_are_led_and_invited_there():
    content = version_content(languages=(), skills=(SkillRow("case_handling", must=True, minimum=2),))
    vacancy = VacancyFactory(published=True, content=content)
    person = untested()
    person.skills.update_or_create(skill_id="case_handling", defaults={"stated": 2})
    ranked(vacancy)
    own, desks = signed_in(person.user), reverse("assessments:desk_overview")
    page = own.get(reverse("placements:match", args=[vacancy.pk])).content.decode()
    assert f'href="{desks}"' in page
    assert "is not measurable here yet" not in page
    page = own.get(reverse("placements:matches")).content.decode()
    assert "Start: Working at a contact desk" in page
    assert f'href="{desks}"' in page
    member, shortlist = member_of(vacancy), reverse("placements:shortlist", args=[vacancy.pk])
    page = member.get(shortlist).content.decode()
    assert "Invite them to the Working at a contact desk test" in page
    assert "Not measurable by a test here yet" not in page
    member.post(invite_url(vacancy, "case_handling", "skill"))
    mail = OutboxMail.objects.get(recipient=person.user.email)
    assert "What is missing is a measured level: Working at a contact desk." in mail.text
    assert "A trial shift" in mail.text
    assert desks in mail.text
    (waiting,) = open_invitations(person, timezone.now())
    assert (waiting.measures, waiting.test_url) == ("Working at a contact desk", desks)


def test_people_who_lack_a_language_without_items_are_invited_to_its_written_test():
    RatedTaskFactory(language_id="nl")
    vacancy = VacancyFactory(published=True, content=version_content(languages=(LanguageRow("nl", 3),)))
    person = untested(languages={"nl": 4})
    ranked(vacancy)
    member_of(vacancy).post(invite_url(vacancy, "nl"))
    written = reverse("assessments:writing_start", args=["nl"])
    assert written in OutboxMail.objects.get(recipient=person.user.email).text
    (waiting,) = open_invitations(person, timezone.now())
    assert (waiting.measures, waiting.test_url) == ("Dutch", written)
    RatedTask.objects.update(state=RatedTaskState.RETIRED)
    assert open_invitations(person, timezone.now()) == []
    assert member_of(vacancy).post(invite_url(vacancy, "nl")).status_code == 404
