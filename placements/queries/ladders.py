"""Languages as level ladders: measured with margin and source, claimed, required."""

from dataclasses import dataclass
from typing import Any

from assessments.engine.levels import Z_90
from assessments.models import Measurement
from matching.engine import Explanation, Part
from reference.enums import CEFRLevel
from reference.names import language_name

FOOT_OF_B2 = CEFRLevel.B2 - 1
TOP = len(CEFRLevel)


@dataclass(frozen=True, slots=True)
class Ladder:
    """One language as `level_ladder` draws it; positions from 0 (foot of A1) to 6 (top of C2)."""

    code: str
    label: str
    measured: str
    claimed: str
    required: str
    must: bool
    position: float | None
    low: float | None
    high: float | None
    measurement: Measurement | None


def ladders(explanation: Explanation, measured: list[Measurement]) -> tuple[Ladder, ...]:
    """A ladder for each language that the vacancy asks or wishes for.

    Point and margin are drawn from the explanation, whose abilities are in levels whichever test gave them.
    """
    by_language = {one.language_id: one for one in measured if one.language_id}
    facts = next((part.facts for part in explanation.parts if part.part == Part.LANGUAGE), {})
    asked = [(one, True) for one in facts.get("required", [])] + [
        (one, False) for one in facts.get("nice", [])
    ]
    return tuple(_ladder(one, must, by_language.get(one["code"])) for one, must in asked)


def _ladder(facts: dict[str, Any], must: bool, measurement: Measurement | None) -> Ladder:
    position = low = high = None
    if facts["theta"] is not None and facts["standard_error"]:
        place, error = FOOT_OF_B2 + int(facts["theta"]) / 1000, int(facts["standard_error"]) / 1000
        position, low, high = (_within(place + side * Z_90 * error) for side in (0, -1, 1))
    code = str(facts["code"])
    return Ladder(
        code=code,
        label=language_name(code),
        measured=_level(facts["measured_level"]),
        claimed=_level(facts["claimed_level"]),
        required=_level(facts["required_level"]),
        must=must,
        position=position,
        low=low,
        high=high,
        measurement=measurement,
    )


def _within(place: float) -> float:
    return min(max(place, 0.0), float(TOP))


def _level(number: int | str) -> str:
    return CEFRLevel(int(number)).label if number else ""
