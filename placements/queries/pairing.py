"""One person and one vacancy, as both sides see them: the same facts, worded for whoever reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
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


@dataclass(frozen=True)
class Pairing:
    """Everything that the pages of one person and one vacancy show; fixed-point figures at 10**7.

    `measured` are the person's measurements that count, `row` where they stand in the current ranking: its stored figures
    are shown to both sides, else those computed now. `names` are the skills' names by code. `tested` are the languages and
    skills that have a test, as kind and code; None leaves unsaid which steps no test here can show. `to_person`: who reads
    is the one that it is about.

    What a page does not show is not put into words.
    """

    explained: Explained
    candidate: Candidate
    measured: list[Measurement]
    row: ShortlistRow | None = None
    names: dict[str, str] = field(default_factory=skill_names)
    tested: Collection[tuple[str, str]] | None = ()
    to_person: bool = False

    @property
    def score(self) -> int:
        """The total."""
        return self.row.score if self.row else self.explanation.score

    @property
    def rank(self) -> int | None:
        """The place in the ranking, if any."""
        return self.row.rank if self.row else None

    @cached_property
    def parts(self) -> tuple[dict[str, Any], ...]:
        """The parts of the score as `score_bar` draws them."""
        return _parts(self.explanation, self.row, self.names)

    @cached_property
    def gates(self) -> tuple[GateLine, ...]:
        """The conditions in their order."""
        return tuple(
            GateLine(
                gate_label(gate.gate),
                gate.passed,
                gate.open,
                reason(gate, self.names, to_person=self.to_person),
            )
            for gate in self.explanation.gates
        )

    @cached_property
    def points(self) -> Points | None:
        """The score taken apart."""
        return points_of(self.explanation, self.row)

    @cached_property
    def changes(self) -> tuple[StepLine, ...]:
        """What would change the outcome."""
        return step_lines(
            self.explanation.changes, self.rank, self.names, self.tested, to_person=self.to_person
        )

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """The languages of the vacancy."""
        return ladders(self.explanation, self.measured)

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """The shift in two clocks."""
        return strips(self.explanation.weeks, self.candidate)

    @cached_property
    def wage(self) -> Wage | None:
        """Where the offer stands for the person."""
        return wage_of(self.explained, self.candidate)

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
    def only_unlisted(self) -> bool:
        """Whether nothing but being listed is in the way."""
        failed = [gate for gate in self.explanation.gates if not gate.passed]
        return [gate.code for gate in failed] == [Code.NOT_AGREED]

    @property
    def met(self) -> int:
        """How many of the conditions are met."""
        return sum(gate.passed for gate in self.explanation.gates)

    @property
    def overlap_minutes(self) -> int:
        """Minutes a week within the shift, in the worst week."""
        return next(int(g.facts["worst_overlap"]) for g in self.explanation.gates if g.gate == Gate.HOURS)


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
