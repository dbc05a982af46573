"""A PostgreSQL, a broker and workers of their own, which tests may kill, restart and empty."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import redis
from celery import current_app
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from kombu import Connection

from marketplace.embedded.broker import Broker
from marketplace.embedded.postgres import Postgres
from matching.engine import CANDIDATE_WEIGHTS, RankingResult, rank
from matching.models import PoolVersion, Ranking, RankingJob, RankingRound, RankingState
from matching.queries.known import known_facts
from matching.queries.pool import read_pool
from matching.queries.replay import replay
from matching.queries.waiting import to_rank
from matching.rules.overlay import LAST_PLACE
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person
from tests.factories.vacancies import VacancyFactory, version_content
from tests.running_worker import WORKER, until, worker_environment
from vacancies.content import CountryRow
from vacancies.queries.vacancies import published_vacancies

Shortlist = list[tuple[int, int]]


@dataclass
class World:
    """Servers with three open vacancies and some people, and what can happen to them."""

    var_dir: Path
    postgres: Postgres
    broker: Broker
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, *WORKER, "--without-gossip", "--without-mingle"],
            cwd=configured.BASE_DIR,
            env=worker_environment(
                DATABASE_URL=self.postgres.url,
                REDIS_URL=self.broker.url,
                VAR_DIR=str(self.var_dir),
                **environment,
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(worker)
        return worker

    def ask(self, task: str, **kwargs: Any) -> None:
        """Publish a message on the broker of this world."""
        with Connection(self.broker.url) as to:
            current_app.signature(task, kwargs=kwargs).apply_async(connection=to)

    def messages(self) -> int:
        """How many messages wait to be taken."""
        client = redis.Redis.from_url(self.broker.url)
        try:
            return int(client.llen("celery"))
        finally:
            client.close()

    def sweep_until_right(self) -> None:
        """Publish sweeps, as the scheduler does, until the shortlists are those of an undisturbed run."""
        expected = undisturbed()

        def right() -> bool:
            if shortlists() == expected:
                return True
            if not self.messages():
                self.ask("matching.sweep_rankings")
            return False

        until(right, "the shortlists of an undisturbed run")

    def kill_workers(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.workers.clear()


def undisturbed() -> dict[int, Shortlist]:
    """What one process comes to that reads everybody now and ranks every open vacancy: (person, score) in order."""
    today = timezone.now().date()
    facts = known_facts(today)
    pool = read_pool(today)
    return {
        vacancy.pk: _shortlist(rank(pool, facts.query_of(vacancy), CANDIDATE_WEIGHTS, LAST_PLACE))
        for vacancy in to_rank(published_vacancies())
    }


def shortlists() -> dict[int, Shortlist]:
    """The shortlists that are stored."""
    states = RankingState.objects.select_related("current").exclude(current=None)
    return {state.vacancy_id: _shortlist(state.current.result) for state in states if state.current}


def _shortlist(result: RankingResult) -> Shortlist:
    return list(zip(result.candidate_ids.tolist(), result.scores.tolist(), strict=True))


def nothing_half_done() -> None:
    """Every ranking was made from a whole state of the pool, and comes out of it again byte for byte."""
    for ranking in Ranking.objects.select_related("pool"):
        assert ranking.people == ranking.pool.people
        assert replay(ranking).first_difference is None


@pytest.fixture(scope="module")
def servers(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Servers with a migrated database, which the models of this process use too as long as they run."""
    var_dir = Path(tempfile.mkdtemp(prefix="m-"))
    postgres = Postgres(var_dir, password="correct horse", log=var_dir / "postgresql.log", durable=False)
    broker = Broker(var_dir, password="battery-staple", log=var_dir / "broker.log", durable=False)
    world = World(var_dir, postgres, broker)
    try:
        postgres.make_data()
        postgres.start()
        broker.start()
        with django_db_blocker.unblock(), models_use(postgres):
            call_command("migrate", verbosity=0)
            call_command("load_facts", verbosity=0)
            populate()
            yield world
    finally:
        world.kill_workers()
        broker.stop()
        postgres.stop()
        shutil.rmtree(var_dir, ignore_errors=True)


@contextmanager
def models_use(postgres: Postgres) -> Iterator[None]:
    parts = urlsplit(postgres.url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&"))
    place = {
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query["host"]),
        "PORT": query["port"],
    }
    connection.close()
    before = {name: connection.settings_dict[name] for name in place}
    connection.settings_dict.update(place)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def populate() -> None:
    for level in (3, 4, 5, 6) * 5:
        measured_person(level)
    CandidateFactory.create_batch(4, listed=True)
    for countries in (("PT",), ("PT", "ES"), ("PT", "PL")):
        VacancyFactory(content=version_content(countries=tuple(map(CountryRow, countries))))


@pytest.fixture
def world(servers: World) -> Iterator[World]:
    """Nothing ranked, no pool kept anywhere, no message, no worker."""
    RankingJob.objects.all().delete()
    RankingState.objects.all().delete()
    RankingRound.objects.all().delete()
    Ranking.objects.all().delete()
    PoolVersion.objects.exclude(base=None).delete()
    PoolVersion.objects.all().delete()
    shutil.rmtree(servers.var_dir / "pool", ignore_errors=True)
    redis.Redis.from_url(servers.broker.url).flushall()
    yield servers
    servers.kill_workers()
    nothing_half_done()


@pytest.fixture
def holds() -> Callable[[int], bool]:
    """Whether so many connections wait for a lock; only this process holds one for long."""

    def waiting(number: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"  # the second waits for the first
            )
            return bool(cursor.fetchone()[0] >= number)

    return waiting
