"""Applying as an employer and keeping the company's facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actions import audit
from accounts.models import User
from common.queue import enqueue
from common.states import UnableToMove, move_state
from employers.actions.errors import UnableToApply
from employers.enums import EMPLOYER_MOVES, EmployerState, MembershipRole
from employers.models import Employer, EmployerStaff, EmployerStatusLog, Membership

StaffByCountry = Iterable[tuple[str, int]]


def apply_as_employer(
    *, facts: Mapping[str, Any], staff: StaffByCountry, by: User, now: datetime, is_demo: bool = False
) -> Employer:
    """Create the employer in state applied with `by` as its owner.

    `facts` are values of `Employer`'s columns, `staff` pairs of (ISO 3166-1 country, people).
    Raises UnableToApply when the user already belongs to an employer; then nothing is written.
    """
    try:
        with transaction.atomic():
            employer = Employer.objects.create(**facts, applied_at=now, is_demo=is_demo)
            Membership.objects.create(user=by, employer=employer, role=MembershipRole.OWNER, since=now)
            _replace_staff(employer, staff)
            EmployerStatusLog.objects.create(employer=employer, state=employer.state, at=now, by=by)
            audit.record(verb="employer.applied", target=employer, by=by, now=now)
    except IntegrityError as error:
        if Membership.objects.filter(user=by).exists():
            raise UnableToApply("already a member of an employer") from error
        raise
    return employer


@transaction.atomic
def update_company(
    *, employer: Employer, facts: Mapping[str, Any], staff: StaffByCountry, by: User, now: datetime
) -> Employer:
    """Replace the company's facts. A rejected employer applies again by this; rankings of its vacancies are refreshed."""
    employer = Employer.objects.select_for_update().get(pk=employer.pk)
    for name, value in facts.items():
        setattr(employer, name, value)
    employer.save(update_fields=list(facts))
    _replace_staff(employer, staff)
    audit.record(verb="employer.facts_changed", target=employer, by=by, now=now)
    if employer.state == EmployerState.REJECTED:
        _apply_again(employer, by=by, now=now)
    enqueue("matching.refresh_employer", employer_id=employer.pk)
    return employer


def _apply_again(employer: Employer, *, by: User, now: datetime) -> None:
    try:
        move_state(
            employer, to=EmployerState.APPLIED, table=EMPLOYER_MOVES,
            applied_at=now, decided_at=None, decided_by=None, decision_reason="",
        )  # fmt: skip
    except UnableToMove as error:
        raise UnableToApply("the employer was decided on meanwhile") from error
    EmployerStatusLog.objects.create(employer=employer, state=employer.state, at=now, by=by)


def _replace_staff(employer: Employer, staff: StaffByCountry) -> None:
    employer.staff.all().delete()
    EmployerStaff.objects.bulk_create(
        EmployerStaff(employer=employer, country_id=country, headcount=people) for country, people in staff
    )


@transaction.atomic
def save_work_style(
    *, employer: Employer, answers: Sequence[int], version: str, by: User, now: datetime
) -> Employer:
    """Store the team's 24 answers (1..5); rankings of vacancies that ask for culture are refreshed."""
    employer = Employer.objects.select_for_update().get(pk=employer.pk)
    employer.work_style, employer.work_style_version = list(answers), version
    employer.save(update_fields=["work_style", "work_style_version"])
    audit.record(verb="employer.work_style_saved", target=employer, by=by, now=now, version=version)
    enqueue("matching.refresh_employer", employer_id=employer.pk)
    return employer
