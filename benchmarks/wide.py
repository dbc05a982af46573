"""The same people as one wide table for the peers, and what is compiled for a vacancy as two small lookup tables.

Every engine gets both, made outside the timing: the terms by place, and the hours facts by each distinct triple of
zone, availability and preference (`hours_code`). Ours keeps its own of the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine import PayStatus, Pool, VacancyQuery
from matching.engine import columns as spec
from matching.engine.hours import measure_hours
from matching.engine.sparse import dense_values

Table = dict[str, npt.NDArray[Any]]

PLAIN: Final = (
    "candidate_id", "listing", "earliest_start_day", "contract_forms", "place_code", "right_to_work_until_day",
    "hours_min", "hours_max", "minimum_pay", "wished_pay", "wished_months", "experience_months",
)  # fmt: skip
MONEY: Final = ("minimum_pay", "wished_pay")
EMPLOYER: Final = "keeps_from"
FAMILIES: Final = {
    "languages": ("language", ("measured_level", "claimed_level", "theta", "standard_error")),
    "skills": ("skill", ("measured", "stated")),
    "localities": ("home", ("evidence",)),
    "sector_months": ("sector", ("months",)),
    "channel_months": ("channel", ("months",)),
    "reserved_sectors": ("keeps_from_sector", ("reserved",)),
    "reserved_employers": (EMPLOYER, ("employer",)),
}


def column(family: str, code: str, part: str) -> str:
    """Name of a wide column, as "skill_rome_art_measured"."""
    return f"{FAMILIES[family][0]}_{code.lower()}_{part}"


def reservations(query: VacancyQuery, names: Iterable[str]) -> list[tuple[str, int]]:
    """Of the wide columns those that say who keeps away from a vacancy, each with the value that says so."""
    sector = column("reserved_sectors", query.sector, "reserved")
    return [
        (name, 1 if name == sector else query.employer)
        for name in names
        if name == sector or (name.startswith(f"{EMPLOYER}_") and name.endswith("_employer"))
    ]


@dataclass(frozen=True, eq=False)
class Lookups:
    """`places` by place_code, `hours` by hours_code; amounts int64 in 1/10000 EUR, minutes int64."""

    places: Table
    hours: Table


@dataclass(frozen=True, eq=False)
class People:
    """A pool, and the same people as wide columns."""

    pool: Pool

    def __len__(self) -> int:
        return len(self.pool)

    @cached_property
    def wide(self) -> Table:
        """Columns of length n by name, in the order of the pool; 0 where somebody has nothing."""
        pool = self.pool
        table: Table = {name: getattr(pool, name) for name in PLAIN}
        table |= {name: table[name].astype(np.int32) for name in MONEY}
        table["hours_code"] = self._coded[1]
        for scale in range(spec.WORK_STYLE_SCALES):
            table[f"style_{scale}"] = np.ascontiguousarray(pool.work_style[:, scale])
        for family, (_, parts) in FAMILIES.items():
            for code, sparse in getattr(pool, family).items():
                for part in parts:
                    table[column(family, code, part)] = dense_values(sparse, part, len(pool))
        return table

    @cached_property
    def _coded(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        pool = self.pool
        radix = len(pool.week_masks) + 1
        key = pool.zone_code.astype(np.int64) * radix + pool.availability_code
        key = key * radix + pool.preferred_code + 1
        distinct, inverse = np.unique(key, return_inverse=True)
        return distinct, inverse.reshape(-1).astype(np.int32)

    def lookups(self, query: VacancyQuery) -> Lookups:
        """What is compiled for one vacancy."""
        return Lookups(place_lookup(self.pool, query), self._hours_lookup(query))

    def _hours_lookup(self, query: VacancyQuery) -> Table:
        pool, key = self.pool, self._coded[0]
        radix = len(pool.week_masks) + 1
        zone, available, preferred = key // radix**2, key // radix % radix, key % radix - 1
        facts = measure_hours(query, pool.zones, zone, available, preferred, pool.week_masks)
        names = ("shortfall", "must_shortfall", "worked", "preferred", "night")
        table: Table = {"hours_code": np.arange(len(key), dtype=np.int32)}
        return table | {name: getattr(facts, name) for name in names}


def place_lookup(pool: Pool, query: VacancyQuery) -> Table:
    """Terms by place; a place without terms is not hireable."""
    rows = []
    for code, place in enumerate(pool.places):
        terms = query.terms_for(place)
        if terms is None:
            rows.append((code,) + (0,) * 8)
            continue
        rows.append(
            (
                code,
                int(terms.hireable),
                int(terms.pay_status == PayStatus.BELOW_FLOOR),
                int(terms.pay_status == PayStatus.FLOOR_UNKNOWN),
                terms.floor,
                terms.offer_low,
                terms.offer_high,
                terms.market_low,
                terms.market_high,
            )
        )
    names = (
        "place_code", "hireable", "below_floor", "floor_unknown", "floor",
        "offer_low", "offer_high", "market_low", "market_high",
    )  # fmt: skip
    values = np.array(rows, dtype=np.int64).reshape(-1, len(names))
    table: Table = {name: np.ascontiguousarray(values[:, number]) for number, name in enumerate(names)}
    table["place_code"] = table["place_code"].astype(pool.place_code.dtype)
    return table | {
        name: table[name].astype(np.int8) for name in ("hireable", "below_floor", "floor_unknown")
    }
