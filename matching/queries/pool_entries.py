"""What people have under each code, put side by side: own statements and measurements, evidence, months, employers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec

Ints = npt.NDArray[Any]
Family = dict[str, dict[str, npt.NDArray[Any]]]

MOST_CELLS = 1 << 20
"""Codes times people that are looked at together."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What some people have under one code: their rows in the pool, and as many values of each name."""

    rows: Ints
    values: dict[str, Ints]

    def spread(self, name: str, over: Ints, size: int) -> Ints:
        """The values of a name for the rows `over` of a pool of that size, 0 where there is none."""
        if not len(self.rows):
            return np.zeros(len(over), dtype=np.int16)
        everybody = np.zeros(size, dtype=np.int16)
        everybody[self.rows] = self.values[name]
        return everybody[over]


NOBODY = Entries(np.zeros(0, dtype=np.int64), {})


def joined(
    said: Mapping[str, Entries], name: str, known: Mapping[str, Entries], parts: Mapping[str, str], size: int
) -> Family:
    """Own statements and measurements side by side, for everybody who has either. Codes are laid side by side too, as
    many as there is room for: each then has its own `size` cells."""
    family: Family = {}
    codes = sorted(said.keys() | known.keys())
    at_once = max(MOST_CELLS // max(size, 1), 1)
    for first in range(0, len(codes), at_once):
        some = codes[first : first + at_once]
        own = _side_by_side([said.get(code, NOBODY) for code in some], (name,), size)
        found = _side_by_side([known.get(code, NOBODY) for code in some], tuple(parts.values()), size)
        over = _either(own.rows, found.rows, len(some) * size)
        columns = {name: own.spread(name, over, len(some) * size)}
        columns |= {part: found.spread(source, over, len(some) * size) for part, source in parts.items()}
        edges = np.searchsorted(over, np.arange(len(some) + 1) * size).tolist()
        for number, (code, (start, end)) in enumerate(zip(some, pairwise(edges), strict=True)):
            if start < end:
                family[code] = {"rows": over[start:end] - number * size}
                family[code] |= {part: values[start:end] for part, values in columns.items()}
    return family


def _side_by_side(codes: Sequence[Entries], names: Sequence[str], size: int) -> Entries:
    """Entries of several codes as those of one, whose rows begin at the code's own cells."""
    filled = [(number * size, one) for number, one in enumerate(codes) if len(one.rows)]
    if len(filled) == 1 and not filled[0][0]:
        return filled[0][1]
    nothing = np.zeros(0, dtype=np.int64)
    rows = np.concatenate([nothing, *(one.rows + start for start, one in filled)])
    values = {
        name: np.concatenate([nothing, *(one.values[name] for _start, one in filled)]) for name in names
    }
    return Entries(rows, values)


def _either(some: Ints, others: Ints, size: int) -> Ints:
    """Cells, of that many, that are among either, ascending."""
    there = np.zeros(size, dtype=np.bool_)
    there[some] = True
    there[others] = True
    return np.flatnonzero(there)


def all_of(parts: Sequence[Entries]) -> Entries:
    """All of some entries."""
    if len(parts) == 1:
        return parts[0]
    values = {name: np.concatenate([one.values[name] for one in parts]) for name in parts[0].values}
    return Entries(np.concatenate([one.rows for one in parts]), values)


def evidence_of(found: list[tuple[Ints, int]], size: int) -> dict[str, Ints]:
    """Whoever has some evidence, with its bits."""
    bits = np.zeros(size, dtype=np.uint8)
    for rows, bit in found:
        bits[rows] |= bit
    rows = np.flatnonzero(bits)
    return {"rows": rows, "evidence": bits[rows].astype(np.int64)}


def employers_by_place(rows: Ints, employers: Ints) -> Family:
    """Each row's employers, ascending, under "1", "2", …"""
    order = np.lexsort((employers, rows))
    rows, employers = rows[order], employers[order]
    first = np.searchsorted(rows, rows)
    number = np.arange(len(rows)) - first
    return {
        str(at + 1): {"rows": rows[number == at], "employer": employers[number == at]}
        for at in range(int(number.max()) + 1 if len(number) else 0)
    }


def months_by_code(by_code: Mapping[str, list[tuple[Ints, Ints]]], size: int) -> Family:
    """The months that the parts (rows, numbers) of each code say together, for whoever has some."""
    family: Family = {}
    for code, parts in sorted(by_code.items()):
        sums = added_up(parts, size)
        held = np.flatnonzero(sums)
        if len(held):
            family[code] = {"rows": held, "months": np.minimum(sums[held], spec.MAX_MONTHS)}
    return family


def added_up(parts: list[tuple[Ints, Ints]], size: int) -> Ints:
    """int64 (size,): what the parts (rows, numbers) say together about each row; in each part a row stands once."""
    sums = np.zeros(size, dtype=np.int64)
    for rows, numbers in parts:
        sums[rows] += numbers
    return sums
