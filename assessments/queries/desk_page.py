"""What the page of a run shows: the queue, the open contact, and what was looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from assessments.engine.desk.reply import reply_paragraphs
from assessments.engine.desk.script import Article, Customer, Order, Script
from assessments.engine.desk.search import Found, orders_of, search
from assessments.engine.desk.timeline import SECOND, Line, next_arrival_ms, timeline
from assessments.enums import RunPurpose
from assessments.models import ScenarioRun
from assessments.queries.desk import events_of, script_of

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A contact that waits. `late` when it waited longer than the customer's patience."""

    code: str
    name: str
    channel: str
    first_words: str
    minutes: int
    late: bool
    opened: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, in paragraphs."""

    mine: bool
    name: str
    paragraphs: list[str]


@dataclass(slots=True)
class LookUp:
    """What is open beside the contact: found things, an article, or a person with their orders."""

    words: str = ""
    found: Found | None = None
    article: Article | None = None
    person: Customer | None = None
    orders: list[Order] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much was found."""
        return sum(len(kind) for kind in self.found) if self.found else 0


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The desk at one moment. `minutes_left` is None without a time limit; below zero an answer may still be sent."""

    run: ScenarioRun
    script: Script
    rows: list[QueueRow]
    answered: int
    expected: bool
    minutes_left: int | None
    line: Line | None
    messages: list[Message]
    just_done: Line | None

    @property
    def better(self) -> str:
        """What a good way was of answering the message that was answered a moment ago."""
        done = self.just_done
        return done.contact.turns[done.answers[-1].turn].better if done else ""

    @property
    def training(self) -> bool:
        """Whether hints are shown."""
        return self.run.purpose == RunPurpose.TRAINING

    @property
    def time_is_over(self) -> bool:
        """Whether only the answer in hand may still be sent."""
        return self.minutes_left is not None and self.minutes_left <= 0


def desk_page(run: ScenarioRun, contact: str, done: str) -> DeskPage:
    """The desk with `contact` open, if it waits and was taken up; `done` was answered a moment ago."""
    script = script_of(run.version.content)
    lines = timeline(script, events_of(run))
    line = lines.get(contact)
    if line and not (line.opened_ms and line.in_hand(run.clock_ms)):
        line = None
    return DeskPage(
        run=run,
        script=script,
        rows=_rows(lines, run.clock_ms, contact if line else ""),
        answered=sum(one.closed for one in lines.values()),
        expected=next_arrival_ms(lines, run.clock_ms) is not None,
        minutes_left=_minutes_left(run, script),
        line=line,
        messages=messages_of(script, line) if line else [],
        just_done=lines.get(done) if done in lines and lines[done].answers else None,
    )


def _rows(lines: Mapping[str, Line], clock_ms: int, current: str) -> list[QueueRow]:
    waiting = [line for line in lines.values() if line.in_hand(clock_ms)]
    waiting.sort(key=lambda line: line.arrived_ms(line.turn()))
    return [
        QueueRow(
            code=line.contact.code,
            name=line.contact.name,
            channel=line.contact.channel,
            first_words=(line.turn() == 0 and line.contact.subject) or line.current().text,
            minutes=(clock_ms - line.arrived_ms(line.turn())) // MINUTE_MS,
            late=line.standing(clock_ms) == "due",
            opened=bool(line.opened_ms),
            current=line.contact.code == current,
        )
        for line in waiting
    ]


def _minutes_left(run: ScenarioRun, script: Script) -> int | None:
    """In the person's own minutes: extra time is more of them. Begun minutes count."""
    if not run.timed:
        return None
    left_ms = (script.minutes * 60 * SECOND - run.clock_ms) * run.time_factor
    return ceil(left_ms / MINUTE_MS)


def messages_of(script: Script, line: Line) -> list[Message]:
    """The conversation so far, with the message that waits."""
    found = []
    for number, turn in enumerate(line.contact.turns[: len(line.answers) + (not line.closed)]):
        found.append(Message(False, line.contact.name, turn.text.split("\n\n")))
        if number < len(line.answers):
            paragraphs = reply_paragraphs(script, line.contact, line.answers[number])
            found.append(Message(True, script.shop, paragraphs))
    return found


def looked_up(script: Script, words: str, what: str) -> LookUp:
    """The panel beside the contact; an order is shown with the person who placed it."""
    kind, _colon, code = what.partition(":")
    found = search(script, words) if words else None
    if kind == "article" and code in script.articles:
        return LookUp(words, found, article=script.articles[code])
    if kind == "order" and code in script.orders:
        code = script.orders[code].customer
    if kind in {"order", "customer"} and code in script.customers:
        return LookUp(words, found, person=script.customers[code], orders=orders_of(script, code))
    return LookUp(words, found)
