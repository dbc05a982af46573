"""One step of an application: the state, the promise, the log and the audit log, in the caller's transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.states import UnableToMove, move_state
from employers.actions.webhooks import emit
from placements.actions.errors import UnableToApply, UnableToMoveApplication
from placements.actions.telling import tell_step
from placements.enums import APPLICATION_MOVES, MET_STATES, OWED_BY, ApplicationState
from placements.models import WORDS, Application, ApplicationLog
from placements.rules.promises import became_of, promise_date


@dataclass(frozen=True, slots=True)
class Step:
    """Who takes an application to which state, why and when. `by=None` is the platform itself."""

    to: str
    side: str
    by: User | None
    now: datetime
    reason: str = ""
    message: str = ""
    note: str = ""
    talk_at: datetime | None = None


def take(application: Application, step: Step) -> Application:
    """Move a locked application and write down what became of the answer that was owed.

    Raises UnableToMoveApplication when its state does not allow it (any more).
    """
    owed, promised = application.owed_by, application.promise_on
    try:
        move_state(application, to=step.to, table=APPLICATION_MOVES, **_changes(application, step))
    except UnableToMove as error:
        raise not_possible(error.found, step.to) from error
    write_down(application, step, owed=owed, promised=promised)
    return application


def write_down(application: Application, step: Step, *, owed: str = "", promised: date | None = None) -> None:
    """Log and audit log of a step that was taken, and word of it to the other side; `owed` and `promised` are from before it."""
    today = application.today_of(owed, step.now) if owed else step.now.date()
    answer = became_of(owed=owed, side=step.side, today=today, promise_on=promised)
    log = ApplicationLog.objects.create(
        application=application,
        employer_id=application.employer_id,
        state=step.to,
        at=step.now,
        by=step.by,
        side=step.side,
        reason=step.reason,
        message=step.message,
        note=step.note,
        talk_at=step.talk_at,
        promise_on=application.promise_on,
        answer_of=owed if answer else "",
        answer=answer or "",
    )
    verb = f"application.{step.to}"
    audit.record(verb=verb, target=application, by=step.by, now=step.now, reason=step.reason, side=step.side)
    emit(
        employer_id=application.employer_id,
        event=verb,
        data=_facts_for_systems(application, step),
        now=step.now,
    )
    tell_step(application, log)


def _facts_for_systems(application: Application, step: Step) -> dict[str, Any]:
    """What the employer's own systems are told: ids and states. Who it is they ask for, where names are shown."""
    candidate = application.candidate
    return {
        "application": str(application.public_id),
        "vacancy": application.vacancy_id,
        "person": str(candidate.public_id) if candidate else None,
        "state": step.to,
        "side": step.side,
        "reason": step.reason or None,
        "owed_by": application.owed_by or None,
        "promise_on": application.promise_on,
    }


def promised(application: Application, state: str, now: datetime) -> dict[str, Any]:
    """Who owes the next answer in `state`, and until when; nobody once it has ended."""
    side = OWED_BY.get(state, "")
    if not side:
        return {"owed_by": "", "promise_on": None}
    days, country = settings.PROMISE_DAYS[state], application.country_of(side)
    return {"owed_by": side, "promise_on": promise_date(application.today_of(side, now), days, country)}


def words(text: str, error: type[UnableToApply | UnableToMoveApplication] = UnableToMoveApplication) -> str:
    """A message or note without blanks around it. Raises `error` when it is too long."""
    text = text.strip()
    if len(text) > WORDS:
        sentence = _("That is %(long)s characters; at most %(most)s fit. Nothing was sent.")
        raise error(sentence % {"long": len(text), "most": WORDS})
    return text


def not_possible(found: str, to: str) -> UnableToMoveApplication:
    """The error for a step that the state `found` does not allow."""
    label = {"state": ApplicationState(found).label}
    if found == to:
        return UnableToMoveApplication(
            _("It is “%(state)s” already. Nothing was changed.") % label, already=True
        )
    sentence = _("This application is now “%(state)s”, so this step is not possible. Nothing was changed.")
    return UnableToMoveApplication(sentence % label)


def _changes(application: Application, step: Step) -> dict[str, Any]:
    changes = promised(application, step.to, step.now) | {
        "changed_at": step.now,
        "reminded_at": None,
        "overdue_at": None,
        "message": step.message,
    }
    if step.to in MET_STATES and application.met_at is None:
        changes["met_at"] = step.now
    if step.to not in OWED_BY:
        changes |= {"ended_at": step.now, "ended_by": step.side, "reason": step.reason}
    return changes
