"""Curating a shortlist: every act has a reason, is undone by another act and stands in the log.

`seen` is the newest log row about the person's place that the actor saw, 0 for none; None does not ask.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from candidates.models import Candidate
from common.queue import enqueue
from matching.actions.errors import UnableToCurate
from matching.enums import ShortlistAct
from matching.models import Ranking, RankingState, ShortlistEntry, ShortlistLog
from matching.queries.outside import Unsuitable, figures_now
from matching.rules.overlay import LAST_PLACE
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class _Act:
    """What is done to whose place, by whom and when. `seen`: newest log row on the person that the actor knew of."""

    vacancy: Vacancy
    candidate: Candidate
    what: str
    by: User
    now: datetime
    reason: str = ""
    position: int | None = None
    seen: int | None = None


def pin(
    *, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime, seen: int | None = None
) -> ShortlistEntry:
    """Put a person on top of the list. Raises UnableToCurate."""
    return _put(_Act(vacancy, candidate, ShortlistAct.PINNED, by, now, reason.strip(), seen=seen))


def move(
    *,
    vacancy: Vacancy,
    candidate: Candidate,
    position: int,
    reason: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> ShortlistEntry:
    """Put a person at a place of the list, 1 being the first. Raises UnableToCurate."""
    if not 1 <= position <= LAST_PLACE:
        raise UnableToCurate(_("Choose a place from 1 to %(last)s.") % {"last": LAST_PLACE})
    return _put(_Act(vacancy, candidate, ShortlistAct.MOVED, by, now, reason.strip(), position, seen))


def hide(
    *, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime, seen: int | None = None
) -> ShortlistEntry:
    """Take a person off the list that is shown; the ranking keeps them. Raises UnableToCurate."""
    return _put(_Act(vacancy, candidate, ShortlistAct.HIDDEN, by, now, reason.strip(), seen=seen))


@transaction.atomic
def add(
    *, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime, seen: int | None = None
) -> ShortlistEntry:
    """Put somebody on the list who stands outside its ranking: eligible, or with nothing in the way but open questions.

    How they suit now is kept with the entry. Raises UnableToCurate.
    """
    act = _Act(vacancy, candidate, ShortlistAct.ADDED, by, now, reason.strip(), seen=seen)
    ranking = _current(vacancy)
    rank = ranking.result.rank_of(candidate.pk)
    if rank is not None:
        raise UnableToCurate(
            _("This person is in the ranking already, at rank %(rank)s; pin or move them.") % {"rank": rank}
        )
    held = _entry_of(act)
    try:
        figures = held.figures if held and held.figures else figures_now(vacancy, candidate, now.date())
    except Unsuitable as unsuitable:
        raise UnableToCurate(str(unsuitable)) from unsuitable
    return _put(act, figures)


@transaction.atomic
def note(*, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime) -> None:
    """Write something about a person into the log of this list; their place stays. Raises UnableToCurate."""
    act = _Act(vacancy, candidate, ShortlistAct.NOTED, by, now, reason.strip())
    if not act.reason:
        raise UnableToCurate(_("Write the note."))
    ranking = _current(vacancy)
    if not _is_known(ranking, act):
        raise UnableToCurate(_("This person is not in the current ranking."))
    last = _log_of(act).order_by("-pk").first()
    if last is None or (last.act, last.reason, last.by_id) != (act.what, act.reason, by.pk):
        _log(act, ranking)


@transaction.atomic
def take_back(
    *, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime, seen: int | None = None
) -> None:
    """Undo all that was done to a person's place. Doing it twice changes nothing."""
    act = _Act(vacancy, candidate, ShortlistAct.TAKEN_BACK, by, now, seen=seen)
    ranking = _current(vacancy)
    if _entry_of(act) is None:
        return
    _require_seen(act)
    ShortlistEntry.objects.filter(vacancy=vacancy, candidate=candidate).delete()
    _log(act, ranking)
    enqueue("matching.refresh_allocation")


@transaction.atomic
def undo(*, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime, seen: int | None = None) -> None:
    """Undo the last thing done to a person's place: what was done before it holds again. Raises UnableToCurate."""
    act = _Act(vacancy, candidate, ShortlistAct.TAKEN_BACK, by, now, seen=seen)
    _current(vacancy)
    if _entry_of(act) is None:
        raise UnableToCurate(_("There is nothing to undo for this person."))
    acts = _log_of(act).exclude(act=ShortlistAct.NOTED).order_by("-pk")[:2]
    before = acts[1] if len(acts) > 1 else None
    if before is None or before.act == ShortlistAct.TAKEN_BACK:
        take_back(vacancy=vacancy, candidate=candidate, by=by, now=now, seen=seen)
        return
    _put(_Act(vacancy, candidate, before.act, by, now, before.reason, before.position, seen))


@transaction.atomic
def _put(act: _Act, figures: dict[str, Any] | None = None) -> ShortlistEntry:
    if not act.reason:
        raise UnableToCurate(_("Give a reason; both sides can ask for it."))
    ranking, held = _current(act.vacancy), _entry_of(act)
    brought = figures or (held.figures if held else None)
    if not brought and ranking.result.rank_of(act.candidate.pk) is None:
        raise UnableToCurate(_("This person is not in the current ranking."))
    if held and (held.kind, held.position, held.reason) == (act.what, act.position, act.reason):
        return held
    _require_seen(act)
    entry, _made = ShortlistEntry.objects.update_or_create(
        vacancy=act.vacancy,
        candidate=act.candidate,
        defaults={
            "kind": act.what,
            "position": act.position,
            "reason": act.reason,
            "figures": brought,
            "ranking": ranking,
            "by": act.by,
            "at": act.now,
        },
    )
    _log(act, ranking)
    enqueue("matching.refresh_allocation")
    return entry


def _entry_of(act: _Act) -> ShortlistEntry | None:
    return ShortlistEntry.objects.filter(vacancy=act.vacancy, candidate=act.candidate).first()


def _log_of(act: _Act) -> QuerySet[ShortlistLog]:
    return ShortlistLog.objects.filter(vacancy=act.vacancy, candidate=act.candidate)


def _is_known(ranking: Ranking, act: _Act) -> bool:
    """Whether the person is ranked, a near miss, or was placed by hand."""
    result, person = ranking.result, act.candidate.pk
    missing = any(person in miss.candidate_ids for miss in result.near_misses)
    return missing or result.rank_of(person) is not None or _entry_of(act) is not None


def _require_seen(act: _Act) -> None:
    """Whoever acts must know what was done last; two people at one list then never undo each other unawares."""
    if act.seen is None:
        return
    last = _log_of(act).exclude(act=ShortlistAct.NOTED).select_related("by").order_by("-pk").first()
    if last is None and act.seen:
        raise UnableToCurate(
            _("Somebody put this list back into rank order meanwhile. Look at it as it is now, then decide.")
        )
    if last is not None and last.pk != act.seen:
        raise UnableToCurate(
            _(
                "Changed meanwhile by %(who)s: %(what)s. %(reason)s Look at the list as it is now, then decide."
            )
            % {"who": last.by, "what": last.get_act_display(), "reason": last.reason}
        )


def _current(vacancy: Vacancy) -> Ranking:
    """The ranking that holds, which stays the one that holds until the transaction ends.

    The row is locked without a join: after waiting for another transaction a joined ranking would be the old one.
    """
    state = RankingState.objects.select_for_update().filter(vacancy=vacancy).first()
    if state is None or state.current is None:
        raise UnableToCurate(_("There is no ranking yet; it is being made."))
    return state.current


def _log(act: _Act, ranking: Ranking) -> None:
    ShortlistLog.objects.create(
        vacancy=act.vacancy,
        candidate=act.candidate,
        act=act.what,
        position=act.position,
        reason=act.reason,
        ranking=ranking,
        by=act.by,
        at=act.now,
    )
    audit.record(
        verb=f"shortlist.{act.what}",
        target=act.vacancy,
        by=act.by,
        now=act.now,
        reason=act.reason,
        candidate=str(act.candidate.public_id),
        position=act.position,
        ranking=ranking.pk,
    )
