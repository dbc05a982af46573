"""What must hold between the rows of the data files, so that nothing half-right reaches the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from reference.rules.fact_files import FactError, Record, Table

Facts = Mapping[str, Sequence[Record]]


def check_facts(facts: Facts, tables: Sequence[Table]) -> None:
    """Raise FactError for the first row that does not fit the others. `facts` maps a file name to its rows."""
    for table in tables:
        _check_references(facts, table)
    currencies = {row.values["code"]: row.values["currency"] for row in facts["countries.csv"]}
    for row in facts["regions.csv"]:
        if not row.values["code"].startswith(row.values["country"] + "-"):
            raise FactError(
                "regions.csv", row.line, f"{row.values['code']} is no region of {row.values['country']}"
            )
    for row in facts["countries.csv"]:
        if row.values["eu"] and not row.values["eea"]:
            raise FactError("countries.csv", row.line, "a country of the EU is also in the EEA")
    for file in ("wage_floors.csv", "demo_policies.csv"):
        for row in facts[file]:
            _check_floor(file, row, currencies)
        _check_periods(file, facts[file])


def _check_references(facts: Facts, table: Table) -> None:
    for column in table.columns:
        if not column.refers_to:
            continue
        name = "name" if column.refers_to == "zones.csv" else "code"
        known = {row.values[name] for row in facts[column.refers_to]}
        for row in facts[table.file]:
            value = row.values[column.name]
            if value is not None and value not in known:
                raise FactError(table.file, row.line, f"{column.name} {value!r} is not in {column.refers_to}")


def floor_problem(row: Mapping[str, Any], currency: str) -> str | None:
    """What is wrong with one wage floor, in words, or None. `currency` is that of its country."""
    with_figure = (row["amount"] is not None) + (row["percent_of_legal_minimum"] is not None)
    amountless = row["status"] in ("no_statutory", "not_researched")
    if row["currency"] != currency:
        return f"the currency of {row['country']} is {currency}, not {row['currency']}"
    if row["region"] and not row["region"].startswith(row["country"] + "-"):
        return f"{row['region']} is no region of {row['country']}"
    if amountless and with_figure:
        return f"status {row['status']} has no amount"
    if not amountless and with_figure != 1:
        return f"status {row['status']} needs an amount or a percentage, not both"
    if row["amount"] is not None and not row["period"]:
        return "an amount needs a period"
    if (row["status"] == "net") != (row["basis"] == "net"):
        return "a net amount has status net, and only a net one"
    if with_figure and not row["basis"]:
        return "an amount is gross or net"
    if row["valid_from"] and row["valid_to"] and row["valid_to"] <= row["valid_from"]:
        return "it ends before it starts"
    return None


def _check_floor(file: str, row: Record, currencies: Mapping[str, str]) -> None:
    problem = floor_problem(row.values, currencies[row.values["country"]])
    if problem:
        raise FactError(file, row.line, problem)


def _check_periods(file: str, rows: Sequence[Record]) -> None:
    """Rows for the same place, kind, condition, scope and pay period may not hold on the same day."""
    names = ("country", "region", "kind", "condition", "scope", "period")
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for row in rows:
        groups.setdefault(tuple(row.values[name] for name in names), []).append(row)
    for group in groups.values():
        group.sort(key=lambda row: row.values["valid_from"] or date.min)
        for earlier, later in pairwise(group):
            end = earlier.values["valid_to"]
            if end is None or end > (later.values["valid_from"] or date.min):
                raise FactError(file, later.line, f"overlaps line {earlier.line} in time")
