"""From answers to what they say of each item: which items are free, which hold the scale, fit, differences."""

from math import isfinite
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assessments.engine.calibration import (
    Calibration,
    Population,
    answers_needed,
    calibrate,
    item_fit,
    linked,
)
from assessments.engine.dif import FEWEST_IN_GROUP, logistic_check, mantel_haenszel, strata_tables
from assessments.engine.response_model import Parameters, steps_of
from assessments.enums import ItemState
from assessments.queries.calibration import Answers, Split, splits

FEWEST_TO_HOLD: Final = 10
"""Items that hold the scale: calibrated ones as anchors, or, where there are fewer, all free ones by their mean and sd."""

HISTOGRAM: Final = np.arange(-7.0, 7.25, 0.5)
"""Edges of the bars of abilities, in logits."""


class TooFewAnswers(Exception):
    """Nothing can be calibrated yet; `found` says what each item lacks, and how many have enough."""

    def __init__(self, found: dict[str, Any]) -> None:
        super().__init__("too few answers")
        self.found = found


def study(answers: Answers) -> dict[str, Any]:
    """Everything that a calibration shows, as data. Raises TooFewAnswers."""
    needed = [
        answers_needed(answers.given[:, column], int(steps))
        for column, steps in enumerate(steps_of(answers.rows))
    ]
    enough = np.array(needed, dtype=np.int64) == 0 if needed else np.zeros(0, dtype=np.bool_)
    in_use = np.array([item.state in (ItemState.PILOT, ItemState.LIVE) for item in answers.items], np.bool_)
    seen = (answers.given >= 0).any(axis=0) if len(answers.given) else np.zeros(len(needed), np.bool_)
    anchored = int((answers.anchors & seen).sum()) >= FEWEST_TO_HOLD
    free = enough & in_use & ~answers.anchors if anchored else enough & in_use
    held = answers.anchors & seen & ~free if anchored else np.zeros_like(free)
    fewest = 1 if anchored else FEWEST_TO_HOLD
    if free.sum() < fewest:
        rows = _rows(answers, needed, answers.rows, None, np.flatnonzero(held))
        raise TooFewAnswers({"items": rows, "free": int(free.sum()), "fewest": fewest})
    columns = np.flatnonzero(free | held)
    found, params = _calibrated(answers, columns, free, anchored)
    return {
        "anchored": anchored,
        "anchors": int(held.sum()),
        "converged": found.converged,
        "log_likelihood": found.log_likelihood,
        "items": _rows(answers, needed, params, _figures(answers, columns, found), np.flatnonzero(held)),
        "people": _histogram(answers.theta),
        "differences": _differences(answers, np.flatnonzero(in_use)),
    }


def _calibrated(
    answers: Answers, columns: NDArray[np.intp], free: NDArray[np.bool_], anchored: bool
) -> tuple[Calibration, Parameters]:
    """The free rows estimated; without anchors moved so that together they lie where they lay."""
    population = None if anchored else Population(float(answers.theta.mean()), float(answers.theta.std()))
    rows = answers.rows[columns]
    found = calibrate(rows, answers.given[:, columns], free[columns], population=population)
    params = answers.rows.copy()
    if anchored:
        params[columns] = found.params
        return found, params
    moved = linked(found.params, rows, np.flatnonzero(free[columns]))
    stretch = float(found.params[0, 0] / moved[0, 0])
    params[columns] = moved
    return found._replace(se_a=found.se_a / stretch, se_b=found.se_b * stretch), params


def _figures(
    answers: Answers, columns: NDArray[np.intp], found: Calibration
) -> dict[int, dict[str, float | None]]:
    fit = item_fit(found.params, answers.given[:, columns], found.population)
    return {
        int(column): {
            "se_a": _finite(found.se_a[place]),
            "se_b": _finite(found.se_b[place]),
            "infit": _finite(fit.infit[place]),
            "outfit": _finite(fit.outfit[place]),
        }
        for place, column in enumerate(columns)
    }


def _rows(
    answers: Answers,
    needed: list[int],
    params: Parameters,
    figures: dict[int, dict[str, float | None]] | None,
    held: NDArray[np.intp],
) -> list[dict[str, Any]]:
    anchors = set(held.tolist())
    rows = []
    for column, item in enumerate(answers.items):
        if item.state == ItemState.RETIRED:
            continue
        own = (figures or {}).get(column)
        rows.append(
            {
                "code": item.code,
                "answers": int((answers.given[:, column] >= 0).sum()),
                "needed": needed[column],
                "anchor": column in anchors,
                "before": _list(answers.rows[column]),
                "after": _list(params[column]) if own and column not in anchors else None,
                **(own or {}),
            }
        )
    return rows


def _list(row: NDArray[np.float64]) -> list[float]:
    return [float(number) for number in row if np.isfinite(number)]


def _finite(number: float) -> float | None:
    return float(number) if isfinite(number) else None


def _histogram(theta: NDArray[np.float64]) -> list[dict[str, float]]:
    counts, edges = np.histogram(np.clip(theta, HISTOGRAM[0], HISTOGRAM[-1]), HISTOGRAM)
    return [{"low": float(low), "people": int(count)} for low, count in zip(edges[:-1], counts, strict=True)]


def _differences(answers: Answers, columns: NDArray[np.intp]) -> list[dict[str, Any]]:
    """One entry for each item and pair of groups that is large enough to be compared."""
    found = []
    for split in splits(answers.facts):
        for column in columns:
            if entry := _difference(answers, int(column), split):
                found.append(entry)
    return found


def _difference(answers: Answers, column: int, split: Split) -> dict[str, Any] | None:
    given = answers.given[:, column] >= 0
    focal, reference = split.focal & given, split.reference & given
    if min(focal.sum(), reference.sum()) < FEWEST_IN_GROUP:
        return None
    both = focal | reference
    theta, right, in_focal = answers.theta[both], answers.right[both, column], focal[both]
    compared = mantel_haenszel(strata_tables(theta, right, in_focal))
    if compared is None:
        return None
    check = logistic_check(theta, right, in_focal)
    return {
        "code": answers.items[column].code,
        "fact": split.fact,
        "focal": split.focal_name,
        "reference": split.reference_name,
        "people": [int(focal.sum()), int(reference.sum())],
        "delta": compared.delta,
        "standard_error": compared.standard_error,
        "class": compared.ets_class,
        "uniform_p": check.uniform_p if check else None,
        "non_uniform_p": check.non_uniform_p if check else None,
        "flagged": compared.ets_class != "A" or bool(check and check.real),
    }
