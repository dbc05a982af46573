"""What cut scores can be."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

FURTHEST = 8.0
"""Logits; beyond lies nobody."""


def flaw_of_cuts(cuts: Sequence[object], *, of_language: bool) -> str:
    """What is wrong with cuts, in English; "" when they can be used. Five for a language (A2 to C2), two for a skill."""
    count, words = (5, "five numbers, A2 to C2") if of_language else (2, "two numbers, levels 2 and 3")
    numbers = [cut for cut in cuts if isinstance(cut, int | float) and not isinstance(cut, bool)]
    if len(cuts) != count or len(numbers) != count:
        return f"cuts must be {words}"
    if not all(isfinite(cut) and abs(cut) <= FURTHEST for cut in numbers):
        return f"cuts lie between -{FURTHEST:g} and {FURTHEST:g} logits"
    return "cuts must rise" if any(low >= high for low, high in pairwise(numbers)) else ""
