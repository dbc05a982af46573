"""The states of a vacancy: review, publishing, pausing, closing, reopening.

`seen` is the id of the version that the actor looked at; ChangedMeanwhile says that another one stands there now.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from common.queue import enqueue
from common.states import UnableToMove, move_state
from employers.actions.webhooks import emit
from vacancies.actions.checks import lock_vacancy, require_accepted, require_publishable, require_seen
from vacancies.actions.errors import UnableToMoveVacancy
from vacancies.enums import VACANCY_MOVES, ClosedBecause, ReviewTopic, VacancyState
from vacancies.models import Vacancy, VacancyStatusLog, VacancyVersion

TOLD = frozenset({VacancyState.PUBLISHED, VacancyState.PAUSED, VacancyState.CLOSED})
"""States that employers' own systems can be told about."""


@transaction.atomic
def submit_vacancy(
    *, vacancy: Vacancy, by: User, today: date, now: datetime, seen: int | None = None
) -> Vacancy:
    """Hand a complete draft to the recruiters. Raises UnableToPublish or UnableToMoveVacancy."""
    vacancy = lock_vacancy(vacancy)
    _require_state(vacancy, VacancyState.DRAFT, to=VacancyState.IN_REVIEW)
    require_seen(vacancy, seen)
    require_publishable(vacancy, _draft_of(vacancy), today)
    _move(vacancy, VacancyState.IN_REVIEW, by=by, now=now)
    return vacancy


@transaction.atomic
def approve_vacancy(
    *, vacancy: Vacancy, by: User, today: date, now: datetime, seen: int | None = None
) -> Vacancy:
    """A recruiter publishes what was handed in. Pay is checked again on this day, against every country's floor."""
    vacancy = lock_vacancy(vacancy)
    _require_state(vacancy, VacancyState.IN_REVIEW, to=VacancyState.PUBLISHED)
    require_seen(vacancy, seen)
    version = _draft_of(vacancy)
    require_publishable(vacancy, version, today)
    _move(vacancy, VacancyState.PUBLISHED, by=by, now=now, published_at=now, current=version, draft=None)
    _freeze(version, now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    _tell_author(vacancy, "published", "", now)
    return vacancy


@transaction.atomic
def send_back_vacancy(
    *,
    vacancy: Vacancy,
    reason: str,
    by: User,
    now: datetime,
    seen: int | None = None,
    remarks: Mapping[str, str] | None = None,
) -> Vacancy:
    """A recruiter returns it to the employer with a reason, or with `remarks` on single topics (`ReviewTopic`), or both."""
    said = {topic: text.strip() for topic, text in (remarks or {}).items() if text.strip()}
    if not said.keys() <= set(ReviewTopic.values):
        raise UnableToMoveVacancy(_("A remark is about a part that a vacancy does not have."))
    if not reason.strip() and not said:
        raise UnableToMoveVacancy(_("Say why the vacancy goes back."))
    vacancy = lock_vacancy(vacancy)
    _require_state(vacancy, VacancyState.IN_REVIEW, to=VacancyState.DRAFT)
    require_seen(vacancy, seen)
    _move(vacancy, VacancyState.DRAFT, by=by, now=now, reason=reason.strip(), remarks=said)
    lines = [f"{ReviewTopic(topic).label}: {text}" for topic, text in said.items()]
    _tell_author(vacancy, "sent_back", "\n\n".join(filter(None, [reason.strip(), *lines])), now)
    return vacancy


@transaction.atomic
def publish_changes(
    *, vacancy: Vacancy, by: User, today: date, now: datetime, seen: int | None = None
) -> Vacancy:
    """Make the draft of a published or paused vacancy its current version and rank again."""
    vacancy = lock_vacancy(vacancy)
    if vacancy.state not in {VacancyState.PUBLISHED, VacancyState.PAUSED} or vacancy.draft is None:
        # Without a draft, `seen` is now the current version: the same press came twice.
        already = vacancy.draft is None and vacancy.current_id == seen
        raise UnableToMoveVacancy(_("There are no changes to publish."), already=already)
    require_seen(vacancy, seen)
    version = vacancy.draft
    require_publishable(vacancy, version, today)
    vacancy.current, vacancy.draft, vacancy.changed_at = version, None, now
    vacancy.save(update_fields=["current", "draft", "changed_at"])
    _freeze(version, now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    audit.record(verb="vacancy.version_published", target=vacancy, by=by, now=now, version=version.number)
    _emit(vacancy, VacancyState.PUBLISHED, now)
    return vacancy


@transaction.atomic
def pause_vacancy(*, vacancy: Vacancy, by: User | None, now: datetime, reason: str = "") -> Vacancy:
    """Stop showing the vacancy for a while. `by=None` is the platform itself, which always gives a reason."""
    vacancy = lock_vacancy(vacancy)
    _move(vacancy, VacancyState.PAUSED, by=by, now=now, reason=reason)
    return vacancy


@transaction.atomic
def resume_vacancy(*, vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Show a paused vacancy again and rank anew."""
    vacancy = lock_vacancy(vacancy)
    _require_state(vacancy, VacancyState.PAUSED, to=VacancyState.PUBLISHED)
    require_accepted(vacancy)
    _move(vacancy, VacancyState.PUBLISHED, by=by, now=now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    return vacancy


@transaction.atomic
def close_vacancy(*, vacancy: Vacancy, because: str, by: User | None, now: datetime) -> Vacancy:
    """End the vacancy with one of the reasons of ClosedBecause; who is still waiting for an answer gets one.

    `by=None` is the platform itself: the last opening was filled.
    """
    if because not in ClosedBecause.values:
        raise UnableToMoveVacancy(_("Say why the vacancy is closed."))
    vacancy = lock_vacancy(vacancy)
    _move(vacancy, VacancyState.CLOSED, by=by, now=now, reason=because, closed_at=now, closed_because=because)
    enqueue("placements.settle_vacancy", vacancy_id=vacancy.pk)
    return vacancy


@transaction.atomic
def reopen_vacancy(
    *, vacancy: Vacancy, by: User, today: date, now: datetime, seen: int | None = None
) -> Vacancy:
    """Open a closed vacancy: published again with its changes if it has any, or a draft if it never was published.

    Facts and pay are checked again on this day, so a start that has passed is edited first.
    """
    vacancy = lock_vacancy(vacancy)
    target = VacancyState.PUBLISHED if vacancy.current else VacancyState.DRAFT
    _require_state(vacancy, VacancyState.CLOSED, to=target)
    require_seen(vacancy, seen)
    opened: dict[str, Any] = {"closed_at": None, "closed_because": ""}
    if vacancy.current is None:
        _move(vacancy, VacancyState.DRAFT, by=by, now=now, **opened)
        return vacancy
    version = vacancy.draft or vacancy.current
    require_publishable(vacancy, version, today)
    opened |= {"published_at": now, "current": version, "draft": None}
    _move(vacancy, VacancyState.PUBLISHED, by=by, now=now, **opened)
    if version.frozen_at is None:
        _freeze(version, now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    return vacancy


def _draft_of(vacancy: Vacancy) -> VacancyVersion:
    if vacancy.draft is None:
        raise UnableToMoveVacancy(_("There is no draft to publish."))
    return vacancy.draft


def _require_state(vacancy: Vacancy, state: str, *, to: str) -> None:
    if vacancy.state != state:
        raise _not_possible(vacancy.state, to)


def _not_possible(found: str, to: str) -> UnableToMoveVacancy:
    label = {"state": VacancyState(found).label}
    if found == to:
        return UnableToMoveVacancy(_("It is “%(state)s” already. Nothing was changed.") % label, already=True)
    return UnableToMoveVacancy(_("This vacancy is now “%(state)s”, so this step is not possible.") % label)


def _move(
    vacancy: Vacancy,
    to: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    remarks: Mapping[str, str] | None = None,
    **changes: object,
) -> None:
    try:
        move_state(vacancy, to=to, table=VACANCY_MOVES, changed_at=now, **changes)
    except UnableToMove as error:
        raise _not_possible(error.found, to) from error
    VacancyStatusLog.objects.create(
        vacancy=vacancy, state=to, at=now, by=by, reason=reason, remarks=dict(remarks or {})
    )
    audit.record(verb=f"vacancy.{to}", target=vacancy, by=by, now=now, reason=reason)
    if to in TOLD:
        _emit(vacancy, to, now)


def _emit(vacancy: Vacancy, event: str, now: datetime) -> None:
    """Tell the employer's own systems."""
    facts = {
        "vacancy": vacancy.pk,
        "state": vacancy.state,
        "version": vacancy.current.number if vacancy.current else None,
        "closed_because": vacancy.closed_because or None,
    }
    emit(employer_id=vacancy.employer_id, event=f"vacancy.{event}", data=facts, now=now)


def _freeze(version: VacancyVersion, now: datetime) -> None:
    VacancyVersion.objects.filter(pk=version.pk).update(frozen_at=now)
    version.frozen_at = now


def _tell_author(vacancy: Vacancy, what: str, reason: str, now: datetime) -> None:
    """Write to whoever handed it in."""
    handed_in = vacancy.status_log.filter(state=VacancyState.IN_REVIEW, by__isnull=False)
    last = handed_in.select_related("by").order_by("-at", "-pk").first()
    decided = vacancy.status_log.latest("pk")
    notify(
        to=last.by if last and last.by else vacancy.created_by,
        kind=NotificationKind.REVIEW_DECIDED,
        template=f"vacancies/mail/{what}",
        context={"vacancy": vacancy, "reason": reason},
        url=reverse("vacancies:detail" if what == "published" else "vacancies:edit", args=[vacancy.pk]),
        key=f"vacancy-reviewed:{decided.pk}",
        now=now,
    )
