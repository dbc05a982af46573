"""One ranking made by several workers: the same bytes for any number of shards, and no shard lost for good."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from matching.actions.ranking import refresh_ranking
from matching.actions.rounds import refresh_changed
from matching.actions.shards import rank_shard
from matching.models import PoolChunk, PoolVersion, Ranking, RankingJob, RankingShard, RankingState
from matching.queries.held_pool import let_go
from tests.accounts.at_once import at_once
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.running_worker import running_worker, until
from tests.standing import standing
from vacancies.actions.editing import save_draft
from vacancies.actions.lifecycle import pause_vacancy, publish_changes
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def beginning() -> tuple[Vacancy, bytes]:
    """A vacancy with five people who can be ranked, one of them twice as good, and two near misses; nothing is ranked.

    Beside it what one process comes to.
    """
    for level in (4, 5, 6, 4, 4):
        measured_person(level)
    CandidateFactory.create_batch(2, listed=True)
    CandidateFactory(listed=False)
    vacancy = VacancyFactory()
    packed = bytes(ranked(vacancy).packed)
    forget()
    return vacancy, packed


once = standing(beginning, "class")


@pytest.fixture
def begun(db: None) -> Any:
    """For tests that commit."""
    return beginning()


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def alone(begun: Any) -> bytes:
    return begun[1]


def forget() -> None:
    RankingState.objects.all().delete()
    Ranking.objects.all().delete()


def start(vacancy: Vacancy, now: datetime, settings: Any, shards: int) -> RankingJob:
    settings.RANKING_SHARDS = shards
    assert refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now) is None
    return RankingJob.objects.select_related("pool").get()


def broken_pool(job: RankingJob) -> None:
    PoolVersion.objects.filter(pk=job.pool_id).update(emptied_at=timezone.now())
    PoolChunk.objects.filter(version=job.pool_id).delete()
    let_go()
    measured_person(4)  # so that no process holds that very pool


def broken_query(job: RankingJob) -> None:
    RankingJob.objects.filter(pk=job.pk).update(query="{")


def broken_shard(job: RankingJob) -> None:
    RankingShard.objects.update(packed=b"cut")


class TestOneJob:
    @pytest.fixture
    def begun(self, once: Any, db: None) -> Any:
        return deepcopy(once)

    @pytest.mark.parametrize("shards", [2, 3, 8, 20])
    def test_the_result_is_the_same_for_any_number_of_shards(self, alone, vacancy, now, settings, shards):
        job = start(vacancy, now, settings, shards)
        assert not RankingState.objects.exists(), "nothing is stored before all shards are there"
        brought = [rank_shard(job_id=job.pk, number=number, now=now) for number in reversed(range(shards))]
        assert brought[:-1] == [None] * (shards - 1)
        assert bytes(brought[-1].packed) == alone
        assert RankingState.objects.get().current == brought[-1]
        assert not RankingJob.objects.exists()
        assert not RankingShard.objects.exists()

    def test_the_state_says_what_the_job_was_made_with(self, alone, vacancy, now, settings):
        job = start(vacancy, now, settings, 2)
        for number in range(2):
            rank_shard(job_id=job.pk, number=number, now=now + timedelta(hours=1))
        state = RankingState.objects.get()
        assert (state.read_at, state.people_seen, state.basis) == (now, job.people_seen, job.basis)
        assert (state.current.made_at, state.current.pool, state.current.query) == (now, job.pool, job.query)

    def test_doubled_late_and_foreign_messages_change_nothing(self, alone, vacancy, now, settings):
        job = start(vacancy, now, settings, 2)
        assert rank_shard(job_id=job.pk, number=0, now=now) is None
        assert rank_shard(job_id=job.pk, number=0, now=now) is None
        assert rank_shard(job_id=job.pk, number=2, now=now) is None
        assert rank_shard(job_id=job.pk, number=-1, now=now) is None
        assert [shard.number for shard in RankingShard.objects.all()] == [0]
        ranking = rank_shard(job_id=job.pk, number=1, now=now)
        assert rank_shard(job_id=job.pk, number=1, now=now) is None
        assert list(Ranking.objects.all()) == [ranking]

    def test_people_who_change_meanwhile_wait_for_the_next_round(self, alone, vacancy, now, settings):
        """Half of the shards before the change and half after it: all of them rank the pool of then."""
        job = start(vacancy, now, settings, 3)
        rank_shard(job_id=job.pk, number=0, now=now)
        measured_person(6)
        CandidateFactory.create_batch(3, listed=True)
        for number in (1, 2):
            ranking = rank_shard(job_id=job.pk, number=number, now=now)
        assert bytes(ranking.packed) == alone
        settings.RANKING_SHARDS = 1
        assert refresh_changed(today=now.date(), now=now) == 1
        assert RankingState.objects.get().current.eligible == 6

    def test_a_job_under_way_is_not_started_again_before_its_messages_may_be_lost(
        self, alone, vacancy, now, settings
    ):
        job = start(vacancy, now, settings, 2)
        rank_shard(job_id=job.pk, number=0, now=now)
        assert start(vacancy, now + timedelta(seconds=30), settings, 2) == job
        assert RankingJob.objects.get().asked_at == now
        assert refresh_changed(today=now.date(), now=now + timedelta(seconds=40)) == 0
        later = now + timedelta(seconds=settings.RANKING_JOB_SECONDS)
        refresh_changed(today=later.date(), now=later)
        again = RankingJob.objects.get()
        assert (again, again.asked_at) == (job, later)
        assert again.shards.count() == 1

    def test_an_edited_vacancy_gets_a_new_job(self, alone, vacancy, now, settings):
        old = start(vacancy, now, settings, 2)
        rank_shard(job_id=old.pk, number=0, now=now)
        save_draft(vacancy=vacancy, content=version_content(title="New"), by=vacancy.created_by, now=now)
        publish_changes(vacancy=vacancy, by=vacancy.created_by, today=now.date(), now=now)
        new = start(vacancy, now, settings, 2)
        assert new != old
        assert rank_shard(job_id=old.pk, number=1, now=now) is None
        assert new.shards.count() == 0
        for number in range(2):
            ranking = rank_shard(job_id=new.pk, number=number, now=now)
        assert ranking.version.title == "New"

    def test_a_vacancy_that_closes_meanwhile_gets_no_ranking(self, alone, vacancy, now, settings):
        job = start(vacancy, now, settings, 2)
        rank_shard(job_id=job.pk, number=0, now=now)
        pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=now)
        assert rank_shard(job_id=job.pk, number=1, now=now) is None
        assert not RankingState.objects.exists()
        assert not RankingJob.objects.exists()

    def test_the_job_of_a_vacancy_that_left_the_market_ends_with_the_next_round(
        self, alone, vacancy, now, settings
    ):
        """Its last shard never came, so nothing else would end it; and the pool it was made for may go."""
        job = start(vacancy, now, settings, 2)
        rank_shard(job_id=job.pk, number=0, now=now)
        other = VacancyFactory()
        assert refresh_ranking(vacancy_id=other.pk, today=now.date(), now=now) is None
        pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=now)
        refresh_changed(today=now.date(), now=now)
        assert list(RankingJob.objects.values_list("vacancy", flat=True)) == [other.pk]
        assert not RankingShard.objects.exists()

    @pytest.mark.parametrize("broken", [broken_pool, broken_query, broken_shard])
    def test_a_job_that_cannot_be_finished_is_given_up_and_another_started(
        self, alone, vacancy, now, settings, broken
    ):
        job = start(vacancy, now, settings, 2)
        rank_shard(job_id=job.pk, number=0, now=now)
        broken(job)
        assert rank_shard(job_id=job.pk, number=1, now=now) is None
        assert not RankingJob.objects.exists()
        assert not RankingState.objects.exists()
        again = start(vacancy, now, settings, 2)
        for number in range(2):
            ranking = rank_shard(job_id=again.pk, number=number, now=now)
        assert RankingState.objects.get().current == ranking


@pytest.mark.django_db(transaction=True)
def test_the_last_shards_at_once_store_one_ranking(alone, vacancy, now, settings):
    job = start(vacancy, now, settings, 4)
    found = at_once(
        *[
            lambda number=number: rank_shard(job_id=job.pk, number=number, now=now)
            for number in (0, 1, 2, 3, 3)
        ]
    )
    (ranking,) = Ranking.objects.all()
    assert bytes(ranking.packed) == alone
    assert [one for one in found if one] == [ranking]


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    with running_worker():
        yield


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_brings_the_same_bytes_for_1_2_3_and_8_shards(worker, alone, vacancy, now, settings):
    from common.queue import enqueue

    for shards in (1, 2, 3, 8):
        if shards == 1:
            enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
        else:
            start(vacancy, now, settings, shards)
        until(lambda: RankingState.objects.exists(), f"ranked in {shards}")
        assert bytes(RankingState.objects.get().current.packed) == alone
        assert not RankingJob.objects.exists()
        forget()
