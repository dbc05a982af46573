"""All kinds of vacancies measured at once for one person, against each of them measured alone."""

import numpy as np
import pytest

from matching.engine import Pool, VacancyQuery
from matching.engine.gates import judge_hours
from matching.engine.hours import HoursFacts
from matching.engine.kind_weeks import KindWeeks
from tests.matching.engine import twin_calendar
from tests.matching.engine.makers import CHANGES, Maker, make_person, make_vacancy
from tests.matching.engine.people import ALWAYS, OFFICE, Person, pool_of, shifts, vacancy

NIGHTS = tuple((weekday, 0, 300) for weekday in range(7))
AT_NIGHT = shifts(*((weekday, 67, 247, weekday % 2 == 0) for weekday in range(7)))
DRAWN = [make_vacancy(Maker.seeded(seed)) for seed in range(80)]


def people_in(zone: str) -> list[Person]:
    return [
        Person(zone=zone, blocks=OFFICE, preferred=NIGHTS),
        Person(zone=zone, blocks=NIGHTS),
        Person(zone=zone, blocks=ALWAYS, preferred=OFFICE),
    ]


def rows(facts: HoursFacts) -> list[tuple[int, ...]]:
    columns = (getattr(facts, name).tolist() for name in HoursFacts.__slots__)
    return list(zip(*columns, strict=True))


def alone(pool: Pool, queries: list[VacancyQuery]) -> list[tuple[int, ...]]:
    return [rows(judge_hours(pool, query, np.zeros(1, dtype=np.intp))[1])[0] for query in queries]


def test_many_kinds_are_measured_as_each_of_them_alone() -> None:
    weeks = KindWeeks(DRAWN)
    for seed in range(40):
        pool = pool_of(make_person(Maker.seeded(seed)))
        assert rows(weeks.measure(pool, np.arange(len(DRAWN)))) == alone(pool, DRAWN)


def test_some_kinds_in_any_order_and_more_than_once() -> None:
    pool, chosen = pool_of(people_in("America/New_York")[0]), [31, 2, 2, 77, 0, 31]
    found = rows(KindWeeks(DRAWN).measure(pool, np.array(chosen)))
    assert found == alone(pool, [DRAWN[number] for number in chosen])
    assert rows(KindWeeks(DRAWN).measure(pool, np.array([], dtype=np.int32))) == []


@pytest.mark.parametrize(("zone", "monday"), CHANGES)
def test_contracts_around_a_clock_change(zone: str, monday: int) -> None:
    """One shift, so that all contracts lie in few frames: before the change, over it and after it."""
    spans = [
        (monday - 21, monday - 3),
        (monday - 9, monday + 16),
        (monday, monday + 6),
        (monday + 7, monday + 400),
    ]
    queries = [
        vacancy(zone=by, shifts=AT_NIGHT, start_day=start, end_day=end, hours_week=hours)
        for by in (zone, "UTC")
        for start, end in spans
        for hours in (60, 900)
    ]
    weeks = KindWeeks(queries)
    for person in people_in(zone):
        found = weeks.measure(pool_of(person), np.arange(len(queries)))
        expected = [twin_calendar.Calendar(query).hours_of(person) for query in queries[::5]]
        assert found.shortfall.tolist()[::5] == [each.short for each in expected]
        assert found.preferred.tolist()[::5] == [each.preferred for each in expected]
        assert rows(found) == alone(pool_of(person), queries)


def test_kinds_that_came_later_are_measured_beside_those_before() -> None:
    before = KindWeeks(DRAWN[:50])
    following, anew = KindWeeks(DRAWN, before), KindWeeks(DRAWN)
    pool = pool_of(people_in("Pacific/Chatham")[2])
    assert rows(following.measure(pool, np.arange(80))) == rows(anew.measure(pool, np.arange(80)))
    assert rows(before.measure(pool, np.arange(50))) == alone(pool, DRAWN[:50])
