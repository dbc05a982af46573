"""Rankings and rounds of long ago are deleted: exactly those, a few at a time, by however many workers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from marketplace.schedule import CELERY_BEAT_SCHEDULE
from matching.actions import pruning
from matching.actions.allocation import refresh_allocation
from matching.actions.pools import purge_pools
from matching.actions.pruning import prune_rankings, prune_rounds
from matching.actions.shortlist import pin, take_back
from matching.models import AllocationRound, ExposureReport, PoolVersion, Ranking, RankingState
from matching.tasks import prune_rankings_task, prune_rounds_task
from tests.accounts.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.matching import altered, measured_person, ranked
from tests.factories.placements import application
from tests.factories.vacancies import VacancyFactory
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory()


def history(vacancy: Vacancy, now: datetime, *ages: float) -> list[Ranking]:
    """Rankings made so many days ago, in this order; the first is the one that holds, or a new one, the last holds then."""
    state = RankingState.objects.filter(vacancy=vacancy).select_related("current").first()
    first = state.current if state and state.current else ranked(vacancy, now)
    made = []
    for age in ages:
        one = Ranking.objects.get(pk=first.pk)
        if made:
            one.pk, one._state.adding = None, True
            one.made_at = now - timedelta(days=age)
            one.save()
        else:
            one = altered(one, made_at=now - timedelta(days=age))
        made.append(one)
    RankingState.objects.filter(vacancy=vacancy).update(current=made[-1])
    return made


def left(made: list[Ranking], now: datetime) -> list[int]:
    """Ages in days of those that are still there."""
    there = set(Ranking.objects.values_list("pk", flat=True))
    return [(now - one.made_at).days for one in made if one.pk in there]


@transaction.atomic
def delete_anyhow(rows: Any) -> None:
    """As a hand at the database would; foreign keys, which wait for the commit, are asked at once."""
    rows._raw_delete(rows.db)
    connection.check_constraints()


# Rankings


def test_what_held_at_any_moment_of_the_last_184_days_stays(vacancy, now):
    """The one of 185 days ago held until 184 days ago to the instant, and goes an instant later."""
    made = history(vacancy, now, 400, 300, 185, 184, 100, 0)
    assert prune_rankings(now=now) == 2
    assert left(made, now) == [185, 184, 100, 0]
    assert prune_rankings(now=now) == 0
    assert prune_rankings(now=now + INSTANT) == 1
    assert left(made, now) == [184, 100, 0]


def test_the_last_one_stays_however_old_and_each_vacancy_counts_by_itself(vacancy, now):
    made = history(vacancy, now, 900, 800)
    other = history(VacancyFactory(), now, 900, 3)
    assert prune_rankings(now=now) == 1
    assert (left(made, now), left(other, now)) == ([800], [900, 3])


def test_the_days_are_a_setting(vacancy, now, settings):
    settings.RANKINGS_KEPT_DAYS = 10
    made = history(vacancy, now, 30, 11, 10, 1)
    assert prune_rankings(now=now) == 1
    assert left(made, now) == [11, 10, 1]


def pinned(vacancy: Vacancy, now: datetime) -> None:
    staff = UserFactory(staff=True)
    pin(vacancy=vacancy, candidate=measured(vacancy), reason="Known here.", by=staff, now=now)


def taken_back(vacancy: Vacancy, now: datetime) -> None:
    """Only the log refers to it then."""
    staff, person = UserFactory(staff=True), measured(vacancy)
    pin(vacancy=vacancy, candidate=person, reason="Known here.", by=staff, now=now)
    take_back(vacancy=vacancy, candidate=person, by=staff, now=now)


def applied(vacancy: Vacancy, now: datetime) -> None:
    application(vacancy=vacancy, candidate=measured(vacancy))


def measured(vacancy: Vacancy) -> Any:
    person = measured_person()
    ranked(vacancy)
    return person


@pytest.mark.parametrize("act", [pinned, taken_back, applied])
def test_what_somebody_acted_on_stays(act: Callable[[Vacancy, datetime], None], vacancy, now):
    act(vacancy, now)
    made = history(vacancy, now, 900, 800, 700)
    assert prune_rankings(now=now) == 1
    assert left(made, now) == [900, 700]


def test_what_a_state_calls_current_stays_although_another_followed(vacancy, now):
    made = history(vacancy, now, 900, 800, 700)
    RankingState.objects.update(current=made[0])
    assert prune_rankings(now=now) == 1
    assert left(made, now) == [900, 700]


def test_every_foreign_key_to_a_ranking_is_asked(db):
    """Those that the database knows. A new one is asked by itself; its test belongs above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint "
            "WHERE contype = 'f' AND confrelid = 'matching_ranking'::regclass ORDER BY 1"
        )
        known = [table for (table,) in cursor.fetchall()]
    asked = str(pruning.unused(Ranking.objects.all()).query)
    assert known == [
        "matching_rankingstate", "matching_shortlistentry", "matching_shortlistlog", "placements_application"
    ]  # fmt: skip
    assert [table for table in known if f'FROM "{table}"' not in asked] == []


def test_no_run_deletes_more_than_its_batches_and_the_next_goes_on(vacancy, now):
    made = history(vacancy, now, *range(920, 909, -1))
    assert prune_rankings(now=now, at_once=2, batches=2) == 4
    assert left(made, now) == [916, 915, 914, 913, 912, 911, 910]
    assert prune_rankings(now=now, at_once=4, batches=9) == 6
    assert left(made, now) == [910]


def test_a_batch_takes_the_same_queries_for_one_and_for_thirty(vacancy, now, django_assert_num_queries):
    for count in (1, 30):
        history(vacancy, now, *range(900 + count, 899, -1))
        with django_assert_num_queries(4):  # two of them are the transaction's
            assert prune_rankings(now=now) == count


def test_states_of_the_pool_that_only_they_were_made_from_go_with_the_next_purge(vacancy, now):
    made = history(vacancy, now, 900, 800, 1)
    alone = PoolVersion.objects.create(
        digest="f" * 64, on=now.date(), made_at=now - timedelta(days=900), seen=1, database="d", people=0
    )
    altered(made[0], pool=alone)
    purge_pools(now=now)
    assert PoolVersion.objects.filter(pk=alone.pk).exists()
    prune_rankings(now=now)
    purge_pools(now=now)
    assert set(PoolVersion.objects.values_list("pk", flat=True)) == {made[2].pool_id}


def test_referred_to_between_reading_and_locking_it_stays(vacancy, now):
    """Asked once more under the lock; and a foreign key refuses whatever would be deleted in spite of it."""
    pinned(vacancy, now)
    made = history(vacancy, now, 900, 800, 700)
    assert pruning._delete(Ranking.objects.all(), [made[0].pk, made[1].pk]) == 1
    assert left(made, now) == [900, 700]
    with pytest.raises(IntegrityError, match="foreign key"):
        delete_anyhow(Ranking.objects.filter(pk=made[0].pk))


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_delete_each_once(vacancy, now):
    made = history(vacancy, now, *range(960, 899, -1))
    found = at_once(*[lambda: prune_rankings(now=now, at_once=5)] * 4)
    assert sum(found) + prune_rankings(now=now) == 60
    assert left(made, now) == [900]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_holds_is_left_for_the_next_run_without_waiting(vacancy, now):
    """A row that refers to it, not committed yet, holds it by this lock."""
    made = history(vacancy, now, 900, 800, 700)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM matching_ranking WHERE id = %s FOR KEY SHARE", [made[0].pk])
        assert at_once(lambda: prune_rankings(now=now)) == [1]
    assert left(made, now) == [900, 700]
    assert prune_rankings(now=now) == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_is_stopped_loses_nothing_but_a_batch(vacancy, now, monkeypatch):
    made = history(vacancy, now, *range(904, 899, -1))
    delete, calls = pruning._delete, []

    def stopped(rows: Any, locked: list[int]) -> int:
        calls.append(delete(rows, locked))
        if len(calls) == 2:
            raise SystemExit
        return calls[-1]

    monkeypatch.setattr(pruning, "_delete", stopped)
    with pytest.raises(SystemExit):
        prune_rankings(now=now, at_once=2)
    assert left(made, now) == [902, 901, 900]
    assert prune_rankings(now=now, at_once=2) == 2
    assert left(made, now) == [900]


# Rounds and reports


def rounds(now: datetime, *ages: float) -> list[AllocationRound]:
    """Rounds so many days ago, the oldest first."""
    figures = dict.fromkeys(
        ("vacancies", "people", "pairs", "places", "shown", "by_hand", "busy", "short", "turns", "blocking"),
        0,
    )
    return [
        AllocationRound.objects.create(
            made_at=now - timedelta(days=age), inputs_digest="0" * 64, cap=5, places_per_opening=10, **figures
        )
        for age in ages
    ]


def report(made: AllocationRound) -> ExposureReport:
    return ExposureReport.objects.create(made_at=made.made_at, on=made.made_at.date(), round=made, figures={})


def days(rows: Any, now: datetime) -> list[int]:
    return [(now - made_at).days for made_at in rows.order_by("made_at").values_list("made_at", flat=True)]


def test_rounds_and_reports_of_the_last_400_days_stay(now):
    for one in rounds(now, 900, 402, 401, 400, 5):
        report(one)
    rounds(now, 3)
    assert prune_rounds(now=now) == 4
    assert days(AllocationRound.objects, now) == [*days(ExposureReport.objects, now), 3] == [401, 400, 5, 3]
    assert prune_rounds(now=now + INSTANT) == 2
    assert days(AllocationRound.objects, now) == [400, 5, 3]


def test_a_round_that_a_list_or_a_report_goes_back_to_stays(vacancy, now):
    measured(vacancy)
    listed = refresh_allocation(now=now - timedelta(days=900))
    reported = rounds(now, 800)[0]
    rounds(now, 700, 600)
    ExposureReport.objects.create(made_at=now, on=now.date(), round=reported, figures={})
    assert prune_rounds(now=now) == 1
    assert days(AllocationRound.objects, now) == [900, 800, 600]
    assert vacancy.allocation.round == listed


def test_rounds_go_in_batches_too(now):
    rounds(now, *range(910, 899, -1))
    assert prune_rounds(now=now, at_once=3, batches=2) == 6
    assert days(AllocationRound.objects, now) == [904, 903, 902, 901, 900]


def test_the_database_lets_no_round_go_that_is_younger_than_half_a_year(now, settings):
    """Whatever a setting or a hand at the database asks."""
    settings.ROUNDS_KEPT_DAYS = 1
    for one in rounds(now, 179, 178, 3):
        report(one)
    for rows in (AllocationRound.objects, ExposureReport.objects):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.all()._raw_delete("default")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        prune_rounds(now=now)
    assert days(AllocationRound.objects, now) == days(ExposureReport.objects, now) == [179, 178, 3]


def test_the_database_lets_none_be_changed_however_old(now):
    report(rounds(now, 900)[0])
    for rows, change in (
        (AllocationRound.objects, {"shown": 9}),
        (ExposureReport.objects, {"figures": {"a": 1}}),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(**change)


def test_the_database_keeps_a_round_that_is_referred_to(now):
    one = rounds(now, 900)[0]
    report(one)
    with pytest.raises(IntegrityError, match="foreign key"):
        delete_anyhow(AllocationRound.objects.filter(pk=one.pk))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_delete_each_round_once(now):
    rounds(now, *range(930, 899, -1))
    found = at_once(*[lambda: prune_rounds(now=now, at_once=5)] * 2)
    assert sum(found) + prune_rounds(now=now) == 30
    assert days(AllocationRound.objects, now) == [900]


# By itself


def test_both_run_by_themselves_and_pile_up_nowhere(vacancy, now):
    planned = {entry["task"]: entry for entry in CELERY_BEAT_SCHEDULE.values()}
    made = history(vacancy, now, 900, 800)
    rounds(now, 900, 800)
    for task in (prune_rankings_task, prune_rounds_task):
        entry = planned[task.name]
        assert timedelta(seconds=entry["options"]["expires"]) < entry["schedule"]
        task()
    assert left(made, now) == [800]
    assert days(AllocationRound.objects, now) == [800]
