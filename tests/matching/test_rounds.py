"""Rounds that go on: past a vacancy that fails, before the first round, and after a store that came in between."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DataError, OperationalError
from django.utils import timezone

from matching.actions.rounds import refresh_changed
from matching.actions.shards import rank_shard
from matching.models import Ranking, RankingJob, RankingState
from tests.factories.matching import measured_person, ranked
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
    Ranking.objects.filter(pk=ranking.pk).update(packed=b"cut")
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
