"""What a cell may hold. Each reader takes the text of a cell that is not empty, and returns the value or raises BadCell."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

Reader = Callable[[str], Any]
DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
GROUPED_BY_POINT = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
TWO_WAYS = re.compile(r"-?\d{1,3},\d{3}|-?[1-9]\d{0,2}\.\d{3}")
GROUPED_BY_COMMA = re.compile(r"-?\d{1,3}(,\d{3}){2,}|-?\d{1,3}(,\d{3})+\.\d+")


class BadCell(Exception):
    """This cell cannot be meant; the message says why, in the reader's language."""


def text(most: int) -> Reader:
    """Anything, up to a length."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise BadCell(_("At most %(n)s characters.") % {"n": most})
        return cell

    return read


def amount(cell: str) -> Decimal:
    """A number with a decimal point or comma: 1234.50, 1234,50, 1.234,50 and 1 234,50 are the same.

    “1,234” and “1.234” could be either, and are refused: a wage a thousand times too low helps nobody.
    """
    plain = re.sub(r"[\s\u00a0\u202f']", "", cell)
    if GROUPED_BY_POINT.fullmatch(plain) and ("," in plain or plain.count(".") > 1):
        plain = plain.replace(".", "").replace(",", ".")
    elif GROUPED_BY_COMMA.fullmatch(plain):
        plain = plain.replace(",", "")
    elif TWO_WAYS.fullmatch(plain):
        raise BadCell(
            _("“%(cell)s” can be read in two ways. Write it without a separator of thousands.")
            % {"cell": cell}
        )
    else:
        plain = plain.replace(",", ".", 1) if plain.count(",") == 1 and "." not in plain else plain
    if not NUMBER.fullmatch(plain):
        raise BadCell(_("“%(cell)s” is not a number.") % {"cell": cell})
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise BadCell(_("“%(cell)s” is not a number.") % {"cell": cell}) from error


def whole(cell: str) -> int:
    """A whole number."""
    found = amount(cell)
    if found != found.to_integral_value() or abs(found) > 10**9:
        raise BadCell(_("“%(cell)s” is not a whole number.") % {"cell": cell})
    return int(found)


def day(cell: str) -> date:
    """A date as 2026-11-22, or the day first: 22-11-2026, 22/11/2026, 22.11.2026."""
    found = DAY_FIRST.fullmatch(cell)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(cell[:10] if cell[10:].strip(" 0:") == "" else cell)
    except ValueError as error:
        words = _("“%(cell)s” is not a date. Write it as 2026-11-22, or with the day first.")
        raise BadCell(words % {"cell": cell}) from error


def one_of(words: Callable[[], Mapping[str, str]]) -> Reader:
    """One of some codes; their names in the reader's language are understood as well."""

    def read(cell: str) -> str:
        known = words()
        found = {code.casefold(): code for code in known}
        found |= {
            str(name).casefold(): code for code, name in known.items() if str(name).casefold() not in found
        }
        if cell.casefold() not in found:
            some = ", ".join(list(known)[:8])
            more = "…" if len(known) > 8 else ""
            raise BadCell(
                _("“%(cell)s” is not known. Known are: %(some)s%(more)s")
                % {"cell": cell, "some": some, "more": more}
            )
        return found[cell.casefold()]

    return read


def several(read: Reader) -> Reader:
    """Several of what `read` takes, with commas, semicolons or bars between them."""

    def read_all(cell: str) -> tuple[Any, ...]:
        return tuple(read(part.strip()) for part in re.split(r"[,;|]", cell) if part.strip())

    return read_all
