"""Mail is written with what it tells about, in the reader's words."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions.mail import UnableToResend, queue_mail, resend_mail, send
from accounts.enums import MailState
from accounts.models import AuditEntry, OutboxMail, User
from accounts.outbox import UnableToQueue
from tests.factories.accounts import OutboxMailFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_templates(tmp_path, settings):
    """A folder of templates of this test, with two mails in it."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "plain.subject.txt").write_text("News for\n{{ name }}\n")
    (folder / "plain.txt").write_text(
        '{% extends "mail/base.txt" %}{% block content %}{{ name }}, {% now "H:i" %}, {{ at|date:"H:i" }}{% endblock %}'
    )
    (folder / "rich.subject.txt").write_text("Rich")
    (folder / "rich.txt").write_text("{{ name }}")
    (folder / "rich.html").write_text("<p>{{ name }}</p>")
    (folder / "door_subject.txt").write_text("Door")
    (folder / "door_message.txt").write_text(
        "{% load i18n tz %}{% get_current_language as code %}{% get_current_timezone as zone %}{{ code }} {{ zone }}"
    )
    (folder / "broken.subject.txt").write_text("Broken")
    (folder / "broken.txt").write_text("Broken")
    (folder / "broken.html").write_text('{% extends "letters/nowhere.html" %}')
    configured = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**configured, "DIRS": [tmp_path, *configured["DIRS"]]}]


def test_a_mail_is_rendered_for_its_reader(own_templates, now):
    reader = UserFactory(name="Ana & Zé", time_zone="Asia/Manila")
    mail = send(to=reader, template="letters/plain", context={"name": "R&D", "at": now}, now=now)
    mail.refresh_from_db()
    assert (mail.recipient, mail.subject) == (reader.email, "News for R&D")
    assert (mail.state, mail.created_at, mail.next_attempt_at) == (MailState.WAITING, now, now)
    assert mail.text.startswith("Hello Ana & Zé,\n")
    assert "R&D, " in mail.text
    assert ", 17:00" in mail.text
    assert mail.text.rstrip().endswith("http://localhost:8000")


def test_the_html_part_is_escaped(own_templates, now):
    mail = send(to=UserFactory(), template="letters/rich", context={"name": "<b>R&D</b>"}, now=now)
    assert mail.text == "<b>R&D</b>\n"
    assert mail.html == "<p>&lt;b&gt;R&amp;D&lt;/b&gt;</p>"


def test_a_broken_html_part_is_an_error_and_not_left_out(own_templates, now):
    from django.template import TemplateDoesNotExist

    with pytest.raises(TemplateDoesNotExist):
        send(to=UserFactory(), template="letters/broken", context={}, now=now)


def test_mail_of_the_door_speaks_the_reader_s_language_on_their_clock(own_templates, rf):
    """Written while an English page is shown to somebody else."""
    from allauth.account.adapter import get_adapter
    from allauth.core import context

    reader = UserFactory(language="nl", time_zone="Asia/Manila")
    with context.request_context(rf.get("/")):
        get_adapter().send_mail("letters/door", reader.email, {})
        get_adapter().send_mail("letters/door", "stranger@people.example", {})
    texts = dict(OutboxMail.objects.values_list("recipient", "text"))
    assert texts == {reader.email: "nl Asia/Manila\n", "stranger@people.example": "en UTC\n"}


@pytest.mark.parametrize(
    ("template", "facts", "says"),
    [
        ("account/email/email_confirmation", {"code": "ABCD-EFGH"}, "\n\nABCD-EFGH\n\n"),
        ("account/email/email_confirmation_signup", {"code": "ABCD-EFGH"}, "\n\nABCD-EFGH\n\n"),
        ("account/email/password_reset_code", {"code": "ABCD-EFGH"}, "\n\nABCD-EFGH\n\n"),
        (
            "account/email/account_already_exists",
            {"password_reset_url": "http://x/reset"},
            "\nhttp://x/reset\n",
        ),
        ("account/email/unknown_account", {"signup_url": "http://x/signup"}, "\nhttp://x/signup\n"),
        (
            "account/email/email_changed",
            {"from_email": "a@x", "to_email": "b@x"},
            "with b@x now, no longer with a@x",
        ),
        ("account/email/email_deleted", {"deleted_email": "a@x"}, "a@x was removed"),
        ("account/email/password_changed", {}, "changed"),
        ("account/email/password_reset", {}, "new password"),
        ("account/email/password_set", {}, "has a password"),
        ("mfa/email/totp_activated", {}, "authenticator app"),
        ("mfa/email/totp_deactivated", {}, "authenticator app"),
        ("mfa/email/webauthn_added", {}, "new passkey"),
        ("mfa/email/webauthn_removed", {}, "passkeys"),
        ("mfa/email/recovery_codes_generated", {}, "recovery codes"),
    ],
)
def test_every_mail_of_the_door_greets_says_and_ends(rf, template, facts, says, now):
    from allauth.account.adapter import get_adapter
    from allauth.core import context

    reader = UserFactory(name="Ana & Zé")
    with context.request_context(rf.get("/")):
        get_adapter().send_mail(
            template, reader.email, {"ip": "192.0.2.1", "user_agent": "<Mozilla>", "timestamp": now, **facts}
        )
    mail = OutboxMail.objects.get()
    assert mail.subject.strip()
    assert mail.text.startswith("Hello Ana & Zé,\n\n")
    assert says in mail.text
    assert mail.text.endswith("With kind regards,\nKade\nhttp://localhost:8000\n")
    assert "&amp;" not in mail.text
    assert "testserver" not in mail.text


def test_mail_dies_with_the_transaction_that_wrote_it(now):
    with transaction.atomic():
        queue_mail(recipient="ana@people.example", subject="Hello", text="Hello", now=now)
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()


def test_the_worker_is_woken_after_commit(now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        queue_mail(recipient="ana@people.example", subject="Hello", text="Hello", now=now)
    assert [callback.args for callback in callbacks] == [("accounts.deliver_mail", {})]


def test_django_s_own_mail_goes_the_same_way():
    count = send_mail(
        "Line\u2028break", "Text", None, ["a@people.example", "b@people.example"], html_message="<p>Text</p>"
    )
    assert count == 1
    rows = OutboxMail.objects.order_by("recipient").values_list(
        "recipient", "sender", "subject", "text", "html"
    )
    sender = "no-reply@marketplace.example"
    assert list(rows) == [
        ("a@people.example", sender, "Line break", "Text\n", "<p>Text</p>"),
        ("b@people.example", sender, "Line break", "Text\n", "<p>Text</p>"),
    ]


def _with_attachment() -> EmailMessage:
    message = EmailMessage("Hello", "Text", to=["a@people.example"])
    message.attach("cv.txt", "text", "text/plain")
    return message


def _with_calendar() -> EmailMessage:
    message = EmailMultiAlternatives("Hello", "Text", to=["a@people.example"])
    message.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    return message


@pytest.mark.parametrize(
    "message",
    [
        _with_attachment(),
        _with_calendar(),
        EmailMessage("Hello", "Text", to=["a@people.example"], reply_to=["b@people.example"]),
        EmailMessage("Hello", "Text", to=["a@people.example"], headers={"X-Priority": "1"}),
    ],
    ids=["attachment", "calendar", "reply-to", "header"],
)
def test_what_the_outbox_cannot_hold_is_refused_and_nothing_queued(message):
    good = EmailMessage("Hello", "Text", to=["a@people.example"])
    from django.core.mail import get_connection

    with pytest.raises(UnableToQueue):
        get_connection().send_messages([good, message])
    assert not OutboxMail.objects.exists()


def test_a_failed_mail_is_sent_again_as_a_new_one(now):
    staff = UserFactory(staff=True)
    failed = OutboxMailFactory(state=MailState.FAILED, last_error="550")
    copy = resend_mail(mail=failed, by=staff, now=now)
    assert copy.pk != failed.pk
    assert (copy.recipient, copy.subject, copy.text) == (failed.recipient, failed.subject, failed.text)
    assert (copy.state, copy.attempts, copy.next_attempt_at) == (MailState.WAITING, 0, now)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.data) == ("mail.resent", staff, {"copy": str(copy.pk)})


def test_a_mail_on_its_way_is_not_doubled(now):
    with pytest.raises(UnableToResend):
        resend_mail(mail=OutboxMailFactory(), by=UserFactory(staff=True), now=now)
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize(
    "columns",
    [{"state": MailState.SENT}, {"state": MailState.SENDING}],
    ids=["sent without time", "sending without claim"],
)
def test_the_database_ties_columns_to_states(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMailFactory(**columns)


@pytest.mark.parametrize("zone", ["US/Nowhere", "", "../etc/passwd"])
def test_a_zone_that_went_out_of_use_stops_no_mail(client, now, zone):
    """Stored long ago, and gone from the time zone data since."""
    person = UserFactory(name="Ana")
    User.objects.filter(pk=person.pk).update(time_zone=zone)
    person.refresh_from_db()
    mail = send(to=person, template="accounts/mail/second_factor_removed", context={}, now=now)
    assert mail.text.startswith("Hello Ana,")
    client.post(reverse("account_reset_password"), {"email": person.email})
    assert OutboxMail.objects.count() == 2
