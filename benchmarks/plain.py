"""The plain vectorised loop: NumPy over everybody, one vacancy after another, nothing kept and nothing skipped.

What anybody would write first. It computes the same as the engine, and the benchmark asserts that.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import figures as f
from benchmarks.outcome import NEAR, SOFT_NUMBERS, TOP, Outcome, outcome_from
from benchmarks.wide import People, Table, column, reservations
from matching.engine import CountryWeight, VacancyQuery
from matching.engine import columns as spec

Values = npt.NDArray[Any]
N = f.N
Finding = tuple[int, Values]


def plain_rank(people: People, query: VacancyQuery) -> Outcome:
    """Judge and score everybody for one vacancy."""
    found, wide = people.lookups(query), people.wide
    places = {name: values[wide["place_code"]] for name, values in found.places.items()}
    hours = {name: values[wide["hours_code"]] for name, values in found.hours.items()}
    gates = _gates(query, wide, places, hours)
    first = np.zeros(len(people), dtype=np.uint8)
    hard = np.zeros(len(people), dtype=np.bool_)
    for gate in gates:
        numbers, conditions = zip(*gate, strict=True)
        reason = np.select(conditions, [np.uint8(number) for number in numbers], np.uint8(0))
        first = np.where(first == 0, np.where(hard, 0, reason), first)
        hard |= (reason != 0) & ~np.isin(reason, SOFT_NUMBERS)
    first += NEAR * ((first != 0) & ~hard).astype(np.uint8)
    fits = [
        _language(query, wide),
        _culture(query, wide),
        _time(hours),
        _pay(wide, places),
        _skills(query, wide),
        _experience(query, wide),
        _commitment(query, wide),
    ]
    ours, theirs = (
        sum((fit * share // f.UNIT for fit, share in zip(fits, side, strict=True)), start=np.int64(0))
        for side in f.shares(query)
    )
    total = 2 * ours * theirs // np.maximum(ours + theirs, 1)
    eligible = np.flatnonzero(first == 0)
    best = eligible[np.argsort(-total[eligible], kind="stable")[:TOP]]
    rows = np.column_stack([values[best] for values in (wide["candidate_id"], total, ours, theirs, *fits)])
    counts = np.bincount(first, minlength=1)
    return outcome_from({int(n): int(counts[n]) for n in np.flatnonzero(counts)}, rows)


def _gates(query: VacancyQuery, wide: Table, places: Table, hours: Table) -> list[list[Finding]]:
    listing, until = wide["listing"], wide["right_to_work_until_day"]
    late = (wide["earliest_start_day"] > query.start_day) & (listing & spec.JUST_LOOKING == 0)
    languages = [("languages", need.code, need.level) for need in query.languages]
    skills = [("skills", need.code, need.minimum) for need in query.must_skills]
    gates = [
        [
            (N["NOT_AGREED"], listing & spec.AGREED == 0),
            (N["NOT_AVAILABLE"], listing & spec.AVAILABLE == 0),
            (N["STARTS_LATER"], late),
            *((N["RESERVED"], wide[name] == value) for name, value in reservations(query, wide)),
            (N["FORM_NOT_ACCEPTED"], wide["contract_forms"] & query.contract_form == 0),
            (N["NOT_HIREABLE"], places["hireable"] == 0),
            (N["NO_RIGHT_STATED"], until == 0),
            (N["RIGHT_ENDS_EARLY"], until < query.end_day),
        ],
        _levels(wide, languages, ("measured_level", "claimed_level"), "LANGUAGE", "CLAIMED"),
        _levels(wide, skills, ("measured", "stated"), "SKILL", "STATED"),
        [
            (N["BELOW_FLOOR"], places["below_floor"] == 1),
            (N["BELOW_MINIMUM"], places["offer_high"] < wide["minimum_pay"]),
            (N["FLOOR_UNKNOWN"], places["floor_unknown"] == 1),
        ],
        [
            (N["FEWER_HOURS"], wide["hours_min"] > query.hours_week),
            (N["MORE_HOURS"], wide["hours_max"] < query.hours_week),
            (N["MUST_BLOCK"], hours["must_shortfall"] > 0),
            (N["OVERLAP"], hours["shortfall"] > 0),
        ],
    ]
    return [gate for gate in gates if gate]


def _levels(
    wide: Table, needs: Sequence[tuple[str, str, int]], parts: tuple[str, str], what: str, said: str
) -> list[Finding]:
    if not needs:
        return []
    below, unstated, said_below, unmeasured = np.zeros((4, len(wide["candidate_id"])), dtype=np.bool_)
    for family, code, minimum in needs:
        measured, stated = (wide[column(family, code, part)] for part in parts)
        below |= (measured > 0) & (measured < minimum)
        unstated |= (measured == 0) & (stated == 0)
        said_below |= (measured == 0) & (stated > 0) & (stated < minimum)
        unmeasured |= measured == 0
    names = (f"{what}_BELOW", f"{what}_NOT_STATED", f"{what}_{said}_BELOW", f"{what}_NOT_MEASURED")
    return [
        (N[name], found) for name, found in zip(names, (below, unstated, said_below, unmeasured), strict=True)
    ]


def _language(query: VacancyQuery, wide: Table) -> Values:
    band, reach = np.array(f.edges(query)), np.array(f.reaches(query))
    required, nice = [], []
    for need in query.languages:
        level = np.maximum(_number(wide, "languages", need.code, "measured_level"), 1)
        theta, error = (_number(wide, "languages", need.code, part) for part in ("theta", "standard_error"))
        low, high = band[level - 1], band[level]
        least, most = reach[level - 1].T
        cautious = np.clip(theta - error, least, most)
        ability = np.where(error > 0, cautious, (low + high) // 2 - (high - low) // 4)
        headroom = np.clip(ability - band[need.level - 1], f.HEADROOM_FROM, f.HEADROOM_TO)
        required.append((f.HEADROOM_TABLE[headroom - f.HEADROOM_FROM], need.weight))
    for need in query.nice_languages:
        level = _number(wide, "languages", need.code, "measured_level")
        nice.append((np.where(level >= need.level, f.UNIT, f.UNIT * level // (2 * need.level)), need.weight))
    return _both(required, nice, 17, 3, 20)


def _culture(query: VacancyQuery, wide: Table) -> Values:
    if query.organisation is None or not query.locality_wanted:
        raise NotImplementedError("the cases ask for both sides of culture")
    squares, known = np.zeros((2, len(wide["candidate_id"])), dtype=np.int64)
    for scale, wanted in enumerate(query.organisation):
        if wanted >= 0:
            answer = wide[f"style_{scale}"].astype(np.int64)
            squares += np.where(answer >= 0, (answer - wanted) ** 2, 0)
            known += answer >= 0
    root = np.sqrt(f.UNIT**2 * squares // (144 * np.maximum(known, 1))).astype(np.int64)
    organisation = np.where(known > 0, np.maximum(f.UNIT - root, 0), f.UNIT // 2)
    sides = [(_home(wide, side), 1) for side in (query.team_countries, query.customer_countries) if side]
    share = query.locality_share
    return ((f.UNIT - share) * organisation + share * _mean(sides)) // f.UNIT


def _home(wide: Table, side: tuple[CountryWeight, ...]) -> Values:
    return _mean(
        [(f.EVIDENCE[_number(wide, "localities", one.country, "evidence")], one.weight) for one in side]
    )


def _time(hours: Table) -> Values:
    worked = np.maximum(hours["worked"], 1)
    by_day = f.UNIT * (hours["worked"] - hours["night"]) // worked
    return (7 * (f.UNIT * hours["preferred"] // worked) + 3 * by_day) // 10


def _pay(wide: Table, places: Table) -> Values:
    low, floor, market_low, market_high = (
        places[name] for name in ("offer_low", "floor", "market_low", "market_high")
    )
    wish, middle = wide["wished_pay"].astype(np.int64), (low + places["offer_high"]) // 2
    single = market_low == market_high
    bottom = np.where(single, market_low // 2, market_low)
    top = np.where(single, market_high + market_high // 2, market_high)
    parts = (
        (3, floor > 0, bent(f.UNIT * low // np.maximum(floor, 1), f.ABOVE_FLOOR)),
        (3, market_high > 0, bent(f.UNIT * (middle - bottom) // np.maximum(top - bottom, 1), f.IN_MARKET)),
        (4, wish > 0, bent(f.UNIT * middle // np.maximum(wish, 1), f.TO_WISH)),
    )
    weight = sum(there * factor for factor, there, _ in parts)
    total = sum(there * factor * value for factor, there, value in parts)
    return np.where(weight > 0, total // np.maximum(weight, 1), f.UNIT // 2)


def _skills(query: VacancyQuery, wide: Table) -> Values:
    wanted, must = [], []
    for wish in query.wanted_skills:
        measured, stated = (_number(wide, "skills", wish.code, part) for part in ("measured", "stated"))
        value = np.where(measured > 0, f.WANTED_MEASURED[measured], f.WANTED_STATED[stated])
        wanted.append((value, wish.weight))
    for need in query.must_skills:
        table = np.array(f.must_values(need.minimum))
        must.append((table[_number(wide, "skills", need.code, "measured")], 1))
    return _both(wanted, must, 3, 1, 4)


def _experience(query: VacancyQuery, wide: Table) -> Values:
    values = [(f.MONTHS_TABLE[wide["experience_months"]], 2)]
    if query.sector:
        values.append((f.MONTHS_TABLE[wide[column("sector_months", query.sector, "months")]], 5))
    channels = [f.MONTHS_TABLE[wide[column("channel_months", code, "months")]] for code in query.channels]
    if channels:
        values.append((_mean([(value, 1) for value in channels]), 3))
    return _mean(values)


def _commitment(query: VacancyQuery, wide: Table) -> Values:
    wished, low, high = (wide[name].astype(np.int64) for name in ("wished_months", "hours_min", "hours_max"))
    wish = np.maximum(wished, 1)
    offered = query.contract_months or np.maximum(wish, f.OPEN_ENDED_MONTHS)
    ratio = f.UNIT * np.minimum(wish, offered) // np.maximum(wish, offered)
    length = np.where(wished == 0, f.UNIT, ratio)
    width = np.maximum(high - low, 1)
    off_middle = np.minimum(np.abs(2 * query.hours_week - low - high), width)
    return (6 * length + 4 * (f.UNIT - f.UNIT * off_middle // (4 * width))) // 10


def _number(wide: Table, family: str, code: str, part: str) -> Values:
    return wide[column(family, code, part)].astype(np.int64)


def bent(values: Values, points: tuple[tuple[int, int], ...]) -> Values:
    """y for each x of a line through the points, rounded down."""
    xs, ys = np.array(points, dtype=np.int64).T
    inside = np.clip(values, xs[0], xs[-1])
    segment = np.searchsorted(xs[1:-1], inside, side="right")
    return ys[segment] + (inside - xs[segment]) * np.diff(ys)[segment] // np.diff(xs)[segment]


def _mean(values: Sequence[tuple[Values, int]]) -> Values:
    return sum(value * weight for value, weight in values) // sum(weight for _, weight in values)


def _both(
    first: Sequence[tuple[Values, int]], second: Sequence[tuple[Values, int]], many: int, few: int, of: int
) -> Values:
    if not first or not second:
        return _mean(first or second)
    return (many * _mean(first) + few * _mean(second)) // of
