"""Polars: lazy expressions on all threads; tables by code are gathered, and only people still in question go on."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from benchmarks import figures as f
from benchmarks.outcome import NEAR, TOP, Outcome, outcome_from
from benchmarks.wide import People, column, reservations
from matching.engine import CountryWeight, VacancyQuery
from matching.engine import columns as spec

N = f.N
Weighed = Sequence[tuple[pl.Expr, int]]


class PolarsFrame:
    """The peer. `frame`: one row a person, ascending candidate id."""

    name = "polars"

    def __init__(self, people: People) -> None:
        self.people = people
        self.frame = pl.DataFrame(people.wide).rechunk()

    def prepare(self, query: VacancyQuery) -> None:
        self.query = query
        found = self.people.lookups(query)
        self.places, self.hours = pl.DataFrame(found.places), pl.DataFrame(found.hours)

    def run(self) -> Outcome:
        places, hours = self.places.with_columns(*_pay_by_place()), self.hours.with_columns(time=_time())
        early = self.frame.lazy().select(self._early()).collect()
        failed = early.filter(~pl.col("open"))["first"].value_counts()
        people = (
            self.frame.lazy()
            .select(sorted(self._columns()))
            .with_columns(early["first"], early["open"])
            .filter(pl.col("open"))
            .with_columns(first=self._late())
            .collect()
        )
        counts = dict(failed.iter_rows())
        for reason, count in people["first"].value_counts().iter_rows():
            counts[reason] = counts.get(reason, 0) + count
        return outcome_from(counts, self._best(people.lazy().filter(pl.col("first") == 0), places, hours))

    def _best(self, people: pl.LazyFrame, places: pl.DataFrame, hours: pl.DataFrame) -> list[tuple[int, ...]]:
        fits = {
            "language": self._language(),
            "culture": self._culture(),
            "time": _by("hours_code", hours["time"]),
            "pay": _pay(places),
            "skills": self._skills(),
            "experience": self._experience(),
            "commitment": self._commitment(),
        }
        ours, theirs = (
            pl.sum_horizontal(
                pl.col(part) * share // f.UNIT for part, share in zip(f.PART_NAMES, side, strict=True)
            )
            for side in f.shares(self.query)
        )
        both = (pl.col("ours") + pl.col("theirs")).clip(1)
        return (
            people.select("candidate_id", **fits)
            .with_columns(ours=ours, theirs=theirs)
            .with_columns(total=2 * pl.col("ours") * pl.col("theirs") // both)
            .top_k(TOP, by=["total", "candidate_id"], reverse=[False, True])
            .sort(["total", "candidate_id"], descending=[True, False])
            .select("candidate_id", "total", "ours", "theirs", *f.PART_NAMES)
            .collect()
            .rows()
        )

    def _columns(self) -> set[str]:
        """What is read of people who are still in question after the cheap gates."""
        query = self.query
        names = {
            "candidate_id",
            "place_code",
            "hours_code",
            "hours_min",
            "hours_max",
            "minimum_pay",
            "wished_pay",
        }
        names |= {"wished_months", "experience_months"} | {
            f"style_{n}" for n in range(spec.WORK_STYLE_SCALES)
        }
        for need in query.languages + query.nice_languages:
            names |= {
                column("languages", need.code, part) for part in ("measured_level", "theta", "standard_error")
            }
        for skill in query.wanted_skills + query.must_skills:
            names |= {column("skills", skill.code, part) for part in ("measured", "stated")}
        for one in query.team_countries + query.customer_countries:
            names.add(column("localities", one.country, "evidence"))
        names |= {column("channel_months", code, "months") for code in query.channels}
        return names | {column("sector_months", query.sector, "months")}

    def _early(self) -> list[pl.Expr]:
        """The first reason at the gates before pay, and whether no hard one holds there."""
        query = self.query
        listing, until = pl.col("listing"), pl.col("right_to_work_until_day")
        late = (pl.col("earliest_start_day") > query.start_day) & (listing & spec.JUST_LOOKING == 0)
        dense = [
            ("NOT_AGREED", listing & spec.AGREED == 0),
            ("NOT_AVAILABLE", listing & spec.AVAILABLE == 0),
            ("STARTS_LATER", late),
            *(("RESERVED", pl.col(name) == value) for name, value in reservations(query, self.frame.columns)),
            ("FORM_NOT_ACCEPTED", pl.col("contract_forms") & query.contract_form == 0),
            ("NOT_HIREABLE", _by("place_code", self.places["hireable"]) == 0),
            ("NO_RIGHT_STATED", until == 0),
            ("RIGHT_ENDS_EARLY", until < query.end_day),
        ]
        needs = [("languages", need.code, need.level) for need in query.languages]
        language = _levels("LANGUAGE", "CLAIMED", needs, ("measured_level", "claimed_level"))
        needs = [("skills", need.code, need.minimum) for need in query.must_skills]
        skills = _levels("SKILL", "STATED", needs, ("measured", "stated"))
        hard = [found for _, found in (*dense, *language[:3], *skills[:3])]
        return [
            _first(dense + language + skills).alias("first"),
            ~pl.any_horizontal(*hard).alias("open"),
        ]

    def _late(self) -> pl.Expr:
        """The first reason at all gates, with NEAR added for near misses."""
        asked = self.query.hours_week
        pay = [
            ("BELOW_FLOOR", _by("place_code", self.places["below_floor"]) == 1),
            ("BELOW_MINIMUM", _by("place_code", self.places["offer_high"]) < pl.col("minimum_pay")),
        ]
        unknown = ("FLOOR_UNKNOWN", _by("place_code", self.places["floor_unknown"]) == 1)
        hours = [
            ("FEWER_HOURS", pl.col("hours_min") > asked),
            ("MORE_HOURS", pl.col("hours_max") < asked),
            ("MUST_BLOCK", _by("hours_code", self.hours["must_shortfall"]) > 0),
            ("OVERLAP", _by("hours_code", self.hours["shortfall"]) > 0),
        ]
        first = pl.when(pl.col("first") == 0).then(_first([*pay, unknown, *hours])).otherwise(pl.col("first"))
        hard = pl.any_horizontal(*(found for _, found in (*pay, *hours)))
        return pl.when((first != 0) & ~hard).then(first + NEAR).otherwise(first)

    def _language(self) -> pl.Expr:
        band = pl.Series(f.edges(self.query))
        least, most = (pl.lit(pl.Series(ends)) for ends in zip(*f.reaches(self.query), strict=True))
        required, nice = [], []
        for need in self.query.languages:
            level, theta, error = (
                _number("languages", need.code, part)
                for part in ("measured_level", "theta", "standard_error")
            )
            low, high = (pl.lit(band).gather(level - 1), pl.lit(band).gather(level))
            without = (low + high) // 2 - (high - low) // 4
            cautious = (theta - error).clip(least.gather(level - 1), most.gather(level - 1))
            ability = pl.when(error > 0).then(cautious).otherwise(without)
            headroom = (ability - band[need.level - 1]).clip(f.HEADROOM_FROM, f.HEADROOM_TO)
            required.append((_table(f.HEADROOM_TABLE, headroom - f.HEADROOM_FROM), need.weight))
        for need in self.query.nice_languages:
            values = [
                f.UNIT if level >= need.level else f.UNIT * level // (2 * need.level) for level in range(7)
            ]
            nice.append((_table(values, _number("languages", need.code, "measured_level")), need.weight))
        return _both(required, nice, 17, 3, 20)

    def _culture(self) -> pl.Expr:
        query = self.query
        if query.organisation is None or not query.locality_wanted:
            raise NotImplementedError("the cases ask for both sides of culture")
        answers = [
            (pl.col(f"style_{scale}").cast(pl.Int32), wanted)
            for scale, wanted in enumerate(query.organisation)
            if wanted >= 0
        ]
        squares = pl.sum_horizontal(
            pl.when(answer >= 0).then((answer - wanted) ** 2).otherwise(0) for answer, wanted in answers
        ).cast(pl.Int64)
        known = pl.sum_horizontal((answer >= 0).cast(pl.Int64) for answer, _ in answers)
        root = (f.UNIT**2 * squares // (144 * known.clip(1))).sqrt().floor().cast(pl.Int64)
        organisation = pl.when(known > 0).then((f.UNIT - root).clip(0)).otherwise(f.UNIT // 2)
        sides = [_at_home(side) for side in (query.team_countries, query.customer_countries) if side]
        locality = _mean([(side, 1) for side in sides])
        return ((f.UNIT - query.locality_share) * organisation + query.locality_share * locality) // f.UNIT

    def _skills(self) -> pl.Expr:
        wanted, must = [], []
        for wish in self.query.wanted_skills:
            measured, stated = (_number("skills", wish.code, part) for part in ("measured", "stated"))
            by_measure, by_statement = _table(f.WANTED_MEASURED, measured), _table(f.WANTED_STATED, stated)
            wanted.append((pl.when(measured > 0).then(by_measure).otherwise(by_statement), wish.weight))
        for need in self.query.must_skills:
            must.append((_table(f.must_values(need.minimum), _number("skills", need.code, "measured")), 1))
        return _both(wanted, must, 3, 1, 4)

    def _experience(self) -> pl.Expr:
        query = self.query
        values = [(_table(f.MONTHS_TABLE, pl.col("experience_months")), 2)]
        if query.sector:
            values.append(
                (_table(f.MONTHS_TABLE, pl.col(column("sector_months", query.sector, "months"))), 5)
            )
        channels = [pl.col(column("channel_months", code, "months")) for code in query.channels]
        if channels:
            values.append((_mean([(_table(f.MONTHS_TABLE, months), 1) for months in channels]), 3))
        return _mean(values)

    def _commitment(self) -> pl.Expr:
        wished, low, high = (
            pl.col(name).cast(pl.Int64) for name in ("wished_months", "hours_min", "hours_max")
        )
        fixed = self.query.contract_months
        offered = pl.lit(fixed, pl.Int64) if fixed else wished.clip(f.OPEN_ENDED_MONTHS)
        ratio = f.UNIT * pl.min_horizontal(wished, offered) // pl.max_horizontal(wished, offered)
        length = pl.when(wished == 0).then(f.UNIT).otherwise(ratio)
        width = (high - low).clip(1)
        off_middle = pl.min_horizontal((2 * self.query.hours_week - low - high).abs(), width)
        return (6 * length + 4 * (f.UNIT - f.UNIT * off_middle // (4 * width))) // 10


def _time() -> pl.Expr:
    """By hours_code: there are far fewer of them than people."""
    worked = pl.col("worked").clip(1)
    by_day = pl.col("worked") - pl.col("night")
    return (7 * (f.UNIT * pl.col("preferred") // worked) + 3 * (f.UNIT * by_day // worked)) // 10


def _pay_by_place() -> list[pl.Expr]:
    """By place_code: the middle of the offer, and what floor and market add and weigh."""
    low, floor, bottom, top = (pl.col(name) for name in ("offer_low", "floor", "market_low", "market_high"))
    middle = (low + pl.col("offer_high")) // 2
    least = pl.when(bottom == top).then(bottom // 2).otherwise(bottom)
    most = pl.when(bottom == top).then(top + top // 2).otherwise(top)
    above = _bent(f.UNIT * low // floor.clip(1), f.ABOVE_FLOOR)
    market = _bent(f.UNIT * (middle - least) // (most - least).clip(1), f.IN_MARKET)
    has_floor, has_market = 3 * (floor > 0).cast(pl.Int64), 3 * (top > 0).cast(pl.Int64)
    return [
        middle.alias("middle"),
        (has_floor + has_market).alias("pay_weight"),
        (has_floor * above + has_market * market).alias("pay_sum"),
    ]


def _pay(places: pl.DataFrame) -> pl.Expr:
    wish = pl.col("wished_pay").cast(pl.Int64)
    middle, weight, total = (_by("place_code", places[name]) for name in ("middle", "pay_weight", "pay_sum"))
    wished = 4 * (wish > 0).cast(pl.Int64)
    weight, total = weight + wished, total + wished * _bent(f.UNIT * middle // wish.clip(1), f.TO_WISH)
    return pl.when(weight > 0).then(total // weight.clip(1)).otherwise(f.UNIT // 2)


def _levels(
    what: str, said: str, needs: Sequence[tuple[str, str, int]], parts: tuple[str, str]
) -> list[tuple[str, pl.Expr]]:
    below, unstated, said_below, unmeasured = [], [], [], []
    for family, code, minimum in needs:
        measured, stated = (pl.col(column(family, code, part)) for part in parts)
        unknown = measured == 0
        below.append(~unknown & (measured < minimum))
        unstated.append(unknown & (stated == 0))
        said_below.append(unknown & (stated > 0) & (stated < minimum))
        unmeasured.append(unknown)
    names = (f"{what}_BELOW", f"{what}_NOT_STATED", f"{what}_{said}_BELOW", f"{what}_NOT_MEASURED")
    found = (below, unstated, said_below, unmeasured)
    return [(name, pl.any_horizontal(*each)) for name, each in zip(names, found, strict=True)]


def _first(findings: Sequence[tuple[str, pl.Expr]]) -> pl.Expr:
    """The number of the first finding that holds, 0 for none."""
    chain: Any = pl
    for name, found in findings:
        chain = chain.when(found).then(pl.lit(N[name], pl.UInt8))
    return chain.otherwise(pl.lit(0, pl.UInt8))


def _by(code: str, values: pl.Series) -> pl.Expr:
    """The entry of each person's code in a small table."""
    return pl.lit(values).gather(pl.col(code))


def _table(values: Any, at: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(np.asarray(values, dtype=np.int64))).gather(at)


def _number(family: str, code: str, part: str) -> pl.Expr:
    return pl.col(column(family, code, part)).cast(pl.Int64)


def _at_home(side: tuple[CountryWeight, ...]) -> pl.Expr:
    return _mean(
        [
            (_table(f.EVIDENCE, pl.col(column("localities", one.country, "evidence"))), one.weight)
            for one in side
        ]
    )


def _bent(value: pl.Expr, points: tuple[tuple[int, int], ...]) -> pl.Expr:
    """y for each x of a line through the points, rounded down."""
    (x, y), rest = points[0], points[1:]
    inside = value.clip(x, rest[-1][0])
    chain: Any = pl
    for right, up in rest:
        chain = chain.when(inside <= right).then(y + (inside - x) * (up - y) // (right - x))
        x, y = right, up
    return chain.otherwise(pl.lit(y, pl.Int64))


def _mean(values: Weighed) -> pl.Expr:
    total = sum((value * weight for value, weight in values[1:]), values[0][0] * values[0][1])
    return total // sum(weight for _, weight in values)


def _both(first: Weighed, second: Weighed, many: int, few: int, of: int) -> pl.Expr:
    """Both means weighed, or the one that is asked for."""
    if not first or not second:
        return _mean(first or second)
    return (many * _mean(first) + few * _mean(second)) // of
