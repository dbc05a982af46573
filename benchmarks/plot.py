"""Small line charts as one SVG file, readable on a light and on a dark page."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from pathlib import Path
from typing import Final

WIDTH: Final = 420
HEIGHT: Final = 280
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 44, 56
STYLE: Final = """
  text { font: 12px system-ui, sans-serif; fill: #1f2430 }
  .title { font-weight: 600; font-size: 14px }
  .grid { stroke: #c9ced8; stroke-width: 1 }
  .line { fill: none; stroke-width: 2 }
  .a { stroke: #1d5fa8 } .b { stroke: #b3480f } .c { stroke: #2c7a3f }
  .dot { fill: #ffffff; stroke-width: 2 }
  .page { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8eaf0 } .grid { stroke: #434a5a } .page, .dot { fill: #171a21 }
    .a { stroke: #74b0f4 } .b { stroke: #f0a073 } .c { stroke: #7fcf93 }
  }
"""


@dataclass(frozen=True)
class Chart:
    """Lines by name, each of points (x, ms), both above 0. `logarithmic`: the x axis; y follows it."""

    title: str
    x_label: str
    lines: dict[str, Sequence[tuple[float, float]]]
    logarithmic: bool = False


@dataclass(frozen=True)
class Axis:
    """Values to positions."""

    low: float
    high: float
    start: float
    stop: float
    logarithmic: bool

    def at(self, value: float) -> float:
        low, high, here = (log10(v) if self.logarithmic else v for v in (self.low, self.high, value))
        return self.start + (here - low) / ((high - low) or 1) * (self.stop - self.start)

    def ticks(self) -> list[float]:
        """Powers of ten, or about five round numbers."""
        if self.logarithmic:
            return [10.0**power for power in range(ceil(log10(self.low)), floor(log10(self.high)) + 1)]
        step = 10 ** floor(log10(max(self.high - self.low, 1e-9) / 4))
        step *= next(times for times in (1, 2, 5, 10) if (self.high - self.low) / (step * times) <= 6)
        first = ceil(self.low / step)
        return [step * number for number in range(first, floor(self.high / step) + 1)]


def draw(charts: Sequence[Chart], path: Path, title: str) -> None:
    """Write the charts, two a row, into an SVG file."""
    rows = ceil(len(charts) / 2)
    size = f"0 0 {2 * WIDTH} {rows * HEIGHT}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{2 * WIDTH}" height="{rows * HEIGHT}"/>',
    ]
    for number, chart in enumerate(charts):
        at = f"translate({number % 2 * WIDTH} {number // 2 * HEIGHT})"
        parts += [f'<g transform="{at}">', *_chart(chart), "</g>"]
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _chart(chart: Chart) -> list[str]:
    points = [point for line in chart.lines.values() for point in line]
    xs, ys = zip(*points, strict=True)
    across = Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT, chart.logarithmic)
    least = 10 ** floor(log10(min(ys))) if chart.logarithmic else 0.0
    most = 10 ** ceil(log10(max(ys) * 1.001)) if chart.logarithmic else max(ys) * 1.1
    up = Axis(least, most, HEIGHT - BOTTOM, TOP, chart.logarithmic)
    parts = [f'<text class="title" x="{LEFT}" y="22">{escape(chart.title)}</text>']
    for value in up.ticks():
        y = up.at(value)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>')
    for value in across.ticks():
        parts.append(
            f'<text x="{across.at(value):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{_short(value)}</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - BOTTOM + 38}" text-anchor="middle">'
        f"{escape(chart.x_label)}</text>"
    )
    parts.append(f'<text x="{LEFT - 8}" y="{TOP - 6}" text-anchor="end">ms</text>')
    for number, (name, line) in enumerate(chart.lines.items()):
        parts += _line(name, line, "abc"[number], number, across, up)
    return parts


def _line(
    name: str, line: Sequence[tuple[float, float]], colour: str, number: int, across: Axis, up: Axis
) -> list[str]:
    at = [(across.at(x), up.at(y)) for x, y in line]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    legend = LEFT + 8 + 110 * number
    return [
        f'<polyline class="line {colour}" points="{path}"/>',
        *(f'<circle class="dot {colour}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in at),
        f'<line class="line {colour}" x1="{legend}" x2="{legend + 18}" y1="{TOP - 10}" y2="{TOP - 10}"/>',
        f'<text x="{legend + 24}" y="{TOP - 6}">{escape(name)}</text>',
    ]


def _short(value: float) -> str:
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{sign}"
    return f"{value:g}"
