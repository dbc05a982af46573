"""A fixed crowd: 20,000 people with every kind of fact, the same on every machine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from matching.engine import Pool
from tests.matching.engine.makers import ALL_ZONES, ZONES, Maker, make_person, make_week
from tests.matching.engine.people import OFFICE, Person, pool_of

SIZE = 20_000
_SEED = 20_261_122
_CALENDARS = 180


@cache
def crowd() -> tuple[Person, ...]:
    """Numbers 7 apart, not in their order. 180 ways to be available, in as many zones as that allows."""
    maker = Maker.seeded(_SEED)
    zones = (*ZONES, *ALL_ZONES[:: len(ALL_ZONES) // 80])
    calendars = [
        (
            zones[number % len(zones)],
            make_week(maker) if number % 3 else OFFICE,
            make_week(maker) if number % 2 else None,
        )
        for number in range(_CALENDARS)
    ]
    made = []
    for number in range(SIZE):
        zone, blocks, preferred = maker.pick(calendars)
        person = make_person(maker, 1 + 7 * ((number * 7919) % SIZE))
        made.append(replace(person, zone=zone, blocks=blocks, preferred=preferred))
    return tuple(made)


@cache
def crowd_pool() -> Pool:
    return pool_of(*crowd())
