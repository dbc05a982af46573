"""Asking for the next round when a ranking was stored that the last round did not see: once, however many there are.

A round takes the mark away before it looks, and a ranking asks after it was committed. So whoever finds the mark set
is seen by the round that is still to come.
"""

from common.queue import enqueue
from matching.models import RankingRound, RankingState
from matching.rules.seen import Seen


def ask_if_behind(read: Seen) -> None:
    """For a ranking that is committed: ask for a round when the last one saw more of what people did than it."""
    round_ = RankingRound.objects.first()
    if round_ and _seen_by(round_).is_more_than(read):
        _ask()


def ask_if_any_behind(round_: RankingRound) -> None:
    """For a round that is committed: ask for another when a ranking came in between that saw less than it did."""
    seen = _seen_by(round_)
    states = RankingState.objects.filter(written_in__gte=round_.states_below, waiting=False, problem="")
    moments = states.values_list("people_seen", "snapshot").distinct()
    if any(seen.is_more_than(Seen(*moment)) for moment in moments):
        _ask()


def begin_round() -> RankingRound | None:
    """The last round, if there was one. Whoever asks from now on asks for the round after the one that begins."""
    before = RankingRound.objects.first()
    if before and before.awaited:
        RankingRound.objects.update(awaited=False)
    return before if before and before.states_below else None


def _seen_by(round_: RankingRound) -> Seen:
    return Seen(round_.seen, round_.snapshot)


def _ask() -> None:
    if RankingRound.objects.filter(awaited=False).update(awaited=True):
        enqueue("matching.sweep_rankings")
