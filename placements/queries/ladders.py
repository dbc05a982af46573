"""Languages as level ladders: measured with margin and source, claimed, required."""

from dataclasses import dataclass

from assessments.engine.levels import ladder_place, margin
from assessments.models import Measurement
from matching.engine import Explanation, Part
from matching.engine.query import CEFR_CUTS
from reference.enums import CEFRLevel
from reference.names import language_name

CUTS = tuple(cut / 1000 for cut in CEFR_CUTS)


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
    """A ladder for each language that the vacancy asks or wishes for."""
    by_language = {one.language_id: one for one in measured if one.language_id}
    facts = next((part.facts for part in explanation.parts if part.part == Part.LANGUAGE), {})
    asked = [(one, True) for one in facts.get("required", [])] + [
        (one, False) for one in facts.get("nice", [])
    ]
    return tuple(_ladder(one, must, by_language.get(one["code"])) for one, must in asked)


def _ladder(facts: dict[str, int | str], must: bool, measurement: Measurement | None) -> Ladder:
    position = low = high = None
    if measurement and measurement.theta is not None and measurement.standard_error:
        ends = margin(measurement.theta, measurement.standard_error, CUTS)
        position = ladder_place(measurement.theta, CUTS)
        low, high = ladder_place(ends.low, CUTS), ladder_place(ends.high, CUTS)
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


def _level(number: int | str) -> str:
    return CEFRLevel(int(number)).label if number else ""
