"""Leaving: nothing personal is left in any table, employers get an answer, logs keep a number; and one's own data first."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.actions.digests import write_digest
from accounts.actions.leaving import forget_again
from accounts.actions.notify import notify
from accounts.actions.settings import change_settings
from accounts.models import AuditEntry, Identity, Notification, OutboxMail, User
from assessments.models import Recording
from candidates.actions.listing import agree_to_be_listed
from candidates.models import Candidate
from matching.actions.shortlist import pin
from placements.actions import applications as acts
from placements.actions.leaving import UnableToLeave, leave
from placements.actions.profile_views import record_profile_view
from placements.actions.remembering import remember_vacancy
from placements.models import Application, ApplicationLog, MatchTold, SetAside, TeamNote
from placements.queries.own_data import own_data
from placements.queries.own_data_tables import LEFT_OUT, TABLES
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, scorecard
from tests.factories.employers import MembershipFactory
from tests.factories.integrity import ConfirmationFactory, FlagFactory
from tests.factories.matching import measured_person
from tests.factories.placements import application, member_of
from tests.factories.rated import handed_in, rate, rated_tasks, spoken_draft, spoken_tasks, take

pytestmark = pytest.mark.django_db

NAME, PHONE = "Zofia Quisenberry-Novák", "+351 999 888 777"
PERSONAL = (NAME, "Quisenberry", PHONE, "zofia@", "Sentence that only she wrote")


def somebody_with_everything(now: datetime) -> Candidate:
    """A person with rows in every room, made by the real actions where that is short."""
    person = measured_person()
    User.objects.filter(pk=person.user_id).update(email="zofia@example.org", language="nl")
    person.user.refresh_from_db()
    Identity.objects.update_or_create(user=person.user, defaults={"display_name": NAME, "phone": PHONE})
    EmailAddress.objects.filter(user=person.user).update(email="zofia@example.org")
    agree_to_be_listed(candidate=person, by=person.user, now=now)
    held = application("both_interested", candidate=person, at=now)
    member = member_of(held.employer)
    acts.make_offer(application=held, by=member, now=now, message=f"Dear {NAME}", note=f"{NAME} is good")
    notify(
        to=member, kind="application_moved", template="placements/mail/left",
        context={"days": 1}, url="/home/", key="x", now=now, about=person.user_id,
    )  # fmt: skip
    Notification.objects.filter(user=member).update(
        title=f"{NAME} said yes", text=f"Write to {NAME}: zofia@example.org"
    )
    OutboxMail.objects.create(
        recipient=member.email, sender="a@example.org", subject=f"{NAME} said yes", text=f"Write to {NAME}.",
        html=f"<p>{NAME}</p>", created_at=now, next_attempt_at=now,
    )  # fmt: skip
    OutboxMail.objects.create(
        recipient="Zofia@Example.org", sender="a@example.org", subject="For you", text="x", created_at=now,
        next_attempt_at=now,
    )  # fmt: skip
    record_profile_view(candidate=person, vacancy=held.vacancy, by=member, now=now)
    remember_vacancy(candidate=person, vacancy=held.vacancy, now=now)
    MatchTold.objects.create(candidate=person, vacancy=held.vacancy, at=now)
    pin(vacancy=held.vacancy, candidate=person, reason="Known here.", by=UserFactory(staff=True), now=now)
    SetAside.objects.create(
        vacancy=held.vacancy, candidate=person, reason="other", words=f"{NAME} again", by=member, at=now
    )
    TeamNote.objects.create(
        employer=held.employer,
        vacancy=held.vacancy,
        candidate=person,
        by=member,
        at=now,
        text=f"{NAME} called",
    )
    return person


def with_tests(person: Candidate) -> Candidate:
    """The same with answers, written and spoken work, an interview, a flag and a confirmation test."""
    rated_tasks()
    work = handed_in(person)
    work.replies.update(text="Sentence that only she wrote")
    rate(work, 4)
    spoken_tasks()
    take(spoken_draft(person), 1)
    ConfirmationFactory(candidate=person)
    FlagFactory(session__candidate=person, session__bank=BankFactory(code="flagged"), answer=f"{NAME} here")
    member = MembershipFactory(employer__accepted=True)
    scorecard(person, employer=member.employer, by=member.user)
    return person


def texts() -> Iterator[tuple[str, str]]:
    """(table and column, everything written there) of every column of every table that can hold words."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.local_concrete_fields:
                if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                    cursor.execute(
                        f'SELECT string_agg("{field.column}"::text, chr(10)) FROM "{model._meta.db_table}"'
                    )
                    yield f"{model._meta.label}.{field.name}", cursor.fetchone()[0] or ""


def rows_of(candidate: int, user: int) -> dict[str, int]:
    """Rows that lead to the person, by table and column; with a constraint or without."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            key = {Candidate: candidate, User: user}.get(field.related_model)  # type: ignore[arg-type]
            if key and (rows := model._base_manager.filter(**{field.attname: key}).count()):
                found[f"{model._meta.label}.{field.name}"] = rows
    return found


def test_nothing_personal_is_left_in_any_table() -> None:
    now = timezone.now()
    person = with_tests(somebody_with_everything(now))
    key, user, public = person.pk, person.user, person.short_name
    sound = [recording.path for recording in Recording.objects.all()]
    assert sum(path.exists() for path in sound) == 1
    before = " ".join(text for _column, text in texts())
    assert all(words in before for words in PERSONAL), "the test would prove nothing"
    assert leave(candidate=person, by=user, now=now + timedelta(minutes=1)) == 1
    last = OutboxMail.objects.get(recipient="zofia@example.org")
    with override("nl"):  # her own language
        assert last.subject == gettext("Your account is deleted")
    last.delete()
    assert [(column, words) for column, text in texts() for words in PERSONAL if words in text] == []
    assert rows_of(key, user.pk) == {
        "accounts.AuditEntry.actor": AuditEntry.objects.filter(actor=user).count(),
        "matching.ShortlistLog.candidate": 1,
        "placements.ApplicationLog.by": ApplicationLog.objects.filter(by=user).count(),
    }
    user.refresh_from_db()
    assert (user.email, user.is_active, user.has_usable_password()) == (
        f"{user.pk}@left.invalid",
        False,
        False,
    )
    told = Notification.objects.get(key="x")
    assert (told.title, told.text) == (f"{public} said yes", f"Write to {public}: {public}")
    held = Application.objects.get()
    assert (held.state, held.reason, held.ended_by, held.candidate) == (
        "withdrawn",
        "left",
        "candidate",
        None,
    )


def test_what_was_written_a_moment_after_goes_the_next_night() -> None:
    """Settings and an address that were being saved in that very moment, by pages that had let the person in before."""
    now = timezone.now()
    person = somebody_with_everything(now)
    key, stale = person.pk, User.objects.get(pk=person.user_id)
    leave(candidate=person, by=person.user, now=now)
    left = dict(rows_of(key, stale.pk))
    change_settings(user=stale, display_name=NAME, language="nl", time_zone="Europe/Lisbon", now=now)
    EmailAddress.objects.create(user=stale, email="zofia@example.net", primary=True)
    User.objects.filter(pk=stale.pk).update(email="zofia@example.net")
    assert forget_again(now=now + timedelta(hours=12)) == 1
    assert {*rows_of(key, stale.pk)} == {*left}
    gone = User.objects.get(pk=stale.pk)
    assert (gone.email, gone.language, gone.time_zone) == (f"{gone.pk}@left.invalid", "en", "UTC")
    assert AuditEntry.objects.filter(verb="user.left").count() == 1
    assert forget_again(now=now + timedelta(days=3)) == 0


def test_the_sound_goes_with_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    spoken_tasks()
    person = measured_person()
    path = take(spoken_draft(person), 1).path
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        leave(candidate=person, by=person.user, now=timezone.now())
    assert not path.exists()


def test_nobody_leaves_for_somebody_else_or_from_two_jobs() -> None:
    person, other, now = measured_person(), measured_person(), timezone.now()
    with pytest.raises(UnableToLeave, match="Only the person"):
        leave(candidate=person, by=other.user, now=now)
    MembershipFactory(user=person.user)
    with pytest.raises(UnableToLeave, match="Leave that first"):
        leave(candidate=person, by=person.user, now=now)
    assert Candidate.objects.count() == 2


class TestPages:
    def prove(self, client: Client, user: User) -> None:
        user.set_password("a long and good password")
        user.save()
        client.force_login(user)
        client.post(reverse("account_reauthenticate"), {"password": "a long and good password"})

    def test_from_reading_to_being_gone(self) -> None:
        held, client = application("invited"), Client()
        user: Any = held.candidate.user  # type: ignore[union-attr]
        client.force_login(user)
        page = client.get(reverse("placements:leaving")).content.decode()
        assert "Your open application ends: the company gets an answer." in page
        door = f"{reverse('account_reauthenticate')}?next={reverse('placements:leave_now')}"
        for press in (client.get, client.post):
            assert unquote(press(reverse("placements:leave_now")).headers["Location"]) == door
        assert Candidate.objects.filter(user=user).exists()
        self.prove(client, user)
        assert "This cannot be undone" in client.get(reverse("placements:leave_now")).content.decode()
        page = client.post(reverse("placements:leave_now"), follow=True)
        assert page.redirect_chain == [(reverse("placements:left"), 302)]
        assert not Candidate.objects.filter(user=user).exists()
        assert client.get("/home/").status_code == 302
        again = client.post(reverse("placements:leave_now"))
        assert again.headers["Location"].startswith(reverse("account_login"))

    def test_the_data_is_one_file_and_all_of_it(self) -> None:
        person = with_tests(somebody_with_everything(timezone.now()))
        client = signed_in(person.user)
        answer = client.get(reverse("placements:my_data"))
        assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
        data = json.loads(answer.content)
        assert data["name_and_contact"] == [{"display_name": NAME, "phone": PHONE}]
        assert data["account"]["email"] == "zofia@example.org"
        assert data["replies"][0]["text"] == "Sentence that only she wrote"
        assert data["applications"][0]["state"] == "offered"
        assert data["profile"]["availability"][0].endswith("08:00–20:00")
        assert data["set_aside"][0]["words"] == f"{NAME} again"
        text = answer.content.decode()
        for hidden in (f"{NAME} called", f"{NAME} is good", "password", '"seed"', '"parameters"'):
            assert hidden not in text
        empty = [name for name, rows in data.items() if rows == []]
        assert set(empty) <= {
            "consents", "mail_choices", "skills", "places", "markets", "experience", "reservations", "work_style_begun",
            "answers", "accommodations", "desk_runs", "desk_steps", "computer_tasks", "computer_answers", "typing", "appeals",
            "equipment", "invitations_to_tests", "notifications",
        }  # fmt: skip

    def test_it_holds_nobody_else(self) -> None:
        person, other = somebody_with_everything(timezone.now()), measured_person()
        data = json.dumps(own_data(other, timezone.now()))
        assert NAME not in data
        assert str(person.public_id) not in data


def test_every_table_of_a_person_is_in_their_data_or_said_not_to_be() -> None:
    def below(model: type[models.Model], seen: set[type[models.Model]]) -> set[type[models.Model]]:
        for relation in model._meta.related_objects:
            hangs = (
                relation.on_delete in (models.CASCADE, models.SET_NULL) and relation.related_model not in seen
            )
            if hangs and relation.related_model is not Candidate:
                seen.add(relation.related_model)
                below(relation.related_model, seen)
        return seen

    found = below(User, set()) | below(Candidate, set())
    assert {model._meta.label for model in found - TABLES.keys()} == LEFT_OUT.keys() - {"sound", "audit"}


def test_colleagues_who_left_the_company_since_are_left_no_name_either() -> None:
    person, now = measured_person(), timezone.now()
    Identity.objects.filter(user=person.user).update(display_name=NAME)
    person.user.refresh_from_db()
    held = application("interested", candidate=person, at=now)
    member = member_of(held.employer)
    acts.accept_interest(application=held, by=member, now=now)
    acts.make_offer(application=held, by=member, now=now)
    acts.accept_offer(application=held, by=person.user, now=now)
    assert Notification.objects.filter(user=member, text__contains=NAME).exists()
    member.membership.delete()
    leave(candidate=person, by=person.user, now=now)
    for rows in (Notification.objects.all(), OutboxMail.objects.all()):
        assert not rows.filter(text__contains=NAME).exists()


class TestNewsThatNamesThePerson:
    """It is found by whom it is about. What names somebody of the same name is left alone."""

    def told(self, state: str = "both_interested") -> tuple[Any, User, User]:
        held = application(state)
        person: Any = held.candidate
        Identity.objects.update_or_create(user=person.user, defaults={"display_name": "Rose"})
        return held, person.user, member_of(held.employer)

    def test_every_step_that_an_employer_hears_of_says_whom_it_is_about(self) -> None:
        held, user, member = self.told("offered")
        acts.accept_offer(application=held, by=user, now=timezone.now())
        told = Notification.objects.filter(user=member)
        assert {row.about for row in told} == {user.pk}
        assert {tuple(mail.about) for mail in OutboxMail.objects.filter(recipient=member.email)} == {
            (user.pk,)
        }
        own = Notification.objects.filter(user=user)
        assert {row.about for row in own} == {0}

    def test_only_that_is_changed(self) -> None:
        held, user, member = self.told()
        now = timezone.now()
        words = {
            "kind": "company",
            "url": "/",
            "language": "en",
            "created_at": now,
            "title": "Rose said",
            "text": "Rose",
        }
        for key, about in (("hers", user.pk), ("another", member.pk), ("nobody", 0), ("before", None)):
            Notification.objects.create(user=member, key=key, about=about, **words)
        kept = {"recipient": member.email, "sender": "a@example.org", "text": "Rose", "created_at": now}
        for subject, names in (
            ("hers", [user.pk, member.pk]),
            ("another", [member.pk]),
            ("nobody", []),
            ("before", None),
        ):
            OutboxMail.objects.create(subject=subject, about=names, next_attempt_at=now, **kept)
        leave(candidate=held.candidate, by=user, now=now)
        keys = ("hers", "another", "nobody", "before")
        news = dict(Notification.objects.filter(key__in=keys).values_list("key", "text"))
        mails = dict(OutboxMail.objects.filter(subject__in=keys).values_list("subject", "text"))
        for found in (news, mails):
            assert {name for name, text in found.items() if text == "Rose"} == {"another", "nobody"}
            assert len(found) == len(keys)

    def test_a_daily_mail_is_about_everybody_whom_it_names(self) -> None:
        _held, user, member = self.told()
        now = datetime.now(UTC).replace(hour=9, minute=0)
        User.objects.filter(pk=member.pk).update(time_zone="UTC")
        Notification.objects.filter(user=member).delete()
        words = {
            "kind": "company",
            "url": "/",
            "language": "en",
            "awaits_digest": True,
            "text": "",
            "title": "x",
        }
        for key, about in (("a", user.pk), ("b", 0), ("c", user.pk)):
            Notification.objects.create(
                user=member, key=key, about=about, created_at=now - timedelta(hours=9), **words
            )
        assert write_digest(user_id=member.pk, now=now)
        assert OutboxMail.objects.latest("created_at").about == [user.pk]
