"""What the curation screen shows of a vacancy's shortlist: rows with what is noted about each person, and the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from matching.engine import Code
from matching.enums import Look, ShortlistAct
from matching.models import CurationLook, ShortlistEntry, ShortlistLog
from matching.queries.exposure import shown_on
from matching.queries.looks import look_of
from matching.queries.outside import NearMissGroup, near_miss_groups
from matching.queries.shortlist import Shortlist, ShortlistRow, problem_of, shortlist_of
from matching.words import PART_LABELS
from matching.words.gates import REASONS
from vacancies.models import Vacancy

PAGE = 50
LAST = 30
LOOKED_BACK = 300
"""Among so many lines of the log it is looked up what a line took back."""


@dataclass(frozen=True, slots=True)
class CurateRow:
    """A person as staff see them.

    seen: newest log row about their place, 0 for none; elsewhere: other lists now; parts: label and contribution of each.
    """

    row: ShortlistRow
    seen: int
    notes: tuple[ShortlistLog, ...]
    elsewhere: int
    open_words: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """Somebody hidden from the list, and the newest log row about their place."""

    entry: ShortlistEntry
    seen: int


@dataclass(frozen=True, slots=True)
class Curation:
    """One page of a list with all that stands around it; `found` None before the first ranking."""

    found: Shortlist | None
    page: Page[Any]
    rows: list[CurateRow]
    hidden: list[HiddenRow]
    near_misses: list[NearMissGroup]
    log: list[ShortlistLog]
    problem: str
    look: CurationLook | None

    @property
    def reasons(self) -> list[str]:
        """Why the list wants a look, in words."""
        return [str(Look(reason).label) for reason in self.look.reasons] if self.look else []

    @property
    def counts(self) -> dict[str, int]:
        """How many are shown now, wait for a place, wait because they are shown elsewhere, or were placed by hand."""
        assert self.found is not None
        waits = [self.found.waiting[one] for one in self.found.order if one in self.found.waiting]
        return {
            "shown": len(self.found) - len(waits),
            "waiting": len(waits),
            "busy": waits.count("busy"),
            "by_hand": sum(one in self.found.entries for one in self.found.order),
        }

    def last_by(self, user_id: int | None) -> ShortlistLog | None:
        """The last act on a place, if it was this person's and can be undone."""
        last = next((line for line in self.log if line.act != ShortlistAct.NOTED), None)
        mine = last is not None and last.by_id == user_id and last.act != ShortlistAct.TAKEN_BACK
        return last if mine else None


def curation_of(vacancy: Vacancy, number: str | None) -> Curation:
    """A constant number of queries."""
    found = shortlist_of(vacancy)
    page = Paginator(found.order if found else (), PAGE).get_page(number)
    first = page.start_index() - 1 if found and len(found) else 0
    rows = found.rows(first, page.end_index()) if found else []
    hidden = found.hidden() if found else []
    people = [*(row.candidate.pk for row in rows), *(entry.candidate_id for entry in hidden)]
    lines = _lines_about(vacancy, people)
    elsewhere = shown_on(people, but=vacancy.pk)
    labels = {str(part): str(label) for part, label in PART_LABELS.items()}
    return Curation(
        found=found,
        page=page,
        rows=[_curate_row(row, lines[row.candidate.pk], elsewhere, labels) for row in rows],
        hidden=[HiddenRow(entry, _seen(lines[entry.candidate_id])) for entry in hidden],
        near_misses=near_miss_groups(vacancy, found.ranking, set(found.entries)) if found else [],
        log=_with_what_was_taken_back(list(log_of(vacancy)[:LOOKED_BACK]))[:LAST],
        problem=found.problem if found else problem_of(vacancy),
        look=look_of(vacancy),
    )


def log_of(vacancy: Vacancy) -> QuerySet[ShortlistLog]:
    """Everything done to a list, the newest first."""
    rows = ShortlistLog.objects.filter(vacancy=vacancy).select_related("candidate", "by")
    return rows.order_by("-at", "-pk")


def _with_what_was_taken_back(lines: list[ShortlistLog]) -> list[ShortlistLog]:
    """Sets `took_back` on each line that took an act back: the act on the same person before it."""
    undone: dict[int, ShortlistLog] = {}
    for line in lines:
        if line.act == ShortlistAct.NOTED or line.candidate_id is None:
            continue
        if line.candidate_id in undone:
            undone.pop(line.candidate_id).took_back = line  # type: ignore[attr-defined]
        if line.act == ShortlistAct.TAKEN_BACK:
            undone[line.candidate_id] = line
    return lines


def _lines_about(vacancy: Vacancy, people: Iterable[int]) -> dict[int, list[ShortlistLog]]:
    found: dict[int, list[ShortlistLog]] = {one: [] for one in people}
    rows = ShortlistLog.objects.filter(vacancy=vacancy, candidate__in=found.keys()).select_related("by")
    for line in rows.order_by("-pk"):
        found[line.candidate_id or 0].append(line)
    return found


def _seen(lines: list[ShortlistLog]) -> int:
    return next((line.pk for line in lines if line.act != ShortlistAct.NOTED), 0)


def _curate_row(
    row: ShortlistRow, lines: list[ShortlistLog], elsewhere: dict[int, int], labels: dict[str, str]
) -> CurateRow:
    return CurateRow(
        row=row,
        seen=_seen(lines),
        notes=tuple(line for line in lines if line.act == ShortlistAct.NOTED),
        elsewhere=elsewhere[row.candidate.pk],
        open_words=str(REASONS[Code(row.open)]) if row.open else "",
        parts=tuple((labels[share.part], share.contribution) for share in row.parts),
    )
