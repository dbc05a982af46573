"""From publishing to the ranking with a real Celery worker, and what happens while there is no broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from candidates.actions.hours import save_hours
from candidates.content import Hours
from common.queue import enqueue
from common.week import EMPTY_WEEK
from matching.models import Ranking, RankingState
from tests.accounts.mail_server import free_port
from tests.factories.accounts import UserFactory
from tests.factories.candidates import DAYTIME
from tests.factories.matching import measured_person
from tests.factories.vacancies import VacancyFactory
from vacancies.actions.lifecycle import approve_vacancy

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
LONGEST = 60


def environment(**changes: str) -> dict[str, str]:
    """That of this process, with the test's database."""
    place = urlsplit(configured.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(place),
        "REDIS_URL": configured.REDIS_URL,
        "SECRET_KEY": configured.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        **changes,
    }


@contextmanager
def worker(log: Path) -> Iterator[None]:
    """A worker process of one child on an empty queue; stopped as a supervisor stops it."""
    redis.Redis.from_url(configured.REDIS_URL).delete("celery")
    command = [sys.executable, "-m", "celery", "-A", "marketplace.celery", "worker", "-c", "1", "-l", "INFO"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=configured.BASE_DIR,
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(what: Callable[[], bool], log: Path) -> None:
    """Return once it holds; fail with the worker's log when it has not after LONGEST seconds."""
    deadline = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_publishing_leads_to_a_ranking_and_a_person_s_change_to_the_next(tmp_path, now):
    log = tmp_path / "worker.log"
    person = measured_person()
    vacancy = VacancyFactory(in_review=True)
    with worker(log):
        approve_vacancy(vacancy=vacancy, by=UserFactory(staff=True), today=now.date(), now=now)
        wait_for(lambda: RankingState.objects.filter(vacancy=vacancy).exists(), log)
        first = Ranking.objects.get()
        assert (first.vacancy, first.eligible) == (vacancy, 1)
        fewer = Hours(availability=DAYTIME, preferred=EMPTY_WEEK, hours_min=4, hours_max=8)
        save_hours(candidate=person, hours=fewer, by=person.user, now=timezone.now())
        wait_for(lambda: RankingState.objects.filter(current__eligible=0).exists(), log)
    assert "matching.refresh_ranking" in log.read_text()


PUBLISH = """
import sys
import django
django.setup()
from django.utils import timezone
from accounts.models import User
from vacancies.actions.lifecycle import approve_vacancy
from vacancies.models import Vacancy
now = timezone.now()
vacancy = approve_vacancy(
    vacancy=Vacancy.objects.get(pk=sys.argv[1]), by=User.objects.get(pk=sys.argv[2]), today=now.date(), now=now
)
print(vacancy.state)
"""


def test_without_a_broker_publishing_works_and_the_sweep_heals(tmp_path):
    log = tmp_path / "worker.log"
    measured_person()
    vacancy, staff = VacancyFactory(in_review=True), UserFactory(staff=True)
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(vacancy.pk), str(staff.pk)],
        cwd=configured.BASE_DIR,
        env=environment(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "published\n"), done.stderr
    assert "not published, a sweep will find it: matching.refresh_ranking" in done.stderr
    vacancy.refresh_from_db()
    assert vacancy.state == "published"
    assert not RankingState.objects.exists()
    with worker(log):
        enqueue("matching.sweep_rankings")  # as the beat does every minute
        wait_for(lambda: RankingState.objects.filter(vacancy=vacancy, current__eligible=1).exists(), log)
