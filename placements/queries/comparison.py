"""Some people of one shortlist side by side: what differs stands in one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from common.svg.scale import shares
from matching.engine import PARTS, SCALE
from matching.queries.shortlist import ShortlistRow
from matching.words import PART_LABELS
from placements.queries.explained_rows import ExplainedRow
from placements.queries.ladders import Ladder
from placements.queries.pairing import Pairing, of_hundred

FEWEST, MOST = 2, 4
"""So many people stand side by side; more than four cannot be read."""


@dataclass(frozen=True, slots=True)
class PartCell:
    """One part of one person's score: points of 100, fit in per cent (None = not known), and what it rests on.

    Points have one decimal and add up to the score as shown, as beside the score bar.
    """

    points: Decimal
    fit: Decimal | None
    evidence: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the score across everybody; `cells` in the order of the people, None where nothing is computed."""

    label: str
    cells: tuple[PartCell | None, ...]


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """One language across everybody."""

    label: str
    must: bool
    cells: tuple[Ladder | None, ...]


class ComparedPerson(NamedTuple):
    """Somebody side by side with others; `name` is empty until both are interested."""

    row: ShortlistRow
    pairing: Pairing | None
    name: str

    @property
    def called(self) -> str:
        """The name, or the number that stands for it."""
        return self.name or self.row.candidate.short_name


@dataclass(frozen=True, slots=True)
class Comparison:
    """People in the order of the list, and the lines between them."""

    people: tuple[ComparedPerson, ...]
    parts: tuple[PartLine, ...]
    languages: tuple[LanguageLine, ...]


def comparison_of(people: Sequence[ExplainedRow], names: Mapping[int, str]) -> Comparison:
    """Lines for every part that this vacancy asks for and every language that it names.

    `names` are those that may be shown, by candidate id.
    """
    found = [ComparedPerson(one.row, one.pairing, names.get(one.row.candidate.pk, "")) for one in people]
    ordered = tuple(sorted(found, key=lambda one: one.row.place))
    return Comparison(ordered, _parts(ordered), _languages(ordered))


def _parts(people: Sequence[ComparedPerson]) -> tuple[PartLine, ...]:
    lines = []
    for part in PARTS:
        found = [_part_of(one, str(part)) for one in people]
        if any(cell is not None for cell in found):
            lines.append(PartLine(str(PART_LABELS[part]), tuple(found)))
    return tuple(lines)


def _part_of(person: ComparedPerson, code: str) -> PartCell | None:
    """None where the part is not asked for, or nothing could be computed."""
    if person.pairing is None:
        return None
    parts = person.pairing.parts
    at = next(at for at, one in enumerate(parts) if one["code"] == code)
    part, tenths = parts[at], shares([one["contribution"] for one in parts], SCALE, 1000)
    if part["weights"] is None:
        return None
    fit = None if part["value"] is None else of_hundred(part["value"])
    return PartCell(Decimal(tenths[at]) / 10, fit, part["evidence"])


def _languages(people: Sequence[ComparedPerson]) -> tuple[LanguageLine, ...]:
    by_person = [{one.code: one for one in (each.pairing.ladders if each.pairing else ())} for each in people]
    known = {code: ladder for ladders in by_person for code, ladder in ladders.items()}
    return tuple(
        LanguageLine(ladder.label, ladder.must, tuple(each.get(code) for each in by_person))
        for code, ladder in known.items()
    )
