"""One look at everything that changed since the last: which vacancies have to be ranked again.

Nothing here goes by a clock or by the order of commits. A look takes the id below which all transactions have ended
before it reads any state; for every state written below it the round's only row then vouches. A state written later
speaks for itself, until the next look. So what is stored during a look is looked at again.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q

from matching.actions.awaiting import ask_if_any_behind, begin_round
from matching.actions.storing import this_transaction
from matching.engine import CANDIDATE_WEIGHTS
from matching.engine.query_digest import digest_query
from matching.models import RankingJob, RankingRound, RankingState
from matching.queries.book import Asked, open_book, open_queries
from matching.queries.changes import LogCut, Moment, changed_since, log_since, moment
from matching.queries.held_pool import measured_between
from matching.queries.known import Known
from matching.queries.touched import touched_by
from vacancies.queries.vacancies import published_vacancies

COMPARED_AT_ONCE = 200
MARKED_AT_ONCE = 5000
NOT_YET = {"on": date.min, "fingerprint": "", "basis": "", "seen": 0, "database": "", "states_below": 0}
"""A round's row before the first round: it vouches for no state, and its other fields say nothing."""
READ_EACH = 8
"""Of more moments the log is read once since the earliest, which finds some people who were seen already."""


def look_round(*, known_now: Known) -> None:
    """Mark every ranking that people or facts have touched since the last round as waiting.

    For one process at a time; stopped halfway, the next look finds the same.
    """
    before = begin_round() or _first(known_now)
    below = moment()[0].xmin
    queries = open_queries(known_now.facts)
    if before.database != known_now.held.moment.database:
        _begin_anew()
    else:
        states = RankingState.objects.filter(waiting=False)
        _mark(set(states.values_list("vacancy", flat=True)) - set(queries))  # not open: nobody looks at them
        _end_jobs(queries)
        states.filter(_looked_at_with(before, "basis", known_now.held.basis)).update(waiting=True)
        _compare_queries(before, known_now, queries)
        _mark_touched(before, known_now, queries)
    ask_if_any_behind(_vouch(known_now, below))


@transaction.atomic
def _begin_anew() -> None:
    """The database is a copy of another one, whose transactions say nothing here."""
    RankingState.objects.update(waiting=True, people_seen=0, snapshot="", written_in=0)
    RankingJob.objects.all().delete()


def _end_jobs(queries: Mapping[int, Asked]) -> None:
    """Of vacancies that left the market: nobody looks at them, and each would keep its state of the pool for ever."""
    left = set(RankingJob.objects.values_list("vacancy", flat=True)) - set(queries)
    if left:  # and not merely entered it since `queries` were read
        RankingJob.objects.filter(vacancy__in=left).exclude(
            vacancy__in=published_vacancies().values("pk")
        ).delete()


def _mark(vacancies: Iterable[int]) -> None:
    keys = sorted(vacancies)
    for start in range(0, len(keys), MARKED_AT_ONCE):
        some = RankingState.objects.filter(vacancy__in=keys[start : start + MARKED_AT_ONCE], waiting=False)
        some.update(waiting=True)


def _looked_at_with(before: RankingRound, name: str, now: str) -> Q:
    """States that were last looked at with another value than now: the round's where it vouches, else their own."""
    own = Q(written_in__gte=before.states_below) & ~Q(**{name: now})
    if getattr(before, name) == now:
        return own
    return own | Q(written_in__lt=before.states_below)


def _compare_queries(before: RankingRound, known_now: Known, queries: Mapping[int, Asked]) -> None:
    """After a change of facts: does each vacancy still ask the same? In portions, each of which is done for good."""
    facts = known_now.facts.fingerprint
    to_compare = RankingState.objects.filter(_looked_at_with(before, "fingerprint", facts), waiting=False)
    keys = sorted(to_compare.values_list("vacancy", flat=True))
    for start in range(0, len(keys), COMPARED_AT_ONCE):
        with transaction.atomic():
            portion = to_compare.filter(vacancy__in=keys[start : start + COMPARED_AT_ONCE])
            locked = list(portion.select_for_update(no_key=True).defer("listed", "near_missed"))
            _compare(locked, before, facts, queries)


def _compare(
    locked: list[RankingState], before: RankingRound, facts: str, queries: Mapping[int, Asked]
) -> None:
    same = [state for state in locked if _asks_the_same(state, queries.get(state.vacancy_id))]
    vouched_for = {state.pk for state in same if state.written_in < before.states_below}
    states = RankingState.objects.all()
    states.filter(pk__in=vouched_for).update(
        on=before.on, basis=before.basis, people_seen=before.seen, snapshot=before.snapshot
    )
    states.filter(pk__in=[state.pk for state in same]).update(
        fingerprint=facts, written_in=this_transaction()
    )
    _mark({state.pk for state in locked} - {state.pk for state in same})


def _asks_the_same(state: RankingState, asked: Asked | None) -> bool:
    """Whether the state is of what is asked now. A vacancy that still cannot be compiled asks the same: nothing."""
    if not asked or (asked.version_id, asked.team_as_of) != (state.version_id, state.team_as_of):
        return False
    now_asks = digest_query(asked.query, CANDIDATE_WEIGHTS).hex() if asked.query else ""
    return state.query_digest == now_asks


def _mark_touched(before: RankingRound, known_now: Known, queries: Mapping[int, Asked]) -> None:
    try:
        changed = _changed(before, known_now)
    except LogCut:
        RankingState.objects.filter(waiting=False).update(waiting=True)
        return
    if changed:
        _mark(touched_by(changed, known_now.pool, open_book(queries)))


def _changed(before: RankingRound, known_now: Known) -> set[int]:
    """Everybody who may have changed since any state was last looked at, by what they did or by the day."""
    speaking = RankingState.objects.filter(written_in__gte=before.states_below, waiting=False, problem="")
    moments = {Moment(before.seen, before.snapshot, before.database)}
    moments.update(
        Moment(seen, snapshot, before.database)
        for seen, snapshot in speaking.values_list("people_seen", "snapshot").distinct()
    )
    days = speaking.aggregate(first=Min("on"), last=Max("on"))
    known_days = {before.on, known_now.facts.on, days["first"], days["last"]} - {None}
    return _changed_since_any(moments).union(measured_between(min(known_days), max(known_days)))


def _changed_since_any(moments: set[Moment]) -> set[int]:
    if len(moments) > READ_EACH:
        return set(changed_since(min(one.xmin for one in moments)))
    return {one for before in moments for one in log_since(before).changed}


def _first(known_now: Known) -> RankingRound:
    """Before the first round all states speak for themselves."""
    return RankingRound(**_what_is(known_now), states_below=0)


def _vouch(known_now: Known, below: int) -> RankingRound:
    """Say for all states written before the look began that they fit what is known now, or wait."""
    round_, _made = RankingRound.objects.update_or_create(
        pk=RankingRound.ONLY, defaults={**_what_is(known_now), "states_below": below}
    )
    return round_


def _what_is(known_now: Known) -> dict[str, Any]:
    seen = known_now.held.moment
    return {
        "on": known_now.facts.on,
        "fingerprint": known_now.facts.fingerprint,
        "basis": known_now.held.basis,
        "seen": seen.xmin,
        "snapshot": seen.snapshot,
        "database": seen.database,
    }
