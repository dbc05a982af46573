"""What raters look at: criteria with an anchor for every level, in our own words, after the CEFR's scales of interaction.

An anchor speaks to the person about their own work: raters choose by it, and it stands in the person's result.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.enums import Activity


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is rated; `anchors` are the levels A1 (1) to C2 (6)."""

    code: str
    name: Promise
    question: Promise
    anchors: tuple[Promise, Promise, Promise, Promise, Promise, Promise]

    def anchor(self, level: int) -> Promise:
        """What work of that level looks like."""
        return self.anchors[level - 1]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of one activity, each counting the same. A rating keeps the `version` that it was made by."""

    version: str
    never: Promise
    criteria: tuple[Criterion, ...]


TASK = Criterion(
    "task",
    _("Solving the customer's case"),
    _(
        "Does the customer get what they need: every question answered, with what was known, and the next step?"
    ),
    (
        _("You give a single fact that helps, such as a price, a time or a name."),
        _("You answer one plain question with the facts given; other parts stay open."),
        _("You answer the main question and say what happens next; a detail may be missing."),
        _("You answer everything that was asked and say clearly who does what, and when."),
        _("You also answer what the customer only hinted at, and put first what matters most to them."),
        _("You settle even a tangled case completely, so that nothing is left to ask."),
    ),
)
CLARITY = Criterion(
    "clarity",
    _("Clear and correct"),
    _("Can the customer follow at first reading, and do mistakes get in the way?"),
    (
        _("You write single words and learnt phrases; a reader has to guess the rest."),
        _("You write short, simple sentences; a patient reader understands them in spite of basic mistakes."),
        _("Your text can be followed from start to end; mistakes show, but seldom hide what you mean."),
        _("Your text is well ordered; the mistakes that are left never lead the reader astray."),
        _("Your text reads smoothly and is built well; mistakes are rare and hard to find."),
        _("Your text is flawless in wording and order, also where the matter is difficult."),
    ),
)
RANGE = Criterion(
    "range",
    _("Range of words and forms"),
    _("How much is there to choose from: words of the trade, ways to link, soften, stress and rephrase?"),
    (
        _("You use a few words and set phrases for everyday things."),
        _("You have words for simple routine matters, linked by “and”, “but” and “because”."),
        _("You have enough words for usual customer matters and get round a missing one."),
        _("You vary words and sentences, and explain, compare and give reasons without searching."),
        _("You choose from a wide range exactly what fits, idioms included."),
        _("You say the finest difference in meaning, and can put anything in another way."),
    ),
)
TONE = Criterion(
    "tone",
    _("Tone with the customer"),
    _("Would this customer feel taken seriously: address, politeness, tact, also when the answer is no?"),
    (
        _("You greet and thank."),
        _("You use simple polite forms and a greeting that fits."),
        _("You are friendly and polite in usual situations, and say sorry where it is due."),
        _("You suit your tone to this customer, show that you understand, and say no without hurting."),
        _("You bring an upset customer to rest with tact, and stay natural and firm."),
        _("You handle the most delicate moment with exactly the right words."),
    ),
)
INTELLIGIBILITY = Criterion(
    "intelligibility",
    _("Being understood"),
    _(
        "How easily does a customer understand, whatever the accent? Every accent that is easy to follow reaches C2."
    ),
    (
        _("Single words and learnt phrases are understood by a patient listener."),
        _("Short, simple sentences are understood, though the listener sometimes has to ask again."),
        _("You are understood almost always, also when you pause to look for a word."),
        _("You are easy to follow throughout; stress and pauses help the listener."),
        _("You are effortless to follow; stress and speed bring out what matters."),
        _("You are effortless to follow in the most difficult matter, down to shades of meaning."),
    ),
)
INTERACTION = Criterion(
    "interaction",
    _("Talking with the customer"),
    _("Does the answer pick up what the customer said, ask and confirm, and lead to the next step?"),
    (
        _("You react with a learnt phrase."),
        _("You answer a simple question directly, and can ask for it to be repeated."),
        _("You take up what the customer said, and keep a plain conversation going."),
        _("You pick up the customer's point, check that you understood, and lead to the next step."),
        _("You lead the conversation with ease, and pick up what is between the lines."),
        _("You lead the most delicate conversation as naturally as two people who know each other."),
    ),
)
RUBRICS: Mapping[str, Rubric] = {
    Activity.WRITTEN_INTERACTION: Rubric(
        "1",
        _(
            "Not rated: who the writer may be, spelling that is right in another standard variety, and the length of the text."
        ),
        (TASK, CLARITY, RANGE, TONE),
    ),
    Activity.SPOKEN_INTERACTION: Rubric(
        "1",
        _(
            "Never rated: accent, voice, age, background noise, or how much somebody sounds like a native speaker."
        ),
        (TASK, INTELLIGIBILITY, RANGE, INTERACTION, TONE),
    ),
}
