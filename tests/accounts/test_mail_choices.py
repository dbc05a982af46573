"""How a person is mailed: their settings, and the link in a mail that needs no sign-in."""

import re
from email.message import Message

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.actions.delivery import deliver_next
from accounts.actions.mail_choices import UnableToChoose, choose_mail
from accounts.actions.notify import notify
from accounts.enums import MailChoice, NotificationKind
from accounts.models import AuditEntry, NotificationPreference, OutboxMail
from accounts.queries.mail_choices import kinds_for, mail_choice, mail_choices
from accounts.rules.mail_off import DIGEST, SALT, off_token, read_off_token
from tests.accounts.mail_server import running_post
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
CHOICES = reverse("people:mail_choices")
DAILY, NEVER, AT_ONCE = MailChoice.DAILY, MailChoice.NEVER, MailChoice.AT_ONCE


@pytest.fixture
def reader(client):
    user = UserFactory()
    client.force_login(user)
    return user


def off(user, kind):
    return reverse("people:mail_off", args=[off_token(user.pk, kind)])


def sent(user, **changes):
    """What the form sends when only `changes` were made."""
    held = {kind.value: mail.value for kind, mail in mail_choices(user).items() if kind != "security"}
    return {kind: held[kind] for kind in map(str, kinds_for(user)) if kind in held} | changes


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_holds_and_keeps_what_is_chosen(client, reader):
    page = client.get(CHOICES).content.decode()
    assert re.search(
        r'name="invitation" value="at_once" id="id_invitation_0" aria-labelledby="[^"]+" checked>', page
    )
    assert 'name="invitation" value="never"' not in page
    assert 'name="security"' not in page
    assert "Security of your account" in page
    response = client.post(CHOICES, sent(reader, assessment="daily", company="never"))
    assert response.url == CHOICES
    assert mail_choices(reader)[NotificationKind.ASSESSMENT] == DAILY
    assert NotificationPreference.objects.count() == 2
    entry = AuditEntry.objects.get(verb="mail.chosen")
    assert (entry.actor, entry.data) == (reader, {"choices": {"assessment": "daily", "company": "never"}})


def test_choosing_what_holds_already_writes_nothing(client, reader):
    client.post(CHOICES, sent(reader))
    assert not NotificationPreference.objects.exists()
    assert not AuditEntry.objects.filter(verb="mail.chosen").exists()


@pytest.mark.parametrize(
    "changes", [{"invitation": "never"}, {"assessment": "weekly"}, {"assessment": ""}], ids=str
)
def test_what_cannot_be_chosen_is_refused_and_nothing_kept(client, reader, changes):
    response = client.post(CHOICES, sent(reader, company="never", **changes))
    assert response.status_code == 422
    assert not NotificationPreference.objects.exists()
    with pytest.raises(UnableToChoose):
        choose_mail(user=reader, choices={"company": "never", **changes}, now=None, by=reader)
    assert not NotificationPreference.objects.exists()


def test_each_role_sees_the_kinds_that_it_can_get(candidate_client, employer_client, staff_client):
    candidate, member, staff = (
        {str(kind) for kind in kinds_for(client.user)}
        for client in (candidate_client, employer_client, staff_client)
    )
    assert "invitation" in candidate - member - staff
    assert "shortlist_ready" in member - candidate - staff
    assert "work_to_rate" in staff - candidate - member
    assert {"security", "answer_due"} <= candidate & member & staff


def test_a_choice_made_between_two_events_holds_for_the_second(reader, now):
    def tell(key):
        notify(
            to=reader,
            kind="security",
            template="accounts/mail/second_factor_removed",
            context={},
            url="/",
            key=key,
            now=now,
        )

    tell("one")
    choose_mail(user=reader, choices={"answer_due": "daily"}, now=now, by=reader)
    assert mail_choice(reader, NotificationKind.ANSWER_DUE) == DAILY
    tell("two")
    assert OutboxMail.objects.count() == 2  # security is mailed whatever was chosen elsewhere


# --- The link in a mail ----------------------------------------------------------------------------------------------


def test_looking_at_the_link_changes_nothing_and_pressing_switches_off(reader):
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(off(reader, "assessment"))
    assert page.status_code == 200
    assert "Results of tests and interviews" in page.content.decode()
    assert not NotificationPreference.objects.exists()
    # As a mail program does it, without cookies and without a page before.
    response = stranger.post(off(reader, "assessment"), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert mail_choice(reader, NotificationKind.ASSESSMENT) == NEVER
    assert AuditEntry.objects.get(verb="mail.chosen").actor is None
    stranger.post(off(reader, "assessment"), {"List-Unsubscribe": "One-Click"})
    assert NotificationPreference.objects.count() == 1
    assert "It is off already" in stranger.get(off(reader, "assessment")).content.decode()


def test_it_is_undone_to_what_held_before(client, reader, now):
    choose_mail(user=reader, choices={"assessment": "daily"}, now=now, by=reader)
    page = Client().post(off(reader, "assessment")).content.decode()
    value = re.search(r'name="undo" value="([^"]+)"', page).group(1)
    assert value == "assessment=daily"
    assert "Switched on again" in Client().post(off(reader, "assessment"), {"undo": value}).content.decode()
    assert mail_choice(reader, NotificationKind.ASSESSMENT) == DAILY


def test_no_daily_mail_any_more_but_what_must_be_heard(reader, now):
    choose_mail(user=reader, choices={"invitation": "daily", "assessment": "daily"}, now=now, by=reader)
    page = Client().post(off(reader, DIGEST)).content.decode()
    held = mail_choices(reader)
    assert DAILY not in {mail for kind, mail in held.items() if kind != "invitation"}
    assert held[NotificationKind.INVITATION] == DAILY
    value = re.search(r'name="undo" value="([^"]+)"', page).group(1)
    Client().post(off(reader, DIGEST), {"undo": value})
    assert mail_choices(reader)[NotificationKind.ASSESSMENT] == DAILY


@pytest.mark.parametrize(
    ("kind", "undo"),
    [
        ("assessment", "company=at_once"),
        ("assessment", "assessment=weekly"),
        ("assessment", "gossip=daily"),
        (DIGEST, "assessment=at_once"),
        (DIGEST, "application_moved=daily"),
    ],
)
def test_the_way_back_opens_nothing_else(reader, kind, undo):
    assert Client().post(off(reader, kind), {"undo": undo}).status_code == 400
    assert not NotificationPreference.objects.exists()


@pytest.mark.parametrize("kind", ["security", "invitation", "answer_due", "gossip"])
def test_no_link_switches_off_what_must_be_heard(reader, kind):
    assert Client().post(off(reader, kind)).status_code == 404
    assert not NotificationPreference.objects.exists()


def test_a_forged_link_does_nothing(reader):
    real = off_token(reader.pk, "assessment")
    forged = [
        real[:-1],
        real.replace(":", "", 1),
        signing.dumps([reader.pk, "assessment"], salt="accounts.author"),
    ]
    for token in [*forged, signing.dumps("x", salt=SALT), signing.dumps([[1], "assessment"], salt=SALT)]:
        assert read_off_token(token) is None
        assert Client().post(reverse("people:mail_off", args=[token])).status_code == 404
    assert not NotificationPreference.objects.exists()


def test_a_link_switches_off_for_its_own_reader_alone(client, reader):
    """Even when somebody else is signed in where it is pressed."""
    other = UserFactory()
    client.post(off(other, "assessment"))
    assert mail_choice(other, NotificationKind.ASSESSMENT) == NEVER
    assert mail_choice(reader, NotificationKind.ASSESSMENT) == AT_ONCE


def test_a_link_of_somebody_who_left_leads_nowhere(reader):
    address = off(reader, "assessment")
    reader.delete()
    assert Client().get(address).status_code == 404


def test_the_page_of_the_link_speaks_its_reader_s_language():
    page = Client().get(off(UserFactory(language="nl"), "assessment")).content.decode()
    assert '<html lang="nl"' in page


# --- The headers, at a real mail server ------------------------------------------------------------------------------


def delivered(settings, user, kind, now) -> Message:
    notify(
        to=user,
        kind=kind,
        template="accounts/mail/second_factor_removed",
        context={},
        url="/",
        key="event",
        now=now,
    )
    with running_post() as (post, delivery):
        settings.EMAIL_DELIVERY = delivery
        deliver_next(now=now)
    (message,) = post.messages
    return message


def test_a_mail_program_can_unsubscribe_in_one_step(settings, reader, now):
    settings.SITE_ORIGIN = "https://market.example"
    message = delivered(settings, reader, "assessment", now)
    link = message["List-Unsubscribe"].strip()
    assert re.fullmatch(r"<https://market.example/accounts/mail/\S+/>", link)  # one piece, however long
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link.strip("<>").removeprefix("https://market.example")
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mail_choice(reader, NotificationKind.ASSESSMENT) == NEVER
    text = message.get_payload()[0].get_payload(decode=True).decode().replace("\r\n", "\n")
    assert f"No more mail about this:\n{link.strip('<>')}" in text


def test_in_one_step_needs_a_safe_line(settings, reader, now):
    message = delivered(settings, reader, "assessment", now)
    assert message["List-Unsubscribe"].strip().startswith("<http://localhost:8000/accounts/mail/")
    assert message["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("kind", ["security", "invitation"])
def test_what_must_be_heard_has_no_such_header(settings, reader, now, kind):
    message = delivered(settings, reader, kind, now)
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (None, None)
    text = message.get_payload()[0].get_payload(decode=True).decode()
    assert "cannot be switched off" in text
    assert reverse("people:mail_choices") in text
