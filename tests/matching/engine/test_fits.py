"""Each fit against values worked out by hand."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from matching.engine import SCALE, CountryWeight, Part, PartWeights, locality_share
from matching.engine.ability import cautious_ability
from matching.engine.curves import Curve
from matching.engine.fits import PART_FITS
from matching.engine.fits.commitment import commitment_fit
from matching.engine.fits.culture import EVIDENCE, culture_fit, organisation_value
from matching.engine.fits.experience import SATURATION, experience_fit
from matching.engine.fits.language import ability_value, language_fit, nice_value
from matching.engine.fits.pay import pay_fit, place_values
from matching.engine.fits.skills import must_value, skills_fit, wanted_value
from matching.engine.fits.time import time_fit
from matching.engine.query import CEFR_CUTS
from matching.engine.scale import apportion, integer_sqrt
from tests.matching.engine.people import pool_of, speaker, vacancy


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_curves_are_straight_between_and_flat_outside() -> None:
    curve = Curve(((0, 0), (3, 10), (7, 2)))
    assert curve.at(ints(-5, 0, 1, 2, 3, 5, 7, 99)).tolist() == [0, 0, 3, 6, 10, 6, 2, 2]


def test_integer_sqrt_is_exact() -> None:
    roots = [0, 1, 2, 94_906_265, 94_906_266, 94_906_267, 2_147_483_646, 2_147_483_647]
    values = [v for r in roots for v in (r * r - 1, r * r, r * r + 1) if 0 <= v < 2**62]
    assert integer_sqrt(ints(*values)).tolist() == [math.isqrt(value) for value in values]
    with pytest.raises(ValueError, match="2\\*\\*62"):
        integer_sqrt(ints(-1))


def test_weights_add_up_exactly() -> None:
    assert apportion((1, 1, 1)) == (3_333_334, 3_333_333, 3_333_333)
    assert apportion((0, 2, 1), 10) == (0, 7, 3)
    assert apportion((0, 0)) == (0, 0)


@pytest.mark.parametrize(
    ("measured", "theta", "error", "expected"),
    [
        (4, 300, 300, 7_000_000),  # cautious ability 0, exactly the lower end of B2
        (4, 800, 300, 8_200_000),
        (4, 550, 300, 7_600_000),
        (4, 100, 600, 7_000_000),  # half a logit below, but the band is reached
        (4, 1900, 300, 9_100_000),  # above the band: its upper end
        (5, 1010, 300, 9_100_000),  # C1, never below where B2 ends
        (6, 2900, 300, 10_000_000),
        (4, 0, 0, 7_600_000),  # no theta: middle 500, error 250
        (5, 0, 0, 9_325_000),  # middle 1500, error 250: 1250 above
        (6, 0, 0, 10_000_000),
    ],
)
def test_language_needed_at_b2(measured: int, theta: int, error: int, expected: int) -> None:
    ability = cautious_ability(ints(measured), ints(theta), ints(error), CEFR_CUTS)
    value = ability_value(4, ability, CEFR_CUTS)
    assert value.tolist() == [expected]


def test_a_higher_measured_band_never_counts_for_less() -> None:
    abilities = [-3500, -2001, -1000, -10, 0, 250, 999, 1000, 1400, 2100, 3900]
    cases = [(theta, error) for theta in abilities for error in (0, 50, 300, 900)]
    theta, error = (ints(*column) for column in zip(*cases, strict=True))
    for level in range(1, 7):
        highest = [
            ability_value(
                level, cautious_ability(np.full(len(cases), measured), theta, error, CEFR_CUTS), CEFR_CUTS
            )
            for measured in range(1, 7)
        ]
        for lower, higher in pairwise(highest):
            assert lower.max() <= higher.min()


def test_languages_together() -> None:
    assert nice_value(4, ints(0, 2, 3, 4, 6)).tolist() == [0, 2_500_000, 3_750_000, SCALE, SCALE]
    required = [(ints(7_000_000), 3), (ints(SCALE), 1)]
    assert language_fit(required, []).tolist() == [7_750_000]
    assert language_fit(required, [(ints(0), 1)]).tolist() == [6_587_500]
    assert language_fit([], [(ints(2_500_000), 2)]).tolist() == [2_500_000]


def test_organisation_is_distance_of_answers() -> None:
    team = (6, 6, 6, 6, 6, 6, 6, -1)
    answers = np.array([[6] * 8, [12] * 8, [-1] * 8, [0, 12, -1, -1, -1, -1, -1, 3], [9] + [6] * 7])
    # all equal · 6 of 12 apart everywhere · nothing known · 6 apart on two · 3 apart on one of 7
    last = SCALE - math.isqrt(SCALE * SCALE * 9 // (144 * 7))
    assert organisation_value(answers, team).tolist() == [SCALE, 5_000_000, 5_000_000, 5_000_000, last]
    assert organisation_value(np.array([[12] * 8]), (0,) * 8).tolist() == [0]


def test_a_passed_etiquette_test_counts_as_having_lived_there() -> None:
    assert EVIDENCE[1] == EVIDENCE[4] == EVIDENCE[15] == SCALE
    assert EVIDENCE[0] == 0
    assert [EVIDENCE[bits] for bits in (2, 8, 10)] == [6_000_000, 4_000_000, 8_500_000]


def test_locality_over_team_and_customers() -> None:
    """Weighted within each half; the halves count the same, and one alone counts alone."""
    pool = pool_of(speaker(id=1, localities={"NL": 1, "ES": 2}), speaker(id=2, localities={"ES": 2}))
    team = (CountryWeight("NL", 3), CountryWeight("BE", 1))

    def culture(**asked: Any) -> list[int]:
        query = vacancy(locality_wanted=True, weights=PartWeights(culture=1), **asked)
        return PART_FITS[Part.CULTURE](pool, query, np.arange(2)).tolist()

    assert culture(team_countries=team) == [7_500_000, 0]
    both = culture(team_countries=team, customer_countries=(CountryWeight("ES"),))
    assert both == [6_750_000, 3_000_000]


def test_culture_puts_both_sides_together() -> None:
    organisation, locality = ints(4_000_000), ints(10_000_000)
    assert culture_fit(organisation, locality, 8_000_000).tolist() == [8_800_000]
    assert culture_fit(organisation, locality, 0).tolist() == [4_000_000]
    assert culture_fit(organisation, None, 8_000_000).tolist() == [4_000_000]
    assert culture_fit(None, locality, 1).tolist() == [10_000_000]


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ([8], 8_000_000),
        ([2000], 2_000_000),
        ([400, 300, 300, 250, 250, 200, 200, 100], 277_500),
        ([4, 4], 4_000_000),
        ([100], 5_600_000),
        ([10**6], 2_000_000),
    ],
)
def test_locality_share_of_small_and_large(staff: list[int], expected: int) -> None:
    assert locality_share(staff) == expected


@pytest.mark.parametrize("staff", [[], [0], [5, -1]])
def test_locality_share_needs_people(staff: list[int]) -> None:
    with pytest.raises(ValueError, match="staff"):
        locality_share(staff)


def test_time_by_hand() -> None:
    worked, preferred, night = ints(2400, 2400, 2400, 0), ints(2400, 0, 1200, 0), ints(0, 2400, 600, 0)
    assert time_fit(worked, preferred, night).tolist() == [SCALE, 0, 5_750_000, 0]


PAY_NAMES = ("low", "high", "floor", "market_low", "market_high", "wish")


def fit_of_pay(*amounts: np.ndarray) -> np.ndarray:
    """Offer (low, high), floor, market (low, high) and wish of as many people, each in a place of their own."""
    *of_place, wish = amounts
    return pay_fit(place_values(*of_place), np.arange(len(wish)), wish)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((90_000, 90_000, 0, 0, 0, 0), 5_000_000),  # nothing to compare with
        ((90_000, 90_000, 60_000, 0, 0, 0), 8_500_000),  # one and a half times the floor
        ((66_000, 66_000, 60_000, 0, 0, 0), 4_500_000),
        ((90_000, 110_000, 0, 80_000, 120_000, 0), 7_000_000),  # middle of the band
        ((120_000, 120_000, 0, 80_000, 120_000, 0), 9_500_000),
        ((100_000, 100_000, 0, 100_000, 100_000, 0), 7_000_000),  # a single market figure
        ((100_000, 100_000, 0, 0, 0, 100_000), 10_000_000),
        ((80_000, 80_000, 0, 0, 0, 100_000), 5_000_000),
        ((40_000, 40_000, 0, 0, 0, 100_000), 0),
        ((90_000, 110_000, 60_000, 80_000, 120_000, 125_000), 6_650_000),  # 3·8.5 + 3·7 + 4·5
    ],
)
def test_pay_by_hand(amounts: tuple[int, ...], expected: int) -> None:
    assert fit_of_pay(*(ints(amount) for amount in amounts)).tolist() == [expected]


def test_asking_for_less_than_is_offered_earns_nothing() -> None:
    offer, floor = ints(*[100_000] * 3), ints(*[62_000] * 3)
    none = ints(0, 0, 0)
    fits = fit_of_pay(offer, offer, floor, none, none, ints(100_000, 70_000, 1)).tolist()
    assert fits[0] == fits[1] == fits[2]


def test_skills_by_hand() -> None:
    assert wanted_value(ints(0, 1, 2, 3, 0, 1), ints(0, 3, 0, 0, 3, 3)).tolist() == [
        0, 4_000_000, 7_500_000, SCALE, 3_000_000, 4_000_000,
    ]  # fmt: skip
    assert must_value(1, ints(1, 2, 3)).tolist() == [7_000_000, 9_000_000, SCALE]
    wanted = [(ints(4_000_000), 1), (ints(SCALE), 2)]
    assert skills_fit(wanted, []).tolist() == [8_000_000]
    assert skills_fit([], [ints(7_000_000), ints(9_000_000)]).tolist() == [8_000_000]
    assert skills_fit(wanted, [ints(SCALE)]).tolist() == [8_500_000]


def test_experience_saturates() -> None:
    def value(*months: int) -> np.ndarray:
        return SATURATION.at(ints(*months))

    assert experience_fit(value(0, 6, 18, 60, 900), [], []).tolist() == [
        0, 5_000_000, 7_250_000, SCALE, SCALE,
    ]  # fmt: skip
    # 2·1 + 5·0.65 + 3·(0.5 + 0)/2, over 10
    channels = [(value(6), 1), (value(0), 1)]
    assert experience_fit(value(60), [(value(12), 1)], channels).tolist() == [6_000_000]


@pytest.mark.parametrize(
    ("wish", "offered", "low", "high", "hours", "expected"),
    [
        (0, 6, 1200, 2400, 1800, 10_000_000),
        (12, 6, 1200, 2400, 1800, 7_000_000),
        (6, 12, 1200, 2400, 1800, 7_000_000),
        (0, 6, 1200, 2400, 2400, 9_000_000),
        (0, 6, 1200, 2400, 1200, 9_000_000),
        (0, 6, 2400, 2400, 2400, 10_000_000),
        (6, 0, 2400, 2400, 2400, 5_500_000),
        (36, 0, 2400, 2400, 2400, 10_000_000),
    ],
)
def test_commitment_by_hand(wish, offered, low, high, hours, expected) -> None:
    assert commitment_fit(ints(wish), offered, ints(low), ints(high), hours).tolist() == [expected]
