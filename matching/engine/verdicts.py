"""What a vacancy says of each entry of a pool's groups: the first reason to fail there, and the fit.

A gate and a part of the score that read a group of columns (`groups.py`) are compiled into two
tables, one entry a combination; judging and scoring a million people is then looking up. An
entry is worked out the first time that somebody has it. The tables stay with the pool, by all
that they read of the vacancy, so that ranking it again works nothing out, and neither does
another vacancy with the same hours or the same terms.
"""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engine.fits import commitment_of, pay_of
from matching.engine.fits.time import time_fit
from matching.engine.gates import Reasons, Rows, judge_calendar, judge_pay, judge_terms
from matching.engine.groups import CalendarGroup, Group, PayGroup, TermsGroup, used_entries
from matching.engine.hours import measure_hours
from matching.engine.kept import Kept
from matching.engine.parts import Part
from matching.engine.place_table import PlaceTable
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints
from matching.engine.zones import tz_version

Codes = npt.NDArray[np.int32]
Judgement = tuple[Reasons, Ints]
"""Reasons and fits of some entries."""

PASSED: Final = np.uint8(255)
"""In a table of reasons: above the number of every reason, so that the first reason is the least."""
_UNJUDGED: Final = np.uint8(0)


class Table:
    """What is known of one group's entries. reasons: uint8 (k,), numbers of codes, PASSED or not judged
    yet. fits: int32 (k,), 0..10**7, where judged."""

    def __init__(self, size: int, before: "Table | None" = None) -> None:
        """`before`: the table of a group that this one's begins with."""
        self.reasons = np.full(size, _UNJUDGED, dtype=np.uint8)
        self.fits = np.zeros(size, dtype=np.int32)
        if before is not None:
            known = len(before.reasons)
            # Reasons first: a thread that adds to `before` meanwhile writes them last.
            self.reasons[:known] = before.reasons
            self.fits[:known] = before.fits


class Verdicts:
    """A table, and how entries that are not in it yet are judged."""

    def __init__(self, table: Table, judge: Callable[[Rows], Judgement]) -> None:
        self.reasons, self.fits = table.reasons, table.fits
        self._judge = judge

    def reasons_of(self, codes: Codes) -> Reasons:
        """The reasons of people with those codes, entries judged where they were not yet."""
        found = self.reasons.take(codes)
        if len(found) and not found.min():
            used = used_entries(codes, len(self.reasons))
            self._add(used.take(np.flatnonzero(self.reasons.take(used) == _UNJUDGED)))
            found = self.reasons.take(codes)
        return found

    def judge_all(self) -> None:
        """Judge every entry; worth it for more people than entries."""
        if len(self.reasons) and not self.reasons.min():
            self._add(np.flatnonzero(self.reasons == _UNJUDGED))

    def _add(self, entries: Rows) -> None:
        reasons, fits = self._judge(entries)
        self.fits[entries] = fits  # first: whoever finds a reason there finds the fit too
        self.reasons[entries] = np.where(reasons == 0, PASSED, reasons)


class GroupVerdicts(NamedTuple):
    """The tables of all groups."""

    pay: Verdicts
    terms: Verdicts
    calendar: Verdicts

    def fits(self, pool: Pool, rows: Rows) -> dict[Part, Ints]:
        """int64 (m,) of each part that a group decides, of rows that reached the last gate."""
        groups = pool.groups
        return {
            Part.TIME: self.calendar.fits.take(groups.calendar.codes.take(rows)).astype(np.int64),
            Part.PAY: self.pay.fits.take(groups.pay.codes.take(rows)).astype(np.int64),
            Part.COMMITMENT: self.terms.fits.take(groups.terms.codes.take(rows)).astype(np.int64),
        }


def verdicts_for(pool: Pool, query: VacancyQuery, places: PlaceTable) -> GroupVerdicts:
    """The tables of a vacancy for a pool, with what is kept of them. `places`: by the pool's codes."""
    groups, kept = pool.groups, pool.verdicts
    hours = (query.hours_week, query.zone, query.shifts, query.start_day, query.end_day, tz_version())
    return GroupVerdicts(
        Verdicts(_table(kept.pay, places.content, groups.pay), partial(_pay, groups.pay, query, places)),
        Verdicts(
            _table(kept.terms, (query.hours_week, query.contract_months), groups.terms),
            partial(_terms, groups.terms, query),
        ),
        Verdicts(
            _table(kept.calendar, hours, groups.calendar), partial(_calendar, pool, groups.calendar, query)
        ),
    )


def _table(kept: Kept[Table], key: Hashable, group: Group) -> Table:
    return kept.get(key, lambda before: Table(len(group), before))


def _pay(group: PayGroup, query: VacancyQuery, places: PlaceTable, entries: Rows) -> Judgement:
    return judge_pay(group, query, entries, places), pay_of(group, places, entries)


def _terms(group: TermsGroup, query: VacancyQuery, entries: Rows) -> Judgement:
    return judge_terms(group, query, entries), commitment_of(group, query, entries)


def _calendar(pool: Pool, group: CalendarGroup, query: VacancyQuery, entries: Rows) -> Judgement:
    facts = measure_hours(
        query,
        pool.zones,
        group.zone_code[entries],
        group.availability_code[entries],
        group.preferred_code[entries],
        pool.week_masks,
    )
    return judge_calendar(facts), time_fit(facts.worked, facts.preferred, facts.night)
