"""Asking somebody for a short confirmation test, and taking it."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from assessments.actions.scored_tasks import leave
from assessments.actions.sessions import begin_session
from assessments.enums import (
    CONFIRMATION_MOVES,
    ConfirmationState,
    MeasurementSource,
    SessionKind,
    SessionState,
)
from assessments.models import Bank, ConfirmationTest, Measurement, Session
from assessments.queries import open_session
from assessments.queries.unseen import unseen_counts
from assessments.rules.confirmation import FEWEST_ITEMS
from assessments.rules.policy import is_stale
from candidates.actions.errors import ProfileGone
from candidates.actions.saving import hold_profile
from candidates.models import Candidate
from common.states import move_state


class UnableToAsk(Exception):
    """No confirmation test can be asked for; the text says why."""


class UnableToConfirm(Exception):
    """The confirmation test cannot be taken (any more)."""


@transaction.atomic
def ask_for_confirmation(
    *, measurement: Measurement, reason: str, by: User, now: datetime
) -> ConfirmationTest:
    """Ask for a short test that confirms a standing result of an adaptive test, and tell the person.

    The level holds as before. Raises UnableToAsk.
    """
    if not reason.strip():
        raise UnableToAsk("a reason is needed")
    today = now.astimezone(UTC).date()
    try:
        hold_profile(measurement.candidate_id)
    except ProfileGone as gone:
        raise UnableToAsk("the person has left the platform") from gone
    session = measurement.session
    if measurement.source != MeasurementSource.ADAPTIVE_TEST or session is None:
        raise UnableToAsk("only the result of an adaptive test can be confirmed")
    if measurement.revoked_at or measurement.expires_on < today:
        raise UnableToAsk("the result does not count any more")
    if _unseen(measurement.candidate, session.bank) < FEWEST_ITEMS:
        raise UnableToAsk("too few questions are left that the person has not seen")
    try:
        with transaction.atomic():
            made = ConfirmationTest.objects.create(measurement=measurement, asked_by=by, asked_at=now)
    except IntegrityError as error:
        raise UnableToAsk("it has been asked for already") from error
    audit.record(verb="confirmation.asked", target=made, by=by, now=now, reason=reason.strip())
    notify(
        to=measurement.candidate.user,
        kind=NotificationKind.ASSESSMENT,
        template="assessments/mail/confirmation_asked",
        context={"confirmation": made, "bank": session.bank},
        url=reverse("assessments:confirmation", args=[made.pk]),
        key=f"confirmation-asked:{made.pk}",
        now=now,
    )
    return made


def _unseen(candidate: Candidate, bank: Bank) -> int:
    """How many items that can measure the person they have not seen."""
    taken = Session.objects.filter(candidate=candidate, bank=bank).defer("parameters", "areas")
    return unseen_counts(candidate, [bank], list(taken)).get(bank.pk, 0)


@transaction.atomic
def start_confirmation(
    *, confirmation: ConfirmationTest, candidate: Candidate, seed: int, now: datetime
) -> Session:
    """The session to go on with, or a new one of 8 to 10 unseen items, the first at the measured ability.

    Raises UnableToConfirm: "done" (or withdrawn), "open" (another test of the bank is), "used up" (no items are left).
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    found = (
        ConfirmationTest.objects.select_for_update(of=("self",))
        .select_related("measurement__session__bank")
        .get(pk=confirmation.pk, measurement__candidate=candidate)
    )
    bank = found.measurement.session.bank  # type: ignore[union-attr]
    if found.state != ConfirmationState.ASKED:
        raise UnableToConfirm("done")
    running = open_session(candidate, bank)
    if running and is_stale(running.started_at, now):
        leave(running)
    elif running and running.pk == found.session_id:
        return running
    elif running:
        raise UnableToConfirm("open")
    if _unseen(candidate, bank) < FEWEST_ITEMS:
        raise UnableToConfirm("used up")
    session = begin_session(
        candidate=candidate,
        bank=bank,
        kind=SessionKind.CONFIRMATION,
        seed=seed,
        now=now,
        first_theta=found.measurement.theta or 0.0,
    )
    found.session = session
    found.save(update_fields=["session"])
    return session


@transaction.atomic
def withdraw_confirmation(*, confirmation: ConfirmationTest, reason: str, by: User, now: datetime) -> None:
    """Ask no more for it; a session in progress is closed. Raises UnableToMove when it is done already.

    Locks as a start and an answer do, in that order (candidate, session, confirmation), so that none waits for another.
    """
    only = ("self",)
    Candidate.objects.select_for_update(no_key=True, of=only).get(measurements__confirmations=confirmation.pk)
    Session.objects.select_for_update(of=only).filter(confirmation=confirmation.pk).first()
    found = ConfirmationTest.objects.select_for_update().get(pk=confirmation.pk)
    move_state(found, to=ConfirmationState.WITHDRAWN, table=CONFIRMATION_MOVES)
    session = found.session
    if session and session.state == SessionState.OPEN:
        leave(session)
    audit.record(verb="confirmation.withdrawn", target=found, by=by, now=now, reason=reason.strip())
