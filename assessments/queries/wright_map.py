"""People and items on one scale, laid out for a drawing."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from reference.enums import CEFRLevel

LOWEST, HIGHEST = -7.0, 7.0
STEP: Final = 0.5
TOP: Final = 24.0
ROW: Final = 15.0
"""Height of half a logit on the drawing."""

MIDDLE: Final = 148.0
LONGEST: Final = 118.0
DOT: Final = 7.0


class Band(NamedTuple):
    """Half a logit: people and the codes of the items in it, with their places on the drawing."""

    low: float
    people: int
    codes: list[str]
    y: float
    bar_x: float
    bar_width: float
    dots: list[float]


class Cut(NamedTuple):
    """The foot of a level."""

    y: float
    level: str


class WrightMap(NamedTuple):
    """The drawing: bands from the top down, the feet of the levels, labels of whole logits, and its height."""

    bands: list[Band]
    cuts: list[Cut]
    ticks: list[tuple[float, int]]
    height: float


MOST_DOTS: Final = 18


def wright_map(
    people: Sequence[Mapping[str, Any]], items: Sequence[Mapping[str, Any]], cuts: Sequence[float]
) -> WrightMap:
    """`people`: counts by `low` edge; `items`: rows of a calibration; `cuts` in logits (Wright and Masters 1982)."""
    counts = {float(bar["low"]): int(bar["people"]) for bar in people}
    most = max([1, *counts.values()])
    by_band: dict[float, list[str]] = {}
    for row in items:
        difficulty = (row["after"] or row["before"])[1]
        by_band.setdefault(_band_of(difficulty), []).append(row["code"])
    bands = []
    number = int((HIGHEST - LOWEST) / STEP)
    for place in range(number):
        low = HIGHEST - STEP * (place + 1)
        codes = sorted(by_band.get(low, []))
        width = LONGEST * counts.get(low, 0) / most
        bands.append(
            Band(
                low=low,
                people=counts.get(low, 0),
                codes=codes,
                y=TOP + ROW * place,
                bar_x=round(MIDDLE - 18 - width, 1),
                bar_width=round(width, 1),
                dots=[MIDDLE + 24 + DOT * dot for dot in range(min(len(codes), MOST_DOTS))],
            )
        )
    names = [level.label for level in CEFRLevel][1:] if len(cuts) == 5 else ["2", "3"]
    return WrightMap(
        bands=bands,
        cuts=[Cut(_y(cut), name) for cut, name in zip(cuts, names, strict=True)],
        ticks=[(_y(logit), logit) for logit in range(int(LOWEST) + 1, int(HIGHEST))],
        height=TOP + ROW * number + 8,
    )


def _band_of(difficulty: float) -> float:
    kept = min(max(difficulty, LOWEST), HIGHEST - STEP)
    return STEP * int((kept - LOWEST) // STEP) + LOWEST


def _y(logit: float) -> float:
    return round(TOP + ROW * (HIGHEST - logit) / STEP, 1)
