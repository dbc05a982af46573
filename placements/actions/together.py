"""One decision about several people: all of them or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.models import Candidate
from placements.actions.applications import accept_interest, decline, invite_candidate
from placements.actions.errors import UnableToApply, UnableToDecideTogether, UnableToMoveApplication
from placements.enums import ApplicationState, Side
from placements.models import Application
from placements.rules.deciding import ACCEPT, DECLINE, INVITE, TOGETHER
from vacancies.models import Vacancy

MOST: Final = 50
"""People at once: more cannot be looked at one by one before it is sent."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person is told."""

    candidate: Candidate
    message: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line; `already` when it had been done before, `problem` why it cannot be done."""

    candidate: Candidate
    already: bool = False
    problem: str = ""


@transaction.atomic
def decide_together(
    *,
    vacancy: Vacancy,
    step: str,
    decisions: Sequence[Decision],
    by: User,
    now: datetime,
    reason: str = "",
) -> list[Outcome]:
    """Invite, accept or decline each of them; outcomes in the order of `decisions`. Doing it twice sends nothing more.

    Raises UnableToDecideTogether with the outcome of every line when one of them is not possible; nothing is written
    and nobody is told then.
    """
    if step not in TOGETHER or not 1 <= len(decisions) <= MOST:
        raise UnableToDecideTogether([])
    # In the order of the ids, as everybody locks people, so that two acts at once never wait for each other.
    found = {
        one.candidate.pk: _one(vacancy, step, one, reason, by, now)
        for one in sorted(decisions, key=lambda one: one.candidate.pk)
    }
    outcomes = [found[one.candidate.pk] for one in decisions]
    if any(one.problem for one in outcomes):
        raise UnableToDecideTogether(outcomes)
    return outcomes


def _one(vacancy: Vacancy, step: str, decision: Decision, reason: str, by: User, now: datetime) -> Outcome:
    """One line, in a transaction of its own inside the whole, so that the next line can be tried, too."""
    try:
        with transaction.atomic():
            already = _take(vacancy, step, decision, reason, by, now)
    except (UnableToApply, UnableToMoveApplication) as error:
        return Outcome(decision.candidate, error.already, "" if error.already else str(error))
    return Outcome(decision.candidate, already)


def _take(vacancy: Vacancy, step: str, decision: Decision, reason: str, by: User, now: datetime) -> bool:
    """Whether it had been done before."""
    candidate, message = decision.candidate, decision.message
    if step == INVITE:
        invite_candidate(vacancy=vacancy, candidate=candidate, by=by, now=now, message=message)
        return False
    application = Application.objects.filter(vacancy=vacancy, candidate=candidate).order_by("-pk").first()
    if application is None:
        raise UnableToMoveApplication(_("There is no application between you yet. Nothing was changed."))
    if step == ACCEPT:
        if application.state == ApplicationState.BOTH_INTERESTED:
            return True
        accept_interest(application=application, by=by, now=now, message=message)
    if step == DECLINE:
        decline(application=application, side=Side.EMPLOYER, reason=reason, by=by, now=now, message=message)
    return False
