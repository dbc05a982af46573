"""Explanations in words, the same for both sides: they name facts, and no person."""

from matching.words.changes import remedy
from matching.words.gates import gate_label, reason
from matching.words.parts import PART_LABELS, evidence

__all__ = ["PART_LABELS", "evidence", "gate_label", "reason", "remedy"]
