"""What a person does at the desk. Each act carries the key of the button press: sent again, it changes nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from assessments.actions.desk.hand import DeskHand, RunIsOver, UnableToAct, at_desk
from assessments.actions.desk.runs import finish_if_over
from assessments.engine.desk.script import Script
from assessments.engine.desk.timeline import Line, goes_on, next_arrival_ms
from assessments.enums import RunEventKind, RunState
from assessments.models import ScenarioRun
from assessments.queries.desk import script_of

MOST_EVENTS = 2000
"""Acts of a run that are kept; far beyond what a shift needs."""

MOST_WORDS = 80
"""Characters of a search that are kept."""


class NothingToAnswer(UnableToAct):
    """The contact is not there, or its message was answered before."""


class ImpossibleReply(UnableToAct):
    """Something of the answer is missing or does not exist in this scenario; `fields` says what."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class Reply(NamedTuple):
    """What is done and written about a message: codes of the script, and indices of its choices.

    `note` is free text that is kept for people to read and is never scored.
    """

    action: str
    order: str
    opening: str
    care: int
    substance: int
    closing: str
    note: str


def _act(run: ScenarioRun, key: UUID, now: datetime, do: Callable[[DeskHand], None]) -> ScenarioRun:
    """Do it once, under the lock, on a desk that is still open. A run whose time is up is finished instead."""
    with transaction.atomic():
        hand = at_desk(run, now)
        over = hand.run.state != RunState.OPEN or finish_if_over(hand)
        if not over and not hand.was_done(key):
            if len(hand.events) >= MOST_EVENTS:
                raise UnableToAct
            do(hand)
            finish_if_over(hand)
    if over:
        raise RunIsOver
    return hand.run


def open_contact(*, run: ScenarioRun, contact: str, key: UUID, now: datetime) -> ScenarioRun:
    """Take up a contact that is there. Raises UnableToAct."""

    def do(hand: DeskHand) -> None:
        _line(hand, contact)
        hand.write(RunEventKind.OPENED, contact, key)

    return _act(run, key, now, do)


def search_desk(*, run: ScenarioRun, words: str, key: UUID, now: datetime) -> ScenarioRun:
    """Keep what was searched for. Raises UnableToAct."""
    return _act(
        run, key, now, lambda hand: hand.write(RunEventKind.SEARCHED, key=key, words=words[:MOST_WORDS])
    )


def look_up(*, run: ScenarioRun, what: str, key: UUID, now: datetime) -> ScenarioRun:
    """Read "article:…", or a record, "customer:…" or "order:…". Raises UnableToAct."""

    def do(hand: DeskHand) -> None:
        if not exists(hand.script, what):
            raise UnableToAct
        kind = RunEventKind.ARTICLE if what.startswith("article:") else RunEventKind.RECORD
        hand.write(kind, key=key, what=what)

    return _act(run, key, now, do)


def exists(script: Script, what: str) -> bool:
    """Whether there is such an article, customer or order."""
    kind, _colon, code = what.partition(":")
    shelves: Mapping[str, Mapping[str, object]] = {
        "article": script.articles, "customer": script.customers, "order": script.orders,
    }  # fmt: skip
    return code in shelves.get(kind, {})


def keep_draft(*, run: ScenarioRun, contact: str, turn: int, draft: Mapping[str, str]) -> None:
    """Keep what was chosen for a message and not sent yet; a run that is over keeps nothing."""
    with transaction.atomic():
        locked = (
            ScenarioRun.objects.select_for_update(of=("self",))
            .select_related("version")
            .filter(pk=run.pk, state=RunState.OPEN)
            .first()
        )
        found = script_of(locked.version.content).contacts.get(contact) if locked else None
        if locked and found and turn < len(found.turns):
            locked.drafts[draft_name(contact, turn)] = dict(draft)
            locked.save(update_fields=["drafts"])


def draft_name(contact: str, turn: int) -> str:
    """Where the draft of a message stands: a late second press must not fill in the answer to the next one."""
    return f"{contact}:{turn}"


def answer_contact(
    *, run: ScenarioRun, contact: str, turn: int, reply: Reply, key: UUID, now: datetime
) -> ScenarioRun:
    """Act, reply, and close the contact unless the customer writes again. Raises UnableToAct."""

    def do(hand: DeskHand) -> None:
        line = _line(hand, contact)
        if turn != line.turn() or not line.opened_ms:
            raise NothingToAnswer
        if missing := flaws_of_reply(hand.script, line, reply):
            raise ImpossibleReply(missing)
        facts = reply._asdict()
        action, order = facts.pop("action"), facts.pop("order")
        on_order = hand.script.actions[action].on_order
        hand.write(
            RunEventKind.ACTION, contact, key, turn=turn, action=action, order=order if on_order else ""
        )
        hand.write(RunEventKind.REPLY, contact, turn=turn, **facts)
        if not goes_on(line.contact, turn, action):
            hand.write(RunEventKind.CLOSED, contact)
        if hand.run.drafts.pop(draft_name(contact, turn), None) is not None:
            hand.run.save(update_fields=["drafts"])

    return _act(run, key, now, do)


def _line(hand: DeskHand, contact: str) -> Line:
    line = hand.lines.get(contact)
    if line is None or not line.in_hand(hand.run.clock_ms):
        raise NothingToAnswer
    return line


def flaws_of_reply(script: Script, line: Line, reply: Reply) -> list[str]:
    """Names of the fields that are missing or impossible."""
    turn, action = line.current(), script.actions.get(reply.action)
    possible = {
        "action": action is not None,
        "order": action is None or not action.on_order or reply.order in script.orders,
        "opening": reply.opening in script.openings,
        "care": 0 <= reply.care < len(turn.care),
        "substance": 0 <= reply.substance < len(turn.substance),
        "closing": reply.closing in script.closings,
    }
    return [name for name, fine in possible.items() if not fine]


def wait_for_next(*, run: ScenarioRun, key: UUID, now: datetime) -> ScenarioRun:
    """With nothing to answer, move the clock to the next message; it costs nothing. Raises UnableToAct."""

    def do(hand: DeskHand) -> None:
        lines, clock_ms = hand.lines, hand.run.clock_ms
        arrival = next_arrival_ms(lines, clock_ms)
        if arrival is None or any(line.in_hand(clock_ms) for line in lines.values()):
            return
        hand.run.clock_ms = arrival
        hand.run.save(update_fields=["clock_ms"])
        hand.write(RunEventKind.READY, key=key)

    return _act(run, key, now, do)
