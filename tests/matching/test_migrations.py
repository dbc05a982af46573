"""A database that is in use is brought up to date: what stands in it stays, and is ranked again."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from common.migrating import options_in_place
from matching.actions.rounds import refresh_changed
from matching.engine import CANDIDATE_WEIGHTS
from matching.models import Ranking, RankingState, ShortlistLog
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.matching.rounds import begin_log

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("matching", "0006_append_only")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """The models as they are after migrating, which is what a deployment does."""
    with options_in_place():
        return MigrationExecutor(connection).migrate(targets).apps


@pytest.fixture
def newest(db: None) -> Iterator[list[tuple[str, str]]]:
    """Where all migrations end; the database is there again after the test."""
    nodes = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield nodes
    migrate(nodes)


def test_a_database_that_holds_a_ranking_is_brought_up_to_date(newest, settings, tmp_path):
    now = timezone.now()
    vacancy, person, staff = VacancyFactory(), measured_person(), UserFactory(staff=True)
    made = ranked(vacancy, now)
    kept = {
        "vacancy_id": vacancy.pk, "version_id": vacancy.current_id, "made_at": now, "on": now.date(),
        "engine_version": "0", "tz_version": "2020a", "input_digest": "0" * 64, "weights": {"language": 2},
        "people": 1, "eligible": 1, "packed": bytes(made.packed),
    }  # fmt: skip
    RankingState.objects.all().delete()
    Ranking.objects.all().delete()

    old = migrate(BEFORE)
    before = old.get_model("matching", "Ranking").objects.create(**kept)
    old.get_model("matching", "RankingState").objects.create(
        vacancy_id=vacancy.pk, version_id=vacancy.current_id, current_id=before.pk, read_at=now,
        team_as_of=vacancy.employer.facts_changed_at, fingerprint="0" * 64,
    )  # fmt: skip
    old.get_model("matching", "ShortlistLog").objects.create(
        vacancy_id=vacancy.pk, candidate_id=person.pk, act="pinned", reason="Known here.", ranking_id=before.pk,
        by_id=staff.pk, at=now,
    )  # fmt: skip
    migrate(newest)

    stays = Ranking.objects.get()
    assert {name: getattr(stays, name) for name in kept if name != "packed"} | {
        "packed": bytes(stays.packed)
    } == kept
    assert (stays.pool, stays.query, stays.candidate_weights) == (None, "", {})
    assert stays.result.candidate_ids.tolist() == [person.pk]
    assert (RankingState.objects.get().current, RankingState.objects.get().waiting) == (stays, True)
    assert ShortlistLog.objects.get().candidate == person

    begin_log(settings, tmp_path)
    assert refresh_changed(today=now.date(), now=now) == 1
    state = RankingState.objects.select_related("current").get()
    assert (state.waiting, state.current == stays, state.current.pool is None) == (False, False, False)
    assert state.current.stored_candidate_weights() == CANDIDATE_WEIGHTS
    assert ShortlistLog.objects.get().ranking == stays
