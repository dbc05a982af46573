"""Drawing demo people, a chunk at a time, with an explicit random generator: the same seed, the same people."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from assessments.engine.levels import band
from assessments.engine.simulation import simulate
from marketplace.demo import shape
from marketplace.demo.weeks import draw_week
from marketplace.demo.world import Home, World

Rng = np.random.Generator
HOURS = ((16, 24), (20, 32), (24, 40), (32, 40), (36, 40), (40, 40))
MARKETS = ("NL", "DE", "BE", "GB", "US", "FR", "ES", "IT")
ETIQUETTE = ("nl", "de", "be", "fr", "es", "it", "gb")


@dataclass(slots=True)
class Person:
    """One drawn person, ready to be written as rows. Levels are 1..6, abilities in logits."""

    public_id: uuid.UUID
    name: str
    home: Home
    region: str | None
    zone: str
    listed: bool
    freelance: bool
    work_right: str
    permit_until: date | None
    education_level: int
    education_field: str
    availability: bytes
    preferred: bytes
    hours: tuple[int, int]
    contract_months: int | None
    pay: tuple[Decimal, Decimal, str]
    start: date | None
    just_looking: bool
    work_style: list[int] | None
    languages: dict[str, tuple[int, bool]] = field(default_factory=dict)
    abilities: dict[str, tuple[float, float]] = field(default_factory=dict)
    skills: dict[str, int] = field(default_factory=dict)
    measured_skills: dict[str, int] = field(default_factory=dict)
    places: list[tuple[str, str, int]] = field(default_factory=list)
    markets: set[str] = field(default_factory=set)
    experience: dict[tuple[str, str], int] = field(default_factory=dict)


def draw(world: World, count: int, rng: Rng) -> list[Person]:
    """`count` people; English abilities come from simulated answers to the real bank, scored in one batch."""
    people = [
        _person(world, world.homes[at], rng)
        for at in rng.choice(len(world.homes), size=count, p=world.weights)
    ]
    true = np.array([_english(person.home.code, rng) for person in people])
    simulated = simulate(true, world.params, rng)
    for person, ability, theta, error in zip(
        people, true, simulated.theta, simulated.standard_error, strict=True
    ):
        english_first = person.languages.get("en", (0, False))[1]
        person.languages["en"] = (_claim(ability, world, rng), english_first)
        if rng.random() < shape.ENGLISH_TESTED:
            person.abilities["en"] = (float(theta), float(error))
    return people


def _person(world: World, home: Home, rng: Rng) -> Person:
    zone, region = _place(home, rng)
    availability, preferred = draw_week(_pick(rng, shape.SHIFT_LIVES), rng)
    looking = rng.random() < shape.JUST_LOOKING
    right, until = _right(world.on, rng)
    higher = rng.random() < shape.HIGHER_EDUCATION
    level = int(rng.choice([5, 6, 6, 6, 7] if higher else [2, 3, 3, 4]))
    person = Person(
        public_id=uuid.UUID(bytes=rng.bytes(16), version=4),
        name=_name(rng),
        home=home,
        region=region,
        zone=zone,
        listed=bool(rng.random() < shape.LISTED),
        freelance=bool(rng.random() < shape.FREELANCE),
        work_right=right,
        permit_until=until,
        education_level=level,
        education_field=f"{rng.integers(0, 11):02}",
        availability=availability,
        preferred=preferred,
        hours=HOURS[rng.choice(len(HOURS), p=[0.08, 0.14, 0.22, 0.30, 0.16, 0.10])],
        contract_months=[None, 6, 12, 24][rng.choice(4, p=[0.6, 0.15, 0.15, 0.1])],
        pay=_pay(home, rng),
        start=None if looking or rng.random() < 0.5 else world.on + timedelta(days=int(rng.integers(0, 30))),
        just_looking=looking,
        work_style=rng.integers(1, 6, size=24).tolist() if rng.random() < shape.ANSWERED_WORK_STYLE else None,
    )
    _languages(person, world, rng)
    _background(person, world, rng)
    return person


def _place(home: Home, rng: Rng) -> tuple[str, str | None]:
    """Clock and region, which belong together where the country has several clocks."""
    main, *others = home.zones
    if others:
        zone = main if rng.random() < shape.MAIN_ZONE else str(rng.choice(others))
        return zone, shape.REGION_OF_ZONE.get(zone)
    named = home.regions and rng.random() < shape.NAMES_REGION
    return main, str(rng.choice(home.regions)) if named else None


def _languages(person: Person, world: World, rng: Rng) -> None:
    home = person.home
    abroad = home.code in shape.ABROAD_COUNTRIES and rng.random() < shape.ABROAD
    if abroad:
        mother = "nl" if rng.random() < 0.7 else "de"
        person.places.append(("NL" if mother == "nl" else "DE", "lived", int(rng.integers(5, 30))))
        person.markets.add("NL" if mother == "nl" else "DE")
    else:
        mother = str(rng.choice(home.mother_tongues, p=home.tongue_shares))
    _speaks(person, world, mother, _logits(rng.normal(2.4, 0.5)), True, shape.MOTHER_TONGUE_TESTED, rng)
    if abroad and home.mother_tongues[0] not in person.languages:
        _speaks(person, world, home.mother_tongues[0], _logits(rng.normal(0.3, 0.8)), False, 0.4, rng)
    for language, share in home.heard:
        if language not in person.languages and rng.random() < share * shape.HEARD_AT_HOME:
            _speaks(person, world, language, _logits(rng.normal(0.9, 0.9)), False, shape.OTHER_TESTED, rng)
    for language, share in shape.LEARNED:
        if language not in person.languages and rng.random() < share:
            _speaks(person, world, language, _logits(rng.normal(0.4, 1.0)), False, shape.OTHER_TESTED, rng)


def _speaks(
    person: Person, world: World, code: str, ability: float, first: bool, tested: float, rng: Rng
) -> None:
    person.languages[code] = (_claim(ability, world, rng), first)
    if code != "en" and rng.random() < tested:
        error = float(rng.uniform(0.35, 0.5))
        person.abilities[code] = (float(np.clip(ability + rng.normal(0, error), -6, 6)), error)


def _background(person: Person, world: World, rng: Rng) -> None:
    for skill in rng.choice(world.skills, size=int(rng.integers(3, 9)), replace=False):
        person.skills[str(skill)] = int(rng.choice([1, 2, 3], p=[0.3, 0.5, 0.2]))
    for skill, stated in list(person.skills.items()):
        if rng.random() < 0.35:
            person.measured_skills[skill] = max(1, min(3, stated + int(rng.integers(-1, 2))))
    if rng.random() < 0.06:
        person.measured_skills[f"etiquette_{rng.choice(ETIQUETTE)}"] = 2
    if rng.random() < 0.2:
        country = world.homes[rng.choice(len(world.homes), p=world.weights)].code
        if country != person.home.code:
            person.places.append(
                (country, str(rng.choice(["worked", "studied", "lived"])), int(rng.integers(1, 9)))
            )
    person.places.append((person.home.code, "lived", int(rng.integers(4, 35))))
    if rng.random() >= shape.EXPERIENCED:
        return
    person.markets.update(
        str(each) for each in rng.choice(MARKETS, size=int(rng.integers(1, 3)), replace=False)
    )
    for _ in range(int(rng.integers(1, 4))):
        key = (str(rng.choice(world.sectors)), str(rng.choice(world.channels)))
        person.experience[key] = int(np.clip(rng.exponential(22), 1, 240))


def _english(country: str, rng: Rng) -> float:
    mean = shape.ENGLISH_MEAN.get(country, shape.ENGLISH_ELSEWHERE)
    return _logits(np.clip(rng.normal(mean, shape.ENGLISH_SPREAD), -3.5, 3.5))


def _logits(levels: float) -> float:
    return float(levels * shape.LOGITS_A_LEVEL)


def _claim(ability: float, world: World, rng: Rng) -> int:
    """What people say of themselves: near their ability, a little above it."""
    return band(ability + _logits(rng.normal(0.25, 0.5)), world.cuts)


def _right(on: date, rng: Rng) -> tuple[str, date | None]:
    drawn = rng.random()
    if drawn < 0.92:
        return "unrestricted", None
    return ("permit", on + timedelta(days=int(rng.integers(60, 1500)))) if drawn < 0.985 else ("none", None)


def _pay(home: Home, rng: Rng) -> tuple[Decimal, Decimal, str]:
    """Own minimum and wish: somewhat above the floor at home, per hour or per month."""
    least = home.floor * Decimal(str(round(float(rng.uniform(1.02, 1.45)), 2)))
    wish = least * Decimal(str(round(float(rng.uniform(1.05, 1.35)), 2)))
    if rng.random() < 0.5:
        return _rounded(least), _rounded(wish), "hour"
    month = Decimal(40) * 52 / 12
    return _rounded(least * month), _rounded(wish * month), "month"


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _name(rng: Rng) -> str:
    pick: Any = rng.choice
    return f"{pick(shape.FIRST_NAMES)} {pick(shape.NAME_STARTS)}{pick(shape.NAME_MIDDLES)}{pick(shape.NAME_ENDS)}"


def _pick(rng: Rng, shares: tuple[tuple[str, float], ...]) -> str:
    names, chances = zip(*shares, strict=True)
    return str(names[rng.choice(len(names), p=chances)])
