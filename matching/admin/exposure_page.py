"""The exposure report as the page shows it: figures with the widths of their bars."""

from datetime import datetime
from typing import Any

from matching.queries.allocation import latest_round
from matching.queries.exposure import latest_report
from reference.names import country_name, language_name

SIDES = ("before", "after")
FEW = 10
"""A Gini coefficient of fewer people says nothing."""


def exposure_context(now: datetime, asked: str = "") -> dict[str, Any]:
    """Everything for the page; two queries. Widths are percentages of the longest bar.

    `asked`: when it was asked for anew, in seconds, as the address says.
    """
    report, latest = latest_report(), latest_round()
    context: dict[str, Any] = {"report": report, "latest": latest, "now": now}
    context["working"] = asked.isdecimal() and (report is None or report.made_at.timestamp() < int(asked))
    if report is None:
        return context
    figures = report.figures
    return context | {
        "figures": figures,
        "bars": _bars(figures),
        "groups": [
            {"code": "country", "rows": _rows(figures["countries"], country_name)},
            {"code": "language", "rows": _rows(figures["languages"], language_name)},
        ],
    }


def _bars(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """How many people are shown 0, 1, 2, … times, on both sides; the last row takes all who are shown more often."""
    last = figures["cap"] + 1
    counts = {side: _folded(figures[side]["distribution"], last) for side in SIDES}
    most = max([1, *counts["before"], *counts["after"]])
    bars = []
    for times in range(last + 1):
        people = {side: counts[side][times] for side in SIDES}
        widths = {f"{side}_width": _percent(people[side], most) for side in SIDES}
        bars.append({"times": times, "or_more": times == last, **people, **widths})
    return bars


def _folded(distribution: list[int], last: int) -> list[int]:
    """The counts of 0..last, the last one with all that come after it."""
    padded = [*distribution, *[0] * (last + 1)]
    return [*padded[:last], sum(padded[last:])]


def _rows(groups: list[dict[str, Any]], named: Any) -> list[dict[str, Any]]:
    return [
        {
            "code": group["code"],
            "name": named(group["code"]) if group["code"] else "",
            "people": group["before"]["people"],
            "before": group["before"],
            "after": group["after"],
            "before_width": _percent(group["before"]["never"], group["before"]["people"]),
            "after_width": _percent(group["after"]["never"], group["after"]["people"]),
            "few": group["before"]["people"] < FEW,
            "worse": max(0, group["after"]["never"] - group["before"]["never"]),
        }
        for group in groups
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0%"
