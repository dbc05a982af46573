"""The script of a scenario: a shop with its records and rules, and the contacts that arrive at its desk.

All times are seconds of desk time, all credits are whole points. `assessments.rules.scenario_sheet` reads and checks a
script; everything in here trusts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FULL = 2
"""Points of the best action, the best substance and the best phrase."""

SLOTS = ("opening", "care", "substance", "closing")
"""Parts of a reply, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the knowledge base; its code is unique among articles."""

    code: str
    title: str
    body: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Customer:
    """A person on file."""

    code: str
    name: str
    email: str
    postcode: str
    since: date
    note: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One article of an order; `price` is that of one piece, as printed."""

    name: str
    quantity: int
    price: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order on file; `customer` is the code of whoever placed it."""

    number: str
    customer: str
    placed_on: date
    status: str
    delivered_on: date | None
    lines: tuple[OrderLine, ...]
    total: str
    note: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the desk can do; some are done to an order."""

    code: str
    label: str
    on_order: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A first or last line that fits a channel more or less: points by channel."""

    code: str
    text: str
    credit: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A line written for one turn, with its points and why; `harm` marks what no desk may ever say."""

    text: str
    credit: int
    why: str
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a customer and what a good answer to it is.

    `actions` are points by action code; whatever is not named earns none. `harm` are actions that no desk may ever take
    here. The next turn comes `after` seconds when this one was answered with the action `goes_on_with`, else never.
    """

    text: str
    patience: int
    after: int
    lookups: tuple[str, ...]
    actions: Mapping[str, int]
    order: str
    harm: frozenset[str]
    goes_on_with: str
    care: tuple[Choice, ...]
    substance: tuple[Choice, ...]
    hint: str
    better: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who writes: `arrives_at` seconds after the start, with `urgency` 3 now, 2 today, 1 can wait."""

    code: str
    channel: str
    arrives_at: int
    urgency: int
    name: str
    salutation: str
    sender: str
    subject: str
    phrase_credit: Mapping[str, int]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Blurb:
    """What a scenario is called and about, in one language."""

    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Script:
    """A whole scenario. `weights` (percent) and `cuts` (lowest total of level 1, 2, 3) are those of its scoring.

    `title` and `summary` are in the language of the desk, `described` is the same by the code of other languages.
    """

    title: str
    summary: str
    described: Mapping[str, Blurb]
    shop: str
    role: str
    today: date
    currency: str
    minutes: int
    weights: Mapping[str, int]
    cuts: tuple[int, int, int]
    actions: Mapping[str, Action]
    openings: Mapping[str, Phrase]
    closings: Mapping[str, Phrase]
    articles: Mapping[str, Article]
    customers: Mapping[str, Customer]
    orders: Mapping[str, Order]
    contacts: Mapping[str, Contact]


def phrase_points(contact: Contact, phrase: Phrase) -> int:
    """Points of a first or last line in this contact: its own word on it, else the channel's."""
    return contact.phrase_credit.get(phrase.code, phrase.credit[contact.channel])
