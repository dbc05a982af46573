"""Curating a shortlist: every act has a reason, is undone by another act and stands in the log."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from candidates.models import Candidate
from matching.actions.errors import UnableToCurate
from matching.enums import ShortlistAct
from matching.models import Ranking, RankingState, ShortlistEntry, ShortlistLog
from matching.rules.overlay import LAST_PLACE
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class _Act:
    """What is done to whose place, by whom and when."""

    vacancy: Vacancy
    candidate: Candidate
    what: str
    by: User
    now: datetime
    reason: str = ""
    position: int | None = None


def pin(*, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime) -> ShortlistEntry:
    """Put a person on top of the list. Raises UnableToCurate."""
    return _put(_Act(vacancy, candidate, ShortlistAct.PINNED, by, now, reason.strip()))


def move(
    *, vacancy: Vacancy, candidate: Candidate, position: int, reason: str, by: User, now: datetime
) -> ShortlistEntry:
    """Put a person at a place of the list, 1 being the first. Raises UnableToCurate."""
    if not 1 <= position <= LAST_PLACE:
        raise UnableToCurate(_("Choose a place from 1 to %(last)s.") % {"last": LAST_PLACE})
    return _put(_Act(vacancy, candidate, ShortlistAct.MOVED, by, now, reason.strip(), position))


def hide(*, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime) -> ShortlistEntry:
    """Take a person off the list that is shown; the ranking keeps them. Raises UnableToCurate."""
    return _put(_Act(vacancy, candidate, ShortlistAct.HIDDEN, by, now, reason.strip()))


@transaction.atomic
def take_back(*, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime) -> None:
    """Undo what was done to a person's place. Doing it twice changes nothing."""
    ranking = _current(vacancy)
    deleted, _rows = ShortlistEntry.objects.filter(vacancy=vacancy, candidate=candidate).delete()
    if deleted:
        _log(_Act(vacancy, candidate, ShortlistAct.TAKEN_BACK, by, now), ranking)


@transaction.atomic
def _put(act: _Act) -> ShortlistEntry:
    if not act.reason:
        raise UnableToCurate(_("Give a reason; both sides can ask for it."))
    ranking = _current(act.vacancy)
    if ranking.result.rank_of(act.candidate.pk) is None:
        raise UnableToCurate(_("This person is not in the current ranking."))
    held = ShortlistEntry.objects.filter(vacancy=act.vacancy, candidate=act.candidate).first()
    if held and (held.kind, held.position, held.reason) == (act.what, act.position, act.reason):
        return held
    entry, _made = ShortlistEntry.objects.update_or_create(
        vacancy=act.vacancy,
        candidate=act.candidate,
        defaults={
            "kind": act.what,
            "position": act.position,
            "reason": act.reason,
            "ranking": ranking,
            "by": act.by,
            "at": act.now,
        },
    )
    _log(act, ranking)
    return entry


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
