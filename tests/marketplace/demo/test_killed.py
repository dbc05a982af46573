"""A demo population whose making is killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as configured
from django.db import connection

from accounts.models import User
from candidates.models import (
    Candidate,
)
from tests.marketplace.demo.conftest import load_what_it_needs, made

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def test_a_killed_run_leaves_nothing_and_the_next_one_works(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    load_what_it_needs()
    place = urlsplit(configured.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo_population", "--candidates", "30000"],
        cwd=configured.BASE_DIR,
        env={
            **os.environ, "DATABASE_URL": urlunsplit(place), "REDIS_URL": configured.REDIS_URL,
            "SECRET_KEY": configured.SECRET_KEY, "DEMO": "1", "VAR_DIR": str(tmp_path),
        },
    )  # fmt: skip
    try:
        wait_until_people_are_written(process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not User.objects.exists()
    assert not Candidate.objects.exists()
    made(candidates=50, employers=1, vacancies=1)
    assert Candidate.objects.count() == 51


def wait_until_people_are_written(process: subprocess.Popen) -> None:
    """Until a transaction of another process has written candidates, which nobody else can see yet."""
    deadline = time.monotonic() + 60
    asked = """
        SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
        WHERE relname = 'candidates_candidate' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
    """
    with connection.cursor() as cursor:
        while True:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline, "it wrote nobody"
            time.sleep(0.02)
