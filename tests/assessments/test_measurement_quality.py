"""How well the real English bank measures, on simulated people with known abilities."""

import json
from collections import Counter
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from assessments.engine.levels import STANDARD_CUTS, Z_90, band, stop_reason
from assessments.engine.response_model import parameters, response_model
from assessments.engine.scoring import PRIOR_MEAN, PRIOR_SD, score_one
from assessments.engine.selection import FIRST_THETA, item_rng, next_item
from assessments.engine.simulation import simulate

BANK = Path(__file__).resolve().parents[2] / "assessments" / "data" / "english"
ITEMS = [
    item
    for level in ["a1", "a2", "b1", "b2", "c1", "c2"]
    for item in json.loads((BANK / f"{level}.json").read_text("utf-8"))
]
PARAMS = parameters(
    [item["discrimination"] for item in ITEMS],
    [item["difficulty"] for item in ITEMS],
    [len(item["options"]) for item in ITEMS],
)
AREAS = [item["skill"] for item in ITEMS]


def take_test(
    true_theta: float, seed: int, answers: np.random.Generator
) -> tuple[float, float, list[int], str]:
    """One adaptive session by a person of known ability: theta, standard error, rows given, why it stopped."""
    chances = response_model(PARAMS).probability(np.array([[true_theta]]))[0]
    given: list[int] = []
    correct: list[int] = []
    theta, error, aim = PRIOR_MEAN, PRIOR_SD, FIRST_THETA
    while True:
        unseen = set(range(len(PARAMS))) - set(given)
        reason = stop_reason(
            theta, error, STANDARD_CUTS, answered=len(given), unseen=len(unseen), max_items=30
        )
        if reason:
            return theta, error, given, reason
        rng = item_rng(seed, len(given) + 1)
        given.append(next_item(PARAMS, aim, unseen=unseen, given=given, areas=AREAS, rng=rng))
        correct.append(int(answers.random() < chances[given[-1]]))
        theta, error = score_one(PARAMS[given], correct)
        aim = theta


@pytest.fixture(scope="module")
def sessions():
    """300 people spread over the whole scale, fixed seed."""
    rng = np.random.default_rng(20261122)
    true = np.linspace(-4.7, 4.7, 300)
    return true, [take_test(theta, seed, rng) for seed, theta in enumerate(true)]


def test_results_lie_within_one_level(sessions):
    true, results = sessions
    off = np.array(
        [
            abs(band(theta, STANDARD_CUTS) - band(result[0], STANDARD_CUTS))
            for theta, result in zip(true, results, strict=True)
        ]
    )
    assert (off <= 1).mean() >= 0.98
    assert (off == 0).mean() >= 0.65
    assert off.max() <= 2


def test_nobody_is_favoured(sessions):
    true, results = sessions
    errors = np.array([result[0] for result in results]) - true
    assert abs(errors.mean()) <= 0.08
    assert np.sqrt((errors**2).mean()) <= 0.5


def test_the_margin_keeps_its_promise(sessions):
    """Nine in ten true abilities lie inside the 90 % interval; 300 people leave ± 4 % to chance."""
    true, results = sessions
    inside = [abs(result[0] - theta) <= Z_90 * result[1] for theta, result in zip(true, results, strict=True)]
    assert 0.86 <= np.mean(inside) <= 0.96


def test_sessions_stay_short_and_spread_over_the_bank(sessions):
    _, results = sessions
    lengths = [len(result[2]) for result in results]
    assert min(lengths) >= 8
    assert max(lengths) == 30
    exposure = Counter(row for result in results for row in result[2])
    assert max(exposure.values()) <= 0.5 * len(results)
    assert len(exposure) >= 0.95 * len(PARAMS)
    areas = Counter(AREAS[row] for result in results for row in result[2])
    assert abs(areas["reading"] - areas["use_of_language"]) <= len(results)


def test_batch_simulation_has_the_same_quality_as_sessions():
    true = np.random.default_rng(1).normal(0.3, 2.2, 10_000)
    found = simulate(true, PARAMS, np.random.default_rng(2))
    off = np.abs(
        np.searchsorted(STANDARD_CUTS, true, "right") - np.searchsorted(STANDARD_CUTS, found.theta, "right")
    )
    assert (off <= 1).mean() >= 0.99
    assert (off == 0).mean() >= 0.68
    assert abs((found.theta - true).mean()) <= 0.03
    inside = np.abs(found.theta - true) <= Z_90 * found.standard_error
    assert 0.88 <= inside.mean() <= 0.93
    assert set(found.items.tolist()) == {30}


def test_batch_simulation_is_replayable_and_quick():
    true = np.random.default_rng(1).normal(0.3, 2.2, 10_000)
    start = process_time()
    first = simulate(true, PARAMS, np.random.default_rng(2))
    assert process_time() - start < 10
    again = simulate(true, PARAMS, np.random.default_rng(2))
    assert (first.theta == again.theta).all()
    assert (first.standard_error == again.standard_error).all()


def test_a_small_bank_and_nobody_are_simulated_too():
    small = simulate(np.array([0.0, 1.0]), PARAMS[:6], np.random.default_rng(2))
    assert small.items.tolist() == [6, 6]
    assert simulate(np.empty(0), PARAMS, np.random.default_rng(2)).theta.shape == (0,)
