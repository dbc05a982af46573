"""Item parameters from real answers: marginal maximum likelihood through `mirt`, with fixed anchors.

Items that are right or wrong follow the two-parameter logistic model with a fixed guessing c, items with partial credit
the generalised partial credit model; see `response_model`.
"""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.engine.response_model import (
    FIXED_COLUMNS,
    LogChances,
    Parameters,
    log_chances,
    steps_of,
)

if TYPE_CHECKING:
    from mirt.estimation.latent_density import LatentDensity
    from mirt.estimation.mixed_format_em import MixedFormatEMEstimator
    from mirt.models.mixed_format import MixedItemModel
    from mirt.results.fit_result import FitResult

QUADRATURE_POINTS: Final = 61
MOST_ROUNDS: Final = 500
CLOSE_ENOUGH: Final = 1e-5
PRIOR_OF_LOG_A: Final = (float(np.log(1.5)), 0.5)
"""Mean and sd of the logarithm of a."""
PLAIN, GRADED = "3PL", "GPCM"
"""Names that mirt gives its families; 3PL with c held is the two-parameter model with guessing."""

FEWEST_ANSWERS: Final = 200
"""Answers that an item needs before two parameters are estimated (De Ayala 2009, p. 105, names 250 to 500 for a test
without anchors; anchors hold the scale here, and every standard error is shown)."""

FEWEST_OF_EACH_CREDIT: Final = 10
"""Answers needed of each credit, or a step has nothing to be estimated from."""


class Population(NamedTuple):
    """A normal distribution of abilities, in logits."""

    mean: float
    sd: float


class Calibration(NamedTuple):
    """`params` as given, with the free rows estimated. Standard errors in logits (of a: a per logit), shape (items,),
    NaN where a row was held or the information is singular. `population` as estimated, or as it was fixed."""

    params: Parameters
    se_a: NDArray[np.float64]
    se_b: NDArray[np.float64]
    population: Population
    log_likelihood: float
    converged: bool


def answers_needed(answers: ArrayLike, steps: int) -> int:
    """How many more answers an item needs before it can be calibrated; 0 when it can be.

    `answers`: shape (people,), −1 not given; `steps`: 0 for right or wrong. 200 answers for one step and 100 more for each
    further one, and 10 of each credit (each counted as one missing answer).
    """
    given = np.asarray(answers)
    given = given[given >= 0]
    most = max(steps, 1)
    wanted = FEWEST_ANSWERS + 100 * (most - 1)
    rare = sum(max(0, FEWEST_OF_EACH_CREDIT - int((given == credit).sum())) for credit in range(most + 1))
    return max(wanted - len(given), rare, 0)


def calibrate(
    params: Parameters,
    answers: ArrayLike,
    free: ArrayLike,
    *,
    population: Population | None = None,
    prior: bool = True,
) -> Calibration:
    """Estimate a, b and steps of the free rows; all others, and every c, stay as they are (Kim 2006: fixed parameter
    calibration with the ability distribution estimated anew in each round).

    `params` (items, 3 or more), also the values to start from; `answers` (people, items), −1 not given; `free` (items,).
    The abilities are normal: with `population` as given, else estimated, which takes rows that are not free. Bock and
    Aitkin (1981) by EM on 61 points; standard errors from the observed information (Louis 1982), by mirt. `prior`: a is
    log-normal around 1.5, so that a hundred answers cannot make an item look infinitely sharp (Mislevy 1986); without it the
    estimates are those of maximum likelihood.
    Raises ValueError when nothing is free, or nothing holds the scale.
    """
    from mirt.estimation.latent_density import GaussianDensity
    from threadpoolctl import threadpool_limits

    rows = np.asarray(free, dtype=np.bool_)
    if not rows.any() or (rows.all() and population is None):
        raise ValueError("something has to be free, and something has to hold the scale")
    begin = population or Population(0.0, 1.0)
    density = GaussianDensity(
        mean=np.array([begin.mean]),
        cov=np.array([[begin.sd**2]]),
        estimate_mean=population is None,
        estimate_cov=population is None,
    )
    model = _model(params, rows)
    # The matrices of one item are tiny: threads that wait for each other take fifteen times as long as one.
    with threadpool_limits(limits=1):
        fitted = _estimator(density, prior).fit(model, np.asarray(answers, dtype=np.int_), start="model")
    return Calibration(
        _parameters_of(model, params, rows),
        *_errors(fitted, params),
        population=Population(float(density.mean[0]), float(np.sqrt(density.cov[0, 0]))),
        log_likelihood=float(fitted.log_likelihood),
        converged=bool(fitted.converged),
    )


def _estimator(density: "LatentDensity", prior: bool) -> "MixedFormatEMEstimator":
    from mirt.estimation.mixed_format_em import MixedFormatEMEstimator
    from mirt.estimation.priors import LogNormalPrior

    return MixedFormatEMEstimator(
        n_quadpts=QUADRATURE_POINTS,
        max_iter=MOST_ROUNDS,
        tol=CLOSE_ENOUGH,
        latent_density=density,
        item_priors={"discrimination": LogNormalPrior(*PRIOR_OF_LOG_A)} if prior else None,
    )


def _model(params: Parameters, free: NDArray[np.bool_]) -> "MixedItemModel":
    from mirt.models.dichotomous import ThreeParameterLogistic
    from mirt.models.mixed_format import MixedItemModel
    from mirt.models.polytomous import GeneralizedPartialCredit

    steps = steps_of(params)
    plain, graded = np.flatnonzero(steps == 0), np.flatnonzero(steps)
    parts: list[Any] = []
    if len(plain):
        logistic = ThreeParameterLogistic(len(plain))
        a, b, c = params[plain, :FIXED_COLUMNS].T
        logistic.set_parameters(discrimination=a, difficulty=b, guessing=c)
        held = np.zeros(len(plain), dtype=np.bool_)
        logistic.set_free_parameter_masks(
            {"discrimination": free[plain], "difficulty": free[plain], "guessing": held}
        )
        parts.append((logistic, plain))
    if len(graded):
        partial = GeneralizedPartialCredit(len(graded), n_categories=(steps[graded] + 1).tolist())
        places = _places(params[graded])
        partial.set_parameters(discrimination=params[graded, 0], steps=np.nan_to_num(places))
        partial.set_free_parameter_masks(
            {"discrimination": free[graded], "steps": np.isfinite(places) & free[graded, None]}
        )
        parts.append((partial, graded))
    model = MixedItemModel(parts)
    model._is_fitted = True  # "fitted" means to mirt that it starts from these values
    return model


def _places(params: Parameters) -> NDArray[np.float64]:
    """Places of the steps on the scale: b plus the offsets, shape (items, most steps), NaN where none are."""
    most = int(steps_of(params).max(initial=0))
    return np.asarray(params[:, 1:2] + params[:, FIXED_COLUMNS : FIXED_COLUMNS + most])


def _parameters_of(model: "MixedItemModel", params: Parameters, free: NDArray[np.bool_]) -> Parameters:
    """The given rows with the free ones as estimated; the offsets of steps add up to 0."""
    found, steps = params.copy(), steps_of(params)
    estimated = model.parameters
    for number, row in enumerate(np.flatnonzero(steps == 0)):
        if free[row]:
            found[row, :2] = (
                estimated[f"{PLAIN}.discrimination"][number],
                estimated[f"{PLAIN}.difficulty"][number],
            )
    for number, row in enumerate(np.flatnonzero(steps)):
        if free[row]:
            places = estimated[f"{GRADED}.steps"][number][: steps[row]]
            found[row, :2] = estimated[f"{GRADED}.discrimination"][number], places.mean()
            found[row, FIXED_COLUMNS : FIXED_COLUMNS + steps[row]] = places - places.mean()
    return found


def _errors(fitted: "FitResult", params: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Standard errors of a and b, shape (items,) each. b of partial credit is the mean of its places."""
    names = {name: place for place, name in enumerate(fitted.vcov_labels or [])}
    se_a, se_b = np.full(len(params), np.nan), np.full(len(params), np.nan)
    if fitted.vcov is None:
        return se_a, se_b
    for row, steps in enumerate(steps_of(params)):
        family, item = (GRADED, f"Item_{row}") if steps else (PLAIN, f"Item_{row}")
        of_b = (
            [f"{GRADED}.steps[{item},{step}]" for step in range(steps)]
            if steps
            else [f"{PLAIN}.difficulty[{item}]"]
        )
        if f"{family}.discrimination[{item}]" not in names:
            continue
        place, places = names[f"{family}.discrimination[{item}]"], [names[name] for name in of_b]
        se_a[row] = np.sqrt(fitted.vcov[place, place])
        se_b[row] = np.sqrt(fitted.vcov[np.ix_(places, places)].mean())
    return se_a, se_b


class Fit(NamedTuple):
    """Mean squares of the residuals of each item, shape (items,); 1 is expected, NaN where nobody answered."""

    infit: NDArray[np.float64]
    outfit: NDArray[np.float64]


TINY: Final = 1e-12
FIT_RANGE: Final = (0.7, 1.3)
"""Infit that calls for nobody's attention (Wright and Linacre 1994, for multiple choice). Outfit is shown beside it: one
lucky guess far from a person's ability moves it."""


def item_fit(params: Parameters, answers: ArrayLike, population: Population) -> Fit:
    """How far answers lie from what the model expects: outfit weights all alike, infit by what is expected to vary.

    Outfit is the mean of (x − E)² / V, infit Σ(x − E)² / ΣV (Wright and Masters 1982, ch. 5), each averaged over the
    posterior of the person's ability instead of taken at an estimate, so that 1 is expected however short the test was.
    `answers`: (people, items), −1 not given.
    """
    given = np.asarray(answers)
    thetas = np.linspace(-5, 5, QUADRATURE_POINTS) * population.sd + population.mean
    logs = log_chances(params, thetas)
    weight = _posterior(logs, given, thetas, population)
    mean, variance = _moments(params, logs)
    infit, outfit = np.full(len(params), np.nan), np.full(len(params), np.nan)
    for row in range(len(params)):
        people = given[:, row] >= 0
        if not people.any():
            continue
        square = (given[people, row][:, None] - mean[row]) ** 2
        own = weight[people]
        outfit[row] = (own * square / variance[row]).sum(axis=1).mean()
        infit[row] = (own * square).sum() / (own * variance[row]).sum()
    return Fit(infit, outfit)


def _posterior(
    logs: LogChances, given: NDArray[Any], thetas: NDArray[np.float64], population: Population
) -> NDArray[np.float64]:
    log = np.tile(-(((thetas - population.mean) / population.sd) ** 2) / 2, (len(given), 1))
    for credit in range(logs.shape[1]):
        log += (given == credit).astype(np.float64) @ logs[:, credit]
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _moments(params: Parameters, logs: LogChances) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance of the credit at each ability, shape (items, abilities) each."""
    credit = np.arange(logs.shape[1])[:, None]
    most = np.maximum(steps_of(params), 1)[:, None, None]
    chance = np.where(credit <= most, np.exp(logs), 0.0)
    mean = (chance * credit).sum(axis=1)
    return mean, np.maximum((chance * credit**2).sum(axis=1) - mean**2, TINY)


def linked(found: Parameters, before: Parameters, rows: ArrayLike) -> Parameters:
    """`found` moved and stretched so that the b of `rows` have the mean and sd that they have in `before`.

    Mean/sigma linking (Marco 1977): b* = A b + B, steps* = A steps, a* = a / A. For a first calibration, when no item
    holds the scale yet: all of them together then keep where the experts laid it. Two rows or more.
    """
    own, old = found[np.asarray(rows), 1], before[np.asarray(rows), 1]
    stretch = old.std() / own.std()
    moved = found.copy()
    moved[:, 0] /= stretch
    moved[:, 1] = stretch * found[:, 1] + old.mean() - stretch * own.mean()
    moved[:, FIXED_COLUMNS:] *= stretch
    return moved
