"""What is kept of a pool and of vacancies: bounded, shared by threads, and right when people change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from matching.engine import Pool, VacancyQuery, index, pack, rank, verdicts
from matching.engine.kept import Kept
from tests.matching.engine.crowd import SIZE, crowd, crowd_pool
from tests.matching.engine.makers import Maker, make_vacancy
from tests.matching.engine.people import Person, pool_of, vacancy

FIRST = 600
QUERIES = [vacancy(hours_week=600), *(make_vacancy(Maker.seeded(seed)) for seed in (3, 8, 10, 14))]


def some(start: int, stop: int) -> list[Person]:
    return sorted(crowd()[start:stop], key=lambda person: person.id)


def otherwise(people: list[Person], by: int) -> list[Person]:
    """The same numbers with the facts of other people."""
    return [replace(crowd()[SIZE - by - at], id=person.id) for at, person in enumerate(people)]


def ranked(pool: Pool) -> list[bytes]:
    return [pack(rank(pool, query, top=50)) for query in QUERIES]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many people were looked at for each set of who lacks a language or a skill."""
    sizes: list[int] = []
    lacking = index._lacking

    def counting(status: np.ndarray, minimum: int, bits: int) -> index.Lacking:
        sizes.append(len(status))
        return lacking(status, minimum, bits)

    monkeypatch.setattr(index, "_lacking", counting)
    return sizes


def test_people_who_change_are_put_right_in_what_is_kept(seen: list[int]) -> None:
    people = some(0, FIRST)
    pool = pool_of(*people)
    ranked(pool)
    for turn in range(1, 6):
        moved = people[turn :: 40 * turn]
        now = dict(zip((one.id for one in moved), otherwise(moved, 50 * turn), strict=True))
        people = [now.get(one.id, one) for one in people]
        _ = pool.digest
        pool = pool.changed(pool_of(*now.values()))
        seen.clear()
        found = ranked(pool)
        assert set(seen) == {len(moved)}
        assert found == ranked(pool_of(*people))
        assert pool.digest == pool_of(*people).digest


def test_people_who_come_and_leave_make_it_anew() -> None:
    people = some(0, FIRST)
    pool = pool_of(*people)
    before, _ = ranked(pool), pool.digest
    come, gone = some(FIRST, FIRST + 30), {one.id for one in people[::20]}
    pool = pool.changed(pool_of(*come), gone)
    expected = pool_of(*(one for one in people if one.id not in gone), *come)
    assert ranked(pool) == ranked(expected) != before
    assert pool.digest == expected.digest
    back = pool.changed(pool_of(*people[::20]), [one.id for one in come])
    assert ranked(back) == before
    assert back.digest == pool_of(*people).digest


def test_two_pools_that_grow_from_one_do_not_mix() -> None:
    people = some(0, FIRST)
    pool = pool_of(*people)
    ranked(pool)
    branches = []
    for by in (100, 300):
        moved = otherwise(people[::15], by)
        now = {one.id: one for one in moved}
        branches.append((pool.changed(pool_of(*moved)), pool_of(*(now.get(one.id, one) for one in people))))
    for _ in range(2):
        for found, expected in branches:
            assert ranked(found) == ranked(expected)
    assert ranked(pool) == ranked(pool_of(*people))


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Hours a week, and how many combinations, of each time that hours are measured."""
    found: list[tuple[int, int]] = []
    measure = verdicts.measure_hours

    def counting(query: VacancyQuery, zones: object, codes: np.ndarray, *given: object) -> object:
        found.append((query.hours_week, len(codes)))
        return measure(query, zones, codes, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(verdicts, "measure_hours", counting)
    return found


def test_a_vacancy_ranked_again_measures_no_hours(measured: list[tuple[int, int]]) -> None:
    pool, query = Pool.take(crowd_pool(), np.arange(SIZE // 2)), vacancy(hours_week=600)
    first = pack(rank(pool, query))
    assert measured
    measured.clear()
    assert pack(rank(pool, query)) == pack(rank(pool, replace(query))) == first
    assert not measured
    other = rank(pool, replace(query, hours_week=900))
    assert [hours for hours, _ in measured] == [900]
    anew = Pool.take(crowd_pool(), np.arange(SIZE // 2))
    assert pack(other) == pack(rank(anew, replace(query, hours_week=900)))


def test_after_a_change_only_new_combinations_are_measured(measured: list[tuple[int, int]]) -> None:
    query = vacancy(languages=(), hours_week=600)
    people = some(0, FIRST)
    pool = pool_of(*people)
    rank(pool, query)
    everybody = measured[0][1]
    measured.clear()
    moved = [replace(one, blocks=((2, 60, 720 + 15 * at),)) for at, one in enumerate(people[:5])]
    found = rank(pool.changed(pool_of(*moved)), query)
    assert sum(combinations for _, combinations in measured) <= 5 < everybody
    assert pack(found) == pack(rank(pool_of(*moved, *people[5:]), query))


def test_other_terms_and_other_people_are_judged_anew() -> None:
    query = vacancy(hours_week=600)
    dearer = replace(
        query, places=tuple(replace(one, offer_high=one.offer_high + 50_000) for one in query.places)
    )
    pool = Pool.take(crowd_pool(), np.arange(0, SIZE, 2))
    results = [pack(rank(pool, one)) for one in (query, dearer, query, dearer)]
    assert results[:2] == results[2:]
    assert results[0] != results[1]
    changed = pool.changed(Pool.take(crowd_pool(), np.arange(1, 400, 2)))
    expected = np.union1d(np.arange(0, SIZE, 2), np.arange(1, 400, 2))
    assert pack(rank(changed, query)) == pack(rank(Pool.take(crowd_pool(), expected), query))


def test_what_is_kept_fits_the_room_and_the_longest_unused_goes_first() -> None:
    made: list[int] = []

    def make(size: int) -> bytes:
        made.append(size)
        return bytes(size)

    kept = Kept(100, len)
    for size in (40, 50, 40, 30, 50, 40, 200, 200, 10):
        assert len(kept.get(size, lambda _, size=size: make(size))) == size
    assert made == [40, 50, 30, 50, 40, 200, 10]


def test_what_follows_is_made_of_what_was_there_and_has_no_more_room() -> None:
    kept = Kept(100, len)
    for size in (30, 40, 20):
        kept.get(size, lambda _, size=size: bytes(size))
    after = kept.following()
    assert after.get(20, lambda before: bytes(before or b"-")) == bytes(20)
    assert after.get(60, lambda before: b"-" * 60 if before is None else b"") == b"-" * 60
    assert after.get(30, lambda before: b"-" * 30 if before is None else b"") == b"-" * 30
    assert kept.get(30, lambda before: b"") == bytes(30)


def test_threads_share_what_is_kept() -> None:
    kept = Kept(5)

    def ask(turn: int) -> bool:
        return all(
            kept.get(number, lambda _, number=number: str(number)) == str(number)
            for number in range(turn % 20)
        )

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(400)))
