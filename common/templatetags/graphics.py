"""Graphics as inline SVG with a text that says the same: `{% load graphics %}`. They take plain data."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common import crowds
from common.svg import clocks, falls, marks, scale, wage
from common.templatetags.figures import amount_text, babel_locale, clock, duration

register = template.Library()

ONE = 10_000_000
PARTS = ("language", "culture", "time", "pay", "skills", "experience", "commitment")
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
BANDS = {"top": 0, "under": 32, "tall": 28}
SMALL_BANDS = {"top": 0, "under": 12, "tall": 10}
LANES = {
    "offer_y": 20, "market_y": 60, "asked_y": 103, "thick": 14, "foot": 124, "hatch_y": 114, "hatch": 10,
}  # fmt: skip
SMALL_LANES = {
    "offer_y": 2, "market_y": 25, "asked_y": 17, "thick": 7, "foot": 34, "hatch_y": 0, "hatch": 34,
}  # fmt: skip
"""Pixels of the two-clock strip and of the wage band, in full and compact."""
Span = tuple[int, int]


def _render(piece: str, /, **context: Any) -> SafeString:
    return render_to_string(f"components/graphics/{piece}.html", context)


def _hundredths(amount: int | None) -> int | None:
    return None if amount is None else (amount * 100 + ONE // 2) // ONE


def _points(tenths: int) -> str:
    """Tenths of a point as the reader writes them: 774 is "77.4", in Dutch "77,4"."""
    return _points_text(tenths, babel_locale())


@lru_cache(maxsize=3_000)
def _points_text(tenths: int, locale: Locale) -> str:
    """There are a thousand and one such figures a language, and a hundred and sixty on a page of a shortlist."""
    return str(format_decimal(Decimal(tenths) / 10, format="0.0", locale=locale))


@register.simple_tag
def graphics_patterns() -> SafeString:
    """The marks that graphics draw with; once a page, base.html prints it."""
    return _render("patterns")


@register.simple_tag
def score_bar(
    parts: Iterable[Mapping[str, Any]], total: int, compact: bool = False, label: str = ""
) -> SafeString:
    """A score as one bar of stacked parts, with the list of parts below it (not in `compact` form).

    `parts` are {code, label, contribution, weights, value, evidence}; contribution, value, `total` and both weights
    (the employer's, the candidate's) are integers at the scale 10⁷ (1.0 = 10,000,000), value None = not known,
    weights None = not asked for; contributions add up to `total`. Shown are points of 100 with one decimal, which add
    up to the score as shown.
    Order and colours are fixed by code: language, culture, time, pay, skills, experience, commitment.
    """
    ordered = sorted(parts, key=lambda part: PARTS.index(part["code"]))
    contributions = [part["contribution"] for part in ordered]
    if sum(contributions) != total:
        raise ValueError(f"contributions add up to {sum(contributions)}, not to {total}")
    widths, tenths = scale.shares(contributions, ONE), scale.shares(contributions, ONE, 1000)
    rows, start, said = [], 0, _part_sentences()
    for part, width, tenth in zip(ordered, widths, tenths, strict=True):
        row = {
            "code": part["code"],
            "label": part["label"],
            "x": scale.percent(start),
            "width": scale.percent(width),
            "points": _points(tenth),
            "value": _hundredths(part.get("value")),
            "weights": [_hundredths(weight) for weight in part.get("weights") or ()],
            "evidence": part.get("evidence", ""),
        }
        rows.append({**row, "words": _part_words(row, said)})
        start += width
    score = _points(sum(tenths))
    words = ", ".join(f"{row['label']} {row['points']}" for row in rows)
    return _render(
        "score_bar",
        rows=rows,
        line=_blocks(rows),
        score=score,
        compact=compact,
        title=label or _("Score"),
        words=_("%(score)s of 100: %(words)s") % {"score": score, "words": words},
    )


def _blocks(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The bar's blocks, each with everything about its part as a hint."""
    drawn = (
        f"<g><title>{escape(row['words'])}</title>{marks.block(row['code'], row['x'], row['width'])}</g>"
        for row in rows
        if row["width"] != "0%"
    )
    return mark_safe("".join(drawn))  # noqa: S308


def _part_sentences() -> tuple[str, str, str]:
    """What is said of a part, in the reader's language: looked up once for all parts of a bar."""
    return (
        _("%(points)s points"),
        _("fits %(value)s %%"),
        _("weighs %(employer)s %% for the employer, %(candidate)s %% for the candidate"),
    )


def _part_words(row: Mapping[str, Any], said: tuple[str, str, str]) -> str:
    """Everything about one part, as a hint on its block says it."""
    points, fits, weighs = said
    words = [points % {"points": row["points"]}]
    if row["value"] is not None:
        words.append(fits % {"value": row["value"]})
    if row["weights"]:
        words.append(weighs % {"employer": row["weights"][0], "candidate": row["weights"][1]})
    sentence = f"{row['label']}: {', '.join(words)}"
    return f"{sentence}. {row['evidence']}" if row["evidence"] else sentence


@register.simple_tag
def two_clock_strip(
    shift: Sequence[Span],
    availability: Sequence[Span] | None,
    ahead: int,
    label_above: str,
    label_below: str,
    changes: Sequence[Mapping[str, Any]] = (),
    compact: bool = False,
) -> SafeString:
    """24 hours twice on the same instants: the employer's clock above, the person's below.

    `shift` and `availability` are (start, end) in minutes of their own clock's day, an end at or before the start is
    on the next day; availability None is not known and not spoken of; `ahead` is how many minutes the lower clock is
    ahead. `changes` are {ahead, label} for the parts of the year when a clock change moves it, the label a date such
    as "from 29 March 2026".
    """
    # Where nobody's hours are known, the shift itself stands on the lower clock.
    drawn_below = _moved(shift, ahead) if availability is None else availability
    drawn = clocks.two_clocks(shift, drawn_below, ahead, [change["ahead"] for change in changes])

    moved_words = [
        {"label": change["label"], "times": _spans_in_words(shift, change["ahead"])} for change in changes
    ]
    times = {
        "shift_above": _spans_in_words(shift, 0),
        "shift_below": _spans_in_words(shift, ahead),
        "label_above": label_above,
        "label_below": label_below,
        "availability_words": _spans_in_words(availability or (), 0) or _("at no time"),
    }
    overlap = _overlap_words(drawn.overlap_minutes, drawn.shift_minutes)
    words = [
        _("Shift %(shift_above)s in %(label_above)s, which is %(shift_below)s in %(label_below)s.") % times
    ]
    if availability is not None:
        words += [_("Available %(availability_words)s in %(label_below)s.") % times, overlap]
    return _render(
        "two_clock_strip",
        bands=mark_safe(marks.bands(drawn, **(SMALL_BANDS if compact else BANDS))),  # noqa: S308
        marks_above=[] if compact else _hour_marks(drawn.first, 0),
        marks_below=[] if compact else _hour_marks(drawn.first, ahead),
        **times,
        availability_known=availability is not None,
        overlap_sentence=overlap,
        words=" ".join(words),
        changes=moved_words,
        compact=compact,
    )


def _overlap_words(overlap: int, shift: int) -> str:
    if not overlap:
        return _("No overlap.")
    both = {"overlap_words": duration(overlap), "shift_words": duration(shift)}
    return _("Overlap %(overlap_words)s of %(shift_words)s.") % both


def _hour_marks(first: int, by: int) -> list[dict[str, Any]]:
    found = clocks.hour_marks(first, by)
    return [
        {"x": scale.percent(at), "text": f"{minute // 60:02d}", "minor": minute % 360 != 0}
        for at, minute in found
    ]


def _moved(spans: Iterable[Span], ahead: int) -> list[Span]:
    return [((start + ahead) % clocks.DAY, (end + ahead) % clocks.DAY) for start, end in spans]


def _spans_in_words(spans: Iterable[Span], ahead: int) -> str:
    """Blocks as "07:00–15:00, 22:00–24:00" on a clock `ahead` minutes ahead."""
    words = []
    for start, end in clocks.unwound(spans):
        first = (start + ahead) % clocks.DAY
        last = (end + ahead) % clocks.DAY or clocks.DAY
        words.append(f"{clock(first)}–{clock(last)}")
    return ", ".join(words)


@register.simple_tag
def wage_band(
    currency: str,
    floor: Decimal | None = None,
    market_low: Decimal | None = None,
    market_high: Decimal | None = None,
    offer_low: Decimal | None = None,
    offer_high: Decimal | None = None,
    minimum: Decimal | None = None,
    wish: Decimal | None = None,
    sources: Mapping[str, str] | None = None,
    person: str = "",
    compact: bool = False,
    cleared: bool = False,
) -> SafeString:
    """Floor, market, offer, minimum and wish on one line, all gross per hour in `currency`; None = not known.

    `sources` says where a figure comes from, by "floor", "market", "offer", "minimum", "wish"; `person` is
    how the person is called in the words ("You", "They"), empty for "Asked for"; `cleared` as in `wage_positions`.
    """
    market, offer = (market_low, market_high), (offer_low, offer_high)
    drawn = wage.wage_positions(
        floor=floor, market=market, offer=offer, minimum=minimum, wish=wish, cleared=cleared
    )

    def amount(value: Decimal) -> str:
        return amount_text(value, currency)

    def amounts(low: Decimal | None, high: Decimal | None) -> str:
        return " – ".join(dict.fromkeys(amount(value) for value in (low, high) if value is not None))

    figures = [
        ("offer", _("Offer"), amounts(offer_low, offer_high)),
        ("market", _("Local market"), amounts(market_low, market_high)),
        ("minimum", _("Own minimum"), amounts(minimum, None)),
        ("wish", _("Wish"), amounts(wish, None)),
        ("floor", _("Pay floor"), amounts(floor, None)),
    ]
    positions = _wage_drawing(drawn, [] if compact else drawn.ticks, amount)
    lines = marks.wage_lines(positions, **(SMALL_LANES if compact else LANES))
    return _render(
        "wage_band",
        compact=compact,
        person=person,
        figures=_wage_figures(figures, sources or {}),
        lines=mark_safe(lines),  # noqa: S308
        **positions,
    )


def _wage_figures(
    figures: Iterable[tuple[str, str, str]], sources: Mapping[str, str]
) -> list[dict[str, str]]:
    """Those that are known, each with where it comes from."""
    return [
        {"code": code, "label": label, "amount": text, "source": sources.get(code, "")}
        for code, label, text in figures
        if text
    ]


def _wage_drawing(drawn: wage.WageBand, ticks: Sequence[tuple[int, Decimal]], amount: Any) -> dict[str, Any]:
    """The positions of a wage band as text for the template."""

    def one(at: int | None) -> str:
        return "" if at is None else scale.percent(at)

    def span(pair: tuple[int, int] | None) -> dict[str, str] | None:
        return pair and {"x": scale.percent(pair[0]), "width": scale.percent(max(pair[1], 40))}

    asked = None
    if drawn.minimum is not None and drawn.wish is not None:
        low, high = sorted((drawn.minimum, drawn.wish))
        asked = {"x": scale.percent(low), "end": scale.percent(high)}
    below = None
    if drawn.below_floor is not None and drawn.offer is not None:
        below = {"x": scale.percent(drawn.offer[0]), "width": scale.percent(max(drawn.below_floor, 40))}
    return {
        "ticks": [
            {
                "x": scale.percent(at),
                "text": amount(tick),
                "minor": len(ticks) > 3 and place % 2 == 1,
                "anchor": scale.anchor(at),
            }
            for place, (at, tick) in enumerate(ticks)
        ],
        "floor": one(drawn.floor),
        "market": span(drawn.market),
        "offer": span(drawn.offer),
        "below": below,
        "asked": asked,
        "minimum": one(drawn.minimum),
        "wish": one(drawn.wish),
    }


@register.simple_tag
def level_ladder(
    label: str,
    measured: str = "",
    position: float | None = None,
    low: float | None = None,
    high: float | None = None,
    claimed: str = "",
    required: str = "",
    compact: bool = False,
) -> SafeString:
    """A1–C2 with the measured point and its margin, the claimed level hollow, the required one as a notch.

    Levels are "A1" … "C2" or empty. `position`, `low` and `high` run from 0 (foot of A1) to 6 (top of C2); without
    them the measured point stands in the middle of its band.
    """
    for level in (measured, claimed, required):
        if level and level not in LEVELS:
            raise ValueError(f"{level!r} is not a level")

    def middle(level: str) -> str:
        return scale.percent(scale.place(LEVELS.index(level) + 0.5, 0, 6)) if level else ""

    point = middle(measured) if position is None else scale.percent(scale.place(position, 0, 6))
    margin = None
    if low is not None and high is not None:
        start, end = scale.place(low, 0, 6), scale.place(high, 0, 6)
        margin = {"x": scale.percent(start), "width": scale.percent(end - start)}
    return _render(
        "level_ladder",
        label=label,
        measured=measured,
        claimed=claimed,
        required=required,
        point=point if measured else "",
        margin=margin,
        claimed_at=middle(claimed),
        required_at=scale.percent(scale.place(LEVELS.index(required), 0, 6)) if required else "",
        reached={level for level in LEVELS if measured and LEVELS.index(level) <= LEVELS.index(measured)},
        levels=[{"code": level, "x": middle(level)} for level in LEVELS],
        edges=[scale.percent(scale.place(at, 0, 6)) for at in range(7)],
        compact=compact,
    )


@register.simple_tag
def waterfall(steps: Sequence[Mapping[str, Any]], label: str = "", *, crowd: bool = False) -> SafeString:
    """Everyone → who falls at each gate → who is left, with counts; a row with an `href` is a link.

    `steps` are {code, label, count, href}: the first counts everyone, the last who is left, those between
    who fell there. The counts must add up. With `crowd` they are those of `common.crowds`: who is there is said as "at
    least", nobody as "fewer than 5", but for a row with words of its own, `shown`.
    """
    rows = []
    last = len(steps) - 1
    exactly = crowds.counted
    there = crowds.said if crowd else exactly
    for at, (step, fall) in enumerate(zip(steps, falls.falls([s["count"] for s in steps]), strict=True)):
        between = 0 < at < last
        rows.append(
            {
                "label": step["label"],
                "href": step.get("href", ""),
                "count": step["count"],
                "shown": step.get("shown")
                or (exactly if between and step["count"] else there)(step["count"]),
                "falls": between,
                "left_count": there(fall.left_count),
                "left": scale.percent(fall.left),
                "fallen": scale.percent(fall.fallen),
            }
        )
    return _render("waterfall", rows=rows, label=label or _("Who is left after each condition"))
