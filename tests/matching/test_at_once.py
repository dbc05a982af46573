"""Two workers, an edit during a ranking, a save during a reading: real threads with connections of their own."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from candidates.actions.languages import save_languages
from candidates.content import LanguageRow
from matching.actions.errors import UnableToCurate
from matching.actions.one_at_a_time import one_at_a_time
from matching.actions.ranking import rank_vacancy, refresh_ranking
from matching.actions.rounds import refresh_changed
from matching.actions.shortlist import hide, pin
from matching.models import Ranking, RankingState, ShortlistEntry, ShortlistLog
from matching.queries.known import known
from matching.queries.pool import read_pool
from matching.queries.waiting import to_rank
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.matching.rounds import begin_log, waiting
from vacancies.actions.editing import save_draft
from vacancies.actions.lifecycle import close_vacancy, publish_changes
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


@pytest.fixture
def published() -> Iterator[Callable[[], list[str]]]:
    """Names of the tasks on the queue of the test's broker."""
    broker = redis.Redis.from_url(configured.REDIS_URL)
    broker.delete("celery")

    def names() -> list[str]:
        return [json.loads(one)["headers"]["task"] for one in reversed(broker.lrange("celery", 0, -1))]

    yield names
    broker.delete("celery")


def refreshing(vacancy: Vacancy, now: datetime) -> Callable[[], Any]:
    return lambda: refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now)


def test_two_workers_at_once_store_one_ranking(vacancy, now):
    measured_person()
    found = at_once(*[refreshing(vacancy, now)] * 4)
    assert Ranking.objects.count() == 1
    assert [one.pk for one in found] == [Ranking.objects.get().pk] * 4
    assert RankingState.objects.get().current == found[0]


def test_rounds_at_once_rank_each_vacancy_once(vacancy, now):
    VacancyFactory.create_batch(5)
    measured_person()
    ranked_here = at_once(*[lambda: refresh_changed(today=now.date(), now=now)] * 3)
    assert sum(ranked_here) == 6
    assert Ranking.objects.count() == 6
    assert refresh_changed(today=now.date(), now=now) == 0


def test_a_vacancy_edited_while_it_is_ranked_is_not_given_the_old_list(vacancy, now):
    measured_person()
    save_draft(vacancy=vacancy, content=version_content(title="New"), by=vacancy.created_by, now=now)

    def edit() -> None:
        with transaction.atomic():
            publish_changes(vacancy=vacancy, by=vacancy.created_by, today=now.date(), now=now)
            reading.set()
            wait_until_blocked()

    reading = Event()

    def rank_meanwhile() -> Any:
        reading.wait(timeout=20)
        return refreshing(vacancy, now + timedelta(seconds=1))()

    _edited, ranking = at_once(edit, rank_meanwhile)
    assert ranking is None
    assert not RankingState.objects.exists()
    assert refresh_changed(today=now.date(), now=now + timedelta(seconds=2)) == 1
    assert RankingState.objects.get().current.version.title == "New"


def test_a_vacancy_closed_while_it_is_ranked_gets_no_ranking(vacancy, now):

    closing = Event()

    def close() -> None:
        with transaction.atomic():
            close_vacancy(vacancy=vacancy, because="filled", by=vacancy.created_by, now=now)
            closing.set()
            wait_until_blocked()

    def rank_meanwhile() -> Any:
        closing.wait(timeout=20)
        return refreshing(vacancy, now)()

    assert at_once(close, rank_meanwhile) == [None, None]
    assert not Ranking.objects.exists()


def test_a_person_who_saves_while_the_pool_is_read_is_read_as_before(now):
    """The reading waits between two of its queries while the person changes in both tables."""
    person = measured_person(hours_min=20, hours_max=40, languages={"en": 5})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE candidates_candidatelanguage IN ACCESS EXCLUSIVE MODE")

        def change() -> None:
            wait_until_blocked()
            rows = [LanguageRow("en", 1), LanguageRow("nl", 6)]
            save_languages(candidate=person, rows=rows, by=person.user, now=now)

        # The lock is this connection's; the change is made on it, and commits before the reader goes on.
        outcome: list[Any] = []

        def read() -> None:
            try:
                outcome.append(read_pool(now.date()))
            finally:
                connection.close()

        reader = Thread(target=read)
        reader.start()
        change()
    reader.join(timeout=30)
    (pool,) = outcome
    assert pool.languages["en"].claimed_level.tolist() == [5]
    assert "nl" not in pool.languages
    assert read_pool(now.date()).languages["nl"].claimed_level.tolist() == [6]


def test_a_person_who_saves_during_a_ranking_makes_it_stale(vacancy, now):
    person = measured_person()
    before = known(now.date())
    rows = [LanguageRow("en", 6), LanguageRow("nl", 6)]
    save_languages(candidate=person, rows=rows, by=person.user, now=now)
    rank_vacancy(vacancy=to_rank(Vacancy.objects.all()).get(), known_now=before, now=now)
    assert waiting(now.date()) == [vacancy.pk]
    ranked(vacancy, now)
    assert waiting(now.date()) == []


def test_threads_share_one_reading_of_the_pool(now):
    measured_person()
    first, *others = at_once(*[lambda: known(now.date())] * 4)
    assert len(first.pool) == 1
    assert all(one.pool is first.pool for one in others)


def test_only_one_may_at_a_time_and_nobody_waits():
    def ask() -> bool:
        with one_at_a_time("test") as mine:
            return mine

    with one_at_a_time("test") as mine:
        assert mine
        assert at_once(ask) == [False]
        with one_at_a_time("something else") as another:
            assert another
    assert at_once(ask) == [True]


def test_a_connection_that_ends_gives_its_turn_back():
    def leave_without_giving_back() -> bool:
        with connection.cursor() as cursor:
            with one_at_a_time("test") as mine:
                cursor.execute("SELECT pg_backend_pid()")
                connection.close()
            return mine

    def ask() -> bool:
        with one_at_a_time("test") as mine:
            return mine

    at_once(leave_without_giving_back)
    assert at_once(ask) == [True]


def test_whoever_finds_another_at_it_leaves_and_the_other_looks_again(vacancy, now, published):
    """A person changes while everything is ranked: their message is dropped, and the one at work asks for a sweep."""
    person = measured_person()

    def rank_everything() -> int:
        return refresh_changed(today=now.date(), now=now)

    looked_at: list[int] = []

    def first() -> None:
        try:
            looked_at.append(rank_everything())
        finally:
            connection.close()

    worker = Thread(target=first)
    with transaction.atomic():
        Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        worker.start()
        wait_until_blocked()
        (second,) = at_once(rank_everything)
        assert second == 0
        at_once(
            lambda: save_languages(
                candidate=person, rows=[LanguageRow("en", 6)], by=person.user, now=timezone.now()
            )
        )
    worker.join(timeout=30)
    assert looked_at == [1]
    asked_for = published()
    assert set(asked_for) == {"matching.refresh_candidate", "matching.sweep_rankings"}
    assert refresh_changed(today=now.date(), now=timezone.now()) == 1
    assert published() == asked_for, "nothing changed any more"


def test_a_pin_clicked_twice_at_once_is_one_act(vacancy, now):
    person, staff = measured_person(), UserFactory(staff=True)
    ranked(vacancy, now)

    def click() -> ShortlistEntry:
        return pin(vacancy=vacancy, candidate=person, reason="Known here.", by=staff, now=now)

    found = at_once(*[click] * 4)
    assert [one.pk for one in found] == [ShortlistEntry.objects.get().pk] * 4
    assert ShortlistLog.objects.count() == 1
    assert AuditEntry.objects.filter(verb="shortlist.pinned").count() == 1


def test_of_two_recruiters_at_once_one_acts_and_the_other_is_told(vacancy, now):
    people = [measured_person() for _ in range(3)]
    one, other = UserFactory(staff=True), UserFactory(staff=True)
    ranked(vacancy)

    def acting(act: Any, by: User) -> Any:
        return lambda: act(
            vacancy=vacancy, candidate=people[2], reason="As I see it.", by=by, now=now, seen=0
        )

    found = at_once(acting(pin, one), acting(hide, other))
    entry = ShortlistEntry.objects.get()
    refusals = [answer for answer in found if isinstance(answer, UnableToCurate)]
    assert [answer for answer in found if isinstance(answer, ShortlistEntry)] == [entry]
    assert len(refusals) == 1
    assert str(refusals[0]).startswith(f"Changed meanwhile by {entry.by}: ")
    assert [(line.act, line.by) for line in ShortlistLog.objects.all()] == [(entry.kind, entry.by)]


def test_an_act_during_a_ranking_is_noted_with_the_ranking_that_holds_after_it(vacancy, now):
    """The act waits for the ranking to be stored, and then neither misses it nor keeps the old one."""

    person, staff = measured_person(), UserFactory(staff=True)
    old = ranked(vacancy, now)
    measured_person()
    outcome: list[Any] = []

    def act() -> None:
        try:
            outcome.append(pin(vacancy=vacancy, candidate=person, reason="Known here.", by=staff, now=now))
        finally:
            connection.close()

    curating = Thread(target=act)
    with transaction.atomic():
        RankingState.objects.select_for_update().get(vacancy=vacancy)
        curating.start()
        wait_until_blocked()
        new = ranked(vacancy, now)
    curating.join(timeout=30)
    (entry,) = outcome
    assert entry.ranking == new
    assert list(Ranking.objects.all()) == [new]
    assert old != new
