"""A calibration as its page shows it: beside what holds now."""

from typing import Any

from assessments.engine.calibration import FIT_RANGE
from assessments.engine.dif import FEWEST_IN_GROUP
from assessments.models import Bank, CalibrationRun, Item
from assessments.queries.banks import item_parameters
from assessments.queries.wright_map import wright_map
from reference.names import language_name


def page_of_run(run: CalibrationRun, bank: Bank) -> dict[str, Any]:
    """Rows of items and of differences, and the Wright map. One query."""
    stored = {item.code: item for item in Item.objects.filter(bank=bank)}
    found = run.found.get("items", [])
    rows = [_row(entry, stored[entry["code"]]) for entry in found if entry["code"] in stored]
    differences = run.found.get("differences", [])
    return {
        "rows": rows,
        "ready": sum(row["acceptable"] for row in rows),
        "waiting": sorted((row for row in rows if row["needed"]), key=lambda row: row["needed"])[:10],
        "compared": len(differences),
        "differences": [_difference(entry, stored) for entry in differences if entry["flagged"]],
        "fewest_in_group": FEWEST_IN_GROUP,
        "map": wright_map(run.found["people"], found, bank.cuts) if "people" in run.found else None,
    }


def _row(entry: dict[str, Any], item: Item) -> dict[str, Any]:
    before, after, now = entry["before"], entry["after"], item_parameters(item)
    infit = entry.get("infit")
    return {
        **entry,
        "item": item,
        "a_before": before[0],
        "b_before": before[1],
        "a": after[0] if after else None,
        "b": after[1] if after else None,
        "accepted": after is not None and _same(now, after),
        "acceptable": after is not None and _same(now, before) and item.state in ("pilot", "live"),
        "misfit": infit is not None and not FIT_RANGE[0] <= infit <= FIT_RANGE[1],
    }


def _difference(entry: dict[str, Any], stored: dict[str, Item]) -> dict[str, Any]:
    of_language = entry["fact"] == "interface_language"
    names = {
        side: language_name(entry[side]) if of_language else entry[side] for side in ("focal", "reference")
    }
    return {
        **entry,
        **names,
        "item": stored.get(entry["code"]),
        "ets": entry["class"],
        "focal_people": entry["people"][0],
        "reference_people": entry["people"][1],
    }


def _same(one: list[float], other: list[float]) -> bool:
    return len(one) == len(other) and all(
        abs(left - right) < 1e-9 for left, right in zip(one, other, strict=True)
    )
