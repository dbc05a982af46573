"""Mail leaves the outbox once, whatever the mail server does."""

import socket
import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from accounts.actions.delivery import (
    KEEP_TRYING,
    STUCK_AFTER,
    Delivery,
    claim_mail,
    deliver_next,
    tidy_outbox,
    waiting_time,
)
from accounts.delivery import hand_over
from accounts.enums import MailState
from accounts.models import OutboxMail
from accounts.tasks import deliver_mail, forget_old
from tests.accounts.mail_server import delivery_to, running_post
from tests.factories.accounts import OutboxMailFactory


@pytest.fixture
def post(settings):
    with running_post() as (server, delivery):
        settings.EMAIL_DELIVERY = delivery
        yield server


@pytest.mark.django_db
def test_a_due_mail_is_handed_over(post, now):
    mail = OutboxMailFactory(
        recipient="ana@people.example", subject="Zon & maan", text="Olá.\n", created_at=now
    )
    assert deliver_next(now=now) is Delivery.SETTLED
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts, mail.claimed_at) == (MailState.SENT, now, 1, None)
    (message,) = post.messages
    assert post.recipients == ["ana@people.example"]
    assert message["Message-ID"] == f"<{mail.pk}@marketplace.example>"
    assert message["Subject"] == "Zon & maan"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_payload(decode=True).decode().strip() == "Olá."
    assert deliver_next(now=now) is Delivery.NOTHING_DUE


@pytest.mark.django_db
def test_html_travels_as_an_alternative(post, now):
    OutboxMailFactory(html="<p>Good news.</p>", created_at=now)
    deliver_next(now=now)
    parts = [part.get_content_type() for part in post.messages[0].walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.django_db
def test_a_mail_is_not_sent_before_its_time(post, now):
    OutboxMailFactory(created_at=now, next_attempt_at=now + timedelta(seconds=1))
    assert deliver_next(now=now) is Delivery.NOTHING_DUE
    assert post.messages == []


@pytest.mark.django_db
def test_the_longest_due_goes_first(post, now):
    OutboxMailFactory(subject="second", created_at=now - timedelta(minutes=1))
    OutboxMailFactory(subject="first", created_at=now - timedelta(minutes=2))
    deliver_next(now=now)
    deliver_next(now=now)
    assert [message["Subject"] for message in post.messages] == ["first", "second"]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["answer_rcpt", "answer_data"])
def test_a_final_refusal_fails_the_mail(post, now, where):
    setattr(post, where, "550 no such mailbox")
    mail = OutboxMailFactory(created_at=now)
    assert deliver_next(now=now) is Delivery.SETTLED
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at) == (MailState.FAILED, None)
    assert "no such mailbox" in mail.last_error
    assert deliver_next(now=now + timedelta(days=1)) is Delivery.NOTHING_DUE


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["answer_rcpt", "answer_data"])
def test_a_passing_refusal_is_tried_again_later(post, now, where):
    setattr(post, where, "451 try again later")
    mail = OutboxMailFactory(created_at=now)
    assert deliver_next(now=now) is Delivery.SETTLED
    mail.refresh_from_db()
    assert (mail.state, mail.next_attempt_at) == (MailState.WAITING, now + timedelta(seconds=30))
    assert "try again later" in mail.last_error

    setattr(post, where, "250 OK")
    assert deliver_next(now=now + timedelta(seconds=29)) is Delivery.NOTHING_DUE
    assert deliver_next(now=now + timedelta(seconds=30)) is Delivery.SETTLED
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 2, "")
    assert [message["Message-ID"] for message in post.messages] == [mail.message_id]


@pytest.mark.django_db
def test_a_dropped_connection_is_tried_again(post, now):
    post.hang_up = True
    mail = OutboxMailFactory(created_at=now)
    assert deliver_next(now=now) is Delivery.SETTLED
    mail.refresh_from_db()
    assert (mail.state, mail.next_attempt_at) == (MailState.WAITING, now + timedelta(seconds=30))
    post.hang_up = False
    assert deliver_next(now=now + timedelta(minutes=1)) is Delivery.SETTLED
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


@pytest.mark.django_db
def test_no_server_leaves_the_rest_alone(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_DELIVERY = delivery_to(closed.getsockname()[1])
        first = OutboxMailFactory(created_at=timezone.now() - timedelta(minutes=1))
        second = OutboxMailFactory()
        deliver_mail()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts) == (MailState.WAITING, 1)
    assert "ConnectionRefusedError" in first.last_error
    assert (second.state, second.attempts) == (MailState.WAITING, 0)


@pytest.mark.django_db
def test_the_task_delivers_everything_due(post):
    OutboxMailFactory.create_batch(3)
    deliver_mail()
    assert len(post.messages) == 3
    assert not OutboxMail.objects.exclude(state=MailState.SENT).exists()


@pytest.mark.django_db
def test_without_a_mail_server_mail_waits(settings, now):
    settings.EMAIL_DELIVERY = None
    mail = OutboxMailFactory(created_at=now - timedelta(days=30))
    deliver_mail()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (9, 3600), (60_000, 3600)]
)
def test_waiting_doubles_up_to_an_hour(attempts, seconds):
    assert waiting_time(attempts) == timedelta(seconds=seconds)


@pytest.mark.django_db
def test_a_dead_worker_s_mail_is_tried_once_more_and_marked(post, now):
    mail = OutboxMailFactory(created_at=now)
    claim_mail(now=now)

    tidy_outbox(now=now + STUCK_AFTER - timedelta(seconds=1))
    mail.refresh_from_db()
    assert mail.state == MailState.SENDING

    later = now + STUCK_AFTER
    tidy_outbox(now=later)
    mail.refresh_from_db()
    assert (mail.state, mail.interruptions, mail.next_attempt_at) == (MailState.WAITING, 1, later)

    claim_mail(now=later)
    tidy_outbox(now=later + STUCK_AFTER)
    mail.refresh_from_db()
    assert (mail.state, mail.interruptions, mail.attempts) == (MailState.FAILED, 2, 2)
    assert "may have arrived" in mail.last_error


@pytest.mark.django_db
def test_what_left_just_before_its_worker_died_arrives_twice_as_the_same_mail(post, now):
    """Nobody knows whether it left. It is tried once more, with everything it had, and marked."""
    headers = {
        "List-Unsubscribe": "<https://x.example/off/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail = OutboxMailFactory(created_at=now, html="<p>Good news.</p>", headers=headers)
    hand_over(claim_mail(now=now))  # and here it dies

    later = now + STUCK_AFTER
    tidy_outbox(now=later)
    assert deliver_next(now=later) is Delivery.SETTLED
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.interruptions) == (MailState.SENT, 2, 1)
    first, second = post.messages
    for name in ("Message-ID", "Subject", *headers):
        assert first[name] == second[name] != ""
    assert [part.get_payload() for part in first.walk()][1:] == [
        part.get_payload() for part in second.walk()
    ][1:]
    assert deliver_next(now=later + timedelta(days=1)) is Delivery.NOTHING_DUE


@pytest.mark.django_db
def test_only_headers_on_the_list_leave_whatever_stands_in_the_row(post, now):
    OutboxMailFactory(
        created_at=now, headers={"Bcc": "b@people.example", "Message-ID": "<x@x>", "From": "x@x"}
    )
    deliver_next(now=now)
    (message,) = post.messages
    assert post.recipients == [OutboxMail.objects.get().recipient]
    assert message["Bcc"] is None
    assert message["From"] == "no-reply@marketplace.example"
    assert message["Message-ID"] == OutboxMail.objects.get().message_id


@pytest.mark.django_db(transaction=True)
def test_a_slow_worker_cannot_settle_a_claim_that_was_taken_from_it(post, now):
    """While the server thinks, the claim is freed and another worker holds the mail."""
    mail = OutboxMailFactory(created_at=now)
    later = now + STUCK_AFTER

    def another_worker() -> None:
        try:
            tidy_outbox(now=later)
            claim_mail(now=later)
        finally:
            connection.close()

    post.while_thinking = another_worker
    deliver_next(now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.claimed_at, mail.attempts) == (MailState.SENDING, later, 2)


@pytest.mark.django_db
def test_after_two_days_nobody_tries_any_more(post, now):
    old = OutboxMailFactory(created_at=now - KEEP_TRYING, last_error="451 try again later")
    young = OutboxMailFactory(created_at=now - KEEP_TRYING + timedelta(seconds=1))
    tidy_outbox(now=now)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, old.last_error) == (MailState.FAILED, "451 try again later")
    assert young.state == MailState.WAITING


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_claim_a_mail_once(now):
    mails = {OutboxMailFactory(created_at=now).pk for _ in range(20)}
    claimed: list[object] = []
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait(timeout=10)
            while (mail := claim_mail(now=now)) is not None:
                claimed.append(mail.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert len(claimed) == 20
    assert set(claimed) == mails


@pytest.mark.django_db(transaction=True)
def test_a_row_being_claimed_elsewhere_is_passed_over(now):
    """One worker holds its claim open in a transaction; the other takes the next mail instead of waiting."""
    first = OutboxMailFactory(created_at=now - timedelta(minutes=1))
    second = OutboxMailFactory(created_at=now)
    seen: list[object] = []

    def work() -> None:
        try:
            seen.extend([claim_mail(now=now), claim_mail(now=now)])
        finally:
            connection.close()

    with transaction.atomic():
        assert claim_mail(now=now).pk == first.pk
        worker = threading.Thread(target=work)
        worker.start()
        worker.join(timeout=30)
    assert [mail and mail.pk for mail in seen] == [second.pk, None]


@pytest.mark.django_db
@pytest.mark.parametrize(("sends", "left"), [(True, {"new", "waiting"}), (False, {"new"})])
def test_old_mail_is_forgotten_but_not_what_still_has_to_leave(settings, sends, left):
    settings.EMAIL_DELIVERY = {"EMAIL_HOST": "localhost"} if sends else None
    now = timezone.now()
    old, new = now - timedelta(days=31), now - timedelta(days=29)
    OutboxMailFactory(subject="sent", state=MailState.SENT, sent_at=old, created_at=old)
    OutboxMailFactory(subject="failed", state=MailState.FAILED, created_at=old)
    OutboxMailFactory(subject="waiting", created_at=old)
    OutboxMailFactory(subject="new", state=MailState.SENT, sent_at=new, created_at=new)
    forget_old()
    assert set(OutboxMail.objects.values_list("subject", flat=True)) == left


@pytest.mark.django_db
def test_how_long_mail_is_kept_is_a_setting(settings):
    settings.MAIL_KEPT_DAYS = 365
    OutboxMailFactory(created_at=timezone.now() - timedelta(days=364))
    forget_old()
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
def test_sessions_that_ended_are_forgotten():
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    forget_old()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
