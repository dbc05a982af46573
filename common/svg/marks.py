"""The marks of a graphic as SVG text. Pages of a list draw thousands of them, for which templates take several times as
long. Only positions and names of classes come in here, and no words.
"""

from collections.abc import Mapping
from typing import Any

from common.svg.clocks import Strip, TwoClocks
from common.svg.scale import percent


def block(kind: str, x: str, width: str) -> str:
    """One part of a stacked bar, with the mark that tells it apart without colour; the first kind has none."""
    drawn = f'<rect class="part part-{kind}" x="{x}" width="{width}" height="100%"/>'
    if kind == "language":
        return drawn
    mark = f'<rect class="part-mark" x="{x}" width="{width}" height="100%" fill="url(#mark-{kind})"/>'
    return drawn + mark


def bands(drawn: TwoClocks, *, top: int, under: int, tall: int) -> str:
    """A day on two clocks: the upper band at `top`, the lower one at `under`, both `tall` pixels high."""

    def pieces(kind: str, strips: list[Strip], y: int, height: str = str(tall)) -> str:
        return "".join(
            f'<rect class="{kind}" x="{percent(one.start)}" y="{y}" width="{percent(one.width)}" height="{height}"/>'
            for one in strips
        )

    tracks = "".join(f'<rect class="track" y="{y}" width="100%" height="{tall}"/>' for y in (top, under))
    moved = "".join(
        f'<line class="moved" x1="{at}" x2="{at}" y1="{under}" y2="100%"/>'
        for at in map(percent, drawn.moved)
    )
    return "".join(
        (
            tracks,
            pieces("night", drawn.night_above, top),
            pieces("night", drawn.night_below, under),
            pieces("block", drawn.availability, under),
            pieces("block block-shift", drawn.shift, top),
            pieces("overlap", drawn.overlap, top, "100%"),
            moved,
        )
    )


def wage_lines(
    drawn: Mapping[str, Any],
    *,
    offer_y: int,
    market_y: int,
    asked_y: int,
    thick: int,
    foot: int,
    hatch_y: int,
    hatch: int,
) -> str:
    """Floor, market, offer, minimum and wish, each on its own lane; `drawn` are their positions as percentages."""

    def span(kind: str, name: str, y: int) -> str:
        place = drawn[name]
        if not place:
            return ""
        return (
            f'<rect class="wage-{kind}" x="{place["x"]}" y="{y}" width="{place["width"]}" height="{thick}"/>'
        )

    def line(kind: str, x: str, end: str, y: int, to: int) -> str:
        return f'<line class="wage-{kind}" x1="{x}" x2="{end}" y1="{y}" y2="{to}"/>'

    floor, asked, minimum, wish = (drawn[name] for name in ("floor", "asked", "minimum", "wish"))
    under = f'<rect class="under-floor" y="{hatch_y}" width="{floor}" height="{hatch}" fill="url(#mark-refused)"/>'
    return "".join(
        (
            under if floor else "",
            span("market", "market", market_y),
            line("floor", floor, floor, 0, foot) if floor else "",
            span("offer", "offer", offer_y),
            span("below", "below", offer_y),
            line("asked", asked["x"], asked["end"], asked_y, asked_y) if asked else "",
            line("minimum", minimum, minimum, asked_y - 6, asked_y + 6) if minimum else "",
            f'<circle class="wage-wish" cx="{wish}" cy="{asked_y}" r="5"/>' if wish else "",
        )
    )
