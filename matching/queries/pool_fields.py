"""How a candidate's row leaves PostgreSQL: each fact as one value of a fixed width, empty ones as an agreed number.

Texts go as hashes of 64 bits; those that count are known beforehand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import (
    BigIntegerField,
    BinaryField,
    BooleanField,
    ExpressionWrapper,
    Func,
    IntegerField,
    Q,
)
from django.db.models.expressions import Combinable

from candidates.enums import WorkRight
from common.money import PayPeriod
from common.week import WEEK_BYTES
from matching.engine import InvalidPool
from reference.work_style import ANSWERS

Ints = npt.NDArray[np.int64]

NO_DAY = -(2**31)
PERIODS = tuple(PayPeriod.values)


def _days(name: str) -> Func:
    template = f"coalesce(%(expressions)s - DATE '1970-01-01', {NO_DAY})"
    return Func(name, template=template, output_field=IntegerField())


def _small(name: str, shift: int) -> Combinable:
    """A small number or none, one higher so that 0 stands for none, at its place in a packed number."""
    template = f"((coalesce(%(expressions)s, -1) + 1)::bigint << {shift})"
    return Func(name, template=template, output_field=BigIntegerField())


def _flag(fact: Combinable | str, bit: int) -> Combinable:
    return Func(fact, template=f"(%(expressions)s)::int * {1 << bit}", output_field=IntegerField())


def _cents(name: str) -> Func:
    return Func(name, template="coalesce(%(expressions)s * 100, 0)::bigint", output_field=BigIntegerField())


def _hash(name: str) -> Func:
    return Func(name, function="hashtextextended", template=HASH, output_field=BigIntegerField())


def _is(**fact: Any) -> Combinable:
    return ExpressionWrapper(Q(**fact), output_field=BooleanField())


HASH = "hashtextextended(%(expressions)s, 0)"
PERIOD = "coalesce(array_position(ARRAY[{}], %(expressions)s::text), 0) * 256".format(
    ", ".join(f"'{period}'" for period in PERIODS)
)
PLACE = "rpad(%(expressions)s, '')::text, 6)"
STYLE = f"coalesce(%(expressions)s, array_fill(0::smallint, ARRAY[{ANSWERS}]))"

FLAGS: dict[str, Combinable | str] = {
    "listed": "listed",
    "just_looking": "just_looking",
    "employment": "accepts_employment",
    "freelance": "accepts_freelance",
    "unrestricted": _is(work_right=WorkRight.UNRESTRICTED),
    "permit": _is(work_right=WorkRight.PERMIT),
}
"""Facts that hold or not, as bits of one number, in this order; above them the period of pay."""
PERIOD_BITS = 8
NUMBERS = {"hours_min": 0, "hours_max": 16, "contract_months": 32}
"""Where small numbers stand in a packed one."""


def _flags() -> Combinable:
    packed: Any = Func("pay_period", template=PERIOD, output_field=IntegerField())
    for bit, fact in enumerate(FLAGS.values()):
        packed = packed + _flag(fact, bit)
    return cast(Combinable, packed)


def _numbers() -> Combinable:
    first, *others = (_small(name, shift) for name, shift in NUMBERS.items())
    return sum(others, start=first)


FIELDS: dict[str, tuple[Any, Any]] = {
    "pk": ("pk", ">i8"),
    "flags": (_flags(), ">i4"),
    "numbers": (_numbers(), ">i8"),
    "earliest_start": (_days("earliest_start"), ">i4"),
    "permit_until": (_days("permit_until"), ">i4"),
    # Two letters and six: eight bytes, read as one number.
    "place": (
        Func(
            "country_id",
            "region_id",
            arg_joiner=", 2) || rpad(coalesce(",
            template=PLACE,
            output_field=BinaryField(),
        ),
        ">i8",
    ),
    "availability": ("availability", f"V{WEEK_BYTES}"),
    "preferred": ("preferred", f"V{WEEK_BYTES}"),
    "zone": (_hash("zone"), ">i8"),
    "minimum": (_cents("minimum_pay"), ">i8"),
    "wished": (_cents("wished_pay"), ">i8"),
    "currency": (_hash("pay_currency"), ">i8"),
    "style": (
        Func("work_style", template=STYLE, output_field=BinaryField()),
        # An array: dimensions, flags, type, length and lower bound; then each value after its own length.
        np.dtype([("head", ">i4", 5), ("answers", [("bytes", ">i4"), ("answer", ">i2")], ANSWERS)]),
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Texts that PostgreSQL sends as hashes: those that count are known beforehand."""

    hashes: Ints
    names: Sequence[str]

    @classmethod
    def of_each(cls, *groups: Iterable[str]) -> "list[Names]":
        """Those of several groups, in one query. No two names of a group may share a hash of 64 bits."""
        listed = [sorted(names) for names in groups]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT hashtextextended(name, 0) FROM unnest(%s::text[]) WITH ORDINALITY AS one (name, place) ORDER BY place",
                [[name for names in listed for name in names]],
            )
            hashes = iter([row[0] for row in cursor.fetchall()])
        return [cls._sorted(names, [next(hashes) for _name in names]) for names in listed]

    @classmethod
    def _sorted(cls, names: list[str], found: list[int]) -> "Names":
        hashes = np.array(found, dtype=np.int64)
        order = np.argsort(hashes)
        if bool(np.any(np.diff(hashes[order]) == 0)):
            raise InvalidPool("zone_code", "two names have the same hash")
        return cls(hashes[order], [names[place] for place in order])

    def positions(self, hashes: Ints) -> Ints:
        """Where each stands in `names`, -1 for what is none of them."""
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, at, -1)
