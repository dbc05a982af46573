"""A recruiter accepts or rejects an employer; the owners are told why."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from common.states import UnableToMove, move_state
from employers.actions.errors import OpenAppeal, UnableToDecide
from employers.actions.webhook_hold import hold_webhooks, release_webhooks
from employers.enums import EMPLOYER_MOVES, AppealState, EmployerState, MembershipRole
from employers.models import Employer, EmployerStatusLog


def accept_employer(
    *, employer: Employer, by: User, now: datetime, reason: str = "", seen: str | None = None
) -> Employer:
    """Let the employer post vacancies. Raises UnableToDecide when it is accepted already.

    `seen` is the state that the recruiter looked at: when another one decided meanwhile, nothing is changed.
    """
    return _decide(employer, EmployerState.ACCEPTED, by=by, now=now, reason=reason.strip(), seen=seen)


def reject_employer(
    *, employer: Employer, by: User, now: datetime, reason: str, seen: str | None = None
) -> Employer:
    """Turn the employer down with a reason that it is told. Raises UnableToDecide without one; `seen` as above."""
    if not reason.strip():
        raise UnableToDecide("a rejection needs a reason")
    return _decide(employer, EmployerState.REJECTED, by=by, now=now, reason=reason.strip(), seen=seen)


@transaction.atomic
def _decide(
    employer: Employer, to: str, *, by: User, now: datetime, reason: str, seen: str | None
) -> Employer:
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if seen is not None and seen != employer.state:
        raise UnableToDecide(employer.state)
    if employer.appeals.filter(state=AppealState.OPEN).exists():
        raise OpenAppeal(employer.state)
    try:
        move_state(
            employer, to=to, table=EMPLOYER_MOVES, decided_at=now, decided_by=by, decision_reason=reason
        )  # fmt: skip
    except UnableToMove as error:
        raise UnableToDecide(error.found) from error
    entry = EmployerStatusLog.objects.create(employer=employer, state=to, at=now, by=by, reason=reason)
    audit.record(verb=f"employer.{to}", target=employer, by=by, now=now, reason=reason)
    if to == EmployerState.ACCEPTED:
        release_webhooks(employer=employer, now=now)
    else:
        hold_webhooks(employer=employer, now=now)
    owners = employer.memberships.filter(role=MembershipRole.OWNER).select_related("user")
    for owner in owners:
        notify(
            to=owner.user,
            kind=NotificationKind.REVIEW_DECIDED,
            template=f"employers/mail/{to}",
            context={"employer": employer, "reason": reason},
            url=reverse("vacancies:create" if to == EmployerState.ACCEPTED else "employers:company"),
            key=f"employer-decided:{entry.pk}",
            now=now,
        )
    return employer
