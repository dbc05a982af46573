"""The whole job as SQL, for DuckDB and PostgreSQL: the waterfall in one statement, the best in another.

Each layer computes its expressions once, for the next to use. The lookup tables `place` and `hours` are joined by
their codes.
"""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benchmarks import figures as f
from benchmarks.outcome import NEAR, TOP
from benchmarks.wide import column, reservations
from matching.engine import CountryWeight, VacancyQuery
from matching.engine import columns as spec

N = f.N
Finding = tuple[str, str]
Weighed = Sequence[tuple[str, int]]


OPEN = ("LANGUAGE_NOT_MEASURED", "SKILL_NOT_MEASURED", "FLOOR_UNKNOWN")


@dataclass(frozen=True)
class Dialect:
    """`div`: whole-number division. `sparse`: how a missing entry reads as 0, with {} for the column."""

    div: str
    sparse: str


@dataclass(frozen=True)
class Layered:
    """A statement over named layers, each of which reads those before it."""

    layers: tuple[tuple[str, str], ...]
    final: str

    def __str__(self) -> str:
        """As one statement with common table expressions."""
        return f"WITH {', '.join(f'{name} AS ({text})' for name, text in self.layers)} {self.final}"


class Statements:
    """The two statements for one vacancy, over people with columns of those `names`."""

    def __init__(self, query: VacancyQuery, dialect: Dialect, names: Collection[str]) -> None:
        self.query, self.dialect, self.names = query, dialect, names

    def waterfall(self) -> Layered:
        """Rows of (number of the first reason, NEAR added for near misses, 0 = eligible; people)."""
        gates = [self._dense(), self._language(), self._skills(), self._pay(), self._hours()]
        chain = []
        for position, findings in enumerate(gates):
            later = [found for gate in gates[position + 1 :] for name, found in gate if name not in OPEN]
            for name, condition in findings:
                outcome = str(N[name])
                if name in OPEN:
                    lost = " OR ".join(f"({found})" for found in later)
                    outcome = f"CASE WHEN {lost} THEN {outcome} ELSE {N[name] + NEAR} END"
                chain.append(f"WHEN {condition} THEN {outcome}")
        judged = (
            f"SELECT CASE {' '.join(chain)} ELSE 0 END AS reason FROM person"
            " JOIN place USING (place_code) JOIN hours USING (hours_code)"
        )
        return Layered((("judged", judged),), "SELECT reason, count(*) FROM judged GROUP BY reason")

    def best(self) -> Layered:
        """The best TOP as (id, total, employer's score, candidate's score, seven fits), in rank order."""
        div, parts = self.dialect.div, ", ".join(f.PART_NAMES)
        ours, theirs = (
            " + ".join(
                f"{part} * {share} {div} {f.UNIT}" for part, share in zip(f.PART_NAMES, side, strict=True)
            )
            for side in f.shares(self.query)
        )
        people = (
            f"SELECT {self._inputs()} FROM person JOIN paid USING (place_code) JOIN timed USING (hours_code)"
            f" WHERE {' AND '.join(self._passes())}"
        )
        layers = (
            ("offers", f"SELECT *, {self._pay_by_place()} FROM place"),
            ("paid", f"SELECT *, {self._pay_sums()} FROM offers"),
            ("timed", f"SELECT *, {self._time()} AS time FROM hours"),
            ("inputs", people),
            ("fits", f"SELECT candidate_id, {self._fits()} FROM inputs"),
            ("sides", f"SELECT candidate_id, {ours} AS ours, {theirs} AS theirs, {parts} FROM fits"),
        )
        total = f"2 * ours * theirs {div} greatest(ours + theirs, 1)"
        return Layered(
            layers,
            f"SELECT candidate_id, {total} AS total, ours, theirs, {parts} FROM sides"
            f" ORDER BY total DESC, candidate_id LIMIT {TOP}",
        )

    def _dense(self) -> list[Finding]:
        query = self.query
        looking = f"listing & {spec.JUST_LOOKING} = 0"
        return [
            ("NOT_AGREED", f"listing & {spec.AGREED} = 0"),
            ("NOT_AVAILABLE", f"listing & {spec.AVAILABLE} = 0"),
            ("STARTS_LATER", f"earliest_start_day > {query.start_day} AND {looking}"),
            *(
                ("RESERVED", f"{self.dialect.sparse.format(name)} = {value}")
                for name, value in reservations(query, self.names)
            ),
            ("FORM_NOT_ACCEPTED", f"contract_forms & {query.contract_form} = 0"),
            ("NOT_HIREABLE", "hireable = 0"),
            ("NO_RIGHT_STATED", "right_to_work_until_day = 0"),
            ("RIGHT_ENDS_EARLY", f"right_to_work_until_day < {query.end_day}"),
        ]

    def _language(self) -> list[Finding]:
        needs = [("languages", need.code, need.level) for need in self.query.languages]
        return self._levels("LANGUAGE", "CLAIMED", needs, ("measured_level", "claimed_level"))

    def _skills(self) -> list[Finding]:
        needs = [("skills", need.code, need.minimum) for need in self.query.must_skills]
        return self._levels("SKILL", "STATED", needs, ("measured", "stated"))

    def _levels(
        self, what: str, said: str, needs: Sequence[tuple[str, str, int]], parts: tuple[str, str]
    ) -> list[Finding]:
        found: list[list[str]] = [[], [], [], []]
        for family, code, minimum in needs:
            measured, stated = (self._value(family, code, part) for part in parts)
            found[0].append(f"{measured} BETWEEN 1 AND {minimum - 1}")
            found[1].append(f"{measured} = 0 AND {stated} = 0")
            found[2].append(f"{measured} = 0 AND {stated} BETWEEN 1 AND {minimum - 1}")
            found[3].append(f"{measured} = 0")
        names = (f"{what}_BELOW", f"{what}_NOT_STATED", f"{what}_{said}_BELOW", f"{what}_NOT_MEASURED")
        return [(name, " OR ".join(each)) for name, each in zip(names, found, strict=True)]

    def _pay(self) -> list[Finding]:
        return [
            ("BELOW_FLOOR", "below_floor = 1"),
            ("BELOW_MINIMUM", "offer_high < minimum_pay"),
            ("FLOOR_UNKNOWN", "floor_unknown = 1"),
        ]

    def _hours(self) -> list[Finding]:
        return [
            ("FEWER_HOURS", f"hours_min > {self.query.hours_week}"),
            ("MORE_HOURS", f"hours_max < {self.query.hours_week}"),
            ("MUST_BLOCK", "must_shortfall > 0"),
            ("OVERLAP", "shortfall > 0"),
        ]

    def _passes(self) -> list[str]:
        """What holds for the eligible, as conditions that an index can serve."""
        plain = [f"NOT ({found})" for _, found in (*self._dense(), *self._pay(), *self._hours())]
        needs = [(column("languages", one.code, "measured_level"), one.level) for one in self.query.languages]
        needs += [(column("skills", one.code, "measured"), one.minimum) for one in self.query.must_skills]
        return [f"{name} >= {least}" for name, least in needs] + plain

    def _value(self, family: str, code: str, part: str) -> str:
        return self.dialect.sparse.format(column(family, code, part))

    def _inputs(self) -> str:
        """What the fits are made of, each computed once."""
        query, div = self.query, self.dialect.div
        wanted = {
            "candidate_id": "candidate_id",
            "time": "time",
            "pay_weight": "pay_weight",
            "pay_sum": "pay_sum",
        }
        for number, need in enumerate(query.languages):
            wanted[f"headroom_{number}"] = self._headroom(need.code, need.level)
        for number, nice in enumerate(query.nice_languages):
            wanted[f"nice_{number}"] = self._value("languages", nice.code, "measured_level")
        pairs = [(scale, mine) for scale, mine in enumerate(query.organisation or ()) if mine >= 0]
        wanted["squares"] = " + ".join(
            f"CASE WHEN style_{scale} >= 0 THEN (style_{scale} - {mine}) * CAST(style_{scale} - {mine} AS INTEGER) ELSE 0 END"
            for scale, mine in pairs
        )
        wanted["known"] = " + ".join(f"CASE WHEN style_{scale} >= 0 THEN 1 ELSE 0 END" for scale, _ in pairs)
        wished = f"{f.UNIT} * middle {div} greatest(wished_pay, 1)"
        wanted["wished_share"] = f"least({wished}, {f.TO_WISH[-1][0]})"
        wanted |= {"has_wish": "CASE WHEN wished_pay > 0 THEN 4 ELSE 0 END"}
        offered = str(query.contract_months or f"greatest(wished_months, {f.OPEN_ENDED_MONTHS})")
        wanted["length"] = (
            f"CASE WHEN wished_months = 0 THEN {f.UNIT} ELSE {_big(f.UNIT)} * least(wished_months, {offered})"
            f" {div} greatest(wished_months, {offered}) END"
        )
        wanted["width"] = "greatest(hours_max - hours_min, 1)"
        wanted["off_middle"] = (
            f"least(abs({2 * query.hours_week} - hours_min - hours_max), greatest(hours_max - hours_min, 1))"
        )
        names = [f"experience_months, {self._evidence_columns()}"]
        for skill in query.wanted_skills:
            names += [column("skills", skill.code, part) for part in ("measured", "stated")]
        names += [column("skills", skill.code, "measured") for skill in query.must_skills]
        names += [column("sector_months", query.sector, "months")]
        names += [column("channel_months", code, "months") for code in query.channels]
        return ", ".join([f"{expression} AS {name}" for name, expression in wanted.items()] + names)

    def _evidence_columns(self) -> str:
        countries = {one.country: 0 for one in self.query.team_countries + self.query.customer_countries}
        return ", ".join(column("localities", country, "evidence") for country in countries)

    def _headroom(self, code: str, level: int) -> str:
        edges = f.edges(self.query)
        measured, theta, error = (
            column("languages", code, part) for part in ("measured_level", "theta", "standard_error")
        )
        bands = " ".join(
            f"WHEN {band} THEN {(low + high) // 2 - (high - low) // 4}"
            for band, (low, high) in enumerate(itertools.pairwise(edges), start=1)
        )
        cautious = " ".join(
            f"WHEN {band} THEN least(greatest({theta} - {error}, {low}), {high})"
            for band, (low, high) in enumerate(f.reaches(self.query), start=1)
        )
        ability = (
            f"CASE WHEN {error} > 0 THEN CASE {measured} {cautious} END ELSE CASE {measured} {bands} END END"
        )
        return f"least(greatest({ability} - {edges[level - 1]}, {f.HEADROOM_FROM}), {f.HEADROOM_TO})"

    def _fits(self) -> str:
        query, div = self.query, self.dialect.div
        required = [
            (self._bent(f"headroom_{n}", f.HEADROOM), one.weight) for n, one in enumerate(query.languages)
        ]
        nice = [
            (f"CASE WHEN nice_{n} >= {one.level} THEN {f.UNIT} ELSE {f.UNIT} * nice_{n} {div} {2 * one.level} END",
             one.weight)
            for n, one in enumerate(query.nice_languages)
        ]  # fmt: skip
        wish = f"has_wish * {self._bent('wished_share', f.TO_WISH)}"
        hours = f"{f.UNIT} - {_big(f.UNIT)} * off_middle {div} (4 * width)"
        fits = {
            "language": self._both(required, nice, 17, 3, 20),
            "culture": self._culture(),
            "time": "time",
            "pay": f"CASE WHEN pay_weight + has_wish > 0 THEN (pay_sum + {wish}) {div} greatest(pay_weight + has_wish, 1)"
            f" ELSE {f.UNIT // 2} END",
            "skills": self._skills_fit(),
            "experience": self._experience(),
            "commitment": f"(6 * length + 4 * ({hours})) {div} 10",
        }
        return ", ".join(f"{expression} AS {part}" for part, expression in fits.items())

    def _culture(self) -> str:
        query, div = self.query, self.dialect.div
        if query.organisation is None or not query.locality_wanted:
            raise NotImplementedError("the cases ask for both sides of culture")
        root = f"CAST(floor(sqrt(CAST({_big(f.UNIT**2)} * squares {div} (144 * known) AS DOUBLE PRECISION))) AS BIGINT)"
        organisation = f"CASE WHEN known > 0 THEN greatest({f.UNIT} - {root}, 0) ELSE {f.UNIT // 2} END"
        sides = [
            (self._at_home(side), 1) for side in (query.team_countries, query.customer_countries) if side
        ]
        locality, share = self._mean(sides), query.locality_share
        return f"({_big(f.UNIT - share)} * ({organisation}) + {_big(share)} * ({locality})) {div} {f.UNIT}"

    def _at_home(self, side: tuple[CountryWeight, ...]) -> str:
        values = []
        for one in side:
            bits = self._value("localities", one.country, "evidence")
            values.append(
                (f"CASE WHEN {bits} & 5 <> 0 THEN {f.EVIDENCE[1]} WHEN {bits} & 10 = 10 THEN {f.EVIDENCE[10]}"
                 f" WHEN {bits} & 2 <> 0 THEN {f.EVIDENCE[2]} WHEN {bits} & 8 <> 0 THEN {f.EVIDENCE[8]} ELSE 0 END",
                 one.weight)
            )  # fmt: skip
        return self._mean(values)

    def _skills_fit(self) -> str:
        wanted, must = [], []
        for wish in self.query.wanted_skills:
            measured, stated = (self._value("skills", wish.code, part) for part in ("measured", "stated"))
            by_statement = _cases(stated, dict(enumerate(f.WANTED_STATED)))
            by_measure = " ".join(f"WHEN {measured} = {n} THEN {f.WANTED_MEASURED[n]}" for n in (1, 2, 3))
            wanted.append((f"CASE {by_measure} ELSE {by_statement} END", wish.weight))
        for need in self.query.must_skills:
            by_level = dict(enumerate(f.must_values(need.minimum)))
            must.append((_cases(self._value("skills", need.code, "measured"), by_level), 1))
        return self._both(wanted, must, 3, 1, 4)

    def _experience(self) -> str:
        query = self.query
        values = [(self._bent("experience_months", f.SATURATION), 2)]
        if query.sector:
            values.append((self._bent(self._value("sector_months", query.sector, "months"), f.SATURATION), 5))
        channels = [self._value("channel_months", code, "months") for code in query.channels]
        if channels:
            values.append((self._mean([(self._bent(months, f.SATURATION), 1) for months in channels]), 3))
        return self._mean(values)

    def _time(self) -> str:
        div, worked = self.dialect.div, "greatest(worked, 1)"
        by_day = f"{f.UNIT} * (worked - night) {div} {worked}"
        return f"(7 * ({f.UNIT} * preferred {div} {worked}) + 3 * ({by_day})) {div} 10"

    def _pay_by_place(self) -> str:
        """Middle of the offer and the market band, made wide where it is a single figure."""
        div, single = self.dialect.div, "market_low = market_high"
        return (
            f"(offer_low + offer_high) {div} 2 AS middle,"
            f" CASE WHEN {single} THEN market_low {div} 2 ELSE market_low END AS bottom,"
            f" CASE WHEN {single} THEN market_high + market_high {div} 2 ELSE market_high END AS top"
        )

    def _pay_sums(self) -> str:
        div, least = self.dialect.div, -f.IN_MARKET[0][0]
        width = "greatest(top - bottom, 1)"
        # Division rounds toward zero in SQL: the curve is moved to begin at 0, so that nothing is negative.
        place = f"greatest({f.UNIT} * (middle - bottom) + {least} * {width}, 0) {div} {width} - {least}"
        above = self._bent(f"({f.UNIT} * offer_low {div} greatest(floor, 1))", f.ABOVE_FLOOR)
        market = self._bent(f"({place})", f.IN_MARKET)
        return (
            "CASE WHEN floor > 0 THEN 3 ELSE 0 END + CASE WHEN market_high > 0 THEN 3 ELSE 0 END AS pay_weight,"
            f" CASE WHEN floor > 0 THEN 3 * ({above}) ELSE 0 END"
            f" + CASE WHEN market_high > 0 THEN 3 * ({market}) ELSE 0 END AS pay_sum"
        )

    def _bent(self, value: str, points: tuple[tuple[int, int], ...]) -> str:
        """y for x of a line through the points, rounded down."""
        (x, y), rest = points[0], points[1:]
        chain = [f"WHEN {value} <= {x} THEN {y}"]
        for right, up in rest:
            line = f"{y} + ({value} - {x}) * {_big(up - y)} {self.dialect.div} {right - x}"
            chain.append(f"WHEN {value} <= {right} THEN {line}")
            x, y = right, up
        return f"CASE {' '.join(chain)} ELSE {y} END"

    def _mean(self, values: Weighed) -> str:
        total = " + ".join(f"({value}) * {_big(weight)}" for value, weight in values)
        return f"({total}) {self.dialect.div} {sum(weight for _, weight in values)}"

    def _both(self, first: Weighed, second: Weighed, many: int, few: int, of: int) -> str:
        if not first or not second:
            return self._mean(first or second)
        return f"({many} * ({self._mean(first)}) + {few} * ({self._mean(second)})) {self.dialect.div} {of}"


def _big(number: int) -> str:
    """A literal that makes its whole product 64 bits wide."""
    return f"CAST({number} AS BIGINT)"


def _cases(value: str, by: dict[int, int]) -> str:
    return f"CASE {value} " + " ".join(f"WHEN {key} THEN {found}" for key, found in by.items()) + " END"
