"""People and vacancies as plain data, turned into the engine's pool and query."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.engine import (
    CountryWeight,
    LanguageNeed,
    PlaceTerms,
    Pool,
    ShiftBlock,
    VacancyQuery,
    mask_of_week,
)
from matching.engine.columns import UNRESTRICTED

EUR = 10_000
OFFICE = tuple((day, 540, 1020) for day in range(5))
ALWAYS = tuple((day, 0, 1440) for day in range(7))


def day(year: int, month: int, number: int) -> int:
    return (date(year, month, number) - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Person:
    """One candidate. Blocks are (weekday, start minute, end minute) in local time."""

    id: int = 1
    agreed: bool = True
    available: bool = True
    just_looking: bool = False
    start_day: int = 0
    forms: int = 1
    place: tuple[str, str] = ("PT", "")
    right_until: int = UNRESTRICTED
    hours: tuple[int, int] = (0, 3600)
    blocks: tuple[tuple[int, int, int], ...] = ALWAYS
    preferred: tuple[tuple[int, int, int], ...] | None = None
    zone: str = "Europe/Lisbon"
    minimum: int = 0
    wish: int = 0
    months: int = 0
    style: tuple[int, ...] = (-1,) * 8
    experience: int = 0
    languages: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    skills: dict[str, tuple[int, int]] = field(default_factory=dict)
    localities: dict[str, int] = field(default_factory=dict)
    sectors: dict[str, int] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    not_sectors: tuple[str, ...] = ()
    not_employers: tuple[int, ...] = ()

    @property
    def listing(self) -> int:
        return self.agreed + 2 * self.available + 4 * self.just_looking


def pool_of(*people: Person) -> Pool:
    """The pool of those people, in the order given (the pool sorts them)."""
    places = sorted({person.place for person in people})
    zones = sorted({person.zone for person in people})
    patterns = sorted({p.blocks for p in people} | {p.preferred for p in people if p.preferred is not None})
    return Pool.from_columns(
        candidate_id=[p.id for p in people],
        listing=[p.listing for p in people],
        earliest_start_day=[p.start_day for p in people],
        contract_forms=[p.forms for p in people],
        place_code=[places.index(p.place) for p in people],
        right_to_work_until_day=[p.right_until for p in people],
        hours_min=[p.hours[0] for p in people],
        hours_max=[p.hours[1] for p in people],
        availability_code=[patterns.index(p.blocks) for p in people],
        preferred_code=[-1 if p.preferred is None else patterns.index(p.preferred) for p in people],
        zone_code=[zones.index(p.zone) for p in people],
        minimum_pay=[p.minimum for p in people],
        wished_pay=[p.wish for p in people],
        wished_months=[p.months for p in people],
        work_style=[p.style for p in people],
        experience_months=[p.experience for p in people],
        places=places,
        zones=zones,
        week_masks=[mask_of_week(pattern) for pattern in patterns],
        languages=_sparse(
            [p.languages for p in people], ("measured_level", "claimed_level", "theta", "standard_error")
        ),
        skills=_sparse([p.skills for p in people], ("measured", "stated")),
        localities=_sparse([_single(p.localities) for p in people], ("evidence",)),
        sector_months=_sparse([_single(p.sectors) for p in people], ("months",)),
        channel_months=_sparse([_single(p.channels) for p in people], ("months",)),
        reserved_sectors=_sparse([_single(dict.fromkeys(p.not_sectors, 1)) for p in people], ("reserved",)),
        reserved_employers=_sparse([_numbered(p.not_employers) for p in people], ("employer",)),
    )


def _single(values: dict[str, int]) -> dict[str, tuple[int, ...]]:
    return {code: (value,) for code, value in values.items()}


def _numbered(employers: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {str(number): (employer,) for number, employer in enumerate(sorted(employers), start=1)}


def _sparse(everyone: list[dict[str, Any]], parts: tuple[str, ...]) -> dict[str, dict[str, list[int]]]:
    by_code: dict[str, dict[str, list[int]]] = {}
    for row, values in enumerate(everyone):
        for code, entry in values.items():
            column = by_code.setdefault(code, {name: [] for name in ("rows", *parts)})
            column["rows"].append(row)
            for name, value in zip(parts, entry, strict=True):
                column[name].append(value)
    return by_code


def shifts(*blocks: tuple[int, ...]) -> tuple[ShiftBlock, ...]:
    """Shift blocks from (weekday, start minute, end minute) or with must as a fourth."""
    return tuple(
        ShiftBlock(block[0], block[1], block[2] - block[1], bool(block[3:] and block[3])) for block in blocks
    )


def portugal(**terms: Any) -> PlaceTerms:
    """EUR 9.00 an hour in Portugal, whose floor is EUR 6.20."""
    given = {"legal_floor": 62_000, "offer_low": 90_000, "offer_high": 90_000} | terms
    return PlaceTerms(country="PT", **given)


def vacancy(**changes: Any) -> VacancyQuery:
    """Office hours in Amsterdam for half a year, English at B2, hiring in Portugal."""
    given: dict[str, Any] = {
        "places": (portugal(),),
        "start_day": day(2027, 1, 4),
        "end_day": day(2027, 7, 2),
        "contract_months": 6,
        "hours_week": 40 * 60,
        "zone": "Europe/Amsterdam",
        "shifts": shifts(*OFFICE),
        "languages": (LanguageNeed("en", 4),),
    }
    return VacancyQuery(**(given | changes))


def speaker(**changes: Any) -> Person:
    """Somebody measured at B2 in English who is always available."""
    given: dict[str, Any] = {"languages": {"en": (4, 4, 0, 0)}}
    return Person(**(given | changes))


def countries(*codes: str) -> tuple[CountryWeight, ...]:
    return tuple(CountryWeight(code) for code in codes)
