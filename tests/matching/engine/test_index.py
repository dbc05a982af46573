"""What a pool keeps of the sets that gates ask for: right, bounded, and safe for several threads."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from matching.engine import Pool
from matching.engine.bitmaps import bitmap_of, count, everybody, flags, rows_in
from tests.matching.engine.crowd import crowd_pool


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_ask_for_more_than_is_kept(hurried: None) -> None:
    pool = Pool.take(crowd_pool(), np.arange(64))
    days = list(range(19_000, 19_400))
    expected = {day: count(bitmap_of(pool.right_to_work_until_day < day)) for day in days}

    def ask(turn: int) -> bool:
        return all(
            count(pool.index.right_ending_before(day)) == expected[day] for day in days[turn:] + days[:turn]
        )

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(0, 400, 25)))


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 1000])
def test_bitmaps_hold_what_they_were_made_of(size: int) -> None:
    found = np.random.default_rng(size).random(size) < 0.3
    bitmap = bitmap_of(found)
    assert count(bitmap) == int(found.sum())
    assert rows_in(bitmap, size).tolist() == np.flatnonzero(found).tolist()
    assert flags(bitmap, size).tolist() == found.tolist()
    assert count(everybody(size)) == size
    assert count(everybody(size) & ~bitmap) == size - int(found.sum())
