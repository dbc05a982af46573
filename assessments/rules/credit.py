"""What an answer is worth."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from assessments.enums import Interaction
from assessments.rules.interactions import LONGEST_TYPED, Question


def is_possible(question: Question, answer: Any) -> bool:
    """Whether the question can be answered so: every index names an option, every gap and row has something."""
    options, key = question.options, question.key
    match question.interaction:
        case Interaction.CHOICE:
            return _is_index(answer, len(options))
        case Interaction.MULTIPLE_CHOICE:
            wanted = question.content.get("choose")
            return (
                _indices(answer, len(options))
                and all(low < high for low, high in pairwise(answer))
                and bool(answer)
                and (wanted is None or len(answer) == wanted)
            )
        case Interaction.TEXT_ENTRY:
            return _texts(answer, len(key))
        case Interaction.INLINE_CHOICE:
            return _indices(answer, None, len(key)) and all(
                index < len(texts) for index, texts in zip(answer, options, strict=True)
            )
        case Interaction.ORDER:
            return _indices(answer, len(options), len(key)) and len(set(answer)) == len(key)
        case _:
            once = question.content.get("once", False)
            return _indices(answer, len(options), len(key)) and (not once or len(set(answer)) == len(key))


def most_credit(question: Question) -> int:
    """Credit of a wholly right answer."""
    return len(question.steps) or 1


def credit_of(question: Question, answer: Any) -> int:
    """Credit of a possible answer: from 0 to 1 where it is right or wrong, else to the number of steps."""
    if not question.steps:
        return int(_is_right(question, answer))
    key = question.key
    match question.interaction:
        case Interaction.CHOICE:
            return int(question.content["credits"][answer])
        case Interaction.MULTIPLE_CHOICE:
            hits = len(set(answer) & set(key))
            return max(2 * hits - len(answer), 0)
        case Interaction.ORDER:
            return len(set(pairwise(answer)) & set(pairwise(key)))
        case Interaction.TEXT_ENTRY:
            return sum(_accepted(question, typed, texts) for typed, texts in zip(answer, key, strict=True))
        case _:
            return sum(index == right for index, right in zip(answer, key, strict=True))


def _is_right(question: Question, answer: Any) -> bool:
    if question.interaction == Interaction.TEXT_ENTRY:
        return all(
            _accepted(question, typed, texts) for typed, texts in zip(answer, question.key, strict=True)
        )
    return bool(answer == question.key)


def _accepted(question: Question, typed: str, accepted: Sequence[str]) -> bool:
    case, accents = question.content.get("case", False), question.content.get("accents", False)
    return plain(typed, case=case, accents=accents) in {
        plain(text, case=case, accents=accents) for text in accepted
    }


SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "‐": "-", "\u00ad": None}
)
"""Signs that keyboards and phones put in each other's place."""


def plain(text: str, *, case: bool = False, accents: bool = False) -> str:
    """A typed text as it is compared: spaces, quotes and full stop evened out; case and accents only where they count."""
    evened = " ".join(unicodedata.normalize("NFKC", text).translate(SAME).split()).rstrip(" .")
    if not case:
        evened = evened.casefold()
    if not accents:
        parts = unicodedata.normalize("NFD", evened)
        evened = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", evened)


def _is_index(value: object, size: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < size


def _indices(answer: Any, size: int | None, length: int | None = None) -> bool:
    most = size if size is not None else 1_000
    return (
        isinstance(answer, list)
        and (length is None or len(answer) == length)
        and all(_is_index(index, most) for index in answer)
    )


def _texts(answer: object, length: int) -> bool:
    return (
        isinstance(answer, list)
        and len(answer) == length
        and all(isinstance(text, str) and text.strip() and len(text) <= LONGEST_TYPED for text in answer)
    )
