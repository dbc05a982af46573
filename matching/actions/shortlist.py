"""Curating a shortlist: every act has a reason, is undone by another act and stands in the log."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from candidates.models import Candidate
from matching.actions.errors import UnableToCurate
from matching.enums import EntryKind
from matching.models import Ranking, RankingState, ShortlistEntry, ShortlistLog
from vacancies.models import Vacancy

LAST_PLACE = 500


def pin(*, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime) -> ShortlistEntry:
    """Put a person on top of the list. Raises UnableToCurate."""
    return _put(vacancy, candidate, EntryKind.PINNED, None, reason, by, now)


def move(
    *, vacancy: Vacancy, candidate: Candidate, position: int, reason: str, by: User, now: datetime
) -> ShortlistEntry:
    """Put a person at a place of the list, 1 being the first. Raises UnableToCurate."""
    if not 1 <= position <= LAST_PLACE:
        raise UnableToCurate(_("Choose a place from 1 to %(last)s.") % {"last": LAST_PLACE})
    return _put(vacancy, candidate, EntryKind.MOVED, position, reason, by, now)


def hide(*, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime) -> ShortlistEntry:
    """Take a person off the list that is shown; the ranking keeps them. Raises UnableToCurate."""
    return _put(vacancy, candidate, EntryKind.HIDDEN, None, reason, by, now)


@transaction.atomic
def take_back(*, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime) -> None:
    """Undo what was done to a person's place. Doing it twice changes nothing."""
    ranking = _current(vacancy)
    deleted, _rows = ShortlistEntry.objects.filter(vacancy=vacancy, candidate=candidate).delete()
    if deleted:
        _log(vacancy, candidate, "taken back", None, "", ranking, by, now)


@transaction.atomic
def _put(
    vacancy: Vacancy,
    candidate: Candidate,
    kind: str,
    position: int | None,
    reason: str,
    by: User,
    now: datetime,
) -> ShortlistEntry:
    if not reason.strip():
        raise UnableToCurate(_("Give a reason; both sides can ask for it."))
    ranking = _current(vacancy)
    if ranking.result.rank_of(candidate.pk) is None:
        raise UnableToCurate(_("This person is not in the current ranking."))
    held = ShortlistEntry.objects.filter(vacancy=vacancy, candidate=candidate).first()
    if held and (held.kind, held.position, held.reason) == (kind, position, reason.strip()):
        return held
    entry, _made = ShortlistEntry.objects.update_or_create(
        vacancy=vacancy,
        candidate=candidate,
        defaults={
            "kind": kind, "position": position, "reason": reason.strip(), "ranking": ranking, "by": by, "at": now,
        },
    )  # fmt: skip
    _log(vacancy, candidate, kind, position, reason.strip(), ranking, by, now)
    return entry


def _current(vacancy: Vacancy) -> Ranking:
    state = RankingState.objects.select_for_update(of=("self",)).filter(vacancy=vacancy).first()
    if state is None or state.current is None:
        raise UnableToCurate(_("There is no ranking yet; it is being made."))
    return state.current


def _log(
    vacancy: Vacancy, candidate: Candidate, act: str, position: int | None, reason: str, ranking: Ranking, by: User,
    now: datetime,
) -> None:  # fmt: skip
    ShortlistLog.objects.create(
        vacancy=vacancy,
        candidate=candidate,
        act=act,
        position=position,
        reason=reason,
        ranking=ranking,
        by=by,
        at=now,
    )
    audit.record(
        verb=f"shortlist.{act.replace(' ', '_')}", target=vacancy, by=by, now=now, reason=reason,
        candidate=str(candidate.public_id), position=position, ranking=ranking.pk,
    )  # fmt: skip
