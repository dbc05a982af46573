"""What a person and an employer do about an application. Every act locks vacancy, candidate and application, in this order.

Who may press which button is the views' to know; here stands what the states, the vacancy and the person allow.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.actions.quiet import be_seen_again
from candidates.actions.staying import pause_listing
from candidates.enums import UnlistedBecause
from candidates.models import Candidate
from common.queue import enqueue
from placements.actions.endings import close_others
from placements.actions.errors import UnableToApply, UnableToMoveApplication
from placements.actions.locking import lock_application, lock_pair
from placements.actions.starting import (
    open_between,
    require_not_asked_in_vain,
    require_open,
    require_shown,
    require_suits,
    start,
)
from placements.actions.stepping import Step, not_possible, take, words
from placements.enums import ApplicationState, CandidateReason, EmployerReason, Side
from placements.models import Application
from placements.queries.openings import hires, openings_left, openings_of
from vacancies.actions.lifecycle import close_vacancy
from vacancies.enums import ClosedBecause, VacancyState
from vacancies.models import Vacancy

STATE = ApplicationState
REASONS = {Side.EMPLOYER: EmployerReason.values, Side.CANDIDATE: CandidateReason.values}
ASK_FOR_WORDS = (EmployerReason.OTHER, CandidateReason.OTHER)


@transaction.atomic
def invite_candidate(
    *, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime, message: str = ""
) -> Application:
    """The employer invites somebody whom it sees on its shortlist. Raises UnableToApply.

    Who has shown interest already is not invited but accepted: both are interested then.
    """
    message = words(message, UnableToApply)
    vacancy, candidate = lock_pair(vacancy, candidate)
    require_open(vacancy, candidate)
    held = open_between(vacancy, candidate)
    if held is not None and held.state == STATE.INTERESTED:
        return take(held, Step(STATE.BOTH_INTERESTED, Side.EMPLOYER, by, now, message=message))
    if held is not None:
        raise UnableToApply(_("This person is invited already. Nothing was sent again."), already=True)
    ranking = require_shown(vacancy, candidate)
    require_not_asked_in_vain(vacancy, candidate, Side.EMPLOYER, now)
    return start(vacancy, candidate, Step(STATE.INVITED, Side.EMPLOYER, by, now, message=message), ranking)


@transaction.atomic
def express_interest(
    *, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime, message: str = ""
) -> Application:
    """A person says that they would like this work. Raises UnableToApply.

    They have to suit the vacancy, or only lack what is not measured or confirmed yet; that is kept as `open_code` and
    the employer sees it. Who is invited already accepts by this.
    """
    message = words(message, UnableToApply)
    vacancy, candidate = lock_pair(vacancy, candidate)
    require_open(vacancy, candidate)
    _is_there(candidate, now)
    held = open_between(vacancy, candidate)
    if held is not None and held.state == STATE.INVITED:
        return take(held, Step(STATE.BOTH_INTERESTED, Side.CANDIDATE, by, now, message=message))
    if held is not None:
        raise UnableToApply(_("You have shown interest already. Nothing was sent again."), already=True)
    require_not_asked_in_vain(vacancy, candidate, Side.CANDIDATE, now)
    ranking, open_code = require_suits(vacancy, candidate, now)
    step = Step(STATE.INTERESTED, Side.CANDIDATE, by, now, message=message)
    return start(vacancy, candidate, step, ranking, open_code)


@transaction.atomic
def accept_invitation(*, application: Application, by: User, now: datetime) -> Application:
    """The invited person is interested, too: the employer sees the name from now on. Raises UnableToMoveApplication."""
    found = _locked(application, STATE.BOTH_INTERESTED, sources=(STATE.INVITED,))
    _is_there(found.candidate, now)
    return take(found, Step(STATE.BOTH_INTERESTED, Side.CANDIDATE, by, now))


@transaction.atomic
def accept_interest(*, application: Application, by: User, now: datetime, message: str = "") -> Application:
    """The employer is interested, too, and sees the name from now on. Raises UnableToMoveApplication."""
    message = words(message)
    found = _locked(application, STATE.BOTH_INTERESTED, sources=(STATE.INTERESTED,))
    return take(found, Step(STATE.BOTH_INTERESTED, Side.EMPLOYER, by, now, message=message))


@transaction.atomic
def start_interview(
    *,
    application: Application,
    by: User,
    now: datetime,
    talk_at: datetime | None = None,
    message: str = "",
    note: str = "",
) -> Application:
    """The two talk, at `talk_at` where it is known. `note` is read by the employer alone. Raises UnableToMoveApplication."""
    message, note = words(message), words(note)
    found = _locked(application, STATE.IN_INTERVIEW, sources=(STATE.BOTH_INTERESTED,))
    step = Step(STATE.IN_INTERVIEW, Side.EMPLOYER, by, now, message=message, note=note, talk_at=talk_at)
    return take(found, step)


@transaction.atomic
def make_offer(
    *, application: Application, by: User, now: datetime, message: str = "", note: str = ""
) -> Application:
    """The employer offers the work; `note` is read by the employer alone. Raises UnableToMoveApplication.

    There are never more offers than openings: an offer can be accepted.
    """
    message, note = words(message), words(note)
    found = _locked(application, STATE.OFFERED, sources=(STATE.BOTH_INTERESTED, STATE.IN_INTERVIEW))
    if openings_left(found.vacancy) < 1:
        sentence = _(
            "Every opening is filled or offered to somebody (openings: %(n)s). Wait for their answer, take an offer back, "
            "or raise the number of openings first."
        )
        raise UnableToMoveApplication(sentence % {"n": openings_of(found.vacancy)})
    return take(found, Step(STATE.OFFERED, Side.EMPLOYER, by, now, message=message, note=note))


@transaction.atomic
def accept_offer(*, application: Application, by: User, now: datetime) -> Application:
    """The person is hired. Raises UnableToMoveApplication.

    Their other applications end and their listing pauses until they come back. When the last opening is
    filled the vacancy closes as filled, and everybody else on it gets an answer (task `placements.settle_vacancy`).
    """
    found = _locked(application, STATE.HIRED, sources=(STATE.OFFERED,))
    vacancy, candidate = found.vacancy, found.candidate
    assert candidate is not None
    _is_there(candidate, now)
    if hires(vacancy) >= openings_of(vacancy):
        raise UnableToMoveApplication(
            _("Every opening of this vacancy is filled; somebody else was quicker. Nothing was changed.")
        )
    take(found, Step(STATE.HIRED, Side.CANDIDATE, by, now))
    close_others(candidate, hired=found, now=now)
    if candidate.listed or candidate.unlisted_because == UnlistedBecause.PAUSED:
        pause_listing(candidate=candidate, until=None, by=candidate.user, now=now)
    if hires(vacancy) >= openings_of(vacancy):
        close_vacancy(vacancy=vacancy, because=ClosedBecause.FILLED, by=None, now=now)
    return found


@transaction.atomic
def decline(
    *, application: Application, side: str, reason: str, by: User, now: datetime, message: str = ""
) -> Application:
    """Say no to what the other side waits for, with one of the side's reasons. Raises UnableToMoveApplication."""
    step = Step(STATE.DECLINED, side, by, now, _reason(side, reason, message), words(message))
    found = _locked(application, STATE.DECLINED)
    if found.is_open and not found.may_decline(side):
        raise UnableToMoveApplication(
            _("The other side owes the next answer here. You can take back what you said instead.")
        )
    return take(found, step)


@transaction.atomic
def withdraw(
    *, application: Application, side: str, reason: str, by: User, now: datetime, message: str = ""
) -> Application:
    """Take back what one said while the other side has not answered. Raises UnableToMoveApplication."""
    step = Step(STATE.WITHDRAWN, side, by, now, _reason(side, reason, message), words(message))
    found = _locked(application, STATE.WITHDRAWN)
    if found.is_open and not found.may_withdraw(side):
        raise UnableToMoveApplication(_("It is your turn to answer here: say yes or no."))
    return take(found, step)


def _locked(application: Application, to: str, sources: tuple[str, ...] = ()) -> Application:
    """The locked row, in one of the `sources` if there are any, of a vacancy that is not closed."""
    found = lock_application(application)
    if sources and found.state not in sources:
        raise not_possible(found.state, to)
    if sources and found.vacancy.state == VacancyState.CLOSED:
        enqueue("placements.settle_vacancy", vacancy_id=found.vacancy_id)
        raise UnableToMoveApplication(_("This vacancy was closed meanwhile. Nothing was changed."))
    return found


def _is_there(candidate: Candidate | None, now: datetime) -> None:
    """Whoever acts is there: what an unanswered invitation cost them is over."""
    if candidate is not None and candidate.quiet_until is not None:
        be_seen_again(candidate=candidate, by=candidate.user, now=now)


def _reason(side: str, reason: str, message: str) -> str:
    """Raises UnableToMoveApplication unless the side has that reason, and says more where the reason asks for it."""
    if reason not in REASONS.get(Side(side), ()):
        raise UnableToMoveApplication(_("Choose a reason; the other side has a right to know."))
    if reason in ASK_FOR_WORDS and not message.strip():
        raise UnableToMoveApplication(
            _("Write the reason in a sentence or two, or choose one from the list.")
        )
    return reason
