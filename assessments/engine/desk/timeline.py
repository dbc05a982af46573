"""What happened at the desk, contact by contact, worked out from the events of a run.

An event is (kind, contact, clock_ms, facts); they come in the order in which the server wrote them. Replaying the same
events always gives the same timeline.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from assessments.engine.desk.script import Contact, Script, Turn

SECOND = 1000
Standing = Literal["due", "waiting", "expected", "done"]


class Event(NamedTuple):
    """One thing that happened at `clock_ms` of desk time."""

    kind: str
    contact: str
    clock_ms: int
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Answer:
    """What was done and written about one turn. Choices are indices of the script, phrases are codes."""

    turn: int
    at_ms: int
    action: str
    order: str = ""
    opening: str = ""
    care: int = -1
    substance: int = -1
    closing: str = ""
    note: str = ""


@dataclass(slots=True)
class Line:
    """The story of one contact. `seen` are the things looked up before each answer: "article:x", "order:1", …"""

    contact: Contact
    opened_ms: list[int] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    seen: list[frozenset[str]] = field(default_factory=list)
    closed: bool = False

    def turn(self) -> int:
        """The turn that is to be answered next, or was answered last when the contact is closed."""
        return len(self.answers) - 1 if self.closed else len(self.answers)

    def arrived_ms(self, turn: int) -> int:
        """When the message of `turn` comes in: turn 0 by the script, later ones some time after the answer before."""
        if turn == 0:
            return self.contact.arrives_at * SECOND
        return self.answers[turn - 1].at_ms + self.contact.turns[turn].after * SECOND

    def standing(self, clock_ms: int) -> Standing:
        """ "expected" until the message is in, "waiting" until the patience ends, then "due"; "done" when closed."""
        if self.closed:
            return "done"
        arrived = self.arrived_ms(self.turn())
        if clock_ms < arrived:
            return "expected"
        patience = self.contact.turns[self.turn()].patience
        return "waiting" if clock_ms < arrived + patience * SECOND else "due"

    def in_hand(self, clock_ms: int) -> bool:
        """Whether a message of this contact waits for an answer."""
        return self.standing(clock_ms) in {"waiting", "due"}

    def current(self) -> Turn:
        """The turn to be answered."""
        return self.contact.turns[self.turn()]

    def untouched_at(self, moment_ms: int) -> bool:
        """Whether the first message lay unanswered at that moment."""
        return self.arrived_ms(0) <= moment_ms and not (self.answers and self.answers[0].at_ms <= moment_ms)


def timeline(script: Script, events: Iterable[Event]) -> dict[str, Line]:
    """The story of every contact, in the order of the script."""
    lines = {code: Line(contact) for code, contact in script.contacts.items()}
    seen: set[str] = set()
    for event in events:
        if event.kind in {"article", "record"}:
            seen |= _shown(script, str(event.facts["what"]))
        elif event.kind == "opened":
            lines[event.contact].opened_ms.append(event.clock_ms)
        elif event.kind == "action":
            line = lines[event.contact]
            line.answers.append(
                Answer(len(line.answers), event.clock_ms, event.facts["action"], event.facts["order"])
            )
            line.seen.append(frozenset(seen))
        elif event.kind == "reply":
            answer = lines[event.contact].answers[-1]
            for name in ("opening", "care", "substance", "closing", "note"):
                setattr(answer, name, event.facts[name])
        elif event.kind == "closed":
            lines[event.contact].closed = True
    return lines


def _shown(script: Script, what: str) -> set[str]:
    """What somebody sees who opens it: a record shows the person and all their orders."""
    kind, _colon, code = what.partition(":")
    if kind == "article":
        return {what}
    person = script.orders[code].customer if kind == "order" else code
    orders = (order.number for order in script.orders.values() if order.customer == person)
    return {f"customer:{person}", *(f"order:{number}" for number in orders)}


def goes_on(contact: Contact, turn: int, action: str) -> bool:
    """Whether the customer writes again after this action."""
    wanted = contact.turns[turn].goes_on_with
    return bool(wanted) and action == wanted and turn + 1 < len(contact.turns)


def next_arrival_ms(lines: Mapping[str, Line], clock_ms: int) -> int | None:
    """When the next message comes in; None when none is expected."""
    due = [line.arrived_ms(line.turn()) for line in lines.values() if line.standing(clock_ms) == "expected"]
    return min(due, default=None)
