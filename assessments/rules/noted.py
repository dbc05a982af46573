"""What the page of a question notes: copying, pasting and leaving the page. Facts, which no score reads."""

from typing import Final

NOTED: Final = ("copied", "pasted", "left", "away_seconds")
"""How often text was copied and pasted, how often the page was left, and for how long in all."""

MOST: Final = 9_999


def read_noted(text: str) -> dict[str, int]:
    """`"copied:1 left:2 away_seconds:30"` as counts; what is unknown, broken or 0 is left out, large numbers are cut.

    It comes from the browser and may be forged or missing. Without JavaScript nothing is noted, and that is fine.
    """
    found: dict[str, int] = {}
    for part in text[:200].split():
        name, _, number = part.partition(":")
        if name in NOTED and number.isascii() and number.isdecimal() and int(number[:9]):
            found[name] = min(int(number[:9]), MOST)
    return found
