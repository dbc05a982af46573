"""What a level means, in our own words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.enums import BankKind
from reference.enums import CEFRLevel

READING_AND_USE: Mapping[int, Promise] = {
    CEFRLevel.A1: _(
        "You find names, prices and times in short, simple messages, and know the first words and forms."
    ),
    CEFRLevel.A2: _(
        "You understand short, everyday messages from customers and write simple sentences in reply."
    ),
    CEFRLevel.B1: _(
        "You follow what a customer tells in plain language and can explain the next steps clearly."
    ),
    CEFRLevel.B2: _(
        "You understand requests that are only hinted at, and answer complaints with the right tact."
    ),
    CEFRLevel.C1: _(
        "You read between the lines of long or careful texts and choose tone and wording with ease."
    ),
    CEFRLevel.C2: _(
        "You catch the finest differences in meaning and reword difficult texts without losing any."
    ),
}
"""Level of reading and use of language in customer contact, after the illustrative scales of the CEFR."""

SKILL_LEVEL_NAMES: Mapping[int, Promise] = {1: _("basic"), 2: _("working"), 3: _("strong")}
"""Levels of a skill in a word."""

SKILL_MEANINGS: Mapping[str, Mapping[int, Promise]] = {
    BankKind.SERVICE_JUDGEMENT: {
        1: _("You mean well with customers; which step comes first in a hard moment is still to be learnt."),
        2: _(
            "You choose sound steps in most hard moments: calm the customer, keep to the rules, ask in time."
        ),
        3: _(
            "You find the step that helps the customer and protects everybody, also where rules and wishes pull apart."
        ),
    },
    BankKind.LOCAL_KNOWLEDGE: {
        1: _(
            "You know some of what customers there take for granted; keep the facts at hand while you work."
        ),
        2: _(
            "You know what customers there usually expect, and can help with most questions without looking up."
        ),
        3: _("You know the rules and habits there well enough to explain them to customers and colleagues."),
    },
}
"""What a level of a skill means in the work, by the kind of its bank."""


def meaning_of(kind: str, level: int) -> Promise | str:
    """What a level means for banks of a kind; nothing beyond the highest."""
    return (READING_AND_USE if kind == BankKind.LANGUAGE else SKILL_MEANINGS[kind]).get(level, "")


def level_words(bank_of_language: bool, level: int) -> str:
    """A level in words: "B2", or "2 of 3, working"."""
    if bank_of_language:
        return CEFRLevel(level).label
    return gettext("%(level)s of 3, %(word)s") % {"level": level, "word": SKILL_LEVEL_NAMES[level]}
