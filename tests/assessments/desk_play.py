"""A small desk for tests, and a clerk who works at it: `play(run, "c1")` opens, looks up and answers as well as can be."""

import json
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from assessments.actions.desk.acts import Reply, answer_contact, look_up, open_contact
from assessments.actions.desk.scenarios import digest_of
from assessments.engine.desk.script import FULL, Contact, Script, Turn, phrase_points
from assessments.models import Scenario, ScenarioRun, ScenarioVersion
from assessments.queries.desk import script_of
from tests.conftest import NOW

DATA = Path(__file__).resolve().parents[2] / "assessments" / "data" / "desk"


def choices(*points: int) -> list[dict[str, Any]]:
    """Lines worth these points."""
    return [
        {"text": f"Line {n}.", "credit": credit, "why": f"Worth {credit}."} for n, credit in enumerate(points)
    ]


def turn(**changes: Any) -> dict[str, Any]:
    """A message that is best answered with information."""
    return {
        "text": "Where is it?", "patience": 100, "lookups": [], "actions": {"inform": 2}, "care": choices(2, 1, 0),
        "substance": choices(2, 1, 0), "hint": "Look.", "better": "Say where it is.", **changes,
    }  # fmt: skip


def contact(code: str, arrives_at: int = 0, urgency: int = 1, **changes: Any) -> dict[str, Any]:
    """A chat of one turn."""
    return {
        "code": code, "channel": "chat", "arrives_at": arrives_at, "urgency": urgency, "name": f"Person {code}",
        "salutation": "you", "sender": f"{code}@mail.example", "turns": [turn()], **changes,
    }  # fmt: skip


SHOP: dict[str, Any] = {
    "title": "A small desk", "summary": "Two people write.", "shop": "Small Shop", "role": "You answer.",
    "today": "2026-03-12", "currency": "EUR", "minutes": 10,
    "weights": {"resolution": 40, "correctness": 30, "priority": 10, "tone": 20}, "cuts": [40, 60, 80],
    "actions": [
        {"code": "inform", "label": "Inform"}, {"code": "ask", "label": "Ask who it is"},
        {"code": "refund", "label": "Refund", "on_order": True},
    ],
    "openings": [
        {"code": "hello", "text": "Hello {name},", "credit": {"chat": 2, "mail": 1}},
        {"code": "dear", "text": "Dear {name},", "credit": {"chat": 1, "mail": 2}},
    ],
    "closings": [
        {"code": "bye", "text": "Bye.", "credit": {"chat": 2, "mail": 0}},
        {"code": "regards", "text": "Kind regards", "credit": {"chat": 0, "mail": 2}},
    ],
    "articles": [{"code": "late", "title": "Late parcels", "body": "Wait a week.", "keywords": ["lost"]}],
    "customers": [
        {"code": "ada", "name": "Ada Moss", "email": "ada@mail.example", "postcode": "1", "since": "2025-01-02"}
    ],
    "orders": [
        {"number": "11", "customer": "ada", "placed_on": "2026-03-01", "status": "sent", "total": "9.00",
         "lines": [{"name": "Cup", "quantity": 1, "price": "9.00"}]},
        {"number": "12", "customer": "ada", "placed_on": "2026-03-02", "status": "sent", "total": "5.00",
         "lines": [{"name": "Spoon", "quantity": 1, "price": "5.00"}]},
    ],
    "contacts": [contact("c1"), contact("c2", arrives_at=30, urgency=3)],
}  # fmt: skip


def shop(**changes: Any) -> dict[str, Any]:
    """The small desk, changed."""
    return {**deepcopy(SHOP), **changes}


def script(**changes: Any) -> Script:
    """The small desk as a script."""
    return script_of(json.dumps(shop(**changes)))


def scenario(
    code: str = "small", *, measured: bool = True, language: str = "en", content: str = "", **changes: Any
) -> Scenario:
    """A live scenario with the small desk."""
    made, _new = Scenario.objects.get_or_create(code=code, language_id=language, measured=measured)
    text = content or json.dumps(shop(**changes))
    ScenarioVersion.objects.create(scenario=made, number=1, content=text, digest=digest_of(text), made_at=NOW)
    return made


def shipped(code: str) -> str:
    """The content of a scenario that comes with the product."""
    return (DATA / f"{code}.json").read_text(encoding="utf-8")


def best(one: Turn, script: Script, contact: Contact, note: str = "") -> Reply:
    """The answer that earns every point."""

    def of(phrases: Any) -> str:
        return max(phrases.values(), key=lambda phrase: phrase_points(contact, phrase)).code

    return Reply(
        action=next(code for code, points in one.actions.items() if points == FULL),
        order=one.order,
        opening=of(script.openings),
        care=[choice.credit for choice in one.care].index(FULL),
        substance=[choice.credit for choice in one.substance].index(FULL),
        closing=of(script.closings),
        note=note,
    )


def play(run: ScenarioRun, code: str, now: datetime, **changes: Any) -> ScenarioRun:
    """Open a contact, look up what it needs, and answer one turn as well as can be, or with `changes`; a second each."""
    content = script_of(run.version.content)
    who = content.contacts[code]
    number = run.events.filter(kind="reply", contact=code).count()
    open_contact(run=run, contact=code, key=uuid4(), now=now)
    for what in who.turns[number].lookups:
        look_up(run=run, what=what, key=uuid4(), now=now + timedelta(seconds=1))
    reply = best(who.turns[number], content, who)._replace(**changes)
    return answer_contact(
        run=run, contact=code, turn=number, reply=reply, key=uuid4(), now=now + timedelta(seconds=2)
    )
