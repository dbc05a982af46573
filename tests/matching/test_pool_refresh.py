"""The pool that a process holds: brought up to date by who changed, it equals one that is read anew."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models import Measurement
from candidates.actions.hours import save_hours
from candidates.actions.languages import save_languages
from candidates.content import Hours, LanguageRow
from candidates.models import Candidate
from candidates.models.change import CandidateChange
from common.week import EMPTY_WEEK
from matching.models import WeightPolicy
from matching.queries import current_pool, held_pool
from matching.queries.freshness import facts_fingerprint
from matching.queries.known import known, known_facts
from matching.queries.pool import read_pool
from reference.models import ExchangeRate, FactsVersion
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import DAYTIME, CandidateFactory
from tests.factories.matching import measured_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def complete_log(db: None, settings: Any, tmp_path: Any) -> None:
    """A process that holds nothing, on a host without pools, with a log that reaches back to its beginning."""
    settings.POOL_DIR = tmp_path
    current_pool.let_go()
    CandidateChange.objects.filter(candidate_id=0).update(xid=1)


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which everybody was read."""
    days: list[date] = []
    read = held_pool.read_anew
    monkeypatch.setattr(current_pool, "read_anew", lambda on, *rest: days.append(on) or read(on, *rest))
    return days


def today() -> date:
    return timezone.now().date()


def as_it_is(on: date | None = None) -> bool:
    """Whether the pool that is known equals one read from the tables."""
    day = on or today()
    return known(day).pool.digest == read_pool(day).digest


def test_people_who_change_come_and_go_without_a_new_reading(anew):
    people = [measured_person(languages={"en": 5, "nl": level}) for level in (1, 2, 3, 4)]
    now = timezone.now()
    assert as_it_is()
    rows = [LanguageRow("en", 6), LanguageRow("fr", 6)]
    save_languages(candidate=people[0], rows=rows, by=people[0].user, now=now)
    hours = Hours(availability=DAYTIME, preferred=EMPTY_WEEK, hours_min=4, hours_max=8)
    save_hours(candidate=people[1], hours=hours, by=people[1].user, now=now)
    people[2].user.delete()
    Candidate.objects.filter(pk=people[3].pk).update(listed=False, country=None)
    new = measured_person(level=6, in_manila=True)
    assert as_it_is()
    assert known(today()).pool.candidate_id.tolist() == [people[0].pk, people[1].pk, new.pk]
    assert anew == [today()]


def test_nothing_is_read_while_nobody_changes(django_assert_num_queries, anew):
    measured_person()
    first = known(today())
    assert known(today()).pool is first.pool
    assert anew == [today()]


def test_the_pool_of_an_empty_marketplace_grows(anew):
    assert len(known(today()).pool) == 0
    measured_person()
    assert as_it_is()


def test_many_changes_are_read_anew(anew, monkeypatch):
    monkeypatch.setattr(held_pool, "FEWEST", 3)
    for _ in range(5):
        measured_person()
    assert as_it_is()
    Candidate.objects.update(contract_months=3)
    assert as_it_is()
    assert anew == [today()] * 2


def test_what_a_transaction_saw_of_itself_is_forgotten_with_it(anew):
    person = measured_person(contract_months=6)
    other = measured_person(contract_months=8)
    assert known(today()).pool.wished_months.tolist() == [6, 8]
    with transaction.atomic():
        Candidate.objects.filter(pk=person.pk).update(contract_months=7)
        assert known(today()).pool.wished_months.tolist() == [7, 8]
        with transaction.atomic():
            Candidate.objects.filter(pk=other.pk).update(contract_months=9)
            assert known(today()).pool.wished_months.tolist() == [7, 9]
            transaction.set_rollback(True)
        assert known(today()).pool.wished_months.tolist() == [7, 8]
        transaction.set_rollback(True)
    assert known(today()).pool.wished_months.tolist() == [6, 8]
    assert anew == [today()]


def test_a_first_reading_inside_a_transaction_is_no_promise():
    with transaction.atomic():
        person = measured_person()
        assert known(today()).pool.candidate_id.tolist() == [person.pk]
        transaction.set_rollback(True)
    assert known(today()).pool.candidate_id.tolist() == []


@pytest.mark.parametrize("later", [1, 2, 40, 800])
def test_a_new_day_changes_those_whose_measurements_begin_or_end(later, anew):
    day = today()
    ends = measured_person()
    Measurement.objects.filter(candidate=ends).update(expires_on=day)
    MeasurementFactory(candidate=ends, language_id="en", level=2, expires_on=day + timedelta(days=1))
    measured_person()
    begins = CandidateFactory()
    MeasurementFactory(
        candidate=begins, measured_on=day + timedelta(days=2), expires_on=day + timedelta(days=41), level=3
    )
    assert as_it_is(day)
    assert as_it_is(day + timedelta(days=later))
    assert as_it_is(day)
    assert anew == [day]


def test_a_new_exchange_rate_is_reason_to_read_everybody(anew):
    measured_person(pay_currency="RSD", minimum_pay=Decimal("560.00"), wished_pay=None)
    day = today()
    assert known(day).pool.minimum_pay.tolist() == [47_655]
    rate = ExchangeRate.objects.filter(currency="RSD").latest("on")
    rate.pk, rate.on, rate.units_per_eur = None, day, Decimal("112")
    rate.save()
    assert known(day).pool.minimum_pay.tolist() == [50_000]
    assert anew == [day, day]
    rate.delete()


def test_a_person_who_saves_while_everybody_is_read_is_wholly_in_or_in_the_log(now: datetime):
    """The reading waits between two of its tables while the person changes in both."""
    person = measured_person(hours_min=20, hours_max=40, languages={"en": 5})
    found: list[Any] = []

    def read() -> None:
        try:
            found.append(known(today()))
        finally:
            connection.close()

    reader = Thread(target=read)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE candidates_candidatelanguage IN ACCESS EXCLUSIVE MODE")
        reader.start()
        wait_until_blocked()
        Candidate.objects.filter(pk=person.pk).update(hours_min=4, hours_max=8)
        rows = [LanguageRow("en", 1), LanguageRow("nl", 6)]
        save_languages(candidate=person, rows=rows, by=person.user, now=now)
    reader.join(timeout=30)
    (first,) = found
    assert first.pool.hours_min.tolist() == [20 * 60], "all of it as it was"
    assert first.pool.languages["en"].claimed_level.tolist() == [5]
    after = known(today())
    assert after.pool.hours_min.tolist() == [4 * 60]
    assert after.pool.languages["nl"].claimed_level.tolist() == [6]
    assert as_it_is()


def test_whoever_needs_only_the_facts_does_not_wait_for_the_pool():
    """The reading of everybody waits at a table; the facts are there at once."""
    measured_person()
    found: list[Any] = []

    def read() -> None:
        try:
            found.append(known(today()))
        finally:
            connection.close()

    reader = Thread(target=read)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE candidates_candidatelanguage IN ACCESS EXCLUSIVE MODE")
        reader.start()
        wait_until_blocked()
        (facts,) = at_once(lambda: known_facts(today()))
        assert facts is not None, "still waiting"
        assert not found
    reader.join(timeout=30)
    assert found[0].facts is facts


DAYS = count(1)


def _load() -> None:
    FactsVersion.objects.create(digest="0" * 64, loaded_at=timezone.now())


def _set_weights() -> None:
    WeightPolicy.objects.create(
        valid_from=today() - timedelta(days=next(DAYS)), set_at=timezone.now(), reason="seldom"
    )


def _basis() -> str:
    return held_pool.basis_of(known_facts(today()).pay.rates)


@pytest.mark.parametrize(
    ("add", "found"),
    [
        (_load, _basis),
        (_load, lambda: facts_fingerprint(today())),
        (_set_weights, lambda: facts_fingerprint(today())),
    ],
)
def test_facts_that_are_committed_after_later_ones_are_new_facts_too(add, found):
    """The first transaction adds a row, a second one adds the next and commits, and only then the first commits."""
    with transaction.atomic():
        add()
        added, before = at_once(add)[0], at_once(found)[0]
        assert added is None
    assert found() != before
