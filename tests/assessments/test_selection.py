"""Which item comes next, and which items rest."""

from fractions import Fraction
from statistics import median
from time import perf_counter

import numpy as np
import pytest

from assessments.engine.draws import draws
from assessments.engine.exposure import EASE, FEWEST, LIMIT, free_items, shares
from assessments.engine.response_model import information, parameter_rows, parameters, response_model
from assessments.engine.selection import area_numbers, next_item, next_items

BANK = parameters([1.5] * 60, np.linspace(-3, 3, 60), [4] * 60)
AREAS = ["reading", "use_of_language"] * 30


def choose(theta=0.0, given=(), unseen=None, seed=1, areas=AREAS, params=BANK):
    unseen = set(range(len(params))) - set(given) if unseen is None else unseen
    return next_item(params, theta, unseen=unseen, given=given, areas=areas, seed=seed)


# --- draws ----------------------------------------------------------------------------------------------------


def splitmix(state: int) -> int:
    """One step of SplitMix64 in Python's own numbers."""
    mask = 2**64 - 1
    state = (state + 0x9E3779B97F4A7C15) & mask
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & mask
    return state ^ (state >> 31)


def test_the_generator_is_splitmix64():
    """First number of the stream with seed 1234567, as published with the generator."""
    assert splitmix(1234567) == 6457827717110365317
    assert draws(1234567) == (6457827717110365317 >> 11) / 2**53


@pytest.mark.parametrize("seed", [0, 7, 2**63 - 1])
def test_places_are_hashed_in_turn(seed):
    expected = splitmix(splitmix(splitmix(seed) ^ 3) ^ 12) >> 11
    assert draws(seed, 3, 12) == expected / 2**53
    assert draws(np.array([5, seed]), 3, 12)[1] == expected / 2**53


def test_draws_are_spread_evenly():
    drawn = draws(np.arange(20_000), 1)
    assert np.histogram(drawn, 10, (0, 1))[0].min() > 1850
    assert abs(np.corrcoef(drawn, draws(np.arange(20_000), 2))[0, 1]) < 0.03


# --- choice of items ------------------------------------------------------------------------------------------


def test_the_same_seed_chooses_the_same_item_and_seeds_differ():
    assert choose(seed=3) == choose(seed=3)
    assert len({choose(seed=seed) for seed in range(200)}) == 12


def test_the_choice_is_among_the_most_informative():
    found = response_model(BANK).information(np.array([[0.7]]))[0]
    best = set(np.argsort(-found, kind="stable")[:12].tolist())
    assert {choose(theta=0.7, seed=seed) for seed in range(300)} == best
    later = {choose(theta=0.7, given=(0, 1, 2, 3), seed=seed) for seed in range(100)}
    assert later == set(np.argsort(-found, kind="stable")[:4].tolist())


def test_the_area_that_is_behind_comes_next():
    for seed in range(30):
        assert AREAS[choose(given=(0,), seed=seed)] == "use_of_language"
        assert AREAS[choose(given=(1, 3, 0), seed=seed)] == "reading"


def test_a_whole_session_gives_both_areas_equally_and_no_item_twice():
    given: list[int] = []
    for _ in range(30):
        given.append(choose(given=tuple(given), seed=8))
    assert len(set(given)) == 30
    assert sum(AREAS[row] == "reading" for row in given) == 15


def test_only_unseen_items_are_chosen_even_when_their_area_is_ahead():
    assert choose(given=(0, 2, 4), unseen={6}) == 6


def test_graded_and_plain_items_are_chosen_among_each_other():
    rng = np.random.default_rng(3)
    rows = [
        [1.5, b, 0.25] if n % 2 else [1.2, b, 0.0, -1.0, 0.0, 1.0]
        for n, b in enumerate(rng.uniform(-2, 2, 30))
    ]
    given: list[int] = []
    for _ in range(18):
        given.append(
            choose(
                given=tuple(given), params=parameter_rows(rows), areas=[str(n % 3) for n in range(30)], seed=7
            )
        )
    assert len(set(given)) == 18
    assert {len([n for n in given if n % 3 == area]) for area in range(3)} == {6}
    assert {n % 2 for n in given} == {0, 1}


def chosen_in_plain_python(params, theta, free, given, areas, seed):
    """The same rule without arrays."""
    number = {area: sum(areas[row] == area for row in given) for area in set(areas)}
    open_areas = {areas[row] for row in free}
    fewest = min(number[area] for area in open_areas)
    left = [row for row in sorted(free) if number[areas[row]] == fewest]
    found = {row: information(params[[row]], np.array([theta]))[0, 0] for row in left}
    ranked = sorted(left, key=lambda row: -found[row])
    best = ranked[: {0: 12, 1: 10}.get(len(given), 4)]
    drawn = Fraction(splitmix(splitmix(seed) ^ (len(given) + 1)) >> 11, 2**53)
    return best[int(drawn * len(best))]


def test_many_sessions_at_once_choose_as_one_by_one_and_as_the_plain_twin():
    rng = np.random.default_rng(5)
    params = parameters(rng.uniform(1.3, 2.1, 60), rng.uniform(-4.9, 4.9, 60), [4] * 60)
    areas = [str(number) for number in rng.integers(0, 3, 60)]
    given, free = np.zeros((2, 40, 60), dtype=bool)
    for line in range(40):
        shuffled = rng.permutation(60)
        given[line, shuffled[:5]] = True
        free[line, shuffled[5 : 6 + line]] = True
    thetas, seeds = rng.uniform(-5, 5, 40), rng.integers(0, 2**62, 40)
    together = next_items(params, thetas, free=free, given=given, areas=area_numbers(areas), seeds=seeds)
    for line, row in enumerate(together.tolist()):
        unseen, before = np.flatnonzero(free[line]).tolist(), np.flatnonzero(given[line]).tolist()
        alone = next_item(
            params, thetas[line], unseen=unseen, given=before, areas=areas, seed=int(seeds[line])
        )
        plain = chosen_in_plain_python(params, thetas[line], unseen, before, areas, int(seeds[line]))
        assert row == alone == plain


def test_choosing_from_a_thousand_items_takes_under_three_milliseconds():
    rng = np.random.default_rng(0)
    params = parameters(rng.uniform(1.3, 2.1, 1000), rng.uniform(-4.9, 4.9, 1000), [4] * 1000)
    areas, given = ["reading", "use_of_language"] * 500, list(range(20))
    times = []
    for seed in range(21):
        start = perf_counter()
        choose(0.3, given=given, areas=areas, params=params, seed=seed)
        times.append(perf_counter() - start)
    assert median(times) < 0.003


# --- items that rest ------------------------------------------------------------------------------------------


def test_shares_of_a_young_bank_are_taken_of_a_hundred_sessions():
    assert shares([30, 0], 60).tolist() == [30 / FEWEST, 0]
    assert shares([150, 60], 500).tolist() == [0.3, 0.12]


def test_an_item_rests_the_more_often_the_more_it_was_given():
    halfway = (LIMIT + EASE) / 2
    recent = np.array([0.0, EASE, halfway, LIMIT, 0.9] + [0.0] * 95)
    free = free_items(recent, np.arange(4000), np.ones((4000, 100), dtype=bool), max_items=30)
    often = free.mean(axis=0)
    assert often[[0, 1, 3, 4]].tolist() == [1, 1, 0, 0]
    assert often[2] == pytest.approx(0.5, abs=0.03)
    assert often[5:].min() == 1


def test_which_items_rest_hangs_on_the_seed_alone():
    recent, unseen = np.full(100, (LIMIT + EASE) / 2), np.ones((2, 100), dtype=bool)
    both = free_items(recent, [9, 10], unseen, max_items=10)
    assert (both[0] == free_items(recent, [9], unseen[:1], max_items=10)[0]).all()
    assert (both[0] != both[1]).any()


def test_nothing_rests_for_somebody_who_has_few_items_left():
    recent, unseen = np.full(100, 0.9), np.ones((2, 100), dtype=bool)
    recent[:60] = 0.0
    unseen[1, :10] = False
    free = free_items(recent, [1, 1], unseen, max_items=34)
    assert free[0].sum() == 60
    assert (free[1] == unseen[1]).all()
