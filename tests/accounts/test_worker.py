"""Sign-up with everything real: broker, worker process, mail server, and the code out of the mail."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.enums import MailState
from accounts.models import OutboxMail
from tests.accounts.mail_server import running_post
from tests.factories.accounts import PASSWORD
from tests.running_worker import running_worker

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def test_the_code_of_a_sign_up_arrives_and_works(client):
    with running_post() as (post, delivery):
        port = delivery["EMAIL_PORT"]
        with running_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}"):
            data = {"display_name": "Ana", "email": "ana@people.example", "password1": PASSWORD}
            client.post(reverse("account_signup"), data)
            assert post.arrived.wait(timeout=90), "no mail came"
            settled_in_time()
    assert post.recipients == ["ana@people.example"]
    plain = next(part for part in post.messages[0].walk() if part.get_content_type() == "text/plain")
    text = plain.get_payload(decode=True).decode()
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", text)
    assert code, text
    response = client.post(reverse("account_email_verification_sent"), {"code": code.group()})
    assert response.url == reverse("home")
    assert EmailAddress.objects.get().verified


def settled_in_time() -> None:
    """Wait until the worker has noted that the mail is sent."""
    pause = threading.Event()
    for _attempt in range(1_000):
        if OutboxMail.objects.filter(state=MailState.SENT).exists():
            return
        pause.wait(0.01)
    raise AssertionError(OutboxMail.objects.values_list("state", "last_error"))
