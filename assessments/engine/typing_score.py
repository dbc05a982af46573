"""Scoring of copied text: what was typed against what was shown, and how fast."""

import unicodedata
from typing import NamedTuple

import numpy as np

CHARACTERS_A_WORD = 5
"""A standard word of typing is five characters, spaces and punctuation included."""

STRAIGHT = str.maketrans("‘’“”–—", "''\"\"--")
"""What keyboards and programs make of quotation marks and dashes."""


class Copy(NamedTuple):
    """How a typed text compares: characters typed, characters of the original that they cover, and errors among them."""

    characters: int
    reached: int
    errors: int


class Speed(NamedTuple):
    """Standard words a minute, and the share of characters that are right (0 to 1)."""

    gross_wpm: float
    net_wpm: float
    accuracy: float


def plain_text(text: str) -> str:
    """The text as it is compared: composed characters (NFC), straight quotation marks, one space between words.

    Line breaks count as spaces, so nobody is marked down for where a line ends, or for what a keyboard makes of a quote.
    """
    straight = text.translate(STRAIGHT)
    return " ".join(unicodedata.normalize("NFC", straight).split())


def compare(original: str, typed: str) -> Copy:
    """Align `typed` with the beginning of `original`; both as `plain_text` leaves them.

    errors = min over j of d(typed, original[:j]), where d is the minimum edit distance (Levenshtein 1966): characters
    left out, put in or replaced, each one error. Nobody has to finish the text, so what comes after j does not count;
    of equally good j the largest. Time and memory: len(original) * len(typed) steps in rows of NumPy.
    References: Soukoreff & MacKenzie (2001), Measuring errors in text entry tasks, CHI EA '01, for the distance;
    Sellers (1980), J. Algorithms 1, for the free end.
    """
    source = np.array([ord(sign) for sign in original], dtype=np.int64)
    places = np.arange(len(source) + 1)
    row = places.copy()
    for count, sign in enumerate(typed, start=1):
        step = np.empty_like(row)
        step[0] = count
        step[1:] = np.minimum(row[1:] + 1, row[:-1] + (source != ord(sign)))
        # A character left out costs one more than the place before: a running minimum along the row.
        row = np.minimum.accumulate(step - places) + places
    errors = int(row.min())
    reached = int(np.flatnonzero(row == errors)[-1])
    return Copy(characters=len(typed), reached=reached, errors=errors)


def speed_of(copy: Copy, seconds: float) -> Speed:
    """Gross and net speed and accuracy of a copy that took `seconds` (above 0).

    gross = characters / 5 / minutes; net = max(0, gross - errors / minutes): an error that stays costs a word;
    accuracy = 1 - errors / max(characters, reached), 0 when nothing was typed (Soukoreff & MacKenzie 2001).
    Raises ValueError when no time passed.
    """
    if seconds <= 0:
        raise ValueError("typing takes time")
    minutes = seconds / 60
    gross = copy.characters / CHARACTERS_A_WORD / minutes
    longest = max(copy.characters, copy.reached)
    return Speed(
        gross_wpm=gross,
        net_wpm=max(0.0, gross - copy.errors / minutes),
        accuracy=1 - copy.errors / longest if copy.characters else 0.0,
    )


def silence_credit(*, before: float, typed_before: int, typed_after: int, silence: float) -> float:
    """Seconds of a silent line that are given back: those that the typing done meanwhile did not need.

    While a line is down, typing goes on in the browser; only the wait to hand in is lost. credit = max(0, silence -
    (typed_after - typed_before) * before / typed_before), at the person's own pace before the silence. All in seconds
    and characters by the server's clock and records; nothing is given when nothing was typed before.
    """
    if typed_before <= 0 or before <= 0:
        return 0.0
    needed = max(0, typed_after - typed_before) * before / typed_before
    return max(0.0, silence - needed)
