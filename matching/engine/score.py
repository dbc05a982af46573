"""The two-sided total and what each part contributes to it, in exact integers.

    E = sum of e_i,  e_i = f_i * a_i // 10**7      a_i: employer weights, adding up to 10**7
    C = sum of c_i,  c_i = f_i * b_i // 10**7      b_i: candidate weights, likewise
    S = 2 * E * C // (E + C), 0 when both are 0    (the harmonic mean, rounded down)

Part i contributes f_i * (a_i * 2C**2 / (E+C)**2 + b_i * 2E**2 / (E+C)**2), which adds up to
2EC/(E+C). In integers, with four more digits carried:
    x_i = (e_i * C * 10**4 // (E+C)) * C // (E+C)
    y_i = (c_i * E * 10**4 // (E+C)) * E // (E+C)
    contribution_i = 2 * (x_i + y_i) // 10**4
and what is missing to S goes, one unit each, to the largest contributions, ties by part order
(among zeros, first to parts with e_i + c_i > 0). Only those parts lose by rounding, and each
loses less than 1.001 units, so with seven parts there are never more units than such parts.

Bounds: f, a, b, E, C <= 10**7, so every product stays at or below 10**18 < 2**63.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.engine.scale import Ints, apportion

_CARRY: Final = 10**4


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """employer, candidate, total: int64 (m,), 0..10**7."""

    employer: Ints
    candidate: Ints
    total: Ints


def shares(fits: Ints, weights: tuple[int, ...]) -> Ints:
    """int64 (m, 7): fit times normalised weight; a row adds up to that side's score."""
    normal = np.array(apportion(weights), dtype=np.int64)
    parts: Ints = fits * normal // 10**7
    return parts


def harmonic(employer: Ints, candidate: Ints) -> Ints:
    """2EC // (E + C), and 0 when both are 0."""
    total: Ints = 2 * employer * candidate // np.maximum(employer + candidate, 1)
    return total


def score(fits: Ints, employer: tuple[int, ...], candidate: tuple[int, ...]) -> Scores:
    """Scores of m people from their fits (m, 7) and both sides' effective weights."""
    by_employer = shares(fits, employer).sum(axis=1)
    by_candidate = shares(fits, candidate).sum(axis=1)
    return Scores(by_employer, by_candidate, harmonic(by_employer, by_candidate))


def contributions(fits: Ints, employer: tuple[int, ...], candidate: tuple[int, ...]) -> Ints:
    """int64 (m, 7); every row adds up to that person's total score exactly."""
    by_employer, by_candidate = shares(fits, employer), shares(fits, candidate)
    side_e = by_employer.sum(axis=1, keepdims=True)
    side_c = by_candidate.sum(axis=1, keepdims=True)
    both = np.maximum(side_e + side_c, 1)
    first = by_employer * (side_c * _CARRY) // both * side_c // both
    second = by_candidate * (side_e * _CARRY) // both * side_e // both
    parts: Ints = 2 * (first + second) // _CARRY
    missing = harmonic(side_e, side_c) - parts.sum(axis=1, keepdims=True)
    takes_part = (by_employer + by_candidate) > 0
    order = np.argsort(-(2 * parts + takes_part), axis=1, kind="stable")
    gains = np.arange(parts.shape[1]) < missing
    np.put_along_axis(parts, order, np.take_along_axis(parts, order, axis=1) + gains, axis=1)
    return parts
