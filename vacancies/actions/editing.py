"""Writing versions: creating a vacancy, saving its draft, copying it."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from employers.models import Employer
from vacancies.actions.errors import UnableToEdit
from vacancies.content import FACTS, VersionContent, content_of
from vacancies.enums import VacancyState
from vacancies.models import (
    Vacancy,
    VacancyStatusLog,
    VacancyVersion,
    VersionCountry,
    VersionLanguage,
    VersionShift,
    VersionSkill,
)

EDITABLE = frozenset({VacancyState.DRAFT, VacancyState.PUBLISHED, VacancyState.PAUSED})


@transaction.atomic
def create_vacancy(*, employer: Employer, content: VersionContent, by: User, now: datetime) -> Vacancy:
    """A new draft of `employer` with version 1."""
    vacancy = Vacancy.objects.create(employer=employer, created_by=by, created_at=now, changed_at=now)
    vacancy.draft = _write_version(vacancy, 1, content, now)
    vacancy.save(update_fields=["draft"])
    VacancyStatusLog.objects.create(vacancy=vacancy, state=vacancy.state, at=now, by=by)
    audit.record(verb="vacancy.created", target=vacancy, by=by, now=now)
    return vacancy


@transaction.atomic
def save_draft(*, vacancy: Vacancy, content: VersionContent, by: User, now: datetime) -> Vacancy:
    """Replace the draft's content; a published vacancy gets a draft beside its current version.

    Raises UnableToEdit when the vacancy is in review or closed. Nothing that others see changes.
    """
    vacancy = (
        Vacancy.objects.select_for_update(of=("self",)).select_related("draft", "current").get(pk=vacancy.pk)
    )
    if vacancy.state not in EDITABLE:
        raise UnableToEdit(vacancy.state)
    number = vacancy.draft.number if vacancy.draft else vacancy.current.number + 1 if vacancy.current else 1
    old = vacancy.draft
    if old:
        vacancy.draft = None
        old.delete()
    vacancy.draft = _write_version(vacancy, number, content, now)
    vacancy.changed_at = now
    vacancy.save(update_fields=["draft", "changed_at"])
    audit.record(verb="vacancy.draft_saved", target=vacancy, by=by, now=now, version=number)
    return vacancy


@transaction.atomic
def discard_draft(*, vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Drop the changes beside a current version; a vacancy that was never published keeps its draft (UnableToEdit)."""
    vacancy = (
        Vacancy.objects.select_for_update(of=("self",)).select_related("draft", "current").get(pk=vacancy.pk)
    )
    if vacancy.current is None:
        raise UnableToEdit("nothing to go back to")
    if vacancy.draft:
        old, vacancy.draft = vacancy.draft, None
        vacancy.changed_at = now
        vacancy.save(update_fields=["draft", "changed_at"])
        old.delete()
        audit.record(verb="vacancy.draft_discarded", target=vacancy, by=by, now=now)
    return vacancy


def duplicate_vacancy(*, vacancy: Vacancy, by: User, today: date, now: datetime) -> Vacancy:
    """A new draft with the same content; a start date that has passed is left empty."""
    version = vacancy.current or vacancy.draft
    if version is None:
        raise UnableToEdit("nothing to copy")
    content = content_of(version)
    if content.start_date and content.start_date < today:
        content = replace(content, start_date=None)
    title = _("%(title)s (copy)") % {"title": content.title}
    return create_vacancy(
        employer=vacancy.employer, content=replace(content, title=title[:120]), by=by, now=now
    )


def _write_version(vacancy: Vacancy, number: int, content: VersionContent, now: datetime) -> VacancyVersion:
    version = VacancyVersion.objects.create(
        vacancy=vacancy,
        number=number,
        created_at=now,
        channels=list(content.channels),
        customer_countries=list(content.customer_countries),
        **{name: getattr(content, name) for name in FACTS},
    )
    VersionLanguage.objects.bulk_create(
        VersionLanguage(
            version=version, language_id=row.language, level=row.level, must=row.must, weight=row.weight
        )
        for row in content.languages
    )
    VersionSkill.objects.bulk_create(
        VersionSkill(
            version=version, skill_id=row.skill, must=row.must, minimum=row.minimum, weight=row.weight
        )
        for row in content.skills
    )
    VersionShift.objects.bulk_create(
        VersionShift(
            version=version,
            weekday=row.weekday,
            start_minute=row.start_minute,
            duration_minutes=row.duration_minutes,
            must=row.must,
        )
        for row in content.shifts
    )
    VersionCountry.objects.bulk_create(
        VersionCountry(
            version=version,
            country_id=row.country,
            pay_min=row.pay_min,
            pay_max=row.pay_max,
            currency=row.currency,
        )
        for row in content.countries
    )
    return version
