"""What a finished confirmation test comes to."""

from collections.abc import Mapping
from datetime import datetime

from accounts.actions.audit import record
from assessments.enums import CONFIRMATION_MOVES, ConfirmationOutcome, ConfirmationState, FlagReason
from assessments.models import ConfirmationTest, IntegrityFlag, Session
from assessments.rules.confirmation import compare
from common.states import move_state


def settle_confirmation(*, session: Session, now: datetime) -> None:
    """Compare the session with what it was to confirm; a clearly lower result raises a flag and changes no level.

    In the transaction that finishes the session. A test that was withdrawn meanwhile stays withdrawn.
    """
    found = ConfirmationTest.objects.select_for_update().filter(session=session).first()
    if found is None or found.state != ConfirmationState.ASKED:
        return
    first = found.measurement
    if (
        first.theta is None
        or first.standard_error is None
        or session.theta is None
        or session.standard_error is None
    ):
        raise ValueError(f"confirmation {found.pk}: nothing to compare")
    compared = compare(first.theta, first.standard_error, session.theta, session.standard_error)
    outcome = ConfirmationOutcome.CONFIRMS if compared.confirms else ConfirmationOutcome.LOOK
    move_state(
        found,
        to=ConfirmationState.DONE,
        table=CONFIRMATION_MOVES,
        outcome=outcome,
        difference=compared.difference,
        allowed=compared.allowed,
        done_at=now,
    )
    if not compared.confirms:
        facts = {"difference": round(compared.difference, 2), "allowed": round(compared.allowed, 2)}
        raise_flag(session=session, reason=FlagReason.NOT_CONFIRMED, facts=facts, now=now)
    record(verb="confirmation.done", target=found, by=session.candidate.user, now=now, outcome=outcome.value)


def raise_flag(
    *, session: Session, reason: FlagReason, facts: Mapping[str, float], now: datetime
) -> IntegrityFlag | None:
    """Ask a person to look, once a session and reason; None when that was asked before."""
    flag, made = IntegrityFlag.objects.get_or_create(
        session=session, reason=reason, defaults={"facts": dict(facts), "raised_at": now}
    )
    if not made:
        return None
    record(verb="integrity.flagged", target=flag, by=None, now=now, what=reason.value, facts=dict(facts))
    return flag
