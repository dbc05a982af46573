"""What a finished run says, contact by contact."""

from dataclasses import dataclass

from assessments.engine.desk.reply import greeted, reply_paragraphs
from assessments.engine.desk.scoring import PARTS, ContactScore, Scorecard, score
from assessments.engine.desk.script import FULL, Script, Turn, phrase_points
from assessments.engine.desk.timeline import Answer, Line, timeline
from assessments.models import ScenarioRun
from assessments.queries.desk import events_of, script_of


@dataclass(frozen=True, slots=True)
class TurnReport:
    """One message: what was written back, reasons why it was good or less so, what was missed, and a better way."""

    message: list[str]
    reply: list[str]
    action: str
    good: list[str]
    not_so_good: list[str]
    phrases: list[str]
    not_looked_up: list[str]
    better: str
    harmful_action: bool = False


@dataclass(frozen=True, slots=True)
class ContactReport:
    """One contact with its points."""

    name: str
    channel: str
    subject: str
    score: ContactScore
    turns: list[TurnReport]

    @property
    def full(self) -> bool:
        """Whether every point was reached."""
        return self.score.earned == self.score.possible


@dataclass(frozen=True, slots=True)
class RunReport:
    """Everything that the page of a result shows. `weakest` is the part in which most can be learned."""

    script: Script
    card: Scorecard
    contacts: list[ContactReport]
    weakest: str


def run_report(run: ScenarioRun) -> RunReport:
    """Scored anew from the events: the same figures as on the run, with the points behind them."""
    script, events = script_of(run.version.content), events_of(run)
    card = score(script, events, timed=run.timed)
    lines = timeline(script, events)
    return RunReport(
        script=script,
        card=card,
        contacts=[_contact(script, lines[found.contact], found) for found in card.contacts],
        weakest=min(PARTS, key=lambda part: card.parts[part]) if min(card.parts.values()) < 100 else "",
    )


def _contact(script: Script, line: Line, found: ContactScore) -> ContactReport:
    contact = line.contact
    turns = [_turn(script, line, number) for number in range(max(1, len(line.answers)))]
    return ContactReport(contact.name, contact.channel, contact.subject, found, turns)


def _turn(script: Script, line: Line, number: int) -> TurnReport:
    turn = line.contact.turns[number]
    message = turn.text.split("\n\n")
    if number >= len(line.answers):
        return TurnReport(message, [], "", [], [], [], [], turn.better)
    answer = line.answers[number]
    good, not_so_good = _reasons(turn, answer)
    phrases = _lesser_phrases(script, line, answer)
    missed = [what for what in turn.lookups if what not in line.seen[number]]
    return TurnReport(
        message=message,
        reply=reply_paragraphs(script, line.contact, answer),
        action=script.actions[answer.action].label + (f" · {answer.order}" if answer.order else ""),
        good=good,
        not_so_good=not_so_good,
        phrases=phrases,
        not_looked_up=[_title(script, what) for what in missed],
        better=""
        if turn.actions.get(answer.action) == FULL and not not_so_good and not missed
        else turn.better,
        harmful_action=answer.action in turn.harm,
    )


def _reasons(turn: Turn, answer: Answer) -> tuple[list[str], list[str]]:
    """Why each line that was written for this turn is good, or not so good."""
    good: list[str] = []
    other: list[str] = []
    for choice in (turn.substance[answer.substance], turn.care[answer.care]):
        (good if choice.credit == FULL else other).append(choice.why)
    return good, other


def _lesser_phrases(script: Script, line: Line, answer: Answer) -> list[str]:
    """First and last lines that are not the best ones here."""
    phrases = (script.openings[answer.opening], script.closings[answer.closing])
    return [greeted(one.text, line.contact) for one in phrases if phrase_points(line.contact, one) < FULL]


def _title(script: Script, what: str) -> str:
    kind, _colon, code = what.partition(":")
    if kind == "article":
        return script.articles[code].title
    return code if kind == "order" else script.customers[code].name
