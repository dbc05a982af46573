"""What a task is made of. Words stand here as codes; the page puts them into the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Literal, NamedTuple

CellKind = Literal["text", "code", "money", "day", "count", "product", "status", "label", "percent"]
AnswerKind = Literal["code", "exact", "money", "choice", "choices"]


class Cell(NamedTuple):
    """One value with what it is. Money is whole cents; product, status and label are codes of words."""

    kind: CellKind
    value: str | int | date


class Material(NamedTuple):
    """What tables are filled with: codes of products, and proper names."""

    products: Sequence[str]
    names: Sequence[str]
    streets: Sequence[str]
    towns: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `title` and headings are codes of labels."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A question (`code`, with `facts` to fill in) about tables, and its key.

    The key of `code` and `exact` is a text, of `money` whole cents, of `choice` one of `choices` as an index, of
    `choices` the set of indices.
    """

    kind: Literal["find", "copy", "compare", "calculate"]
    code: str
    facts: dict[str, Cell]
    tables: tuple[Table, ...]
    answer: AnswerKind
    key: str | int | frozenset[int]
    choices: tuple[Cell, ...] = field(default=())


class Order(NamedTuple):
    """One line of a list of orders; money in cents."""

    code: str
    name: str
    on: date
    product: str
    cents: int
    status: str


LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
STATUSES = ("open", "paid", "sent", "returned")
ORDER_HEADS = ("order", "customer", "date", "product", "amount", "status")
FIRST_DAY = date(2026, 3, 2)


def text(value: str) -> Cell:
    """A text as it stands."""
    return Cell("text", value)


def money(cents: int) -> Cell:
    """An amount."""
    return Cell("money", cents)


def price(rng: Random, low: int = 250, high: int = 9000) -> int:
    """A price in cents that ends in 0, 5 or 9."""
    return rng.randrange(low // 10, high // 10) * 10 + rng.choice((0, 5, 9))


def order_codes(rng: Random, count: int) -> list[str]:
    """Different order numbers, two letters and four digits."""
    letters = rng.choice(LETTERS) + rng.choice(LETTERS)
    return [f"{letters}-{number}" for number in rng.sample(range(1000, 10000), count)]


def orders(rng: Random, material: Material, names: Sequence[str]) -> list[Order]:
    """One order for each name given, on different days, in order of their numbers' making."""
    codes = order_codes(rng, len(names))
    days = rng.sample(range(180), len(names))
    return [
        Order(
            code, name, FIRST_DAY + timedelta(days=day), rng.choice(material.products), price(rng), rng.choice(STATUSES)
        )
        for code, name, day in zip(codes, names, days, strict=True)
    ]  # fmt: skip


def order_table(rows: Sequence[Order]) -> Table:
    """The list as a table."""
    return Table(
        "orders",
        ORDER_HEADS,
        tuple(
            (
                Cell("code", one.code),
                text(one.name),
                Cell("day", one.on),
                Cell("product", one.product),
                money(one.cents),
                Cell("status", one.status),
            )
            for one in rows
        ),
    )


def slip(rng: Random, written: str) -> str:
    """The same text with two different neighbours among its letters and digits swapped, or one digit changed."""
    pairs = [
        place
        for place in range(len(written) - 1)
        if written[place] != written[place + 1]
        and written[place].isalnum()
        and written[place + 1].isalnum()
        and written[place].isdigit() == written[place + 1].isdigit()
        and written[place].islower() == written[place + 1].islower()
    ]
    place = rng.choice(pairs)
    return written[:place] + written[place + 1] + written[place] + written[place + 2 :]
