"""Sharing out who is shown on which shortlist, so that good people are spread over the vacancies that suit them."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction

from common.queue import enqueue
from matching.actions.one_at_a_time import one_at_a_time
from matching.engine.allocation import Allocation, Market, Pair, allocate, blocking_pairs
from matching.models import AllocationRound, VacancyAllocation
from matching.queries.allocation import (
    Inputs,
    OpenList,
    inputs_now,
    latest_round,
    market_of,
    market_of_empty,
    open_lists,
)

logger = logging.getLogger(__name__)
ROWS = 500


class UnstableAllocation(Exception):
    """The outcome has pairs who would both rather be together; nothing of it is stored."""

    def __init__(self, pairs: list[Pair]) -> None:
        super().__init__(f"{len(pairs)} blocking pairs, the first {pairs[0]}")
        self.pairs = pairs


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An allocation in the form it is stored in."""

    inputs: Inputs
    lists: list[OpenList]
    within: Allocation
    beyond: Allocation
    rows: dict[int, tuple[list[int], list[int], list[int]]]


def refresh_allocation(*, now: datetime) -> AllocationRound | None:
    """Share out all open vacancies anew; None when nothing that counts has changed, or another process is at it.

    Who finds another at it leaves, and the other looks again after letting go, so that no change is left behind.
    Raises UnstableAllocation, which would be a fault of ours, and then stores nothing.
    """
    with one_at_a_time("matching.refresh_allocation") as mine:
        if not mine:
            return None
        before = latest_round()
        if before and before.inputs_digest == inputs_now().digest:
            return None
        made = _store(_shared_out(), now)
        enqueue("matching.refresh_looks")
    if inputs_now().digest != made.inputs_digest:
        enqueue("matching.refresh_allocation")
    return made


def _shared_out() -> _Outcome:
    inputs, lists = open_lists()
    within = _stable(market_of(lists, inputs.cap, inputs.per_opening, inputs.quiet))
    beyond = _stable(market_of_empty(lists, within, inputs.cap, inputs.quiet))
    return _Outcome(inputs, lists, within, beyond, _rows(inputs, lists, [*within.pairs(), *beyond.pairs()]))


def _stable(market: Market) -> Allocation:
    allocation = allocate(market)
    blocking = blocking_pairs(allocation.market, allocation.shown)
    if blocking:
        raise UnstableAllocation(blocking)
    return allocation


def _rows(
    inputs: Inputs, lists: list[OpenList], pairs: list[Pair]
) -> dict[int, tuple[list[int], list[int], list[int]]]:
    """(shown, waiting, busy) of each vacancy, in rank order; people added from outside the ranking come last."""
    given: dict[int, set[int]] = {one.vacancy: set(one.by_hand) for one in lists}
    for vacancy, person in pairs:
        given[vacancy].add(person)
    times = Counter(person for people in given.values() for person in people)
    busy_people = {person for person, count in times.items() if count >= inputs.cap}
    rows = {}
    for one in lists:
        ranked = one.people.tolist()
        shown = [who for who in ranked if who in given[one.vacancy]]
        shown += sorted(given[one.vacancy].difference(ranked))
        waiting = [who for who in ranked if who not in given[one.vacancy] and who not in one.hidden]
        rows[one.vacancy] = (shown, waiting, [who for who in waiting if who in busy_people])
    return rows


@transaction.atomic
def _store(outcome: _Outcome, now: datetime) -> AllocationRound:
    """Note the round, and change the rows of the vacancies that it changes."""
    made = AllocationRound.objects.create(
        made_at=now, inputs_digest=outcome.inputs.digest, **_figures(outcome)
    )
    rows = VacancyAllocation.objects.select_related("round")
    held = {
        row.vacancy_id: (row.shown, row.waiting, row.busy)
        for row in rows.iterator(ROWS)
        if row.round.cap == made.cap  # pages name it
    }
    changed = [
        VacancyAllocation(vacancy_id=vacancy, round=made, shown=shown, waiting=waiting, busy=busy)
        for vacancy, (shown, waiting, busy) in outcome.rows.items()
        if held.get(vacancy) != (shown, waiting, busy)
    ]
    VacancyAllocation.objects.exclude(vacancy__in=outcome.rows.keys()).delete()
    VacancyAllocation.objects.bulk_create(
        changed,
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["vacancy"],
        update_fields=["round", "shown", "waiting", "busy"],
    )
    logger.info("allocation %s: %s of %s lists changed", made.pk, len(changed), made.vacancies)
    return made


def _figures(outcome: _Outcome) -> dict[str, int]:
    inputs, lists, rows = outcome.inputs, outcome.lists, outcome.rows
    everybody = [np.zeros(0, dtype=np.int64), *(one.people for one in lists)]
    return {
        "cap": inputs.cap,
        "places_per_opening": inputs.per_opening,
        "vacancies": len(lists),
        "people": len(np.unique(np.concatenate(everybody))),
        "pairs": sum(len(one.people) for one in lists),
        "places": sum(one.openings * inputs.per_opening for one in lists),
        "shown": sum(len(shown) for shown, _waiting, _busy in rows.values()),
        "by_hand": sum(len(one.by_hand) for one in lists),
        "busy": sum(len(busy) for _shown, _waiting, busy in rows.values()),
        "short": sum(
            len(rows[one.vacancy][0]) < one.openings and bool(rows[one.vacancy][1]) for one in lists
        ),
        "beyond": len(outcome.beyond.pairs()),
        "turns": outcome.within.turns + outcome.beyond.turns,
        "blocking": 0,
    }
