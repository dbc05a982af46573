"""pandas: one wide frame, whole columns at once, and only the people still in question at the dearer steps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks import figures as f
from benchmarks.outcome import NEAR, SOFT_NUMBERS, TOP, Outcome, outcome_from
from benchmarks.wide import People, column, reservations
from matching.engine import CountryWeight, VacancyQuery
from matching.engine import columns as spec

Values = npt.NDArray[Any]
N = f.N


class PandasFrame:
    """The peer. `frame`: one row a person, ascending candidate id."""

    name = "pandas"

    def __init__(self, people: People) -> None:
        self.people = people
        self.frame = pd.DataFrame(people.wide)

    def prepare(self, query: VacancyQuery) -> None:
        self.query = query
        found = self.people.lookups(query)
        self.places, self.hours = (
            pd.DataFrame(table).set_index(key)
            for table, key in ((found.places, "place_code"), (found.hours, "hours_code"))
        )

    def run(self) -> Outcome:
        first = self._first_reasons()
        counts = first.value_counts().to_dict()
        people = self.frame[first == 0]
        fits = [
            self._language(people),
            self._culture(people),
            _time(self.hours).to_numpy()[people["hours_code"]],
            _pay(people, _pay_by_place(self.places)),
            self._skills(people),
            self._experience(people),
            self._commitment(people),
        ]
        employer, candidate = f.shares(self.query)
        ours, theirs = (
            sum((fit * share // f.UNIT for fit, share in zip(fits, side, strict=True)), start=np.int64(0))
            for side in (employer, candidate)
        )
        total = pd.Series(2 * ours * theirs // np.maximum(ours + theirs, 1), index=people.index)
        best = people.index.get_indexer(total.nlargest(TOP, keep="first").index)
        columns = (people["candidate_id"].to_numpy(), total.to_numpy(), ours, theirs, *fits)
        return outcome_from(counts, np.column_stack([values[best] for values in columns]))

    def _first_reasons(self) -> "pd.Series[int]":
        first = self._dense_gates()
        left = first.index[first == 0]
        for judge in (self._judge_language, self._judge_skills, self._judge_pay, self._judge_hours):
            reasons = judge(self.frame, left)
            before = first.to_numpy()[left]
            first.iloc[left] = np.where(before == 0, reasons, before)
            left = left[(reasons == 0) | np.isin(reasons, SOFT_NUMBERS)]
        near = left[first.to_numpy()[left] != 0]
        first.iloc[near] += NEAR
        return first

    def _dense_gates(self) -> "pd.Series[int]":
        frame, query = self.frame, self.query
        listing, until = frame["listing"].to_numpy(), frame["right_to_work_until_day"].to_numpy()
        late = (frame["earliest_start_day"].to_numpy() > query.start_day) & (listing & spec.JUST_LOOKING == 0)
        findings = (
            (N["NOT_AGREED"], listing & spec.AGREED == 0),
            (N["NOT_AVAILABLE"], listing & spec.AVAILABLE == 0),
            (N["STARTS_LATER"], late),
            *(
                (N["RESERVED"], frame[name].to_numpy() == value)
                for name, value in reservations(query, frame.columns)
            ),
            (N["FORM_NOT_ACCEPTED"], frame["contract_forms"].to_numpy() & query.contract_form == 0),
            (N["NOT_HIREABLE"], self.places["hireable"].to_numpy()[frame["place_code"]] == 0),
            (N["NO_RIGHT_STATED"], until == 0),
            (N["RIGHT_ENDS_EARLY"], until < query.end_day),
        )
        return pd.Series(_first(findings, len(frame)), index=frame.index)

    def _judge_language(self, frame: pd.DataFrame, left: "pd.Index[int]") -> Values:
        needs = [("languages", need.code, need.level) for need in self.query.languages]
        names = ("LANGUAGE_BELOW", "LANGUAGE_NOT_STATED", "LANGUAGE_CLAIMED_BELOW", "LANGUAGE_NOT_MEASURED")
        return _levels(frame, left, needs, ("measured_level", "claimed_level"), names)

    def _judge_skills(self, frame: pd.DataFrame, left: "pd.Index[int]") -> Values:
        needs = [("skills", need.code, need.minimum) for need in self.query.must_skills]
        names = ("SKILL_BELOW", "SKILL_NOT_STATED", "SKILL_STATED_BELOW", "SKILL_NOT_MEASURED")
        return _levels(frame, left, needs, ("measured", "stated"), names)

    def _judge_pay(self, frame: pd.DataFrame, left: "pd.Index[int]") -> Values:
        places = self.places.take(frame["place_code"].to_numpy()[left])
        asked = frame["minimum_pay"].to_numpy()[left]
        findings = (
            (N["BELOW_FLOOR"], places["below_floor"].to_numpy() == 1),
            (N["BELOW_MINIMUM"], places["offer_high"].to_numpy() < asked),
            (N["FLOOR_UNKNOWN"], places["floor_unknown"].to_numpy() == 1),
        )
        return _first(findings, len(left))

    def _judge_hours(self, frame: pd.DataFrame, left: "pd.Index[int]") -> Values:
        hours = self.hours[["shortfall", "must_shortfall"]].take(frame["hours_code"].to_numpy()[left])
        findings = (
            (N["FEWER_HOURS"], frame["hours_min"].to_numpy()[left] > self.query.hours_week),
            (N["MORE_HOURS"], frame["hours_max"].to_numpy()[left] < self.query.hours_week),
            (N["MUST_BLOCK"], hours["must_shortfall"].to_numpy() > 0),
            (N["OVERLAP"], hours["shortfall"].to_numpy() > 0),
        )
        return _first(findings, len(left))

    def _language(self, people: pd.DataFrame) -> Values:
        band, reach = np.array(f.edges(self.query)), np.array(f.reaches(self.query))
        required, nice = [], []
        for need in self.query.languages:
            level, theta, error = (
                _numbers(people, "languages", need.code, part)
                for part in ("measured_level", "theta", "standard_error")
            )
            low, high = band[level - 1], band[level]
            least, most = reach[level - 1].T
            cautious = np.clip(theta - error, least, most)
            ability = np.where(error > 0, cautious, (low + high) // 2 - (high - low) // 4)
            headroom = np.clip(ability - band[need.level - 1], f.HEADROOM_FROM, f.HEADROOM_TO)
            required.append((f.HEADROOM_TABLE[headroom - f.HEADROOM_FROM], need.weight))
        for need in self.query.nice_languages:
            level = _numbers(people, "languages", need.code, "measured_level")
            value = np.where(level >= need.level, f.UNIT, f.UNIT * level // (2 * need.level))
            nice.append((value, need.weight))
        return _both(required, nice, 17, 3, 20)

    def _culture(self, people: pd.DataFrame) -> Values:
        query = self.query
        if query.organisation is None or not query.locality_wanted:
            raise NotImplementedError("the cases ask for both sides of culture")
        squares, known = np.zeros(len(people), dtype=np.int64), np.zeros(len(people), dtype=np.int64)
        for scale, wanted in enumerate(query.organisation):
            if wanted >= 0:
                answer = people[f"style_{scale}"].to_numpy().astype(np.int64)
                squares += np.where(answer >= 0, (answer - wanted) ** 2, 0)
                known += answer >= 0
        root = np.sqrt(f.UNIT**2 * squares // (144 * np.maximum(known, 1))).astype(np.int64)
        organisation = np.where(known > 0, np.maximum(f.UNIT - root, 0), f.UNIT // 2)
        sides = [
            self._at_home(people, side) for side in (query.team_countries, query.customer_countries) if side
        ]
        locality = sum(sides) // len(sides)
        return ((f.UNIT - query.locality_share) * organisation + query.locality_share * locality) // f.UNIT

    def _at_home(self, people: pd.DataFrame, side: tuple[CountryWeight, ...]) -> Values:
        return _mean(
            [
                (f.EVIDENCE[_numbers(people, "localities", one.country, "evidence")], one.weight)
                for one in side
            ]
        )

    def _skills(self, people: pd.DataFrame) -> Values:
        wanted, must = [], []
        for wish in self.query.wanted_skills:
            measured, stated = (
                _numbers(people, "skills", wish.code, part) for part in ("measured", "stated")
            )
            value = np.where(measured > 0, f.WANTED_MEASURED[measured], f.WANTED_STATED[stated])
            wanted.append((value, wish.weight))
        for need in self.query.must_skills:
            table = np.array(f.must_values(need.minimum))
            must.append((table[_numbers(people, "skills", need.code, "measured")], 1))
        return _both(wanted, must, 3, 1, 4)

    def _experience(self, people: pd.DataFrame) -> Values:
        query = self.query
        values = [(f.MONTHS_TABLE[people["experience_months"].to_numpy()], 2)]
        if query.sector:
            values.append((f.MONTHS_TABLE[_numbers(people, "sector_months", query.sector, "months")], 5))
        channels = [_numbers(people, "channel_months", code, "months") for code in query.channels]
        if channels:
            values.append((_mean([(f.MONTHS_TABLE[months], 1) for months in channels]), 3))
        return _mean(values)

    def _commitment(self, people: pd.DataFrame) -> Values:
        wished, low, high = (
            people[name].to_numpy().astype(np.int64) for name in ("wished_months", "hours_min", "hours_max")
        )
        offered = self.query.contract_months or np.maximum(wished, f.OPEN_ENDED_MONTHS)
        ratio = f.UNIT * np.minimum(wished, offered) // np.maximum(wished, offered)
        length = np.where(wished == 0, f.UNIT, ratio)
        width = np.maximum(high - low, 1)
        off_middle = np.minimum(np.abs(2 * self.query.hours_week - low - high), width)
        return (6 * length + 4 * (f.UNIT - f.UNIT * off_middle // (4 * width))) // 10


def _time(hours: pd.DataFrame) -> "pd.Series[int]":
    """By hours_code: there are far fewer of them than people."""
    worked = hours["worked"].clip(lower=1)
    by_day = hours["worked"] - hours["night"]
    return (7 * (f.UNIT * hours["preferred"] // worked) + 3 * (f.UNIT * by_day // worked)) // 10


def _pay_by_place(places: pd.DataFrame) -> pd.DataFrame:
    """By place_code: the middle of the offer, and what floor and market add and weigh."""
    low, high, floor = places["offer_low"], places["offer_high"], places["floor"]
    single = places["market_low"] == places["market_high"]
    bottom = places["market_low"].where(~single, places["market_low"] // 2)
    top = places["market_high"].where(~single, places["market_high"] + places["market_high"] // 2)
    middle = (low + high) // 2
    above = _bent((f.UNIT * low // floor.clip(lower=1)).to_numpy(), f.ABOVE_FLOOR)
    market = _bent((f.UNIT * (middle - bottom) // (top - bottom).clip(lower=1)).to_numpy(), f.IN_MARKET)
    has_floor, has_market = 3 * (floor > 0), 3 * (places["market_high"] > 0)
    parts = {
        "middle": middle,
        "weight": has_floor + has_market,
        "sum": has_floor * above + has_market * market,
    }
    return pd.DataFrame(parts)


def _pay(people: pd.DataFrame, by_place: pd.DataFrame) -> Values:
    place = people["place_code"].to_numpy()
    middle, weight, total = (by_place[name].to_numpy()[place] for name in ("middle", "weight", "sum"))
    wish = people["wished_pay"].to_numpy().astype(np.int64)
    wished = 4 * (wish > 0)
    weight = weight + wished
    total = total + wished * _bent(f.UNIT * middle // np.maximum(wish, 1), f.TO_WISH)
    return np.where(weight > 0, total // np.maximum(weight, 1), f.UNIT // 2)


def _levels(
    frame: pd.DataFrame,
    left: "pd.Index[int]",
    needs: Sequence[tuple[str, str, int]],
    parts: tuple[str, str],
    names: tuple[str, ...],
) -> Values:
    below, unstated, said_below, unmeasured = found = np.zeros((4, len(left)), dtype=np.bool_)
    for family, code, minimum in needs:
        measured, stated = (frame[column(family, code, part)].to_numpy()[left] for part in parts)
        unknown = measured == 0
        below |= ~unknown & (measured < minimum)
        unstated |= unknown & (stated == 0)
        said_below |= unknown & (stated > 0) & (stated < minimum)
        unmeasured |= unknown
    return _first(tuple(zip((N[name] for name in names), found, strict=True)), len(left))


def _first(findings: Sequence[tuple[int, Values]], size: int) -> Values:
    """The number of the first finding that holds for each person, 0 for none."""
    numbers, masks = zip(*findings, strict=True)
    return np.select(masks, [np.uint8(number) for number in numbers], default=np.uint8(0))


def _numbers(people: pd.DataFrame, family: str, code: str, part: str) -> Values:
    return people[column(family, code, part)].to_numpy().astype(np.int64)


def _bent(values: Values, points: tuple[tuple[int, int], ...]) -> Values:
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
    """Both means weighed, or the one that is asked for."""
    if not first or not second:
        return _mean(first or second)
    return (many * _mean(first) + few * _mean(second)) // of
