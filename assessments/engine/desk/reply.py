"""The text of a reply, put together from its parts, and the order in which choices are shown."""

from hashlib import sha256

from assessments.engine.desk.script import Contact, Script
from assessments.engine.desk.timeline import Answer

NAME = "{name}"


def greeted(text: str, contact: Contact) -> str:
    """A phrase with the customer's name put in."""
    return text.replace(NAME, contact.salutation)


def reply_paragraphs(script: Script, contact: Contact, answer: Answer) -> list[str]:
    """Opening, care and substance in one, closing."""
    turn = contact.turns[answer.turn]
    middle = f"{turn.care[answer.care].text} {turn.substance[answer.substance].text}"
    opening, closing = script.openings[answer.opening].text, script.closings[answer.closing].text
    return [greeted(opening, contact), middle, greeted(closing, contact)]


def choice_order(seed: int, contact: str, turn: int, slot: str, count: int) -> list[int]:
    """The order in which `count` choices of one slot are shown: the same for the whole run, another in the next."""
    place = f"{seed}:{contact}:{turn}:{slot}"
    return sorted(range(count), key=lambda index: sha256(f"{place}:{index}".encode()).digest())
