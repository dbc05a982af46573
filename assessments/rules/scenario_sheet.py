"""Reading the script of a scenario from its JSON, with an error that names the line and the reason."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from assessments.engine.desk.scoring import PARTS
from assessments.engine.desk.script import (
    FULL,
    Action,
    Article,
    Blurb,
    Choice,
    Contact,
    Customer,
    Order,
    OrderLine,
    Phrase,
    Script,
    Turn,
    phrase_points,
)
from assessments.rules.json_lines import NO_SIGN, JSONLineError, Path, read_json_lines

MOST_CHARACTERS = 400_000
CHANNELS = ("chat", "mail")
Kind = TypeVar("Kind", Article, Customer, Order, Action, Phrase, Contact)


class ScenarioError(ValueError):
    """A scenario cannot be used; `line` (from 1) and `reason` say where and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


class _Node:
    """A value of the document that knows its line."""

    def __init__(self, value: Any, path: Path, lines: Mapping[Path, int]) -> None:
        self.value, self.path, self.lines = value, path, lines

    def error(self, reason: str) -> ScenarioError:
        name = self.path[-1] if self.path else "the scenario"
        return ScenarioError(self.lines[self.path], f"{name}: {reason}" if isinstance(name, str) else reason)

    def fields(self, *names: str, optional: tuple[str, ...] = ()) -> None:
        if not isinstance(self.value, dict):
            raise self.error("must be an object")
        if missing := [name for name in names if name not in self.value]:
            raise self.error(f"misses {', '.join(missing)}")
        if unknown := sorted(self.value.keys() - {*names, *optional}):
            raise self.at(unknown[0]).error(f"is unknown here; known are {', '.join((*names, *optional))}")

    def at(self, name: str | int) -> "_Node":
        return _Node(self.value[name], (*self.path, name), self.lines)

    def text(self, name: str, *, empty: bool = False, longest: int = 4000) -> str:
        if name not in self.value and empty:
            return ""
        node = self.at(name)
        if not isinstance(node.value, str) or not (empty or node.value.strip()):
            raise node.error("must be a text" if empty else "must be a text that is not empty")
        if len(node.value) > longest or NO_SIGN.search(node.value):
            raise node.error(f"must be a plain text of at most {longest} characters")
        return node.value

    def code(self, name: str = "code") -> str:
        found = self.text(name, longest=40)
        if not re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", found):
            raise self.at(name).error("must be lower-case letters, digits and hyphens")
        return found

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        if name not in self.value and default is not None:
            return default
        node = self.at(name)
        if not isinstance(node.value, int) or isinstance(node.value, bool) or not low <= node.value <= high:
            raise node.error(f"must be a whole number from {low} to {high}")
        return node.value

    def flag(self, name: str) -> bool:
        if name in self.value and not isinstance(self.value[name], bool):
            raise self.at(name).error("must be true or false")
        return bool(self.value.get(name, False))

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name, longest=10))
        except ValueError as error:
            if isinstance(error, ScenarioError):
                raise
            raise self.at(name).error("must be a day as 2026-03-12") from error

    def items(self, name: str, *, least: int = 0) -> list["_Node"]:
        if name not in self.value and not least:
            return []
        node = self.at(name)
        if not isinstance(node.value, list) or len(node.value) < least:
            raise node.error(f"must be a list of at least {least}")
        return [node.at(number) for number in range(len(node.value))]

    def texts(self, name: str) -> tuple[str, ...]:
        for node in self.items(name):
            if not isinstance(node.value, str) or not node.value.strip():
                raise node.error("every entry must be a text")
        return tuple(self.value.get(name, ()))

    def points(self, name: str, keys: Mapping[str, Any] | tuple[str, ...], what: str) -> dict[str, int]:
        if name not in self.value:
            return {}
        node = self.at(name)
        if not isinstance(node.value, dict):
            raise node.error("must be an object of points")
        for key in node.value:
            if key not in keys:
                raise node.at(key).error(f"is no {what} of this scenario")
        return {key: node.number(key, 0, FULL) for key in node.value}


def read_script(text: str) -> Script:
    """A checked script. Raises ScenarioError."""
    if len(text) > MOST_CHARACTERS:
        raise ScenarioError(1, f"longer than {MOST_CHARACTERS} characters")
    try:
        value, lines = read_json_lines(text)
    except JSONLineError as error:
        raise ScenarioError(error.line, f"is not JSON: {error.reason}") from error
    top = _Node(value, (), lines)
    top.fields(
        "title", "summary", "shop", "role", "today", "currency", "minutes", "weights", "cuts", "actions",
        "openings", "closings", "articles", "customers", "orders", "contacts",
        optional=("described",),
    )  # fmt: skip
    actions = _by_code(top, "actions", _action)
    openings, closings = _by_code(top, "openings", _phrase), _by_code(top, "closings", _phrase)
    articles, customers = _by_code(top, "articles", _article), _by_code(top, "customers", _customer)
    orders = _by_code(top, "orders", _order)
    for number, order in enumerate(orders.values()):
        if order.customer not in customers:
            raise top.at("orders").at(number).at("customer").error("is no customer of this scenario")
    known = {
        *(f"article:{code}" for code in articles),
        *(f"customer:{code}" for code in customers),
        *(f"order:{number}" for number in orders),
    }
    reader = _ContactReader(actions, openings, closings, set(orders), known)
    return Script(
        **_blurb(top),
        described=_described(top),
        shop=top.text("shop", longest=60),
        role=top.text("role", longest=600),
        today=top.day("today"),
        currency=top.text("currency", longest=3),
        minutes=top.number("minutes", 3, 120),
        weights=_weights(top.at("weights")),
        cuts=_cuts(top),
        actions=actions,
        openings=openings,
        closings=closings,
        articles=articles,
        customers=customers,
        orders=orders,
        contacts=_by_code(top, "contacts", reader.contact),
    )


def _by_code(top: _Node, name: str, read: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in top.items(name, least=1):
        one = read(node)
        key = one.number if isinstance(one, Order) else one.code
        if key in found:
            raise node.error(f"{key!r} is used twice in {name}")
        found[key] = one
    return found


def _blurb(node: _Node) -> dict[str, str]:
    return {"title": node.text("title", longest=120), "summary": node.text("summary", longest=600)}


def _described(top: _Node) -> dict[str, Blurb]:
    """Title and summary by the code of a language other than the desk's own."""
    if "described" not in top.value:
        return {}
    node = top.at("described")
    if not isinstance(node.value, dict):
        raise node.error("must be an object with the codes of languages")
    found = {}
    for code in node.value:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z]+)?", code):
            raise node.at(code).error("is no code of a language, as nl")
        node.at(code).fields("title", "summary")
        found[code] = Blurb(**_blurb(node.at(code)))
    return found


def _weights(node: _Node) -> dict[str, int]:
    node.fields(*PARTS)
    weights = {part: node.number(part, 0, 100) for part in PARTS}
    if sum(weights.values()) != 100:
        raise node.error("must add up to 100")
    return weights


def _cuts(top: _Node) -> tuple[int, int, int]:
    cuts = top.at("cuts").value
    whole = isinstance(cuts, list) and all(isinstance(cut, int) and not isinstance(cut, bool) for cut in cuts)
    if not whole or len(cuts) != 3 or not 0 < cuts[0] < cuts[1] < cuts[2] <= 100:
        raise top.at("cuts").error("must be three rising whole numbers up to 100")
    return (cuts[0], cuts[1], cuts[2])


def _action(node: _Node) -> Action:
    node.fields("code", "label", optional=("on_order",))
    return Action(node.code(), node.text("label", longest=80), node.flag("on_order"))


def _phrase(node: _Node) -> Phrase:
    node.fields("code", "text", "credit")
    node.at("credit").fields(*CHANNELS)
    return Phrase(node.code(), node.text("text", longest=300), node.points("credit", CHANNELS, "channel"))


def _article(node: _Node) -> Article:
    node.fields("code", "title", "body", optional=("keywords",))
    return Article(node.code(), node.text("title", longest=120), node.text("body"), node.texts("keywords"))


def _customer(node: _Node) -> Customer:
    node.fields("code", "name", "email", "postcode", "since", optional=("note",))
    return Customer(
        code=node.code(),
        name=node.text("name", longest=120),
        email=node.text("email", longest=120),
        postcode=node.text("postcode", longest=20),
        since=node.day("since"),
        note=node.text("note", empty=True),
    )


def _order(node: _Node) -> Order:
    node.fields(
        "number",
        "customer",
        "placed_on",
        "status",
        "lines",
        "total",
        optional=("delivered_on", "note"),
    )
    return Order(
        number=node.code("number"),
        customer=node.code("customer"),
        placed_on=node.day("placed_on"),
        status=node.text("status", longest=120),
        delivered_on=node.day("delivered_on") if "delivered_on" in node.value else None,
        lines=tuple(_line(line) for line in node.items("lines", least=1)),
        total=node.text("total", longest=20),
        note=node.text("note", empty=True),
    )


def _line(node: _Node) -> OrderLine:
    node.fields("name", "quantity", "price")
    return OrderLine(
        node.text("name", longest=120), node.number("quantity", 1, 999), node.text("price", longest=20)
    )


class _ContactReader:
    """Reads contacts against what the scenario holds."""

    def __init__(
        self,
        actions: Mapping[str, Action],
        openings: Mapping[str, Phrase],
        closings: Mapping[str, Phrase],
        orders: set[str],
        known: set[str],
    ) -> None:
        self.actions, self.openings, self.closings = actions, openings, closings
        self.orders, self.known = orders, known

    def contact(self, node: _Node) -> Contact:
        node.fields(
            "code", "channel", "arrives_at", "urgency", "name", "salutation", "sender", "turns",
            optional=("subject", "phrase_credit"),
        )  # fmt: skip
        channel = node.text("channel")
        if channel not in CHANNELS:
            raise node.at("channel").error("must be chat or mail")
        contact = Contact(
            code=node.code(),
            channel=channel,
            arrives_at=node.number("arrives_at", 0, 7200),
            urgency=node.number("urgency", 1, 3),
            name=node.text("name", longest=80),
            salutation=node.text("salutation", longest=80),
            sender=node.text("sender", longest=120),
            subject=node.text("subject", empty=channel == "chat", longest=120),
            phrase_credit=node.points(
                "phrase_credit", {**self.openings, **self.closings}, "opening or closing"
            ),
            turns=tuple(self.turn(turn, number) for number, turn in enumerate(node.items("turns", least=1))),
        )
        for name, phrases in (("opening", self.openings), ("closing", self.closings)):
            if max(phrase_points(contact, phrase) for phrase in phrases.values()) < FULL:
                raise node.error(f"no {name} is worth {FULL} points here")
        self.check_turns(contact, node)
        return contact

    def check_turns(self, contact: Contact, node: _Node) -> None:
        last = len(contact.turns) - 1
        for number, turn in enumerate(contact.turns):
            at = node.at("turns").at(number)
            if (number < last) != bool(turn.goes_on_with):
                raise at.error("goes_on_with stands on every turn that has another after it, and on no other")
            if turn.goes_on_with and turn.actions.get(turn.goes_on_with) != FULL:
                raise at.error("goes_on_with must be the best action")

    def turn(self, node: _Node, number: int) -> Turn:
        node.fields(
            "text", "patience", "actions", "care", "substance", "hint", "better",
            optional=("after", "lookups", "order", "harm", "goes_on_with"),
        )  # fmt: skip
        turn = Turn(
            text=node.text("text"),
            patience=node.number("patience", 30, 7200),
            after=node.number("after", 0, 600, default=0),
            lookups=node.texts("lookups"),
            actions=node.points("actions", self.actions, "action"),
            order=node.text("order", empty=True),
            harm=frozenset(node.texts("harm")),
            goes_on_with=node.text("goes_on_with", empty=True),
            care=tuple(self.choice(choice) for choice in node.items("care", least=2)),
            substance=tuple(self.choice(choice) for choice in node.items("substance", least=2)),
            hint=node.text("hint", longest=600),
            better=node.text("better", longest=1200),
        )
        self.check_turn(turn, node)
        return turn

    def check_turn(self, turn: Turn, node: _Node) -> None:
        for name in ("care", "substance"):
            if max(choice.credit for choice in getattr(turn, name)) < FULL:
                raise node.at(name).error(f"no choice is worth {FULL} points")
        if FULL not in turn.actions.values():
            raise node.at("actions").error(f"no action is worth {FULL} points")
        if any(choice.harm for choice in turn.care):
            raise node.at("care").error("only an action or the substance can do harm")
        if unknown := sorted(set(turn.lookups) - self.known):
            raise node.at("lookups").error(f"{unknown[0]!r} is nothing that can be looked up here")
        if turn.order and turn.order not in self.orders:
            raise node.at("order").error("is no order of this scenario")
        best = [self.actions[code].on_order for code, points in turn.actions.items() if points == FULL]
        if turn.order and not all(best):
            raise node.at("order").error("the best action must be one on an order")
        if unknown := sorted(turn.harm - self.actions.keys()):
            raise node.at("harm").error(f"{unknown[0]!r} is no action of this scenario")
        if any(turn.actions.get(code) for code in turn.harm):
            raise node.at("harm").error("an action that does harm earns no points")

    def choice(self, node: _Node) -> Choice:
        node.fields("text", "credit", "why", optional=("harm",))
        choice = Choice(
            node.text("text", longest=600),
            node.number("credit", 0, FULL),
            node.text("why", longest=600),
            node.flag("harm"),
        )
        if choice.harm and choice.credit:
            raise node.error("a line that does harm earns no points")
        return choice
