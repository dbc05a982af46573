"""Publishing work: after commit, by name, and never at the cost of the caller."""

import json
import logging
import os
import subprocess
import sys
from base64 import b64decode
from uuid import uuid4

import psutil
import pytest
import redis
from celery import current_app
from django.conf import settings as configured
from django.db import transaction
from django.utils import timezone

from accounts.enums import MailState
from common.queue import enqueue
from tests.accounts.mail_server import delivery_to, free_port
from tests.factories.accounts import OutboxMailFactory

TASK = "accounts.read_mail"  # no worker knows it, and publishing does not ask


@pytest.fixture
def queue(monkeypatch):
    """A queue of this test on the real broker, as a list of (task name, keyword arguments)."""
    name = f"test-{uuid4().hex}"
    signature = current_app.signature
    monkeypatch.setattr(
        type(current_app._get_current_object()),
        "signature",
        lambda app, *args, **kwargs: signature(*args, **kwargs).set(queue=name),
    )
    broker = redis.Redis.from_url(configured.REDIS_URL)

    def published():
        messages = [json.loads(message) for message in reversed(broker.lrange(name, 0, -1))]
        return [
            (message["headers"]["task"], json.loads(b64decode(message["body"]))[1]) for message in messages
        ]

    yield published
    broker.delete(name, f"_kombu.binding.{name}")


@pytest.mark.django_db(transaction=True)
def test_work_is_published_once_the_transaction_commits(queue):
    with transaction.atomic():
        enqueue(TASK, mail="a")
        with transaction.atomic():
            enqueue(TASK, mail="b")
        assert queue() == []
    assert queue() == [(TASK, {"mail": "a"}), (TASK, {"mail": "b"})]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_publishes_nothing(queue):
    with transaction.atomic():
        enqueue(TASK)
        transaction.set_rollback(True)
    assert queue() == []


@pytest.mark.django_db(transaction=True)
def test_an_inner_rollback_takes_only_its_own_work_back(queue):
    with transaction.atomic():
        enqueue(TASK, mail="outer")
        with transaction.atomic():
            enqueue(TASK, mail="inner")
            transaction.set_rollback(True)
    assert queue() == [(TASK, {"mail": "outer"})]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_published_at_once(queue):
    enqueue(TASK, mail="now")
    assert queue() == [(TASK, {"mail": "now"})]


@pytest.mark.django_db(transaction=True)
def test_eager_mode_is_honoured(queue, monkeypatch):
    """A task runs here and now, and no message is written."""
    import accounts.tasks  # noqa: F401  (a worker would have loaded it)

    monkeypatch.setattr(configured, "EMAIL_DELIVERY", delivery_to(free_port()))
    mail = OutboxMailFactory(created_at=timezone.now())
    current_app.conf.task_always_eager = True
    try:
        enqueue("accounts.deliver_mail")
    finally:
        current_app.conf.task_always_eager = False
    mail.refresh_from_db()
    assert (mail.attempts, mail.state) == (1, MailState.WAITING)
    assert queue() == []


SCRIPT = """
import django, time
django.setup()
from accounts.enums import MailState
from common.queue import enqueue
started = time.monotonic()
enqueue("accounts.deliver_mail", mail="lost")
print(time.monotonic() - started < 2)
"""


def test_without_a_broker_the_caller_goes_on_and_the_log_says_so():
    """A whole process whose broker's port is closed."""
    environment = {
        **os.environ,
        "DATABASE_URL": configured.DATABASE_URL,
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "SECRET_KEY": configured.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=configured.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
    assert "not published, a sweep will find it: accounts.deliver_mail {'mail': 'lost'}" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_goes_away_under_an_open_connection_costs_nothing(queue, caplog):
    """The connections of this process to the broker are cut; the next publish works or is logged, and never raises."""
    enqueue(TASK, mail="before")
    broker = redis.Redis.from_url(configured.REDIS_URL)
    own = {f"{end.laddr.ip}:{end.laddr.port}" for end in psutil.Process().net_connections()}
    for client in broker.client_list():
        if client["addr"] in own and int(client["id"]) != broker.client_id():
            broker.client_kill_filter(_id=client["id"])
    with caplog.at_level(logging.WARNING, logger="common.queue"):
        enqueue(TASK, mail="cut")
    enqueue(TASK, mail="after")
    names = [arguments["mail"] for _task, arguments in queue()]
    assert names[0] == "before"
    assert names[-1] == "after"
    assert ("cut" in names) != bool(caplog.records)
