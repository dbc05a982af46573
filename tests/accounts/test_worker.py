"""Sign-up with everything real: broker, worker process, mail server, and the code out of the mail."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
from allauth.account.models import EmailAddress
from celery import current_app
from django.conf import settings as configured
from django.db import connection
from django.urls import reverse

from accounts.enums import MailState
from accounts.models import OutboxMail
from tests.accounts.mail_server import running_post
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

WORKER = ["-m", "celery", "-A", "marketplace.celery", "worker", "--pool", "solo", "--loglevel", "INFO"]


@contextmanager
def running_worker(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on the database of this test."""
    parts = urlsplit(configured.DATABASE_URL)
    worker = subprocess.Popen(
        [sys.executable, *WORKER, "--without-gossip", "--without-mingle"],
        cwd=configured.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}")),
            "REDIS_URL": configured.REDIS_URL,
            "SECRET_KEY": configured.SECRET_KEY,
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def test_the_code_of_a_sign_up_arrives_and_works(client):
    current_app.control.purge()  # what other tests of this broker have published
    with running_post() as (post, delivery):
        port = delivery["EMAIL_PORT"]
        with running_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}"):
            data = {"display_name": "Ana", "email": "ana@people.example", "password1": PASSWORD}
            client.post(reverse("account_signup"), data)
            assert post.arrived.wait(timeout=90), "no mail came"
            settled_in_time()
    assert post.recipients == ["ana@people.example"]
    text = post.messages[0].get_payload(decode=True).decode()
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
