"""The engine once more in plain Python, written from docs/matching.md: slow, naive, separate.

It shares no code with the engine: own tables, own calendar (datetime and zoneinfo), own integers.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isqrt
from zoneinfo import ZoneInfo

from matching.engine import VacancyQuery
from tests.matching.engine.people import Person

ONE = 10**7
PARTS = ("language", "culture", "time", "pay", "skills", "experience", "commitment")
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a naive wall-clock origin
OPEN = {"language.not_measured", "skills.not_measured", "pay.floor_unknown"}


@dataclass
class Hours:
    worst: int
    short: int
    must_short: int
    worked: int
    preferred: int
    night: int


@dataclass
class Verdict:
    person: Person
    code: str | None
    near_miss: bool
    fits: tuple[int, ...] = ()
    employer: int = 0
    candidate: int = 0
    score: int = 0
    contributions: tuple[int, ...] = ()


def rank_naively(
    people: list[Person], query: VacancyQuery, candidate_weights: tuple[int, ...], top: int
) -> tuple[list[Verdict], dict[str, int], dict[str, list[int]]]:
    """(ranked verdicts, counts by code, near-miss ids by code)."""
    verdicts = [judge(person, query, candidate_weights) for person in people]
    ranked = sorted((v for v in verdicts if v.code is None), key=lambda v: (-v.score, v.person.id))
    counts: dict[str, int] = {}
    near: dict[str, list[int]] = {}
    for verdict in sorted(verdicts, key=lambda v: v.person.id):
        if verdict.code:
            counts[verdict.code] = counts.get(verdict.code, 0) + 1
            if verdict.near_miss:
                near.setdefault(verdict.code, []).append(verdict.person.id)
    return ranked[:top], counts, near


def judge(person: Person, query: VacancyQuery, candidate_weights: tuple[int, ...]) -> Verdict:
    hours = hours_of(person, query)
    failed = [
        code
        for code in (
            listed(person, query),
            None if person.forms & query.contract_form else "contract_form.not_accepted",
            country(person, query),
            right_to_work(person, query),
            languages(person, query),
            must_skills(person, query),
            pay_gate(person, query),
            hours_gate(person, query, hours),
        )
        if code
    ]
    if failed:
        return Verdict(person, failed[0], all(code in OPEN for code in failed))
    asked = asked_parts(query)
    every = {
        "language": language_fit,
        "culture": culture_fit,
        "time": lambda p, q: time_fit(hours),
        "pay": pay_fit,
        "skills": skills_fit,
        "experience": experience_fit,
        "commitment": commitment_fit,
    }
    fits = tuple(every[part](person, query) if part in asked else 0 for part in PARTS)
    own = [w if p in asked else 0 for p, w in zip(PARTS, query.weights, strict=True)]
    theirs = [w if p in asked else 0 for p, w in zip(PARTS, candidate_weights, strict=True)]
    return Verdict(person, None, False, fits, *total(fits, shares(own), shares(theirs)))


# Gates


def listed(person: Person, query: VacancyQuery) -> str | None:
    if not person.agreed:
        return "listed.not_agreed"
    if not person.available:
        return "listed.not_available"
    if person.start_day > query.start_day and not person.just_looking:
        return "listed.starts_later"
    return None


def terms_of(person: Person, query: VacancyQuery):
    by_place = {(t.country, t.region): t for t in query.places}
    return by_place.get(person.place) or by_place.get((person.place[0], ""))


def country(person: Person, query: VacancyQuery) -> str | None:
    terms = terms_of(person, query)
    return None if terms and terms.hireable else "country.not_hireable"


def right_to_work(person: Person, query: VacancyQuery) -> str | None:
    if person.right_until == 0:
        return "right_to_work.none_stated"
    return "right_to_work.ends_early" if person.right_until < query.end_day else None


def languages(person: Person, query: VacancyQuery) -> str | None:
    found = set()
    for need in query.languages:
        measured, claimed, _, _ = person.languages.get(need.code, (0, 0, 0, 0))
        if measured >= need.level:
            continue
        if measured:
            found.add("below")
        elif claimed == 0:
            found.add("not_stated")
        elif claimed < need.level:
            found.add("claimed_below")
        else:
            found.add("not_measured")
    order = ("below", "not_stated", "claimed_below", "not_measured")
    return next((f"language.{reason}" for reason in order if reason in found), None)


def must_skills(person: Person, query: VacancyQuery) -> str | None:
    found = set()
    for need in query.must_skills:
        measured, stated = person.skills.get(need.code, (0, 0))
        if measured >= need.minimum:
            continue
        if measured:
            found.add("below")
        elif stated == 0:
            found.add("not_stated")
        elif stated < need.minimum:
            found.add("stated_below")
        else:
            found.add("not_measured")
    order = ("below", "not_stated", "stated_below", "not_measured")
    return next((f"skills.{reason}" for reason in order if reason in found), None)


def pay_gate(person: Person, query: VacancyQuery) -> str | None:
    terms = terms_of(person, query)
    if terms is None:
        return None
    enough = terms.offer_low > terms.legal_floor and terms.offer_low >= terms.other_floor
    if terms.floor_known and not enough:
        return "pay.below_floor"
    if terms.offer_high < person.minimum:
        return "pay.below_minimum"
    return None if terms.floor_known else "pay.floor_unknown"


def hours_gate(person: Person, query: VacancyQuery, hours: Hours) -> str | None:
    if person.hours[0] > query.hours_week:
        return "hours.fewer_than_wanted"
    if person.hours[1] < query.hours_week:
        return "hours.more_than_wanted"
    if hours.must_short > 0:
        return "hours.must_block"
    return "hours.overlap" if hours.short > 0 else None


# Calendar


def minute_of(local: int, zone: ZoneInfo) -> int:
    """UTC minute of a wall-clock minute: skipped moves forward, doubled is the first."""
    wall = (EPOCH + timedelta(minutes=local)).replace(tzinfo=zone, fold=0)
    return int(wall.astimezone(UTC).timestamp()) // 60


def stretches(blocks, monday: int, zone: ZoneInfo) -> list[tuple[int, int]]:
    """Unbroken stretches of a weekly pattern around a week, as UTC intervals."""
    week = [False] * 672
    for weekday, start, end in blocks:
        for quarter in range(start // 15, end // 15):
            week[(weekday * 96 + quarter) % 672] = True
    held = [week[quarter % 672] for quarter in range(-2 * 672, 3 * 672)]
    found, since = [], None
    for position, there in enumerate([*held, False]):
        if there and since is None:
            since = position
        elif not there and since is not None:
            found.append((since, position))
            since = None
    origin = monday * 1440 - 2 * 7 * 1440
    return [(minute_of(origin + a * 15, zone), minute_of(origin + b * 15, zone)) for a, b in found]


def is_night(utc_minute: int, zone: ZoneInfo) -> bool:
    hour = datetime.fromtimestamp(utc_minute * 60, zone).hour
    return hour >= 22 or hour < 6


def hours_of(person: Person, query: VacancyQuery) -> Hours:
    monday = query.start_day
    while datetime.fromtimestamp(monday * 86400, UTC).weekday():
        monday -= 1
    weeks = [week_of(person, query, day) for day in range(monday, query.end_day + 1, 7)]
    return Hours(
        min(w[0] for w in weeks),
        max(w[1] for w in weeks),
        max(w[2] for w in weeks),
        *(sum(w[i] for w in weeks) for i in (3, 4, 5)),
    )


def week_of(person: Person, query: VacancyQuery, monday: int) -> tuple[int, ...]:
    own, theirs = ZoneInfo(query.zone), ZoneInfo(person.zone)
    blocks = []
    for block in query.shifts:
        start = (monday + block.weekday) * 1440 + block.start_minute
        blocks.append((minute_of(start, own), minute_of(start + block.duration_minutes, own), block.must))
    available = stretches(person.blocks, monday, theirs)
    preferred = None if person.preferred is None else stretches(person.preferred, monday, theirs)
    both = None
    if preferred is not None:
        shared = tuple(
            (q // 96, q % 96 * 15, q % 96 * 15 + 15)
            for q in range(672)
            if covers(person.blocks, q) and covers(person.preferred, q)
        )
        both = stretches(shared, monday, theirs)
    edges = {edge for start, end, _ in blocks for edge in (start, end)}
    for start, end, _ in blocks:
        edges.update(range(start - start % 15 + 15, end, 15))
    ordered = sorted(edges)
    tally = dict.fromkeys(
        ("all", "must", "have", "must_have", "welcome", "must_welcome", "night", "must_night"), 0
    )
    for start, end in itertools.pairwise(ordered):
        over = [must for a, b, must in blocks if a <= start and end <= b]
        if not over:
            continue
        must, length = any(over), end - start
        there = any(a <= start < b for a, b in available)
        liked = there and (both is None or any(a <= start < b for a, b in both))
        dark = there and is_night(start, theirs) and not (both is not None and liked)
        for name, true in (("all", True), ("have", there), ("welcome", liked), ("night", dark)):
            if true:
                tally[name] += length
                if must:
                    tally["must" if name == "all" else f"must_{name}"] += length
    return summed(tally, query.hours_week)


def covers(blocks, quarter: int) -> bool:
    minute = quarter * 15
    for weekday, start, end in blocks:
        first = weekday * 1440 + start
        if first <= minute < first - start + end or first <= minute + 10080 < first - start + end:
            return True
    return False


def summed(tally: dict[str, int], hours_week: int) -> tuple[int, ...]:
    needed = min(hours_week, tally["all"])
    worked = max(needed, tally["must"])
    free = worked - tally["must"]
    preferred = tally["must_welcome"] + min(tally["welcome"] - tally["must_welcome"], free)
    free_night = tally["night"] - tally["must_night"]
    free_day = tally["have"] - tally["must_have"] - free_night
    night = tally["must_night"] + min(max(free - free_day, 0), free_night)
    return (
        tally["have"],
        max(needed - tally["have"], 0),
        tally["must"] - tally["must_have"],
        worked,
        preferred,
        night,
    )


# Fits


def asked_parts(query: VacancyQuery) -> set[str]:
    asked = {"time", "pay", "commitment"}
    if query.languages or query.nice_languages:
        asked.add("language")
    if query.must_skills or query.wanted_skills:
        asked.add("skills")
    if query.sector or query.channels:
        asked.add("experience")
    if query.weights.culture and (query.organisation is not None or query.locality_wanted):
        asked.add("culture")
    return asked


def curve(points, x: int) -> int:
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if x < x1:
            return y0 + (x - x0) * (y1 - y0) // (x1 - x0)
    return points[-1][1]


def mean(pairs) -> int:
    return sum(v * w for v, w in pairs) // sum(w for _, w in pairs)


def language_fit(person: Person, query: VacancyQuery) -> int:
    table = ((-1000, 5_000_000), (0, 7_000_000), (500, 8_200_000), (1000, 9_100_000), (2000, ONE))
    edges = [query.cefr_cuts[0] - 1000, *query.cefr_cuts, query.cefr_cuts[-1] + 1000]
    required, nice = [], []
    for need in query.languages:
        measured, _, theta, error = person.languages[need.code]
        if not error:
            low, high = edges[measured - 1], edges[measured]
            theta, error = (low + high) // 2, (high - low) // 4
        required.append((curve(table, theta - error - edges[need.level - 1]), need.weight))
    for need in query.nice_languages:
        measured = person.languages.get(need.code, (0,))[0]
        nice.append((ONE if measured >= need.level else ONE * measured // (2 * need.level), need.weight))
    if not required:
        return mean(nice)
    return (17 * mean(required) + 3 * mean(nice)) // 20 if nice else mean(required)


def culture_fit(person: Person, query: VacancyQuery) -> int:
    organisation = locality = None
    if query.organisation is not None:
        known = [
            (a - b) ** 2 for a, b in zip(person.style, query.organisation, strict=True) if a >= 0 and b >= 0
        ]
        organisation = ONE // 2
        if known:
            organisation = ONE - isqrt(ONE * ONE * sum(known) // (144 * len(known)))
    if query.locality_wanted:
        halves = []
        for side in (query.team_countries, query.customer_countries):
            if side:
                halves.append((mean([(home(person, c.country), c.weight) for c in side]), 1))
        locality = mean(halves)
    if locality is None:
        return organisation
    if organisation is None:
        return locality
    return ((ONE - query.locality_share) * organisation + query.locality_share * locality) // ONE


def home(person: Person, code: str) -> int:
    bits = person.localities.get(code, 0)
    if bits & 1 or bits & 4:
        return ONE
    return {0: 0, 2: 6_000_000, 8: 4_000_000, 10: 8_500_000}[bits & 10]


def time_fit(hours: Hours) -> int:
    total_minutes = max(hours.worked, 1)
    by_day = ONE * (hours.worked - hours.night) // total_minutes
    return (7 * (ONE * hours.preferred // total_minutes) + 3 * by_day) // 10


def pay_fit(person: Person, query: VacancyQuery) -> int:
    terms = terms_of(person, query)
    middle = (terms.offer_low + terms.offer_high) // 2
    floor = max(terms.legal_floor, terms.other_floor)
    found = []
    if floor:
        table = (
            (ONE, 2_000_000),
            (11_000_000, 4_500_000),
            (12_500_000, 7_000_000),
            (15_000_000, 8_500_000),
            (20_000_000, ONE),
        )
        found.append((curve(table, ONE * terms.offer_low // floor), 3))
    if terms.market_high:
        low, high = terms.market_low, terms.market_high
        if low == high:
            low, high = low // 2, high + high // 2
        table = (
            (-5_000_000, 0),
            (0, 3_000_000),
            (5_000_000, 7_000_000),
            (ONE, 9_500_000),
            (15_000_000, ONE),
        )
        found.append((curve(table, ONE * (middle - low) // max(high - low, 1)), 3))
    if person.wish:
        table = ((5_000_000, 0), (8_000_000, 5_000_000), (ONE, ONE))
        found.append((curve(table, ONE * middle // person.wish), 4))
    return mean(found) if found else ONE // 2


def skills_fit(person: Person, query: VacancyQuery) -> int:
    wanted, must = [], []
    for wish in query.wanted_skills:
        measured, stated = person.skills.get(wish.code, (0, 0))
        value = (0, 4_000_000, 7_500_000, ONE)[measured] if measured else stated * 1_000_000
        wanted.append((value, wish.weight))
    for need in query.must_skills:
        above = person.skills[need.code][0] - need.minimum
        must.append(((7_000_000, 9_000_000, ONE)[above], 1))
    if not must:
        return mean(wanted)
    return (3 * mean(wanted) + mean(must)) // 4 if wanted else mean(must)


def experience_fit(person: Person, query: VacancyQuery) -> int:
    table = (
        (0, 0),
        (3, 3_000_000),
        (6, 5_000_000),
        (12, 6_500_000),
        (24, 8_000_000),
        (36, 9_000_000),
        (60, ONE),
    )
    found = [(curve(table, person.experience), 2)]
    if query.sector:
        found.append((curve(table, person.sectors.get(query.sector, 0)), 5))
    if query.channels:
        found.append((mean([(curve(table, person.channels.get(c, 0)), 1) for c in query.channels]), 3))
    return mean(found)


def commitment_fit(person: Person, query: VacancyQuery) -> int:
    length = ONE
    if person.months:
        offered = query.contract_months or max(24, person.months)
        length = ONE * min(person.months, offered) // max(person.months, offered)
    low, high = person.hours
    width = max(high - low, 1)
    off_middle = min(abs(2 * query.hours_week - low - high), width)
    hours = ONE - ONE * off_middle // (4 * width)
    return (6 * length + 4 * hours) // 10


# Score


def shares(weights: list[int]) -> list[int]:
    added = sum(weights)
    if not added:
        return [0] * len(weights)
    found = [weight * ONE // added for weight in weights]
    rest = [weight * ONE % added for weight in weights]
    for _ in range(ONE - sum(found)):
        largest = max(range(len(weights)), key=lambda i: (rest[i], -i))
        found[largest] += 1
        rest[largest] = -1
    return found


def total(fits, own, theirs) -> tuple[int, int, int, tuple[int, ...]]:
    e = [fit * weight // ONE for fit, weight in zip(fits, own, strict=True)]
    c = [fit * weight // ONE for fit, weight in zip(fits, theirs, strict=True)]
    employer, candidate = sum(e), sum(c)
    both = employer + candidate
    if not both:
        return 0, 0, 0, (0,) * len(fits)
    score = 2 * employer * candidate // both
    added = []
    for ei, ci in zip(e, c, strict=True):
        x = (ei * candidate * 10**4 // both) * candidate // both
        y = (ci * employer * 10**4 // both) * employer // both
        added.append(2 * (x + y) // 10**4)
    order = sorted(range(len(added)), key=lambda i: (-added[i], e[i] + c[i] == 0, i))
    for position in order[: score - sum(added)]:
        added[position] += 1
    return employer, candidate, score, tuple(added)
