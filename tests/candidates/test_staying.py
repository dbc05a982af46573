"""Ninety days and one tap: who stays listed, who is reminded, who is found no longer, and what a pause does."""

from datetime import date, datetime, timedelta

import pytest
from django.core.signing import TimestampSigner
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEntry, Consent, Notification, OutboxMail
from candidates.actions.errors import UnableToList, UnableToSave, UnableToStay
from candidates.actions.listing import agree_to_be_listed, withdraw_listing
from candidates.actions.staying import let_lapse, pause_listing, resume_listing, stay_listed
from candidates.actions.staying_sweep import sweep_listings
from candidates.models import Candidate
from candidates.models.candidate import STAY_SALT
from candidates.queries.profile import progress
from candidates.rules.staying import day_begun_everywhere
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def listed(days_ago: int, **facts) -> Candidate:
    return CandidateFactory(listed=True, confirmed_on=TODAY - timedelta(days=days_ago), **facts)


def sweep(now: datetime) -> int:
    return sweep_listings(now=now, go_on=lambda: True)


def stored(person: Candidate) -> tuple:
    person.refresh_from_db()
    return person.listed, person.unlisted_because, person.confirmed_on, person.paused_until, person.reminders


class TestNinetyDays:
    def test_the_last_day_is_whole_on_every_clock(self, now):
        person = listed(90)
        # On the 22nd itself, and until the 22nd has ended on the last clock on earth: noon UTC of the 23rd.
        last = datetime(2026, 11, 23, 11, 59, tzinfo=now.tzinfo)
        sweep(now)
        sweep(last)
        assert stored(person)[:2] == (True, "")
        moved = person.changed_at
        assert sweep(last + timedelta(minutes=1)) == 1
        assert stored(person)[:2] == (False, "lapsed")
        assert person.changed_at > moved
        assert Consent.objects.get(user=person.user).withdrawn_at is None
        assert AuditEntry.objects.get(verb="candidate.lapsed").actor is None
        title = Notification.objects.get(user=person.user, key__endswith=":lapsed").title
        assert title == "Companies do not find you any more"
        assert sweep(last + timedelta(hours=2)) == 0

    def test_somebody_who_cannot_be_told_keeps_nobody_else_listed(self, now, monkeypatch):
        first, second = listed(95), listed(94)

        def lapse(*, candidate_id, **facts):
            if candidate_id == first.pk:
                raise LookupError("no words for it")
            return let_lapse(candidate_id=candidate_id, **facts)

        monkeypatch.setattr("candidates.actions.staying_sweep.let_lapse", lapse)
        assert sweep(now) == 1
        assert (stored(first)[0], stored(second)[:2]) == (True, (False, "lapsed"))

    @pytest.mark.parametrize(
        ("days_ago", "told"),
        [(75, []), (76, ["reminder-1"]), (86, ["reminder-1"]), (87, ["reminder-2"]), (90, ["reminder-2"])],
    )
    def test_reminders_come_fourteen_and_three_days_before(self, days_ago, told, now):
        person = listed(days_ago)
        sweep(now)
        sweep(now)
        keys = Notification.objects.filter(user=person.user).values_list("key", flat=True)
        assert [key.rpartition(":")[2] for key in keys] == told

    def test_both_reminders_to_somebody_who_does_nothing(self, now):
        person = listed(76)
        for days in range(17):
            sweep(now + timedelta(days=days))
        titles = Notification.objects.filter(user=person.user).order_by("pk").values_list("title", flat=True)
        assert list(titles) == [
            "You are listed until 6 December 2026: stay listed?",
            "You are listed until 6 December 2026: stay listed?",
            "Companies do not find you any more",
        ]
        mail = OutboxMail.objects.filter(recipient=person.user.email).order_by("created_at").first()
        assert f"/candidate/stay/{person.public_id.hex}:" in mail.text
        assert "You are found for 90 more days then." in mail.text

    def test_a_tap_counts_anew_and_reminds_anew(self, now):
        person = listed(80)
        sweep(now)
        for _press in range(2):
            stay_listed(candidate=person, by=person.user, now=now)
        assert stored(person) == (True, "", TODAY, None, 0)
        assert AuditEntry.objects.filter(verb="candidate.stayed").count() == 1
        sweep(now + timedelta(days=75))
        assert stored(person)[4] == 0
        sweep(now + timedelta(days=76))
        assert stored(person)[4] == 1

    def test_the_people_of_the_demo_stay(self, now):
        person = listed(400, user__is_demo=True)
        assert sweep(now) == 0
        assert stored(person)[0]

    def test_a_sweep_stops_when_its_time_is_over(self, now):
        for _person in range(3):
            listed(200)
        answers = iter([True, False])
        assert sweep_listings(now=now, go_on=lambda: next(answers)) == 1
        assert Candidate.objects.filter(listed=True).count() == 2

    @pytest.mark.parametrize("people", [1, 30])
    def test_a_sweep_with_nothing_to_do_asks_four_times(self, people, now, django_assert_num_queries):
        for _person in range(people):
            listed(10)
        with django_assert_num_queries(4):
            sweep(now)

    def test_the_day_that_has_begun_everywhere(self, now):
        assert day_begun_everywhere(now) == date(2026, 11, 21)
        assert day_begun_everywhere(now + timedelta(hours=3)) == TODAY


class TestTheLink:
    def test_looking_changes_nothing_and_one_press_is_enough(self, client, now):
        person = listed(200)
        sweep(now)
        url = reverse("candidates:stay", args=[person.stay_token])
        before = stored(person)
        page = client.get(url).content.decode()
        assert "List me again" in page
        assert person.user.email not in page
        assert stored(person) == before
        page = client.post(url, follow=True).content.decode()
        assert "Stay listed from today" in page
        assert stored(person)[:2] == (True, "")
        assert client.post(url).status_code == 302
        assert AuditEntry.objects.get(verb="candidate.stayed").actor == person.user

    def test_it_cannot_undo_a_pause_or_a_withdrawal(self, client, now):
        paused, withdrawn = listed(10), listed(10)
        pause_listing(candidate=paused, until=None, by=paused.user, now=now)
        withdraw_listing(candidate=withdrawn, by=withdrawn.user, now=now)
        for person, words in ((paused, "Come back first"), (withdrawn, "You have not agreed to be listed.")):
            before = stored(person)
            url = reverse("candidates:stay", args=[person.stay_token])
            assert words in client.post(url, follow=True).content.decode()
            assert stored(person) == before

    def test_a_link_that_was_never_sent_or_is_too_old(self, client, monkeypatch):
        person = listed(10)
        old = TimestampSigner(salt=STAY_SALT)
        monkeypatch.setattr(old, "timestamp", lambda: "1aaaaa")
        for token in (
            "x", f"{person.public_id.hex}:1:2", person.stay_token[:-1],
            TimestampSigner(salt="else").sign(person.public_id.hex), old.sign(person.public_id.hex),
        ):  # fmt: skip
            assert client.get(reverse("candidates:stay", args=[token])).status_code == 410
        url = reverse("candidates:stay", args=[person.stay_token])
        person.user.delete()
        assert client.post(url).status_code == 410


class TestPause:
    def test_it_undoes_no_step_and_is_called_a_pause(self, now):
        person = listed(10)
        before = progress(person)
        pause_listing(candidate=person, until=None, by=person.user, now=now)
        person.refresh_from_db()
        assert progress(person) == before
        page = signed_in(person.user).get(reverse("placements:matches")).content.decode()
        assert "You have paused" in page
        assert "Come back now" in page
        assert "You are not listed" not in page

    def test_until_a_day(self, now):
        person = listed(10)
        until = TODAY + timedelta(days=5)
        for _press in range(2):
            pause_listing(candidate=person, until=until, by=person.user, now=now)
        assert stored(person)[:2] == (False, "paused")
        assert AuditEntry.objects.filter(verb="candidate.paused").count() == 1
        begun = datetime(2026, 11, 27, 12, tzinfo=now.tzinfo)
        assert sweep(begun - timedelta(minutes=1)) == 0
        assert sweep(begun) == 1
        assert stored(person) == (True, "", until, None, 0)

    def test_open_ended(self, now):
        person = listed(10)
        pause_listing(candidate=person, until=None, by=person.user, now=now)
        assert sweep(now + timedelta(days=400)) == 0
        resume_listing(candidate=person, by=person.user, now=now + timedelta(days=400))
        assert stored(person)[:2] == (True, "")

    @pytest.mark.parametrize("days", [-1, 0, 366])
    def test_a_day_that_makes_no_sense(self, days, now):
        person = listed(10)
        with pytest.raises(UnableToStay, match="Choose a day after today"):
            pause_listing(candidate=person, until=TODAY + timedelta(days=days), by=person.user, now=now)
        assert stored(person)[0]

    def test_nobody_pauses_or_stays_for_somebody_else(self, now):
        person, other = listed(10), listed(10)
        for act in (
            lambda: stay_listed(candidate=person, by=other.user, now=now),
            lambda: pause_listing(candidate=person, until=None, by=other.user, now=now),
            lambda: resume_listing(candidate=person, by=other.user, now=now),
        ):
            with pytest.raises(UnableToSave):
                act()

    def test_who_never_agreed_has_nothing_to_pause(self, now):
        person = CandidateFactory()
        with pytest.raises(UnableToStay, match="nothing to pause"):
            pause_listing(candidate=person, until=None, by=person.user, now=now)
        with pytest.raises(UnableToStay, match="not agreed"):
            resume_listing(candidate=person, by=person.user, now=now)

    def test_facts_that_went_missing_come_first(self, now):
        person = listed(10)
        pause_listing(candidate=person, until=TODAY + timedelta(days=5), by=person.user, now=now)
        person.languages.all().delete()
        with pytest.raises(UnableToList):
            resume_listing(candidate=person, by=person.user, now=now)
        sweep(now + timedelta(days=6))
        assert stored(person)[:2] == (False, "lapsed")

    def test_agreeing_or_withdrawing_ends_a_pause(self, now):
        person = listed(10)
        pause_listing(candidate=person, until=TODAY + timedelta(days=5), by=person.user, now=now)
        agree_to_be_listed(candidate=person, by=person.user, now=now)
        assert stored(person) == (True, "", TODAY, None, 0)
        pause_listing(candidate=person, until=TODAY + timedelta(days=5), by=person.user, now=now)
        withdraw_listing(candidate=person, by=person.user, now=now)
        assert stored(person)[:2] == (False, "")

    def test_the_database_refuses_a_listed_person_on_pause(self):
        person = listed(10)
        for facts in ({"unlisted_because": "paused"}, {"paused_until": TODAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Candidate.objects.filter(pk=person.pk).update(**facts)


class TestPages:
    def test_pause_and_come_back(self):
        client = signed_in(CandidateFactory(listed=True).user)
        page = client.post(reverse("candidates:pause"), {"until": ""}, follow=True).content.decode()
        assert "Nobody finds you until you come back." in page
        page = client.post(
            reverse("candidates:listing"), {"decision": "resume"}, follow=True
        ).content.decode()
        assert "You are listed until" in page

    @pytest.mark.parametrize(
        ("typed", "words"), [("soon", "This is not a date."), ("2020-01-01", "Choose a day after today")]
    )
    def test_a_wrong_day_is_said_and_nothing_is_written(self, typed, words):
        person = CandidateFactory(listed=True)
        client = signed_in(person.user)
        answer = client.post(reverse("candidates:pause"), {"until": typed})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert stored(person)[0]
