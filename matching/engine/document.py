"""Writes `docs/matching.md` from the definitions: `python -m matching.engine.document`."""

import sys
from inspect import cleandoc

from matching.engine import hours, score, shift_weeks
from matching.engine.definitions import (
    GateDefinition,
    PartDefinition,
    TableDefinition,
    describe,
)

INTRODUCTION = """\
# How a ranking comes about

This page is written by `python -m matching.engine.document` from the definitions in
`matching/engine/`; a test fails when the two differ. It belongs to engine version {version}.

A vacancy is matched with people in two steps. **Gates** are hard conditions: can this person do
this work at all? **Fits** say how well the two suit each other, in seven parts. Both sides count:
the employer's weights say what the vacancy needs, the candidate weights, published here and the
same for everybody, say what makes a job good for a person. The score is high only when both are.

- Nobody is rejected by the ranking. People decide, with the reasons in front of them.
- Both sides see the same facts: every part, its value, its weight, what it adds, and what would
  change it.
- The engine knows only the columns listed at the end. Nationality, birthplace, birth date,
  gender, name and photo are not among them.
- The figures are whole numbers, a value of 1 being 10,000,000. The same input gives the same
  ranking, bit for bit, on any machine, in any order and for any division into shards.
"""

GATES = """\
## The gates

In this order. A person is counted at the first gate failed, so that the counts add up. Where
several reasons of one gate hold, the one listed first is counted.

A reason marked *open* only says that something is not measured or not confirmed yet. A person
held back by nothing else is a **near miss**: not lost, but invited to the test where there is one.
"""

SCORE = """\
## The score

Employer score E and candidate score C are weighted means of the parts. The total is their
harmonic mean, so that one good side cannot hide a bad one. A part that a vacancy does not ask
for weighs nothing on either side. People are ranked by total score; equal scores are ordered by
candidate number, which means nothing but is always the same.

An employer chooses weights within bounds. These hold for all work for which staff have set no
others; "How matching works" on the site shows those that hold today for each kind of work.
"""

SHOWN = """\
## Who is shown first

The ranking says how well people suit. Who of it is shown first is decided by one more rule, which
looks at all lists together: a person is shown first on at most `SHORTLISTS_PER_PERSON` lists at
once, and a list shows at most `SHOWN_PER_OPENING` people for each opening first; the others wait.
A list that would show nobody, because all who suit it are shown on that many others, shows one of
them all the same; each person on at most as many such lists again.
The platform sets both numbers in its settings (5 and 10 where it sets none); "How matching works"
on the site shows those that hold there.
"""


def render() -> str:
    """The whole page in Markdown."""
    definitions = describe()
    lines = [INTRODUCTION.format(version=definitions.engine_version), GATES]
    lines += [_gate(number, gate) for number, gate in enumerate(definitions.gates, start=1)]
    lines += [_block("### Weeks and clock changes", shift_weeks.__doc__)]
    lines += [_block("### Hours on the calendar", hours.__doc__)]
    lines += [SCORE, _weights(definitions.parts), _block("### In exact figures", score.__doc__)]
    lines += [*(f"- **{what.capitalize()}.** {how}" for what, how in definitions.exactly), ""]
    lines += ["## The parts\n"]
    lines += [_part(part) for part in definitions.parts]
    lines += [SHOWN, *(f"- **{what.capitalize()}.** {how}" for what, how in definitions.shown_first), ""]
    lines += ["## What never counts\n", *(f"- **{what}**: {why}" for what, why in definitions.never), ""]
    lines += ["## Who can change what\n", "| what | who, and how |\n| --- | --- |"]
    lines += [*(f"| {what} | {how} |" for what, how in definitions.changes), ""]
    lines += ["## What the engine knows about a person\n", "| column | meaning |\n| --- | --- |"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in definitions.columns]
    return "\n".join(lines).rstrip() + "\n"


def _gate(number: int, gate: GateDefinition) -> str:
    lines = [f"### {number}. {gate.gate.replace('_', ' ').capitalize()}\n", f"{gate.question}\n"]
    lines += ["| code | the person … | |", "| --- | --- | --- |"]
    for reason in gate.reasons:
        lines.append(f"| `{reason.code}` | {reason.meaning} | {'*open*' if reason.open else ''} |")
    return "\n".join(lines) + "\n"


def _weights(parts: tuple[PartDefinition, ...]) -> str:
    lines = ["| part | employer: usual | at least | at most | candidate |", "| --- | --: | --: | --: | --: |"]
    for p in parts:
        bounds = p.employer
        lines.append(f"| {p.part} | {bounds.usual} | {bounds.least} | {bounds.most} | {p.candidate_weight} |")
    return "\n".join(lines) + "\n"


def _part(part: PartDefinition) -> str:
    lines = [f"### {part.part.capitalize()}\n", f"{part.in_words}\n", f"```text\n{part.formula}\n```\n"]
    lines += [_table(table) for table in part.tables]
    return "\n".join(lines)


def _table(table: TableDefinition) -> str:
    how = "straight between the points, flat outside" if table.straight_between else "step by step"
    lines = [f"`{table.name}`, {how}:\n", f"| {table.unit} | value |", "| --: | --: |"]
    lines += [f"| {looked_up} | {value} |" for looked_up, value in table.rows]
    return "\n".join(lines) + "\n"


def _block(title: str, text: str | None) -> str:
    return f"{title}\n\n```text\n{cleandoc(text or '')}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(render())
