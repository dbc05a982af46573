"""Explanations in words, the same facts for both sides. `voice` is "you" for the candidate, "they" for the employer."""

from matching.words.gates import gate_label, reason, remedy
from matching.words.parts import PART_LABELS, evidence

__all__ = ["PART_LABELS", "evidence", "gate_label", "reason", "remedy"]
