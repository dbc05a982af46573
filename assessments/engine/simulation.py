"""Many people taking the test at once, for the demo population and for studies of the bank."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assessments.engine.response_model import Parameters, information, log_chances, steps_of
from assessments.engine.scoring import score

ROUTING_ITEMS = 10
SECOND_STAGE_ITEMS = 20
ROUTES = np.linspace(-4.8, 4.8, 13)
"""Abilities (logits) that the second stages are built for."""

CHUNK = 50_000


class Simulated(NamedTuple):
    """Estimated abilities, their standard errors (logits) and the number of items, shape (people,) each."""

    theta: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    items: NDArray[np.int64]


def simulate(true_thetas: NDArray[np.float64], params: Parameters, rng: np.random.Generator) -> Simulated:
    """Answer a two-stage adaptive form of the bank with the given true abilities, and score it.

    Everybody gets the same 10 routing items, spread over the difficulties of the bank; the ability they
    show picks one of 13 second stages, the 20 other items with most information there. A smaller bank
    gives shorter forms. Vectorised: the time is a few seconds a million people, the memory that of 50,000.
    """
    true = np.asarray(true_thetas, dtype=np.float64)
    routing = _routing_rows(params)
    stages = _second_stages(params, routing)
    parts = [
        _simulate_chunk(true[first : first + CHUNK], params, routing, stages, rng)
        for first in range(0, len(true), CHUNK)
    ]
    if not parts:
        return Simulated(np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))
    return Simulated(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _routing_rows(params: Parameters) -> NDArray[np.intp]:
    by_difficulty = np.argsort(params[:, 1], kind="stable")
    count = min(ROUTING_ITEMS, len(params))
    places = (np.arange(count) + 0.5) * len(params) / count
    return by_difficulty[places.astype(np.intp)]


def _second_stages(params: Parameters, routing: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    others = np.setdiff1d(np.arange(len(params)), routing)
    if len(others) == 0:
        return [others for _ in ROUTES]
    found = information(params[others], ROUTES).T
    return [others[np.argsort(-row, kind="stable")[:SECOND_STAGE_ITEMS]] for row in found]


def _simulate_chunk(
    true: NDArray[np.float64],
    params: Parameters,
    routing: NDArray[np.intp],
    stages: list[NDArray[np.intp]],
    rng: np.random.Generator,
) -> Simulated:
    first = answer_credits(true, params[routing], rng)
    shown = score(params[routing], first).theta
    route = np.abs(shown[:, None] - ROUTES[None, :]).argmin(axis=1)
    theta, standard_error = np.empty(len(true)), np.empty(len(true))
    items = np.empty(len(true), dtype=np.int64)
    for number, stage in enumerate(stages):
        people = np.flatnonzero(route == number)
        if len(people) == 0:
            continue
        answers = first[people]
        if len(stage):
            answers = np.hstack([answers, answer_credits(true[people], params[stage], rng)])
        theta[people], standard_error[people] = score(params[np.concatenate([routing, stage])], answers)
        items[people] = answers.shape[1]
    return Simulated(theta, standard_error, items)


def answer_credits(
    true: NDArray[np.float64], params: Parameters, rng: np.random.Generator
) -> NDArray[np.int8]:
    """Credits of people of those abilities (logits), shape (people, items).

    One draw an answer, compared with the chance of each credit or more.
    """
    drawn = rng.random((len(true), len(params)))
    chance = np.exp(log_chances(params, true))
    steps = np.maximum(steps_of(params), 1)
    credit = np.zeros(drawn.shape, dtype=np.int8)
    reached = np.zeros((len(params), len(true)))
    for number in range(chance.shape[1] - 1, 0, -1):
        reached += np.where((steps >= number)[:, None], chance[:, number], 0.0)
        credit += drawn < reached.T
    return credit
