"""Who compiles what a vacancy asks spares the other processes doing it."""

import gc
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from marketplace.warming import warm_up
from matching.actions.queries_ahead import compile_ahead
from matching.queries import shared_queries
from matching.queries.book import open_queries
from matching.queries.freshness import facts_fingerprint
from matching.queries.known import DayFacts, read_facts
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
ROWS_OF_VERSIONS = 10
"""Queries that reading and compiling a portion of vacancies takes, beside the one that says which are open."""


@pytest.fixture(autouse=True)
def nothing_shared(db: None) -> None:
    cache.clear()


def another_process(day: Any = TODAY) -> DayFacts:
    """The facts of the day as a process has them that has compiled nothing."""
    return read_facts(day, facts_fingerprint(day))


def test_another_process_reads_no_vacancy_and_gets_the_same_queries(django_assert_num_queries: Any) -> None:
    vacancies = VacancyFactory.create_batch(3)
    ours = open_queries(another_process())
    assert ours.keys() == {one.pk for one in vacancies}
    theirs = another_process()
    with django_assert_num_queries(1):
        found = open_queries(theirs)
    assert found == ours
    assert len(theirs.compiled) == 3


def test_only_a_new_vacancy_is_read(django_assert_max_num_queries: Any) -> None:
    VacancyFactory()
    open_queries(another_process())
    new = VacancyFactory()
    facts = another_process()
    with django_assert_max_num_queries(1 + ROWS_OF_VERSIONS):
        assert open_queries(facts)[new.pk].query is not None
    assert len(open_queries(another_process())) == 2


def test_other_facts_other_teams_and_other_versions_are_compiled_anew() -> None:
    vacancy = VacancyFactory()
    before = another_process()
    open_queries(before)
    key = shared_queries.Key(vacancy.current_id, vacancy.current.frozen_at, vacancy.employer.facts_changed_at)
    assert shared_queries.fetch(before.fingerprint, [key]).keys() == {key}
    assert shared_queries.fetch("other-facts", [key]) == {}
    assert shared_queries.fetch(before.fingerprint, [key._replace(frozen_at=timezone.now())]) == {}
    assert shared_queries.fetch(before.fingerprint, [key._replace(team_as_of=timezone.now())]) == {}


def test_a_query_of_another_shape_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    VacancyFactory()
    open_queries(another_process())
    monkeypatch.setattr(shared_queries, "_SHAPE", "another")
    facts = another_process()
    assert shared_queries.fetch(facts.fingerprint, _keys()) == {}


def test_tomorrow_is_compiled_today(django_assert_num_queries: Any) -> None:
    VacancyFactory(content=version_content(pay_min=Decimal("17.00"), pay_max=Decimal("19.00")))
    assert compile_ahead(today=TODAY) == 1
    tomorrow = another_process(TODAY + timedelta(days=1))
    with django_assert_num_queries(1):
        assert [asked.query is not None for asked in open_queries(tomorrow).values()] == [True]


def test_without_the_cache_it_is_compiled_to_the_same(settings: Any) -> None:
    VacancyFactory()
    ours = open_queries(another_process())
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert open_queries(another_process()) == ours


@pytest.mark.django_db(transaction=True)
def test_a_web_process_reads_ahead_by_itself() -> None:
    VacancyFactory()
    aside = gc.get_freeze_count()
    thread = warm_up()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert gc.get_freeze_count() > aside
    assert shared_queries.fetch(another_process().fingerprint, _keys()).keys() == set(_keys())


def _keys() -> list[shared_queries.Key]:
    rows = Vacancy.objects.values_list("current_id", "current__frozen_at", "employer__facts_changed_at")
    return [shared_queries.Key(*row) for row in rows]
