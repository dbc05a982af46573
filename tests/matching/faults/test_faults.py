"""What breaks while rankings are made leaves no trace: in the end the shortlists are those of an undisturbed run."""

import signal

import pytest
from django.db import connection, transaction
from django.utils import timezone

from candidates.models import Candidate
from matching.models import Ranking, RankingJob, RankingShard, RankingState
from tests.matching.faults.conftest import World, shortlists, undisturbed
from tests.running_worker import until
from vacancies.models import Vacancy

pytestmark = pytest.mark.processes


def best_becomes_unavailable() -> int:
    """The first of a shortlist changes so that they stand on none any more; their id."""
    (person, _score), *_others = undisturbed()[Vacancy.objects.first().pk]
    Candidate.objects.filter(pk=person).update(hours_min=1, hours_max=2, changed_at=timezone.now())
    return person


def test_a_worker_killed_in_the_middle_of_a_ranking(world: World, holds) -> None:
    vacancy = Vacancy.objects.first()
    with transaction.atomic():
        Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        worker = world.start_worker()
        world.ask("matching.refresh_ranking", vacancy_id=vacancy.pk)
        until(lambda: holds(1), "the worker has ranked and waits to store")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert not RankingState.objects.exists()
    world.start_worker()
    world.sweep_until_right()


def test_a_worker_killed_in_the_middle_of_reading_the_pool(world: World, holds) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE candidates_candidatelanguage IN ACCESS EXCLUSIVE MODE")
        worker = world.start_worker()
        world.ask("matching.sweep_rankings")
        until(lambda: holds(1), "the worker has read one table and waits for the next")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert not list((world.var_dir / "pool").glob("*.json"))
    world.start_worker()
    world.sweep_until_right()


def test_the_broker_restarted_and_emptied(world: World, holds) -> None:
    """The message of a change is lost, and the worker that is up finds its way back."""
    with transaction.atomic():
        Vacancy.objects.select_for_update().first()
        world.start_worker()
        world.ask("matching.sweep_rankings")
        until(lambda: holds(1), "the worker has ranked and waits to store")
        gone = best_becomes_unavailable()
        world.ask("matching.refresh_candidate", candidate_id=gone)
        assert world.messages() == 1
        world.broker.stop()
        world.broker.start()
        assert world.messages() == 0
    until(lambda: len(shortlists()) == Vacancy.objects.count(), "the worker did what it had begun")
    assert shortlists() != undisturbed(), "nobody told it of the change"
    world.sweep_until_right()


def test_postgresql_restarted_in_the_middle_of_a_ranking(world: World, holds) -> None:
    world.start_worker()
    with transaction.atomic():
        Vacancy.objects.select_for_update().first()
        world.ask("matching.sweep_rankings")
        until(lambda: holds(1), "the worker has ranked and waits to store")
        transaction.set_rollback(True)
        world.postgres.stop()
        connection.close()
    world.postgres.start()
    world.sweep_until_right()


def test_two_workers_given_the_same_job(world: World, holds) -> None:
    vacancy = Vacancy.objects.first()
    with transaction.atomic():
        Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        for _ in range(2):
            world.start_worker()
            world.ask("matching.refresh_ranking", vacancy_id=vacancy.pk)
        until(lambda: holds(2), "both have ranked and wait to store")
    until(lambda: RankingState.objects.filter(vacancy=vacancy).exists(), "stored")
    for _ in range(4):
        world.ask("matching.sweep_rankings")
    world.sweep_until_right()
    assert Ranking.objects.count() == Vacancy.objects.count()


def test_a_candidate_saved_during_a_rebuild(world: World, holds) -> None:
    """The rebuild goes on with what it saw at its start; the round after it sees who saved meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE candidates_candidatelanguage IN ACCESS EXCLUSIVE MODE")
        world.start_worker()
        world.ask("matching.sweep_rankings")
        until(lambda: holds(1), "the worker has read one table and waits for the next")
        gone = best_becomes_unavailable()
    until(lambda: len(shortlists()) == Vacancy.objects.count(), "everything is ranked")
    world.sweep_until_right()
    assert all(gone not in dict(one) for one in undisturbed().values())


def test_a_shard_lost_with_its_worker_comes_again(world: World, holds) -> None:
    """A worker is killed while it brings a shard, whose message nobody else has; in the end it is asked for again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE matching_rankingshard IN SHARE MODE")
        first = world.start_worker(RANKING_SHARDS="3")
        world.ask("matching.sweep_rankings")
        until(lambda: holds(1), "a worker waits to bring its shard")
        first.send_signal(signal.SIGKILL)
        first.wait()
    jobs = RankingJob.objects.count()
    world.start_worker(RANKING_SHARDS="3", RANKING_JOB_SECONDS="1")
    until(lambda: not world.messages() and RankingJob.objects.count() == 1, "all others are whole")
    assert (jobs, RankingShard.objects.count()) == (Vacancy.objects.count(), 2)
    world.sweep_until_right()
