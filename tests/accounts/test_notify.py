"""What happened is told once: in the account in any case, by mail as the person chooses."""

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.mail import ForbiddenHeader, queue_mail
from accounts.actions.notify import notify
from accounts.enums import MailChoice, NotificationKind
from accounts.models import Notification, NotificationPreference, OutboxMail
from accounts.rules.notification_kinds import KINDS
from tests.accounts.at_once import at_once
from tests.factories.accounts import UserFactory


@pytest.fixture
def news(tmp_path, settings):
    """A folder of templates of this test."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "plain.subject.txt").write_text("News for\n{{ name }}\n")
    (folder / "plain.txt").write_text(
        '{% extends "mail/base.txt" %}{% block content %}{{ name }} at {{ at|date:"H:i" }}.\n'
        "Read it:\n{{ link }}\n\nMore.{% endblock %}"
    )
    (folder / "short.subject.txt").write_text("{% load i18n %}{% get_current_language as code %}{{ code }}")
    (folder / "short.txt").write_text("{{ name }}")
    (folder / "short.short.txt").write_text("In\nshort.")
    configured = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**configured, "DIRS": [tmp_path, *configured["DIRS"]]}]


def tell(user, now, *, kind=NotificationKind.ASSESSMENT, template="news/plain", key="event-1", **more):
    facts = {"context": {"name": "R&D", "at": now}, "url": "/accounts/settings/", **more}
    return notify(to=user, kind=kind, template=template, key=key, now=now, **facts)


def choose(user, mail, now, kind=NotificationKind.ASSESSMENT):
    NotificationPreference.objects.create(user=user, kind=kind, mail=mail, changed_at=now)


def test_every_kind_says_how_it_is_mailed():
    assert set(KINDS) == set(NotificationKind)
    assert {kind.value for kind, facts in KINDS.items() if not facts.can_be_off} == {
        "security",
        "invitation",
        "answer_due",
        "stay_listed",
    }


@pytest.mark.django_db
def test_news_stands_in_the_account_and_goes_out_as_mail(news, now):
    user = UserFactory(name="Ana", time_zone="Asia/Manila")
    told = tell(user, now)
    told.refresh_from_db()
    assert (told.title, told.text) == ("News for R&D", "R&D at 17:00.")
    assert (told.kind, told.url, told.language) == ("assessment", "/accounts/settings/", "en")
    assert (told.created_at, told.read_at, told.awaits_digest) == (now, None, False)
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (user.email, "News for R&D")
    assert mail.text.startswith(
        "Hello Ana,\n\nR&D at 17:00.\nRead it:\nhttp://localhost:8000/accounts/settings/\n"
    )


@pytest.mark.django_db
def test_a_text_of_its_own_goes_before_the_first_paragraph(news, now):
    told = tell(UserFactory(language="nl"), now, template="news/short")
    assert (told.title, told.text, told.language) == ("nl", "In short.", "nl")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "mails", "awaits"), [("at_once", 1, False), ("daily", 0, True), ("never", 0, False)]
)
def test_the_person_s_choice_holds(news, now, choice, mails, awaits):
    user = UserFactory()
    choose(user, choice, now)
    assert tell(user, now).awaits_digest is awaits
    assert OutboxMail.objects.count() == mails


@pytest.mark.django_db
def test_a_choice_that_is_not_offered_does_not_silence_what_must_be_heard(news, now):
    user = UserFactory()
    choose(user, MailChoice.NEVER, now, kind=NotificationKind.INVITATION)
    tell(user, now, kind="invitation")
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
def test_a_closed_account_gets_no_mail(news, now):
    tell(UserFactory(is_active=False), now)
    assert (Notification.objects.count(), OutboxMail.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_an_event_is_told_once_a_person(news, now):
    ana, ben = UserFactory(), UserFactory()
    first = tell(ana, now)
    assert tell(ana, now) == first
    tell(ben, now)
    assert (Notification.objects.count(), OutboxMail.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_it_dies_with_the_transaction_of_the_event(news, now):
    with transaction.atomic():
        tell(UserFactory(), now)
        transaction.set_rollback(True)
    assert (Notification.objects.count(), OutboxMail.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", ""])
def test_it_leads_to_a_page_of_this_site_only(news, now, url):
    with pytest.raises(ValueError, match="not a path"):
        tell(UserFactory(), now, url=url)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(
            user=UserFactory(), kind="company", key="k", language="en", url=url, created_at=now
        )


@pytest.mark.django_db
def test_an_unknown_kind_is_an_error(news, now):
    with pytest.raises(ValueError, match="gossip"):
        tell(UserFactory(), now, kind="gossip")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_it_once(news, now):
    user = UserFactory()
    results = at_once(*[lambda: transaction.atomic(tell)(user, now)] * 2)
    assert [result.pk for result in results] == [Notification.objects.get().pk] * 2
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [{"Bcc": "b@people.example"}, {"List-Unsubscribe": "<https://x.example>\r\nBcc: b@people.example"}],
    ids=["another header", "a header in a header"],
)
def test_no_other_header_gets_into_the_outbox(now, headers):
    with pytest.raises(ForbiddenHeader):
        queue_mail(recipient="a@people.example", subject="Hello", text="Hello", headers=headers, now=now)
    assert not OutboxMail.objects.exists()
