"""The pool's dense columns: one value a person, from the candidate's row alone.

PostgreSQL writes the rows in records of one width (see `pool_fields`). What they mean is decided here, for whole
columns at once;
pay and work style by their own rules, which are asked once for each distinct answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from common.week import EMPTY_WEEK, WEEK_BYTES
from matching.engine import InvalidPool
from matching.engine import columns as spec
from matching.engine.zones import zone_names
from matching.queries.pool_copy import Records
from matching.queries.pool_fields import FIELDS, FLAGS, NO_DAY, NUMBERS, PERIOD_BITS, PERIODS, Names
from matching.rules.wishes import wish_factor, wishes_eur_hour
from reference.rules.rates import RateTable
from reference.work_style import ANSWERS, HIGHEST_ANSWER, LOWEST_ANSWER, STATEMENTS_A_SCALE, vector

Ints = npt.NDArray[np.int64]

CENTS_BITS = 47
"""Room for 14 digits."""


@dataclass(slots=True)
class Dictionary:
    """Values seen, each with its code in the order of first appearance."""

    codes: dict[Any, int] = field(default_factory=dict)

    def code(self, value: Any) -> int:
        """The code of a value, given on first sight."""
        return self.codes.setdefault(value, len(self.codes))

    def translated(self, values: Iterable[Any]) -> Ints:
        """Codes of some values."""
        return np.array([self.code(value) for value in values], dtype=np.int64)


class DenseColumns:
    """Collects records of FIELDS into columns, a chunk at a time."""

    def __init__(self, rates: RateTable) -> None:
        self._rates, self._parts = rates, [_nobody()]
        self._zone_names, self._currencies = Names.of_each(zone_names(), {"EUR", *rates.rates})
        nobody = np.zeros(0, dtype=np.int64)
        self._wishes: list[tuple[Ints, Ints, Ints]] = [(nobody, nobody, nobody)]
        self.places, self.zones, self.weeks = Dictionary(), Dictionary(), Dictionary()

    def take(self, found: Records) -> None:
        """Add people; whoever lives on a clock that nobody knows is left out."""
        zones = self._zone_names.positions(_plain(found["zone"]))
        known = zones >= 0
        if not known.all():
            found, zones = found[known], zones[known]
        self._parts.append(self._columns(found, zones))

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Every column of `columns.DENSE` but `experience_months`."""
        found = {name: np.concatenate([part[name] for part in self._parts]) for name in self._parts[0]}
        return found | self._pay()

    def _columns(self, found: Records, zones: Ints) -> dict[str, npt.NDArray[Any]]:
        plain = {
            name: _plain(found[name]) for name in FIELDS if name not in ("availability", "preferred", "style")
        }
        plain |= _unpacked(plain["flags"], plain["numbers"])
        currencies = self._currencies.positions(plain["currency"]) + 1
        terms = (currencies << 20) + (plain["period"] << 16) + np.maximum(plain["hours_max"], 0)
        self._wishes.append((terms, plain["minimum"], plain["wished"]))
        return {
            "candidate_id": plain["pk"],
            "listing": _listing(plain),
            "earliest_start_day": np.clip(plain["earliest_start"], 0, spec.MAX_DAY),
            "contract_forms": plain["employment"] * spec.EMPLOYMENT + plain["freelance"] * spec.FREELANCE,
            "place_code": _coded(plain["place"], lambda few: self.places.translated(map(_place, few.tolist()))),
            "right_to_work_until_day": _right(plain),
            "hours_min": _minutes(plain["hours_min"], 0),
            "hours_max": _minutes(plain["hours_max"], spec.WEEK_MINUTES // 60),
            "availability_code": self._weeks(found["availability"]),
            "preferred_code": self._weeks(found["preferred"], EMPTY_WEEK),
            "zone_code": _coded(
                zones, lambda few: self.zones.translated(self._zone_names.names[at] for at in few)
            ),
            "wished_months": np.clip(plain["contract_months"], 0, spec.MAX_MONTHS),
            "work_style": _work_style(found["style"]),
        }  # fmt: skip

    def _weeks(self, masks: Records, nothing: bytes | None = None) -> Ints:
        """Codes of masks; -1 for the mask that stands for nothing."""
        few, which = _distinct(masks)
        codes = [-1 if mask == nothing else self.weeks.code(mask) for mask in few]
        return np.array(codes, dtype=np.int64)[which]

    def _pay(self) -> dict[str, Ints]:
        """By the rule, once for each distinct (amount, currency, period, hours) of everybody."""
        terms, *amounts = map(np.concatenate, zip(*self._wishes, strict=True))
        few, which = np.unique(terms, return_inverse=True)
        factors = [self._factor(*_terms(term)) for term in few.tolist()]
        return {
            name: _converted(cents, which, factors)
            for name, cents in zip(("minimum_pay", "wished_pay"), amounts, strict=True)
        }

    def _factor(self, currency: int, period: int, hours: int) -> Fraction:
        if currency < 0 or period < 0:
            return Fraction(0)
        return wish_factor(self._currencies.names[currency], PERIODS[period], hours or None, self._rates)


def _converted(cents: Ints, which: Ints, factors: list[Fraction]) -> Ints:
    """Amounts in hundredths as pay an hour; `which` of the factors each goes by."""
    wishes = (which.astype(np.uint64) << np.uint64(CENTS_BITS)) + cents.astype(np.uint64)
    distinct, back = np.unique(wishes, return_inverse=True)
    amounts = (distinct & np.uint64((1 << CENTS_BITS) - 1)).tolist()
    ends = np.searchsorted(distinct >> np.uint64(CENTS_BITS), np.arange(len(factors) + 1)).tolist()
    converted: list[int] = []
    for factor, start, stop in zip(factors, ends, ends[1:], strict=False):
        converted += wishes_eur_hour(amounts[start:stop], factor)
    return np.array(converted, dtype=np.int64)[back]


EPOCH = date(1970, 1, 1).toordinal()


def day(moment: date | None) -> int:
    """Days since 1970-01-01, 0 for none; a day past all calendars counts as the last that the engine knows."""
    return min(max(moment.toordinal() - EPOCH, 0), spec.MAX_DAY) if moment else 0


def _terms(packed: int) -> tuple[int, int, int]:
    """Currency and period as positions (-1 for unknown) and hours a week (0 for none)."""
    return (packed >> 20) - 1, (packed >> 16 & 15) - 1, packed & 0xFFFF


def _unpacked(flags: npt.NDArray[Any], numbers: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    """Facts that hold or not as 0 and 1, the period of pay (0 = unknown), and small numbers (-1 = none)."""
    facts: dict[str, npt.NDArray[Any]] = {
        name: (flags >> bit & 1).astype(np.uint8) for bit, name in enumerate(FLAGS)
    }
    facts["period"] = (flags >> PERIOD_BITS).astype(np.int64)
    return facts | {name: (numbers >> shift & 0xFFFF) - 1 for name, shift in NUMBERS.items()}


def _plain(values: Records) -> npt.NDArray[Any]:
    """One field of all records, end to end and in this processor's order of bytes."""
    return values.astype(values.dtype.newbyteorder("="))


def _nobody() -> dict[str, npt.NDArray[Any]]:
    return {
        column.name: np.empty((0, column.width) if column.width else 0, dtype=column.dtype)
        for column in spec.DENSE
        if column.name not in ("experience_months", "minimum_pay", "wished_pay")
    }


def _place(packed: int) -> tuple[str, str]:
    text = packed.to_bytes(8, "big").decode()
    return text[:2].rstrip(), text[2:].rstrip()


def _coded(values: Ints, translate: Any) -> Ints:
    few, which = np.unique(values, return_inverse=True)
    codes: Ints = translate(few)
    return codes[which]


def _listing(plain: dict[str, npt.NDArray[Any]]) -> npt.NDArray[np.uint8]:
    looking = (plain["just_looking"] == 1) & (plain["earliest_start"] == NO_DAY)
    listing: npt.NDArray[np.uint8] = (
        plain["listed"] * spec.AGREED + spec.AVAILABLE + looking.astype(np.uint8) * spec.JUST_LOOKING
    )
    return listing


def _right(plain: dict[str, npt.NDArray[Any]]) -> Ints:
    until = np.clip(plain["permit_until"].astype(np.int64), 0, spec.MAX_DAY)
    permitted = np.where(plain["permit"] == 1, until, 0)
    return np.where(plain["unrestricted"] == 1, spec.UNRESTRICTED, permitted)


def _minutes(hours: npt.NDArray[Any], missing: int) -> Ints:
    return np.minimum(np.where(hours < 0, missing, hours).astype(np.int64) * 60, spec.WEEK_MINUTES)


def _distinct(masks: Records) -> tuple[list[bytes], npt.NDArray[np.intp]]:
    """The distinct masks, and which of them each is: sorted by a hash, then compared byte by byte."""
    width = -(-WEEK_BYTES // 8) * 8
    padded = np.zeros((len(masks), width), dtype=np.uint8)
    padded[:, :WEEK_BYTES] = np.frombuffer(masks.tobytes(), dtype=np.uint8).reshape(-1, WEEK_BYTES)
    words = padded.view(np.uint64)
    _hashes, first, which = np.unique(
        words @ _multipliers(width // 8), return_index=True, return_inverse=True
    )
    if not np.array_equal(words[first][which], words):
        words, first, which = np.unique(words, axis=0, return_index=True, return_inverse=True)
    return [padded[row, :WEEK_BYTES].tobytes() for row in first], which


@cache
def _multipliers(count: int) -> npt.NDArray[np.uint64]:
    return np.random.default_rng(84).integers(0, 2**64, count, dtype=np.uint64, endpoint=False) | np.uint64(1)


def _work_style(found: Records) -> npt.NDArray[np.int8]:
    """Positions on the scales; -1 everywhere where nothing was answered."""
    answers = found["answers"]["answer"].astype(np.int8)
    if not (found["head"][:, 3] == ANSWERS).all():
        raise InvalidPool("work_style", f"needs {ANSWERS} answers")
    answered = answers[:, 0] != 0
    given = answers[answered]
    if not ((given >= LOWEST_ANSWER) & (given <= HIGHEST_ANSWER)).all():
        raise InvalidPool("work_style", "has an answer outside its scale")
    base = HIGHEST_ANSWER - LOWEST_ANSWER + 1
    points = (answers - LOWEST_ANSWER).reshape(len(answers), spec.WORK_STYLE_SCALES, STATEMENTS_A_SCALE)
    numbers = sum(points[:, :, place] * base**place for place in range(STATEMENTS_A_SCALE))
    positions = _positions()[np.arange(spec.WORK_STYLE_SCALES), np.where(answered[:, None], numbers, 0)]
    positions[~answered] = -1
    return positions


@cache
def _positions() -> npt.NDArray[np.int8]:
    """int8 (8, 125): by scale and its three answers as one number, the position that the rule gives."""
    base = HIGHEST_ANSWER - LOWEST_ANSWER + 1
    rows = []
    for number in range(base**STATEMENTS_A_SCALE):
        answers = [LOWEST_ANSWER + number // base**place % base for place in range(STATEMENTS_A_SCALE)]
        rows.append(vector(answers * spec.WORK_STYLE_SCALES))
    return np.array(rows, dtype=np.int8).T
