"""What the engine does, as data: gates, reasons, parts, tables, weights, columns.

`docs/matching.md` is written from this, so the document cannot drift from the code.
"""

from dataclasses import dataclass
from inspect import cleandoc
from textwrap import indent
from types import ModuleType
from typing import Final

from matching.engine import columns as spec
from matching.engine.codes import CODES, GATES, MEANINGS, SOFT, Code, Gate
from matching.engine.curves import Curve
from matching.engine.fits import (
    commitment,
    culture,
    experience,
    language,
    pay,
    skills,
    time,
)
from matching.engine.parts import PARTS, Part
from matching.engine.scale import SCALE
from matching.engine.version import ENGINE_VERSION
from matching.engine.weights import CANDIDATE_WEIGHTS, EMPLOYER_BOUNDS, Bounds
from matching.engine.zones import tz_version


@dataclass(frozen=True, slots=True)
class ReasonDefinition:
    """A code, what it says of the person, and whether it is an open question."""

    code: Code
    meaning: str
    open: bool


@dataclass(frozen=True, slots=True)
class GateDefinition:
    """A gate: the question it asks, and its reasons."""

    gate: Gate
    question: str
    reasons: tuple[ReasonDefinition, ...]


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table of a part. Points (x, y): x in the unit named, y a share of 1 in 1/10**7."""

    name: str
    unit: str
    points: tuple[tuple[int, int], ...]
    straight_between: bool

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Each point as it is printed: what is looked up, and its value as a share of 1."""
        return tuple((self._looked_up(x), f"{y / SCALE:.2f}") for x, y in self.points)

    def _looked_up(self, x: int) -> str:
        return evidence_in_words(x) if self.unit == EVIDENCE_BITS else f"{x:,}"


@dataclass(frozen=True, slots=True)
class PartDefinition:
    """A part of the score: in words, as a formula, with its tables, the weights' defaults and bounds."""

    part: Part
    in_words: str
    formula: str
    tables: tuple[TableDefinition, ...]
    employer: Bounds
    candidate_weight: int

    @property
    def employer_weight(self) -> int:
        """The usual weight."""
        return self.employer.usual


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything that decides a ranking, and the versions it belongs to."""

    engine_version: str
    tz_version: str
    gates: tuple[GateDefinition, ...]
    parts: tuple[PartDefinition, ...]
    columns: tuple[tuple[str, str], ...]
    never: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str], ...]
    shown_first: tuple[tuple[str, str], ...]
    exactly: tuple[tuple[str, str], ...]


def describe() -> Definitions:
    """The definitions of this version of the engine."""
    return Definitions(
        engine_version=ENGINE_VERSION,
        tz_version=tz_version(),
        gates=tuple(_gate(gate) for gate in GATES),
        parts=tuple(_part(part) for part in PARTS),
        columns=_columns(),
        never=NEVER_COUNTED,
        changes=WHO_CHANGES,
        shown_first=SHOWN_FIRST,
        exactly=EXACTLY,
    )


NEVER_COUNTED: Final = (
    (
        "who you are",
        "Name, photo, contact, gender, birth date and age, nationality, birthplace, ethnicity, "
        "religion, family, health: the engine has no column for any of them.",
    ),
    (
        "a cheap price",
        "What a person costs weighs 0 for an employer and cannot be raised. Asking for less "
        "than is offered earns nothing.",
    ),
    (
        "a CV",
        "No document of a person reaches the engine: no file, no text, no school, no employer's name. "
        "Months of experience are a person's own statement, count little, and exclude nobody.",
    ),
    ("a mother tongue", "Being born into a language is never a level; only what was measured counts."),
    ("how often you look", "Visits, clicks, speed of answering and how long somebody has been listed."),
    (
        "a guess",
        "No text, voice or picture is judged by a machine, and nothing is learnt from who was chosen before.",
    ),
)
"""(what, why) of what never counts; the columns above are the proof."""

WHO_CHANGES: Final = (
    (
        "Formulas, tables, gates and candidate weights",
        "Only a new version of the engine, released with its "
        "documentation. Rankings keep the version they were made with.",
    ),
    (
        "Usual employer weights and their bounds, for each kind of work",
        "Platform staff, with a reason, for "
        "today or a later day. Each change adds a row to the log; earlier rankings keep their weights.",
    ),
    (
        "The weights of one vacancy",
        "The employer, within the bounds, in the vacancy's editor. A choice "
        "outside them is counted as the nearest bound, and says so. The weights used stand in the ranking.",
    ),
    (
        "Wage floors and exchange rates",
        "Dated facts with their source; a policy of the platform is set by staff.",
    ),
    (
        "The order on a shortlist",
        "A recruiter may pin, move or hide a person, with a reason that stands in "
        "the log. The ranking below it stays as it was.",
    ),
    (
        "On how many lists a person is shown first, and how many people a list shows first",
        "The platform, in its settings: the same two numbers for every person and every vacancy. "
        "No employer and no recruiter can change them.",
    ),
    ("A person's facts", "The person, and tests they take. Whoever doubts a measurement can appeal."),
)
"""(what, who and how): who can change what goes into a ranking."""

SHOWN_FIRST: Final = (
    (
        "at most so many lists a person",
        "One person is shown first on only so many lists at once, however many suit them. Otherwise "
        "the same few people would stand on top everywhere, with more offers than they can answer, "
        "and others would never be seen.",
    ),
    (
        "at most so many people a list",
        "A list shows so many people for each opening first: as many as an employer can read with care.",
    ),
    (
        "how places are shared out",
        "Over all open vacancies together, and again whenever one changes. Every person asks for the "
        "vacancies that suit them best; every vacancy keeps the best of those who ask. In the end no "
        "employer and person would both rather have each other than what they got.",
    ),
    (
        "what waiting means",
        "Everybody else who meets the conditions waits: on the same list, below those shown first, in "
        "rank order, with the same figures and one sentence why. The employer sees them and may invite "
        "them. Nobody is turned down by it, no score changes, and a place that comes free is shared "
        "out again.",
    ),
    (
        "who is placed by hand",
        "Whom a recruiter pins, moves or adds is shown at once, takes a place and counts as one of that "
        "person's lists, also beyond the limit.",
    ),
)
"""(what, how): the rule that decides who of a ranking is shown first. Source: `matching.engine.allocation`."""

EXACTLY: Final = (
    (
        "rounding",
        "Every division in a fit or a score rounds down to a whole number of ten-millionths, and so does "
        "the square root.",
    ),
    (
        "weights that add up",
        "The weights of the parts that a vacancy asks for are scaled to 10,000,000 and rounded down. "
        "The units still missing go one each to the largest remainders; of equal ones the earlier part "
        "comes first.",
    ),
    (
        "regions",
        "A region for which a vacancy has terms of its own uses those; a region without terms uses its "
        "country's.",
    ),
)
"""(what, how): what a second implementation has to know to reach the same figures."""


_QUESTIONS: Final[dict[Gate, str]] = {
    Gate.LISTED: "Has the person agreed to be listed, can they start on the first day, and have "
    "they made no reservation against this sector or employer?",
    Gate.CONTRACT_FORM: "Has the person chosen this form of contract?",
    Gate.COUNTRY: "Does the vacancy hire where the person lives?",
    Gate.RIGHT_TO_WORK: "May the person work where they live until the contract ends?",
    Gate.LANGUAGE: "Is every required language measured at its minimum level or above?",
    Gate.SKILLS: "Is every must-have skill measured at its minimum level or above?",
    Gate.PAY: "Does the offer exceed the legal minimum where the person lives, reach every other "
    "wage floor there, and reach the person's own minimum?",
    Gate.HOURS: "Do the hours a week lie in the person's own range, is every block marked must "
    "fully covered, and is there enough overlap with the shift, in every week of the contract?",
}

_IN_WORDS: Final[dict[Part, str]] = {
    Part.LANGUAGE: "How surely, and how far, the measured level of each required language lies "
    "above the minimum, and which of the welcome further languages were measured.",
    Part.CULTURE: "Only where the employer asks for it. How alike the person's own work-style "
    "answers and the team's are, and how much evidence there is that the person is at home with "
    "the countries of the team and of the customers. In a small company of one nation the second "
    "weighs more, in a large mixed one hardly at all. Passing a country's etiquette test counts "
    "as much as having lived there. Nationality, birthplace and name are not known to the engine.",
    Part.TIME: "How much of the work can lie in hours that the person prefers, and how much of it "
    "has to be done at night, on the real calendar with every clock change on both sides.",
    Part.PAY: "How good the offer is for the person: against the wage floor, usual pay for the "
    "work where they live, and their own wish. More pay is never worse. Asking for less than is "
    "offered earns nothing.",
    Part.SKILLS: "Wanted skills, measured ones first, own statements a little, and how far "
    "must-have skills exceed their minimum.",
    Part.EXPERIENCE: "Months in the sector, on the channels and in customer service at all, with "
    "less and less added by each further year. Nobody is excluded for having none.",
    Part.COMMITMENT: "How near the length and the hours offered come to those wished.",
}

_MODULES: Final[dict[Part, ModuleType]] = {
    Part.LANGUAGE: language,
    Part.CULTURE: culture,
    Part.TIME: time,
    Part.PAY: pay,
    Part.SKILLS: skills,
    Part.EXPERIENCE: experience,
    Part.COMMITMENT: commitment,
}

EVIDENCE_BITS: Final = "evidence bits"
_EVIDENCE_BITS: Final = (
    (spec.LIVED_OR_WORKED, "lived or worked there"),
    (spec.SERVED_CUSTOMERS, "served its customers"),
    (spec.ETIQUETTE_PASSED, "passed its etiquette test"),
    (spec.LANGUAGE_C1, "speaks its language at C1"),
)


def evidence_in_words(bits: int) -> str:
    """A combination of evidence bits, in words."""
    return ", ".join(name for bit, name in _EVIDENCE_BITS if bits & bit) or "none"


def _tables(part: Part) -> tuple[TableDefinition, ...]:
    if part == Part.LANGUAGE:
        return (_curve("HEADROOM", "thousandths of a level above the minimum", language.HEADROOM),)
    if part == Part.CULTURE:
        return (
            _steps("EVIDENCE", EVIDENCE_BITS, culture.EVIDENCE),
            _curve("SMALLNESS", "people in the company", culture.SMALLNESS),
        )
    if part == Part.PAY:
        return (
            _curve("ABOVE_FLOOR", "lower end / floor, in 1/10**7", pay.ABOVE_FLOOR),
            _curve("IN_MARKET", "place in the market band, in 1/10**7", pay.IN_MARKET),
            _curve("TO_WISH", "middle / wish, in 1/10**7", pay.TO_WISH),
        )
    if part == Part.SKILLS:
        return (
            _steps("WANTED_MEASURED", "measured level", skills.WANTED_MEASURED),
            _steps("WANTED_STATED", "stated level", skills.WANTED_STATED),
            _steps("HEADROOM", "levels above the minimum", skills.HEADROOM),
        )
    if part == Part.EXPERIENCE:
        return (_curve("SATURATION", "months", experience.SATURATION),)
    return ()


def _curve(name: str, unit: str, curve: Curve) -> TableDefinition:
    return TableDefinition(name, unit, curve.points, straight_between=True)


def _steps(name: str, unit: str, values: tuple[int, ...]) -> TableDefinition:
    return TableDefinition(name, unit, tuple(enumerate(values)), straight_between=False)


def _gate(gate: Gate) -> GateDefinition:
    reasons = (ReasonDefinition(code, MEANINGS[code], code in SOFT) for code in CODES if code.gate == gate)
    return GateDefinition(gate, _QUESTIONS[gate], tuple(reasons))


def _part(part: Part) -> PartDefinition:
    return PartDefinition(
        part=part,
        in_words=_IN_WORDS[part],
        formula=_formula(part),
        tables=_tables(part),
        employer=EMPLOYER_BOUNDS[part],
        candidate_weight=getattr(CANDIDATE_WEIGHTS, part),
    )


def _formula(part: Part) -> str:
    formula = cleandoc(_MODULES[part].__doc__ or "")
    if part != Part.CULTURE:
        return formula
    share = indent(cleandoc(culture.locality_share.__doc__ or ""), "    ")
    return f"{formula}\n\nlocality_share(staff by country):\n{share}"


def _columns() -> tuple[tuple[str, str], ...]:
    dense = [(column.name, column.meaning) for column in spec.DENSE]
    sparse = [
        (f"{family}.{column.name}", column.meaning)
        for family, columns in spec.FAMILIES.items()
        for column in columns
    ]
    return tuple(dense + sparse)
