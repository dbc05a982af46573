"""The gates in their order, and every reason to fail one, with a stable code."""

from enum import StrEnum
from typing import Final


class Gate(StrEnum):
    """Hard conditions. A candidate is counted at the first one failed."""

    LISTED = "listed"
    CONTRACT_FORM = "contract_form"
    COUNTRY = "country"
    RIGHT_TO_WORK = "right_to_work"
    LANGUAGE = "language"
    SKILLS = "skills"
    PAY = "pay"
    HOURS = "hours"


GATES: Final = tuple(Gate)


class Code(StrEnum):
    """Reasons, "gate.reason". Within a gate the first that holds is the one counted."""

    NOT_AGREED = "listed.not_agreed"
    NOT_AVAILABLE = "listed.not_available"
    STARTS_LATER = "listed.starts_later"
    RESERVED = "listed.reserved"
    FORM_NOT_ACCEPTED = "contract_form.not_accepted"
    NOT_HIREABLE = "country.not_hireable"
    NO_RIGHT_STATED = "right_to_work.none_stated"
    RIGHT_ENDS_EARLY = "right_to_work.ends_early"
    LANGUAGE_BELOW = "language.below"
    LANGUAGE_NOT_STATED = "language.not_stated"
    LANGUAGE_CLAIMED_BELOW = "language.claimed_below"
    LANGUAGE_NOT_MEASURED = "language.not_measured"
    SKILL_BELOW = "skills.below"
    SKILL_NOT_STATED = "skills.not_stated"
    SKILL_STATED_BELOW = "skills.stated_below"
    SKILL_NOT_MEASURED = "skills.not_measured"
    BELOW_FLOOR = "pay.below_floor"
    BELOW_MINIMUM = "pay.below_minimum"
    FLOOR_UNKNOWN = "pay.floor_unknown"
    FEWER_HOURS = "hours.fewer_than_wanted"
    MORE_HOURS = "hours.more_than_wanted"
    MUST_BLOCK = "hours.must_block"
    OVERLAP = "hours.overlap"

    @property
    def gate(self) -> Gate:
        """The gate that the code belongs to."""
        return Gate(self.value.split(".")[0])

    @property
    def number(self) -> int:
        """Position among all codes from 1 on; 0 stands for passed."""
        return NUMBERS[self]


CODES: Final = tuple(Code)
NUMBERS: Final = {code: number for number, code in enumerate(CODES, start=1)}

SINCE: Final = {Code.RESERVED: (1, 2, 0)}
"""The engine that first knew a reason; before, nobody could fail for it. All others are as old as the engine."""


def codes_of(engine_version: str) -> tuple[Code, ...]:
    """The reasons that a version of the engine knew, in order. Raises ValueError for what is no version."""
    version = tuple(map(int, engine_version.split(".")))
    return tuple(code for code in CODES if SINCE.get(code, version) <= version)


SOFT: Final = frozenset({Code.LANGUAGE_NOT_MEASURED, Code.SKILL_NOT_MEASURED, Code.FLOOR_UNKNOWN})
"""Reasons that only say "not known yet". Who fails for nothing else is a near miss, not lost."""

MEANINGS: Final[dict[Code, str]] = {
    Code.NOT_AGREED: "has not agreed to be listed",
    Code.NOT_AVAILABLE: "is not open to work now",
    Code.STARTS_LATER: "can start only after the contract's first day (never held against "
    "people who are just looking and gave no date)",
    Code.RESERVED: "asked not to be shown to this sector or this employer",
    Code.FORM_NOT_ACCEPTED: "has not chosen this form of contract; freelance is an opt-in",
    Code.NOT_HIREABLE: "lives in a place from which this vacancy does not hire",
    Code.NO_RIGHT_STATED: "has stated no right to work where they live",
    Code.RIGHT_ENDS_EARLY: "has a right to work that ends before the contract does",
    Code.LANGUAGE_BELOW: "was measured below the level of a required language",
    Code.LANGUAGE_NOT_STATED: "does not name a required language, and was never measured in it",
    Code.LANGUAGE_CLAIMED_BELOW: "places themselves below a required level, and is not measured",
    Code.LANGUAGE_NOT_MEASURED: "names a required language but is not measured in it yet",
    Code.SKILL_BELOW: "was measured below the level of a must-have skill",
    Code.SKILL_NOT_STATED: "does not name a must-have skill, and was never measured in it",
    Code.SKILL_STATED_BELOW: "places themselves below a must-have skill's level, not measured",
    Code.SKILL_NOT_MEASURED: "names a must-have skill but is not measured in it yet",
    Code.BELOW_FLOOR: "lives where the lower end of the pay range does not exceed the legal "
    "minimum or does not reach another floor",
    Code.BELOW_MINIMUM: "asks at least more than the upper end of the pay range",
    Code.FLOOR_UNKNOWN: "lives where no usable wage floor is on file yet",
    Code.FEWER_HOURS: "wants more hours a week than the vacancy offers",
    Code.MORE_HOURS: "wants fewer hours a week than the vacancy asks",
    Code.MUST_BLOCK: "is not available for all of a block marked must in every week",
    Code.OVERLAP: "has, in the worst week, less overlap with the shift than the hours needed",
}
