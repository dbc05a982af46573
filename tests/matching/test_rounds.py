"""Rounds that go on: past a vacancy that fails, before the first round, and after a store that came in between."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.db import connection, transaction
from django.db.utils import DataError, OperationalError
from django.utils import timezone

from candidates.actions.languages import save_languages
from candidates.content import LanguageRow
from candidates.models import Candidate
from matching.actions.looking import look_round
from matching.actions.one_at_a_time import one_at_a_time
from matching.actions.ranking import rank_vacancy
from matching.actions.rounds import refresh_changed
from matching.actions.shards import rank_shard
from matching.models import Ranking, RankingJob, RankingRound, RankingState
from matching.queries.known import Known, known
from matching.queries.waiting import to_rank
from matching.tasks import sweep_rankings_task
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.factories.matching import altered, measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.matching.rounds import begin_log
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def log(db: None, settings: Any, tmp_path: Path) -> None:
    begin_log(settings, tmp_path)


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory()


def make_unreadable(ranking: Ranking) -> None:
    altered(ranking, packed=b"cut")
    RankingState.objects.update(waiting=True)


def test_a_ranking_that_cannot_be_read_is_replaced_by_the_next_round(vacancy, now):
    measured_person()
    broken = ranked(vacancy, now)
    made = bytes(broken.packed)
    others = VacancyFactory.create_batch(2)
    make_unreadable(broken)
    assert refresh_changed(today=now.date(), now=now + timedelta(minutes=1)) == 3
    state = RankingState.objects.select_related("current").get(vacancy=vacancy)
    assert bytes(state.current.packed) == made
    assert (state.waiting, state.read_at) == (False, now + timedelta(minutes=1))
    assert RankingState.objects.filter(vacancy__in=others, waiting=False).count() == 2


def test_a_ranking_that_cannot_be_read_is_replaced_by_the_last_shard(vacancy, now, settings):
    measured_person()
    broken = ranked(vacancy, now)
    made = bytes(broken.packed)
    make_unreadable(broken)
    settings.RANKING_SHARDS = 2
    refresh_changed(today=now.date(), now=now)
    job = RankingJob.objects.get()
    rank_shard(job_id=job.pk, number=0, now=now)
    ranking = rank_shard(job_id=job.pk, number=1, now=now)
    assert (bytes(ranking.packed), ranking == broken) == (made, False)
    assert not RankingState.objects.get().waiting


FAILURES = {
    "refused": ("RAISE EXCEPTION 'refused' USING ERRCODE = 'data_exception'", DataError),
    "connection lost": ("PERFORM pg_terminate_backend(pg_backend_pid())", OperationalError),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_vacancy_that_fails_stops_no_other_and_is_reported(vacancy, now, caplog, failure):
    """The database refuses the ranking of the vacancy that waits before all others, or hangs up on it."""
    act, error = FAILURES[failure]
    measured_person()
    others = VacancyFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE FUNCTION fail_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.vacancy_id = {vacancy.pk} THEN {act}; END IF; RETURN NEW; END $$; "
            "CREATE TRIGGER fail_one BEFORE INSERT ON matching_ranking FOR EACH ROW EXECUTE FUNCTION fail_one()"
        )
    try:
        with pytest.raises(error):
            refresh_changed(today=now.date(), now=now)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER fail_one ON matching_ranking; DROP FUNCTION fail_one()")
    assert set(RankingState.objects.values_list("vacancy", flat=True)) == {one.pk for one in others}
    failed = [record.args for record in caplog.records if record.name == "matching.actions.rounds"]
    assert failed == [(vacancy.pk,)]
    assert refresh_changed(today=now.date(), now=now) == 1


@pytest.fixture
def sweeps() -> Iterator[Callable[[], list[Any]]]:
    """The headers of the messages on the test's broker that ask for a round."""
    broker = redis.Redis.from_url(configured.REDIS_URL)
    broker.delete("celery")

    def headers() -> list[Any]:
        found = [json.loads(one)["headers"] for one in broker.lrange("celery", 0, -1)]
        return [one for one in found if one["task"] == "matching.sweep_rankings"]

    yield headers
    broker.delete("celery")


def change(person: Candidate, now: datetime, level: int) -> None:
    save_languages(candidate=person, rows=[LanguageRow("en", level)], by=person.user, now=now)


def rank_with(known_then: Known, vacancy: Vacancy, now: datetime) -> None:
    chosen = to_rank(Vacancy.objects.filter(pk=vacancy.pk)).get()
    rank_vacancy(vacancy=chosen, known_now=known_then, now=now)


def looking(now: datetime) -> Thread:
    """A round in a process of its own, as far as the database can tell."""

    def look() -> None:
        try:
            look_round(known_now=known(now.date()))
        finally:
            connection.close()

    thread = Thread(target=look)
    thread.start()
    return thread


def test_a_ranking_stored_while_a_round_ends_is_looked_at_by_the_next_which_is_asked_for(
    vacancy, now, sweeps
):
    """The person changed after the ranking was read and before the round looked; neither could see the other."""
    person = measured_person()
    refresh_changed(today=now.date(), now=now)
    before = known(now.date())
    change(person, now, 6)
    with transaction.atomic():
        RankingRound.objects.select_for_update().get()
        round_ = looking(now)
        wait_until_blocked()
        at_once(lambda: rank_with(before, vacancy, now + timedelta(minutes=1)))
        assert sweeps() == []
    round_.join(timeout=30)
    assert RankingState.objects.get().read_at == now + timedelta(minutes=1)
    assert len(sweeps()) == 1
    assert refresh_changed(today=now.date(), now=now + timedelta(minutes=2)) == 1
    assert len(sweeps()) == 1


def test_a_round_that_nothing_came_in_between_asks_for_no_other(vacancy, now, sweeps):
    person = measured_person()
    for level in (5, 6):
        change(person, now, level)
        assert refresh_changed(today=now.date(), now=now) == 1
    assert sweeps() == []


def test_however_many_late_rankings_ask_for_one_round(now, sweeps):
    vacancies, person = VacancyFactory.create_batch(4), measured_person()
    before = known(now.date())
    change(person, now, 6)
    look_round(known_now=known(now.date()))
    for one in vacancies[:3]:
        rank_with(before, one, now)
    assert len(sweeps()) == 1
    assert refresh_changed(today=now.date(), now=now) == 4
    assert len(sweeps()) == 1, "the round saw them all"
    change(person, now, 5)
    look_round(known_now=known(now.date()))
    rank_with(before, VacancyFactory(), now)
    assert len(sweeps()) == 2, "the next late one asks anew"


def test_a_message_that_asks_for_a_round_is_dropped_when_the_beat_has_asked_since(vacancy, now, sweeps):
    person = measured_person()
    before = known(now.date())
    change(person, now, 6)
    look_round(known_now=known(now.date()))
    rank_with(before, vacancy, now)
    (message,) = sweeps()
    assert message["task"] == sweep_rankings_task.name  # registered here, as in a worker
    left = datetime.fromisoformat(message["expires"]) - timezone.now()
    assert timedelta(seconds=40) < left < timedelta(seconds=60)


def test_whoever_finds_the_first_round_of_all_under_way_leaves_word(vacancy, now, sweeps):
    measured_person()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE matching_rankingstate IN ACCESS EXCLUSIVE MODE")
        found: list[Any] = []

        def first() -> None:
            try:
                found.append(refresh_changed(today=now.date(), now=now))
            finally:
                connection.close()

        worker = Thread(target=first)
        worker.start()
        wait_until_blocked()
        assert not RankingRound.objects.exists()
        assert at_once(lambda: refresh_changed(today=now.date(), now=now)) == [0]
    worker.join(timeout=30)
    assert found == [1]
    assert len(sweeps()) == 1
    assert RankingRound.objects.get().asked == 1
    assert refresh_changed(today=now.date(), now=now) == 0


def test_a_word_left_before_the_first_round_vouches_for_nothing(vacancy, now):
    """Rankings made before the first round still speak for themselves, and are not ranked for nothing."""
    person = measured_person()
    rank_with(known(now.date()), vacancy, now)
    with one_at_a_time("matching.rounds"):
        assert at_once(lambda: refresh_changed(today=now.date(), now=now)) == [0]
    assert refresh_changed(today=now.date(), now=now) == 0
    RankingRound.objects.all().delete()
    change(person, now, 6)
    with one_at_a_time("matching.rounds"):
        assert at_once(lambda: refresh_changed(today=now.date(), now=now)) == [0]
    assert refresh_changed(today=now.date(), now=now) == 1
