"""Which pool serves the shards of a job: what a process has at hand, and never the same one built twice."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candidates.models import Candidate
from candidates.models.change import CandidateChange
from matching.models import PoolVersion
from matching.queries import current_pool, shard_pool
from matching.queries.known import known
from matching.queries.pool_files import keep
from matching.queries.shard_pool import shard_of
from tests.factories.matching import measured_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def process(db: None, settings: Any, tmp_path: Any) -> None:
    """A process that holds nothing, on a host without pools."""
    settings.POOL_DIR = tmp_path
    current_pool.let_go()
    shard_pool.let_go_of_opened()
    CandidateChange.objects.filter(candidate_id=0).update(xid=1)


def kept_states(number: int) -> list[PoolVersion]:
    """States in which the one person wishes 1, 2, 3… months; the process holds the last."""
    person = measured_person(contract_months=1)
    states = []
    for months in range(1, number + 1):
        Candidate.objects.filter(pk=person.pk).update(contract_months=months)
        states.append(keep(known(timezone.now().date()).held, now=timezone.now()))
    return states


def wish_in(version: PoolVersion) -> int:
    (months,) = shard_of(version, 0, 1, timezone.now().date()).wished_months.tolist()
    return int(months)


def test_what_is_in_hand_serves_without_a_query(django_assert_num_queries):
    (state,) = kept_states(1)
    measured_person()  # the job's pool is older than what is there by now
    with django_assert_num_queries(0):
        assert wish_in(state) == 1


def test_jobs_side_by_side_have_their_pools_built_once():
    first, second, _newest = kept_states(3)
    assert [wish_in(first), wish_in(second)] == [1, 2]
    with CaptureQueriesContext(connection) as queries:
        assert [wish_in(first), wish_in(second), wish_in(first)] == [1, 2, 1]
    assert len(queries) == 0


def test_only_the_last_ones_used_stay_open():
    first, second, third, _newest = kept_states(4)
    assert [wish_in(one) for one in (first, second, first, third)] == [1, 2, 1, 3]
    assert list(shard_pool._opened) == [first.digest, third.digest]


def test_what_nobody_asks_for_any_more_is_let_go(monkeypatch):
    monkeypatch.setattr(shard_pool, "IDLE_SECONDS", 0)
    first, _newest = kept_states(2)
    assert wish_in(first) == 1
    shard_pool._letting_go.join(timeout=30)
    assert shard_pool._opened == {}
