"""Writing versions: creating a vacancy, saving its draft, copying it."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from employers.models import Employer
from vacancies.actions.checks import lock_vacancy, require_seen
from vacancies.actions.errors import ChangedMeanwhile, UnableToEdit
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

TITLE_LENGTH = 120


@transaction.atomic
def create_vacancy(
    *, employer: Employer, content: VersionContent, by: User, now: datetime, key: UUID | None = None
) -> Vacancy:
    """A new draft of `employer` with version 1. `key` belongs to the form: sent twice, it makes one vacancy.

    Sent again with other content (somebody went back and typed on) it changes that draft. Raises ChangedMeanwhile
    when the draft was edited otherwise since.
    """
    facts = {"created_by": by, "created_at": now, "changed_at": now}
    if key is None:
        vacancy = Vacancy.objects.create(employer=employer, **facts)
    else:
        vacancy, new = Vacancy.objects.get_or_create(employer=employer, form_key=key, defaults=facts)
        if not new:
            return _sent_again(vacancy, content, by=by, now=now)
    vacancy.draft = _write_version(vacancy, 1, content, now)
    vacancy.save(update_fields=["draft"])
    VacancyStatusLog.objects.create(vacancy=vacancy, state=vacancy.state, at=now, by=by)
    audit.record(verb="vacancy.created", target=vacancy, by=by, now=now)
    return vacancy


def _sent_again(vacancy: Vacancy, content: VersionContent, *, by: User, now: datetime) -> Vacancy:
    vacancy = lock_vacancy(vacancy)
    shown = vacancy.draft or vacancy.current
    if shown and content_of(shown) == content:
        return vacancy
    if vacancy.changed_at != vacancy.created_at:
        raise ChangedMeanwhile
    return save_draft(vacancy=vacancy, content=content, by=by, now=now, seen=vacancy.draft_id)


@transaction.atomic
def save_draft(
    *, vacancy: Vacancy, content: VersionContent, by: User, now: datetime, seen: int | None = None
) -> Vacancy:
    """Replace the draft's content; a vacancy that was published gets a draft beside its current version.

    `seen` is the id of the version that was edited. Raises UnableToEdit while a recruiter reads it, and
    ChangedMeanwhile when another member saved since. Nothing that others see changes; the same content changes nothing.
    """
    vacancy = lock_vacancy(vacancy)
    if vacancy.state == VacancyState.IN_REVIEW:
        raise UnableToEdit(_("A recruiter is reading this vacancy, so it cannot be changed now."))
    shown = vacancy.draft or vacancy.current
    if shown and content_of(shown) == content:
        return vacancy
    require_seen(vacancy, seen)
    number = vacancy.draft.number if vacancy.draft else vacancy.current.number + 1 if vacancy.current else 1
    if vacancy.draft:
        # The row points at the old draft, which is deleted first because its number is needed again.
        vacancy.draft.delete()
    vacancy.draft, vacancy.changed_at = _write_version(vacancy, number, content, now), now
    vacancy.save(update_fields=["draft", "changed_at"])
    audit.record(verb="vacancy.draft_saved", target=vacancy, by=by, now=now, version=number)
    return vacancy


@transaction.atomic
def discard_draft(*, vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Drop the changes beside a current version; a vacancy that was never published keeps its draft (UnableToEdit)."""
    vacancy = lock_vacancy(vacancy)
    if vacancy.current is None:
        raise UnableToEdit(_("This vacancy was never published, so there is no version to go back to."))
    if vacancy.draft:
        old, vacancy.draft = vacancy.draft, None
        vacancy.changed_at = now
        vacancy.save(update_fields=["draft", "changed_at"])
        old.delete()
        audit.record(verb="vacancy.draft_discarded", target=vacancy, by=by, now=now)
    return vacancy


def duplicate_vacancy(
    *, vacancy: Vacancy, by: User, today: date, now: datetime, key: UUID | None = None
) -> Vacancy:
    """A new draft with what the employer sees; a start that has passed is left empty. `key` as in create_vacancy."""
    version = vacancy.draft or vacancy.current
    if version is None:
        raise UnableToEdit(_("There is nothing to copy."))
    content = content_of(version)
    if content.start_date and content.start_date < today:
        content = replace(content, start_date=None)
    title = _("%(title)s (copy)") % {"title": content.title[: TITLE_LENGTH - 12]}
    return create_vacancy(
        employer=vacancy.employer,
        content=replace(content, title=title[:TITLE_LENGTH]),
        by=by,
        now=now,
        key=key,
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
