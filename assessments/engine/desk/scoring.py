"""The published rules by which a run at the desk is scored.

For each turn of each contact of the script, whether the person came to it or not:

| part | points |
| --- | --- |
| resolution | 0–2 for the action |
| correctness | 0–2 for the substance, 1 for the right order if it is about one, 1 for each lookup made before |
| priority | 1 for an answer before the customer's patience ends |
| tone | 0–2 each for opening, care and closing |

and 1 point of priority for each contact that was taken up while nothing more urgent waited. A contact with something that
no desk may ever do counts nothing in any part.

Each part is a percentage, rounded down; the total is Σ weight · earned / possible over the parts, in exact fractions, rounded
down. Level = number of cuts that the total reaches; after harm at most 2; 0 = no level.
Nothing is ever taken off, so that a better or a further answer never lowers a score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.engine.desk.script import FULL, Contact, Script, Turn, phrase_points
from assessments.engine.desk.timeline import SECOND, Answer, Event, Line, timeline

PARTS = ("resolution", "correctness", "priority", "tone")
RULES_VERSION = "1"
MOST_AFTER_HARM = 2
"""Highest level of a run in which something was done that no desk may ever do."""

Points = dict[str, int]


@dataclass(frozen=True, slots=True)
class ContactScore:
    """Earned and possible points of one contact by part. `harm` names what must never happen: "action", "substance"."""

    contact: str
    answered: bool
    in_time: bool
    in_order: bool
    earned: Points
    possible: Points
    harm: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Four parts and the total, each an integer from 0 to 100; `level` 0 to 3."""

    parts: Mapping[str, int]
    total: int
    level: int
    harms: int
    contacts: tuple[ContactScore, ...]


def score(script: Script, events: Iterable[Event], *, timed: bool = True) -> Scorecard:
    """Score a run from its events. Without a time limit (`timed` false) every answer is in time."""
    lines = timeline(script, events)
    contacts = tuple(_score_contact(script, line, lines, timed) for line in lines.values())
    earned = {part: sum(contact.earned[part] for contact in contacts) for part in PARTS}
    possible = {part: sum(contact.possible[part] for contact in contacts) for part in PARTS}
    total = int(sum(Fraction(script.weights[part] * earned[part], possible[part]) for part in PARTS))
    harms = sum(bool(contact.harm) for contact in contacts)
    return Scorecard(
        parts={part: 100 * earned[part] // possible[part] for part in PARTS},
        total=total,
        level=level_of(total, script.cuts, harms),
        harms=harms,
        contacts=contacts,
    )


def level_of(total: int, cuts: Iterable[int], harms: int) -> int:
    """0 (no level) to 3; at most 2 after harm."""
    reached = sum(total >= cut for cut in cuts)
    return min(reached, MOST_AFTER_HARM) if harms else reached


def _score_contact(script: Script, line: Line, lines: Mapping[str, Line], timed: bool) -> ContactScore:
    contact, answers = line.contact, line.answers
    in_time = [not timed or _in_time(line, answer) for answer in answers]
    in_order = bool(answers) and not _jumped_the_queue(line, lines)
    harm = tuple(kind for answer in answers for kind in _harm(contact.turns[answer.turn], answer))
    earned: Points = dict.fromkeys(PARTS, 0)
    if not harm:
        for answer, on_time in zip(answers, in_time, strict=True):
            for part, points in _answer_points(script, line, answer).items():
                earned[part] += points
            earned["priority"] += on_time
        earned["priority"] += in_order
    return ContactScore(
        contact=contact.code,
        answered=bool(answers),
        in_time=bool(answers) and all(in_time),
        in_order=in_order,
        earned=earned,
        possible=possible_points(contact),
        harm=harm,
    )


def possible_points(contact: Contact) -> Points:
    """What a contact is worth, all its turns together."""
    turns = contact.turns
    return {
        "resolution": FULL * len(turns),
        "correctness": sum(FULL + bool(turn.order) + len(turn.lookups) for turn in turns),
        "priority": len(turns) + 1,
        "tone": 3 * FULL * len(turns),
    }


def _answer_points(script: Script, line: Line, answer: Answer) -> Points:
    turn = line.contact.turns[answer.turn]
    looked_up = sum(what in line.seen[answer.turn] for what in turn.lookups)
    phrases = (script.openings[answer.opening], script.closings[answer.closing])
    return {
        "resolution": turn.actions.get(answer.action, 0),
        "correctness": turn.substance[answer.substance].credit
        + (bool(turn.order) and answer.order == turn.order)
        + looked_up,
        "tone": turn.care[answer.care].credit + sum(phrase_points(line.contact, one) for one in phrases),
    }


def _in_time(line: Line, answer: Answer) -> bool:
    patience_ms = line.contact.turns[answer.turn].patience * SECOND
    return answer.at_ms < line.arrived_ms(answer.turn) + patience_ms


def _jumped_the_queue(line: Line, lines: Mapping[str, Line]) -> bool:
    """Whether a more urgent first message lay waiting when the contact was last opened before its first answer.

    Later messages of a conversation do not count: a good answer that brings one must not cost anything.
    """
    opened = [moment for moment in line.opened_ms if moment <= line.answers[0].at_ms]
    if not opened:
        return True
    return any(
        other.contact.urgency > line.contact.urgency and other.untouched_at(opened[-1])
        for other in lines.values()
    )


def _harm(turn: Turn, answer: Answer) -> list[str]:
    found = ["action"] if answer.action in turn.harm else []
    return found + (["substance"] if turn.substance[answer.substance].harm else [])
