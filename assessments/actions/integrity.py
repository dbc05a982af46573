"""Looking through a finished session, hearing the person, and deciding what a flag means."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from assessments.actions.confirmations import UnableToAsk, ask_for_confirmation
from assessments.actions.outcomes import raise_flag
from assessments.enums import FLAG_MOVES, FlagDecision, FlagReason, FlagState, SessionState
from assessments.models import IntegrityFlag, Session
from assessments.queries.integrity import answer_fit_of, answers_of, measured_by
from assessments.rules.integrity import PATTERN_BELOW, quick_answers
from candidates.models import Candidate
from common.states import UnableToMove, move_state

logger = logging.getLogger(__name__)

LONGEST_ANSWER = 2_000
"""Characters of a person's answer to a flag."""

SWEEP_AFTER = timedelta(minutes=10)


class UnableToAnswerFlag(Exception):
    """The flag was decided, or the text is empty or too long."""


class UnableToDecide(Exception):
    """Nothing was decided; the text says why."""


@transaction.atomic
def check_session(*, session_id: int, now: datetime) -> list[IntegrityFlag]:
    """Look once through the answers of a finished session, and raise the flags that its figures ask for.

    No score, level or ranking changes. Doing it again, or twice at once, does nothing more.
    """
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("candidate__user", "bank")
        .filter(pk=session_id, state=SessionState.FINISHED, checked_at=None)
        .first()
    )
    if session is None:
        return []
    session.checked_at = now
    session.save(update_fields=["checked_at"])
    found = quick_answers(answers_of(session))
    flags: list[IntegrityFlag | None] = []
    facts: dict[str, float]
    if found.asks_to_look:
        facts = {"quick_right": found.quick_right, "answered": found.answered}
        flags.append(raise_flag(session=session, reason=FlagReason.QUICK_RIGHT, facts=facts, now=now))
    fit = answer_fit_of(session)
    if fit is not None and fit < PATTERN_BELOW:
        facts = {"fit": round(fit, 2), "limit": PATTERN_BELOW}
        flags.append(raise_flag(session=session, reason=FlagReason.UNUSUAL_PATTERN, facts=facts, now=now))
    raised = [flag for flag in flags if flag]
    if IntegrityFlag.objects.filter(session=session, state=FlagState.OPEN).exists():
        notify(
            to=session.candidate.user,
            kind=NotificationKind.ASSESSMENT,
            template="assessments/mail/flag_raised",
            context={"session": session, "bank": session.bank},
            url=reverse("assessments:overview"),
            key=f"session-flagged:{session.pk}",
            now=now,
        )
    return raised


def check_waiting_sessions(*, now: datetime) -> int:
    """Look through what finished a while ago and was never looked through: a lost message. Returns how many."""
    waiting = Session.objects.filter(
        state=SessionState.FINISHED, checked_at=None, finished_at__lt=now - SWEEP_AFTER
    )
    ids = list(waiting.order_by("finished_at").values_list("pk", flat=True)[:200])
    for session_id in ids:
        try:
            check_session(session_id=session_id, now=now)
        except Exception:  # one that cannot be looked through keeps nobody else's waiting
            logger.exception("session %s cannot be looked through", session_id)
    return len(ids)


@transaction.atomic
def answer_flag(*, flag: IntegrityFlag, candidate: Candidate, text: str, now: datetime) -> None:
    """Keep what the person says; until the decision it can be said anew. Raises UnableToAnswerFlag."""
    said = text.strip()
    if not said or len(said) > LONGEST_ANSWER:
        raise UnableToAnswerFlag("length")
    rows = IntegrityFlag.objects.filter(pk=flag.pk, session__candidate=candidate, state=FlagState.OPEN)
    if rows.update(answer=said, answered_at=now) != 1:
        raise UnableToAnswerFlag("decided")
    audit.record(verb="integrity.answered", target=flag, by=candidate.user, now=now)


@transaction.atomic
def decide_flag(*, flag: IntegrityFlag, decision: str, reason: str, by: User, now: datetime) -> None:
    """Close a flag: the result stands, or a confirmation test is asked for. Raises UnableToDecide."""
    if decision not in FlagDecision.values:
        raise UnableToDecide("there is no such decision")
    if not reason.strip():
        raise UnableToDecide("a reason is needed")
    try:
        move_state(
            flag,
            to=FlagState.DECIDED,
            table=FLAG_MOVES,
            decision=decision,
            decision_reason=reason.strip(),
            decided_by=by,
            decided_at=now,
        )
    except UnableToMove as error:
        raise UnableToDecide("somebody decided it before") from error
    if decision == FlagDecision.CONFIRMATION:
        measurement = measured_by(flag.session)
        if measurement is None:
            raise UnableToDecide("there is no result to confirm")
        try:
            ask_for_confirmation(measurement=measurement, reason=reason, by=by, now=now)
        except UnableToAsk as error:
            raise UnableToDecide(str(error)) from error
    audit.record(
        verb="integrity.decided", target=flag, by=by, now=now, reason=reason.strip(), decision=decision
    )
    if decision == FlagDecision.NOTHING:
        notify(
            to=flag.session.candidate.user,
            kind=NotificationKind.ASSESSMENT,
            template="assessments/mail/flag_decided",
            context={"session": flag.session, "bank": flag.session.bank},
            url=reverse("assessments:overview"),
            key=f"flag-decided:{flag.pk}",
            now=now,
        )
