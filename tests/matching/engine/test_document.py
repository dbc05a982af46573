"""The published page is what the engine does."""

from pathlib import Path

from matching.engine import CODES, PARTS, describe
from matching.engine.document import render

PAGE = Path(__file__).parents[3] / "docs" / "matching.md"


def test_the_page_is_written_from_the_definitions() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


def test_every_code_and_part_is_explained() -> None:
    definitions = describe()
    reasons = [reason for gate in definitions.gates for reason in gate.reasons]
    assert tuple(reason.code for reason in reasons) == CODES
    assert all(reason.meaning for reason in reasons)
    assert tuple(part.part for part in definitions.parts) == PARTS
    assert all(part.in_words and "Source" in part.formula for part in definitions.parts)
    assert sum(part.employer_weight for part in definitions.parts) == 100
    assert sum(part.candidate_weight for part in definitions.parts) == 100
