"""One person and one vacancy, as both sides see them: the same facts, worded for whoever reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.models import Measurement
from candidates.models import Candidate
from common.week import week_blocks
from matching.engine import SCALE, Code, Explanation, Gate, WeekInTwoClocks
from matching.queries.matches import Explained
from matching.queries.shortlist import ShortlistRow
from matching.words import PART_LABELS, evidence, gate_label, reason
from matching.words.figures import skill_names
from placements.queries.ladders import Ladder, ladders
from placements.queries.points import Points, points_of
from placements.queries.steps import StepLine, step_lines
from placements.queries.wage import Wage, wage_of


@dataclass(frozen=True, slots=True)
class GateLine:
    """One condition in words. `open`: failed only for something not measured or confirmed yet."""

    label: str
    passed: bool
    open: bool
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One shift block in two clocks, as `two_clock_strip` draws it. Minutes of each one's own day."""

    weekdays: tuple[int, ...]
    shift: tuple[tuple[int, int], ...]
    availability: tuple[tuple[int, int], ...]
    ahead: int
    changes: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Everything that the page of one person and one vacancy shows; fixed-point figures at 10**7."""

    explained: Explained
    candidate: Candidate
    score: int
    rank: int | None
    parts: tuple[dict[str, Any], ...]
    gates: tuple[GateLine, ...]
    points: Points | None
    changes: tuple[StepLine, ...]
    ladders: tuple[Ladder, ...]
    strips: tuple[Strip, ...]
    wage: Wage | None

    @property
    def explanation(self) -> Explanation:
        """What the engine says now."""
        return self.explained.explanation

    @property
    def invitable(self) -> bool:
        """Whether only a measurement is missing."""
        open_codes = {Code.LANGUAGE_NOT_MEASURED, Code.SKILL_NOT_MEASURED}
        return self.explanation.near_miss and self.explanation.code in open_codes

    @property
    def reserved_against(self) -> str:
        """What the person keeps away from and the vacancy belongs to: "sector", "employer" or nothing."""
        facts = next(gate.facts for gate in self.explanation.gates if gate.gate == Gate.LISTED)
        if facts["reserved_employer"]:
            return "employer"
        return "sector" if facts["reserved_sector"] else ""

    @property
    def met(self) -> int:
        """How many of the conditions are met."""
        return sum(gate.passed for gate in self.gates)

    @property
    def overlap_minutes(self) -> int:
        """Minutes a week within the shift, in the worst week."""
        return next(int(g.facts["worst_overlap"]) for g in self.explanation.gates if g.gate == Gate.HOURS)


def pairing(
    explained: Explained,
    candidate: Candidate,
    measured: list[Measurement],
    row: ShortlistRow | None = None,
    names: dict[str, str] | None = None,
    tested: Collection[tuple[str, str]] | None = (),
) -> Pairing:
    """Put the pieces together. `measured` are the person's measurements that count, `tested` the
    languages and skills that have a test, as kind and code; None leaves unsaid which steps no test here can show.

    Where the person stands in the current ranking (`row`), its stored figures are shown to both sides; else those
    computed now.
    """
    explanation = explained.explanation
    names = skill_names() if names is None else names
    return Pairing(
        explained=explained,
        candidate=candidate,
        score=row.score if row else explanation.score,
        rank=row.rank if row else None,
        parts=_parts(explanation, row, names),
        gates=tuple(
            GateLine(gate_label(gate.gate), gate.passed, gate.open, reason(gate, names))
            for gate in explanation.gates
        ),
        points=points_of(explanation, row),
        changes=step_lines(explanation.changes, row.rank if row else None, names, tested),
        ladders=ladders(explanation, measured),
        strips=strips(explanation.weeks, candidate),
        wage=wage_of(explained, candidate),
    )


def _parts(
    explanation: Explanation, row: ShortlistRow | None, names: dict[str, str]
) -> tuple[dict[str, Any], ...]:
    shares = {share.part: share for share in row.parts} if row else {}
    found = []
    for part in explanation.parts:
        stored = shares.get(str(part.part))
        found.append(
            {
                "code": str(part.part),
                "label": str(PART_LABELS[part.part]),
                "contribution": stored.contribution if stored else part.contribution,
                "weights": (part.employer_weight, part.candidate_weight) if part.asked else None,
                "value": (stored.fit if stored else part.fit) if part.asked else None,
                "evidence": evidence(part, names),
            }
        )
    return tuple(found)


def strips(weeks: tuple[WeekInTwoClocks, ...], candidate: Candidate) -> tuple[Strip, ...]:
    """The shift of the contract's first week, one strip for each block, days that look alike together."""
    if not weeks:
        return ()
    usual, *others = sorted(weeks, key=lambda week: week.monday)
    ahead = usual.person_offset - usual.vacancy_offset
    free = list(week_blocks(bytes(candidate.availability)))
    alike: dict[tuple[Any, Any], list[int]] = {}
    for block in usual.blocks:
        shift = (block.vacancy_start % 1440, block.vacancy_end % 1440)
        day = block.person_start // 1440 % 7
        held = tuple((one.start_minute, one.end_minute) for one in free if one.weekday == day)
        alike.setdefault((shift, held), []).append(block.vacancy_start // 1440 % 7)
    return tuple(
        Strip(tuple(days), (shift,), held, ahead, _moved(others, ahead))
        for (shift, held), days in alike.items()
    )


def _moved(weeks: Sequence[WeekInTwoClocks], usual: int) -> tuple[dict[str, Any], ...]:
    """The other distances between both clocks, each with the days (first, last) that it holds for."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for week in sorted(weeks, key=lambda one: one.monday):
        ahead = week.person_offset - week.vacancy_offset
        if ahead != usual:
            spans.setdefault(ahead, []).extend(week.spans)
    return tuple({"ahead": ahead, "spans": _joined(found)} for ahead, found in spans.items())


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches of days in order, those that follow one another as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def of_hundred(score: int) -> Decimal:
    """A fixed-point score as a number of 0 to 100 with one decimal."""
    return (Decimal(score) * 100 / SCALE).quantize(Decimal("0.1"))
