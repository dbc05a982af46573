"""People for the benchmarks, drawn by NumPy from a seed: the same for every engine, on every run.

Shaped like the market: sixty countries of unequal size, three languages a person (their country's, English, one
more), some hundred weekly patterns of which a few are common, half of the people with preferred hours, sparse skills,
localities and experience. A million people take a few seconds.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.world import CHANNELS, EMPLOYERS, LANDS, LANGUAGES, LEARNT, PLACES, REGIONS, SECTORS, SKILLS
from matching.engine import Pool, mask_of_week
from matching.engine import columns as spec

Values = npt.NDArray[Any]
Family = dict[str, dict[str, Values]]

SEED: Final = 20261122
TODAY: Final = 20_779
"""2026-11-22, in days since 1970-01-01."""
DAYS: Final = ((0, 1, 2, 3, 4), tuple(range(7)), (0, 1, 2, 3, 4, 5), (5, 6), (1, 2, 3, 4, 5, 6))
STARTS: Final = tuple(range(5, 21))
LENGTHS: Final = (8, 10, 6, 12, 24)


def make_pool(size: int, seed: int = SEED) -> Pool:
    """The pool of `size` people."""
    rng = np.random.default_rng(seed)
    masks, windows = week_patterns()
    land = _drawn(rng, [one.share for one in LANDS], size)
    languages, fluent = _languages(rng, land)
    channel_months = _months(rng, size, CHANNELS, 0.32)
    others: dict[str, Any] = {
        "skills": _skills(rng, size),
        "localities": _localities(rng, land, fluent),
        "sector_months": _months(rng, size, SECTORS, 0.16),
        **_dense(rng, land, windows),
    }
    return Pool.from_columns(
        candidate_id=np.arange(1, size + 1, dtype=np.int64) * 3 + 1000,
        places=PLACES,
        zones=[one.zone for one in LANDS],
        week_masks=masks,
        languages=languages,
        channel_months=channel_months,
        reserved_sectors=_reserved_sectors(rng, size),
        reserved_employers=_reserved_employers(rng, size),
        **others,
    )


def week_patterns() -> tuple[Values, Values]:
    """uint8 (k, 84) patterns, and int (a, 3): an availability and two preferences within it, as codes."""
    blocks: list[tuple[tuple[int, ...], int, int]] = []
    windows = []
    for days in DAYS:
        for start in STARTS:
            for length in LENGTHS:
                whole = (days, start, length) if length < 24 else (days, 0, 24)
                early, late = (days, start, min(4, length)), (days, start + min(length, 12) - 4, 4)
                windows.append([_code(blocks, one) for one in (whole, early, late)])
    masks = [mask_of_week((day, s % 24 * 60, s % 24 * 60 + n * 60) for day in days) for days, s, n in blocks]
    return np.array(masks), np.array(windows)


def _code(blocks: list[tuple[tuple[int, ...], int, int]], block: tuple[tuple[int, ...], int, int]) -> int:
    if block not in blocks:
        blocks.append(block)
    return blocks.index(block)


def _drawn(rng: np.random.Generator, shares: Any, size: int) -> Values:
    """Positions in `shares`, drawn in proportion to them."""
    edges = np.cumsum(np.array(shares, dtype=np.float64))
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right").astype(np.int16)


def _chance(rng: np.random.Generator, size: int, share: float) -> Values:
    return rng.random(size, dtype=np.float32) < share


def _dense(rng: np.random.Generator, land: Values, windows: Values) -> dict[str, Values]:
    size = len(land)
    pattern = _drawn(rng, pattern_shares(), size)
    wish = rng.integers(0, 4, size)
    hours_max = rng.choice(np.array([20, 24, 32, 36, 40, 40, 40, 48], dtype=np.int16), size) * 60
    usual = np.array([one.pay for one in LANDS], dtype=np.int64)[land] * 100
    asked = usual * rng.integers(60, 195, size) // 100
    right = np.where(_chance(rng, size, 0.93), spec.UNRESTRICTED, TODAY + rng.integers(0, 1440, size))
    start = np.where(_chance(rng, size, 0.57), 0, TODAY + 1 + 7 * rng.integers(-22, 8, size))
    answered = _chance(rng, size, 0.8)[:, None]
    return {
        "listing": (
            _chance(rng, size, 0.97) * spec.AGREED
            + _chance(rng, size, 0.92) * spec.AVAILABLE
            + _chance(rng, size, 0.1) * spec.JUST_LOOKING
        ),
        "earliest_start_day": start,
        "contract_forms": np.where(_chance(rng, size, 0.95), 1, 0) + 2 * _chance(rng, size, 0.3),
        "place_code": _places(rng, land),
        "right_to_work_until_day": np.where(_chance(rng, size, 0.98), right, 0),
        "hours_min": np.minimum(rng.choice(np.array([0, 8, 12, 16, 16, 16, 20, 24]), size) * 60, hours_max),
        "hours_max": hours_max,
        "availability_code": windows[pattern, 0],
        "preferred_code": np.where(wish < 2, -1, windows[pattern, np.maximum(wish - 1, 1)]),
        "zone_code": np.where(_chance(rng, size, 0.99), land, _drawn(rng, [1] * len(LANDS), size)),
        "minimum_pay": np.where(_chance(rng, size, 0.7), asked * 4 // 5, 0),
        "wished_pay": np.where(_chance(rng, size, 0.8), asked, 0),
        "wished_months": rng.choice(np.array([0, 0, 3, 6, 6, 12, 12, 24, 36]), size),
        "work_style": np.where(answered, rng.integers(0, 13, (size, spec.WORK_STYLE_SCALES)), -1).astype(np.int8),
        "experience_months": (rng.gamma(1.1, 26.0, size) * _chance(rng, size, 0.8)).clip(0, 480).astype(np.int16),
    }  # fmt: skip


def pattern_shares() -> Values:
    """How common each availability is: few patterns make up most, and two in three people can work at any hour."""
    shares = 1.0 / (1.0 + np.arange(len(DAYS) * len(STARTS) * len(LENGTHS)) * 37 % 400) ** 0.7
    by_length = shares.reshape(len(DAYS), len(STARTS), len(LENGTHS))
    by_length *= np.array([8, 12, 6, 1, 1])[:, None, None]
    by_length *= np.array([2, 2, 1, 3, 14])
    return by_length.reshape(-1)


def _places(rng: np.random.Generator, land: Values) -> Values:
    """The country's own place, or one of its regions for most people of a country that has some."""
    first = np.array([PLACES.index((one.country, "")) for one in LANDS])
    regions = np.array([len(REGIONS.get(one.country, ())) for one in LANDS])
    drawn = (rng.random(len(land)) * (regions[land] + 1)).astype(np.int64)
    return first[land] + drawn


def _languages(rng: np.random.Generator, land: Values) -> tuple[Family, Values]:
    """Up to three languages a person, and who has their country's first one at C1."""
    size, english = len(land), LANGUAGES.index("en")
    shares = [LEARNT.get(code, 1) for code in LANGUAGES]
    own = np.array([LANGUAGES.index(one.language) for one in LANDS], dtype=np.int16)[land]
    third = _drawn(rng, shares, size)
    second = np.where((own == english) | _chance(rng, size, 0.08), _drawn(rng, shares, size), english)
    parts = []
    for slot, (code, mean, spread, measured) in enumerate(
        ((own, 2300, 900, 0.9), (second, 950, 1000, 0.97), (third, -300, 1100, 0.6))
    ):
        new = np.ones(size, dtype=np.bool_)
        for earlier in (own, second)[:slot]:
            new &= code != earlier
        rows = np.flatnonzero(new)
        parts.append((code[rows], rows, *_levels(rng, len(rows), mean, spread, measured)))
    code, rows, *columns = (np.concatenate(part) for part in zip(*parts, strict=True))
    names = ("rows", "measured_level", "claimed_level", "theta", "standard_error")
    fluent = np.zeros(size, dtype=np.bool_)
    fluent[parts[0][1][parts[0][2] >= 5]] = True
    return _by_code(LANGUAGES, code, dict(zip(names, (rows, *columns), strict=True))), fluent


def _levels(rng: np.random.Generator, size: int, mean: int, spread: int, share: float) -> tuple[Values, ...]:
    """measured_level, claimed_level, theta, standard_error."""
    ability = np.clip(rng.standard_normal(size, dtype=np.float32) * spread + mean, -4000, 4000).astype(
        np.int16
    )
    level = (1 + np.searchsorted(np.array([-2000, -1000, 0, 1000, 2000]), ability, side="right")).astype(
        np.int8
    )
    measured, computed = _chance(rng, size, share), _chance(rng, size, 0.85)
    said = np.clip(level + rng.choice(np.array([-1, 0, 0, 1], dtype=np.int8), size), 1, 6)
    claimed = np.where(measured & _chance(rng, size, 0.1), 0, said).astype(np.int8)
    error = np.where(measured & computed, rng.integers(150, 450, size), 0).astype(np.int16)
    return np.where(measured, level, 0).astype(np.int8), claimed, np.where(error > 0, ability, 0), error


def _by_code(codes: tuple[str, ...], code: Values, columns: dict[str, Values]) -> Family:
    order = np.argsort(code, kind="stable")
    edges = np.searchsorted(code[order], np.arange(len(codes) + 1))
    sorted_columns = {name: values[order] for name, values in columns.items()}
    return {
        name: {part: values[edges[number] : edges[number + 1]] for part, values in sorted_columns.items()}
        for number, name in enumerate(codes)
    }


def _skills(rng: np.random.Generator, size: int) -> Family:
    found: Family = {}
    for code, share in SKILLS.items():
        rows = np.flatnonzero(_chance(rng, size, share / 100))
        measured = rng.choice(np.array([0, 1, 1, 2, 2, 2, 2, 3, 3, 3], dtype=np.int8), len(rows))
        stated = rng.choice(np.array([0, 1, 2, 3], dtype=np.int8), len(rows))
        found[code] = {
            "rows": rows,
            "measured": measured,
            "stated": np.where(measured, stated, stated.clip(1)),
        }
    return found


def _localities(rng: np.random.Generator, land: Values, fluent: Values) -> Family:
    """At home in the own country; one in three has served another, one in seven passed its etiquette test."""
    other = _drawn(rng, [one.pay for one in LANDS], len(land))
    bits = spec.SERVED_CUSTOMERS * _chance(rng, len(land), 0.33)
    bits = bits + spec.ETIQUETTE_PASSED * _chance(rng, len(land), 0.14)
    elsewhere = np.flatnonzero((bits > 0) & (other != land))
    own = spec.LIVED_OR_WORKED + spec.LANGUAGE_C1 * fluent
    rows = np.concatenate([np.arange(len(land)), elsewhere])
    columns = {"rows": rows, "evidence": np.concatenate([own, bits[elsewhere]]).astype(np.uint8)}
    countries = tuple(one.country for one in LANDS)
    return _by_code(countries, np.concatenate([land, other[elsewhere]]), columns)


def _reserved_sectors(rng: np.random.Generator, size: int) -> Family:
    """Three in a hundred keep away from a given sector."""
    found = {code: np.flatnonzero(_chance(rng, size, 0.03)) for code in SECTORS}
    return {code: {"rows": rows, "reserved": np.ones(len(rows), np.uint8)} for code, rows in found.items()}


def _reserved_employers(rng: np.random.Generator, size: int) -> Family:
    """One in twenty keeps away from an employer, and half of those from a second one."""
    rows = np.flatnonzero(_chance(rng, size, 0.05))
    first = rng.integers(1, len(EMPLOYERS), len(rows))
    second = rng.integers(first + 1, len(EMPLOYERS) + 1)
    both = np.flatnonzero(_chance(rng, len(rows), 0.5))
    return {"1": {"rows": rows, "employer": first}, "2": {"rows": rows[both], "employer": second[both]}}


def _months(rng: np.random.Generator, size: int, codes: tuple[str, ...], share: float) -> Family:
    found: Family = {}
    for code in codes:
        rows = np.flatnonzero(_chance(rng, size, share))
        found[code] = {"rows": rows, "months": rng.gamma(1.2, 20.0, len(rows)).clip(1, 240).astype(np.int16)}
    return found
