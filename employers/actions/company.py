"""Applying as an employer and keeping the company's facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actions import audit
from accounts.actions.settings import forget_page, propose_time_zone
from accounts.models import User
from common.queue import enqueue
from common.states import move_state
from employers.actions.appeals import withdraw_appeal
from employers.actions.errors import ChangedMeanwhile, ForbiddenWords, ImpossibleFacts, UnableToApply
from employers.enums import EMPLOYER_MOVES, EmployerState, MembershipRole
from employers.models import Employer, EmployerStaff, EmployerStatusLog, Membership
from employers.queries import may_apply
from employers.rules import staff_exceeds_headcount
from reference.rules.wording import stopping_words

StaffByCountry = Sequence[tuple[str, int]]


@transaction.atomic
def apply_as_employer(
    *, facts: Mapping[str, Any], staff: StaffByCountry, by: User, now: datetime, is_demo: bool = False
) -> Employer:
    """Create the employer in state applied with `by` as its owner, who gets the clock of its country unless they chose one.

    `facts` are values of `Employer`'s columns, `staff` pairs of (ISO 3166-1 country, people).
    Raises UnableToApply when the user belongs to an employer, is a candidate or staff, ImpossibleFacts, and ForbiddenWords.
    """
    _require_possible(facts, staff)
    _require_fair_words(facts["about"])
    # Two clicks at once, or becoming a candidate beside it, wait for each other here.
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not may_apply(user):
        raise UnableToApply("the account speaks for somebody already")
    employer = Employer.objects.create(**facts, applied_at=now, facts_changed_at=now, is_demo=is_demo)
    Membership.objects.create(user=user, employer=employer, role=MembershipRole.OWNER, since=now)
    forget_page(user=user)
    _replace_staff(employer, staff)
    EmployerStatusLog.objects.create(employer=employer, state=employer.state, at=now, by=user)
    if employer.country.main_zone_id:
        propose_time_zone(user=by, time_zone=employer.country.main_zone_id)
    audit.record(verb="employer.applied", target=employer, by=user, now=now)
    return employer


@transaction.atomic
def update_company(
    *,
    employer: Employer,
    facts: Mapping[str, Any],
    staff: StaffByCountry,
    by: User,
    now: datetime,
    seen: datetime | None = None,
) -> Employer:
    """Replace the company's facts. A rejected employer applies again by this; rankings of its vacancies are refreshed.

    `seen` is the `facts_changed_at` of the page that was filled in. Raises ChangedMeanwhile when another member
    saved since, ImpossibleFacts, and ForbiddenWords for new words about the company. Saving the same facts twice changes
    nothing.
    """
    _require_possible(facts, staff)
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if not _same(employer, facts, staff):
        if seen is not None and seen != employer.facts_changed_at:
            raise ChangedMeanwhile
        if facts["about"] != employer.about:
            _require_fair_words(facts["about"])
        _replace_facts(employer, facts, staff, by=by, now=now)
    if employer.state == EmployerState.REJECTED:
        _apply_again(employer, by=by, now=now)
    return employer


def _same(employer: Employer, facts: Mapping[str, Any], staff: StaffByCountry) -> bool:
    stored = sorted(employer.staff.values_list("country_id", "headcount"))
    return stored == sorted(staff) and all(getattr(employer, name) == value for name, value in facts.items())


def _replace_facts(
    employer: Employer, facts: Mapping[str, Any], staff: StaffByCountry, *, by: User, now: datetime
) -> None:
    for name, value in facts.items():
        setattr(employer, name, value)
    employer.facts_changed_at = now
    employer.save(update_fields=[*facts, "facts_changed_at"])
    _replace_staff(employer, staff)
    audit.record(verb="employer.facts_changed", target=employer, by=by, now=now)
    enqueue("matching.refresh_employer", employer_id=employer.pk)


def _apply_again(employer: Employer, *, by: User, now: datetime) -> None:
    withdraw_appeal(employer=employer, by=by, now=now)
    move_state(
        employer, to=EmployerState.APPLIED, table=EMPLOYER_MOVES,
        applied_at=now, decided_at=None, decided_by=None, decision_reason="",
    )  # fmt: skip
    EmployerStatusLog.objects.create(employer=employer, state=employer.state, at=now, by=by)


def _require_possible(facts: Mapping[str, Any], staff: StaffByCountry) -> None:
    if staff_exceeds_headcount(facts["headcount"], (people for _country, people in staff)):
        raise ImpossibleFacts


def _require_fair_words(about: str) -> None:
    if words := stopping_words(about):
        raise ForbiddenWords(words)


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
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    employer.work_style, employer.work_style_version = list(answers), version
    employer.facts_changed_at = now
    employer.save(update_fields=["work_style", "work_style_version", "facts_changed_at"])
    audit.record(verb="employer.work_style_saved", target=employer, by=by, now=now, version=version)
    enqueue("matching.refresh_employer", employer_id=employer.pk)
    return employer
