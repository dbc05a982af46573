"""People and vacancies made from a source of small numbers: a seeded generator, or bytes drawn by hypothesis.

Made so that many of them meet and many just fail: each hard fact is usual nine times of ten, and the rest is
drawn close to where it decides. Zero is the plainest choice everywhere, so that examples shrink to plain ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from matching.engine import (
    CountryWeight,
    LanguageNeed,
    PartWeights,
    PlaceTerms,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    VacancyQuery,
)
from matching.engine.columns import UNRESTRICTED
from matching.engine.zones import zone_names
from tests.matching.engine.people import ALWAYS, OFFICE, Person, day

T = TypeVar("T")
Blocks = tuple[tuple[int, int, int], ...]

ALL_ZONES = tuple(sorted(zone_names()))
ZONES = (
    "Europe/Amsterdam",
    "Europe/Lisbon",
    "Europe/London",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Cairo",
    "America/New_York",
    "America/Bogota",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "America/St_Johns",
    "America/Vancouver",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Manila",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
CHANGES = (
    # Usual changes of the next years: Europe, America (other weeks), Lord Howe (half an hour), Troll (two hours).
    ("Europe/Amsterdam", day(2027, 3, 22)),
    ("Europe/Amsterdam", day(2027, 10, 25)),
    ("America/New_York", day(2027, 3, 8)),
    ("America/New_York", day(2026, 10, 26)),
    ("Australia/Lord_Howe", day(2027, 3, 29)),
    ("Australia/Lord_Howe", day(2026, 9, 28)),
    ("Antarctica/Troll", day(2027, 3, 22)),
    ("Antarctica/Troll", day(2026, 10, 19)),
    ("Pacific/Chatham", day(2026, 9, 21)),
    ("Pacific/Chatham", day(2027, 3, 29)),
    ("Asia/Beirut", day(2027, 3, 22)),  # at midnight
    ("America/Havana", day(2026, 10, 26)),
    ("America/Nuuk", day(2027, 3, 22)),
    # Once and for all.
    ("Africa/Casablanca", day(2026, 9, 14)),
    ("America/Sao_Paulo", day(2019, 2, 11)),
    ("America/Mexico_City", day(2022, 10, 24)),
    ("America/Caracas", day(2016, 4, 25)),
    ("America/Asuncion", day(2024, 9, 30)),
    ("Asia/Amman", day(2022, 10, 24)),
    ("Asia/Pyongyang", day(2018, 4, 30)),
    ("Asia/Pyongyang", day(2015, 8, 10)),
    ("Asia/Tehran", day(2022, 9, 19)),
    ("Europe/Istanbul", day(2016, 3, 21)),
    ("Europe/Moscow", day(2014, 10, 20)),
    ("Pacific/Apia", day(2011, 12, 26)),  # a whole day left out
)
STARTS = (
    day(2027, 2, 1),
    day(2026, 9, 14),
    day(2026, 10, 19),
    day(2026, 11, 2),
    day(2027, 3, 8),
    day(2027, 3, 22),
    day(2027, 4, 1),
    day(2027, 9, 20),
)
PLACES = (("PT", ""), ("NL", ""), ("CA", "CA-ON"), ("CA", "CA-QC"), ("ZA", ""))
LANGUAGES = ("en", "nl", "fr")
EMPLOYERS = (7, 70, 2**40)
SKILLS = ("writing", "rome_art", "crm")
PART_NAMES = ("language", "culture", "time", "pay", "skills", "experience", "commitment")


class Maker:
    """One choice after another. `below(n)` gives a number from 0 to n - 1."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    @classmethod
    def seeded(cls, seed: int) -> Maker:
        return cls(Random(seed).randrange)

    @classmethod
    def of_bytes(cls, data: bytes) -> Maker:
        """Three bytes a choice; zeros once they are used up."""
        numbers = iter([int.from_bytes(data[i : i + 3], "big") for i in range(0, len(data) - 2, 3)])
        return cls(lambda n: next(numbers, 0) % n)

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def seldom(self, one_in: int = 10) -> bool:
        return self.below(one_in) == one_in - 1

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Up to `most` different ones, in a random order."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(self.between(0, most))]


def make_zone(maker: Maker) -> str:
    return maker.pick(ALL_ZONES) if maker.below(2) else maker.pick(ZONES)


def make_week(maker: Maker) -> Blocks:
    kind = maker.below(4)
    if kind < 3:
        return (ALWAYS, ALWAYS, OFFICE)[kind]
    return make_blocks(maker)


def make_blocks(maker: Maker) -> Blocks:
    """Up to nine blocks, overlapping or not, now and then around the hour of a clock change."""
    blocks = set()
    for _ in range(maker.between(0, 9)):
        weekday, start = maker.below(7), maker.below(96) * 15
        length = maker.between(1, 96) * 15
        if maker.below(3) == 2:
            weekday, start, length = maker.pick((6, 5, 4)), maker.below(17) * 15, maker.pick((15, 45, 90))
        blocks.add((weekday, start, start + length))
    return tuple(sorted(blocks))


def make_person(maker: Maker, number: int = 1) -> Person:
    low = maker.pick((300, 600, 1200)) if maker.seldom() else 0
    return Person(
        id=number,
        agreed=not maker.seldom(16),
        available=not maker.seldom(16),
        just_looking=bool(maker.below(2)),
        start_day=maker.pick(STARTS) if maker.seldom() else 0,
        forms=maker.below(4) if maker.seldom() else 3,
        place=maker.pick(PLACES) if maker.seldom(6) else ("PT", ""),
        right_until=maker.pick((0, day(2026, 12, 31), day(2028, 1, 1))) if maker.seldom() else UNRESTRICTED,
        hours=(low, maker.between(low, 3600) if maker.seldom() else 10_080),
        blocks=make_week(maker),
        preferred=make_week(maker) if maker.below(2) else None,
        zone=make_zone(maker),
        minimum=maker.between(40_000, 120_000) if maker.seldom(6) else 0,
        wish=maker.between(50_000, 150_000) if maker.below(2) else 0,
        months=maker.pick((0, 3, 6, 12, 60)),
        style=tuple(maker.between(0, 13) - 1 for _ in range(8)),
        experience=maker.below(81),
        languages={code: _language(maker) for code in LANGUAGES if not maker.seldom()},
        skills={code: _skill(maker) for code in SKILLS if not maker.seldom(4)},
        localities={code: maker.below(16) for code in maker.some(("NL", "ES", "IT"), 2)},
        sectors={code: maker.below(81) for code in maker.some(("travel", "retail"), 2)},
        channels={code: maker.below(81) for code in maker.some(("phone", "chat"), 2)},
        not_sectors=tuple(maker.some(("travel", "retail"), 2)) if maker.seldom(4) else (),
        not_employers=tuple(maker.some(EMPLOYERS, 3)) if maker.seldom(4) else (),
    )


def _language(maker: Maker) -> tuple[int, int, int, int]:
    """Mostly measured high, else at any level or not at all."""
    measured = (maker.between(4, 6), maker.between(4, 6), maker.below(7), 0)[maker.below(4)]
    return measured, maker.below(7), maker.between(-4000, 4000), maker.pick((0, maker.between(1, 900)))


def _skill(maker: Maker) -> tuple[int, int]:
    return maker.pick((3, 0, 1, maker.below(4))), maker.below(4)


def make_people(maker: Maker, most: int = 6) -> list[Person]:
    """At least one, with different numbers, in no order."""
    numbers = {maker.between(1, 10**6): None for _ in range(maker.between(1, most))}
    return [make_person(maker, number) for number in numbers]


def make_shifts(maker: Maker) -> tuple[ShiftBlock, ...]:
    """One to five blocks to the minute, none over another, also not around the end of the week."""
    drawn = sorted(
        (maker.below(7), maker.below(1440), maker.between(1, 1440), maker.seldom(8))
        for _ in range(maker.between(1, 5))
    )
    kept: list[ShiftBlock] = []
    for block in (ShiftBlock(*values) for values in drawn):
        begin = block.weekday * 1440 + block.start_minute
        after = kept[-1].weekday * 1440 + kept[-1].start_minute + kept[-1].duration_minutes if kept else 0
        wraps = kept[0].weekday * 1440 + kept[0].start_minute + 10080 if kept else 20160
        if after <= begin and begin + block.duration_minutes <= wraps:
            kept.append(block)
    return tuple(kept)


def make_terms(maker: Maker, country: str, region: str) -> PlaceTerms:
    low = maker.between(50_000, 110_000)
    market = sorted(maker.between(40_000, 140_000) for _ in range(2))
    return PlaceTerms(
        country=country,
        region=region,
        hireable=country == "PT" or not maker.seldom(5),
        floor_known=not maker.seldom(8),
        legal_floor=maker.pick((low, low - 1, maker.below(90_000))) if maker.seldom(5) else 0,
        other_floor=maker.pick((low, low + 1, maker.below(90_000))) if maker.seldom(5) else 0,
        offer_low=low,
        offer_high=low + maker.below(20_001),
        market_low=(market_low := maker.pick((market[0], 0))),
        market_high=maker.pick((market[1], market_low)) if market_low else 0,
    )


def make_weights(maker: Maker) -> PartWeights:
    values = [maker.below(101) for _ in PART_NAMES]
    return PartWeights(**(dict(zip(PART_NAMES, values, strict=True)) | {"time": max(values[2], 1)}))


def make_vacancy(maker: Maker) -> VacancyQuery:
    shifts = make_shifts(maker)
    zone, start = make_zone(maker), maker.pick(STARTS) + maker.below(7)
    if maker.below(3) == 2:
        zone, start = maker.pick(CHANGES)
    length = maker.between(0, 400) if maker.seldom(24) else maker.between(0, 20)
    required = maker.some(LANGUAGES, 2)
    nice = [code for code in LANGUAGES if code not in required][: maker.below(2)]
    must = maker.some(SKILLS, maker.pick((1, 2)) if maker.seldom(2) else 0)
    wanted = [code for code in SKILLS if code not in must][: maker.below(3)]
    team, customers = _countries(maker), _countries(maker)
    style = tuple(maker.between(0, 13) - 1 for _ in range(8))
    minutes = sum(block.duration_minutes for block in shifts)
    given: dict[str, Any] = {
        "places": tuple(make_terms(maker, *place) for place in (("PT", ""), ("NL", ""), ("CA", ""), ("CA", "CA-QC"))),
        "contract_form": 2 if maker.seldom(8) else 1,
        "start_day": start,
        "end_day": start + length,
        "contract_months": maker.pick((0, 6, 12)),
        "languages": tuple(LanguageNeed(c, maker.between(1, 5), maker.between(1, 5)) for c in required),
        "nice_languages": tuple(LanguageNeed(c, maker.between(1, 6), maker.between(1, 5)) for c in nice),
        "must_skills": tuple(SkillNeed(code, maker.between(1, 3)) for code in must),
        "wanted_skills": tuple(SkillWish(code, maker.between(1, 5)) for code in wanted),
        "hours_week": maker.pick((minutes, maker.between(1, minutes), maker.between(1, minutes))),
        "zone": zone,
        "shifts": shifts,
        "employer": maker.pick((0, *EMPLOYERS)),
        "sector": maker.pick(("", "travel")),
        "channels": maker.pick(((), ("phone",), ("phone", "chat"))),
        "customer_countries": customers,
        "team_countries": team,
        "organisation": maker.pick((None, style)),
        "locality_wanted": bool(team or customers) and bool(maker.below(2)),
        "locality_share": maker.between(0, 10**7),
        "weights": make_weights(maker),
    }  # fmt: skip
    return VacancyQuery(**given)


def _countries(maker: Maker) -> tuple[CountryWeight, ...]:
    return tuple(CountryWeight(code, maker.between(1, 5)) for code in maker.some(("NL", "ES", "IT"), 2))


def make_suited(maker: Maker) -> tuple[Person, VacancyQuery]:
    """A vacancy and somebody who passes every gate but, now and then, the hours."""
    query, person = make_vacancy(maker), make_person(maker)
    portugal = replace(query.places[0], floor_known=True, legal_floor=0, other_floor=0)
    languages, skills = dict(person.languages), dict(person.skills)
    for need in query.languages:
        measured, *rest = languages.get(need.code, (0, 0, 0, 0))
        languages[need.code] = (max(measured, need.level), *rest)
    for must in query.must_skills:
        measured, stated = skills.get(must.code, (0, 0))
        skills[must.code] = (max(measured, must.minimum), stated)
    able = replace(
        person, agreed=True, available=True, start_day=0, forms=3, place=("PT", ""), right_until=UNRESTRICTED,
        hours=(0, maker.pick((10_080, 5000 + query.hours_week // 2))), minimum=0, languages=languages, skills=skills,
    )  # fmt: skip
    return able, replace(query, places=(portugal, *query.places[1:]))
