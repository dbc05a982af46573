"""The states of a vacancy: review, publishing, pausing, closing, reopening."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit, mail
from accounts.models import User
from common.queue import enqueue
from common.states import UnableToMove, move_state
from employers.enums import EmployerState
from vacancies.actions.errors import UnableToMoveVacancy, UnableToPublish
from vacancies.content import content_of
from vacancies.enums import VACANCY_MOVES, ClosedBecause, VacancyState
from vacancies.models import Vacancy, VacancyStatusLog, VacancyVersion, VersionCountry
from vacancies.queries.pay import country_offers
from vacancies.rules.pay import passes_somewhere
from vacancies.rules.publishing import missing_facts


@transaction.atomic
def submit_vacancy(*, vacancy: Vacancy, by: User, today: date, now: datetime) -> Vacancy:
    """Hand a complete draft to the recruiters. Raises UnableToPublish or UnableToMoveVacancy."""
    vacancy = _locked(vacancy)
    _require_complete(vacancy, today)
    _move(vacancy, VacancyState.IN_REVIEW, by=by, now=now)
    return vacancy


@transaction.atomic
def approve_vacancy(*, vacancy: Vacancy, by: User, today: date, now: datetime) -> Vacancy:
    """A recruiter publishes what was handed in. Pay is checked again on this day, against every country's floor."""
    vacancy = _locked(vacancy)
    _require_complete(vacancy, today)
    version = vacancy.draft
    _move(vacancy, VacancyState.PUBLISHED, by=by, now=now, published_at=now, current=version, draft=None)
    _freeze(version, now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    _tell_author(vacancy, "published", "", now)
    return vacancy


@transaction.atomic
def send_back_vacancy(*, vacancy: Vacancy, reason: str, by: User, now: datetime) -> Vacancy:
    """A recruiter returns it to the employer with a reason."""
    if not reason.strip():
        raise UnableToMoveVacancy(_("Say why the vacancy goes back."))
    vacancy = _locked(vacancy)
    _move(vacancy, VacancyState.DRAFT, by=by, now=now, reason=reason.strip())
    _tell_author(vacancy, "sent_back", reason.strip(), now)
    return vacancy


@transaction.atomic
def publish_changes(*, vacancy: Vacancy, by: User, today: date, now: datetime) -> Vacancy:
    """Make the draft of a published or paused vacancy its current version and rank again."""
    vacancy = _locked(vacancy)
    if vacancy.state not in {VacancyState.PUBLISHED, VacancyState.PAUSED} or vacancy.draft is None:
        raise UnableToMoveVacancy(_("There are no changes to publish."))
    _require_complete(vacancy, today)
    vacancy.current, vacancy.draft, vacancy.changed_at = vacancy.draft, None, now
    vacancy.save(update_fields=["current", "draft", "changed_at"])
    _freeze(vacancy.current, now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    audit.record(verb="vacancy.version_published", target=vacancy, by=by, now=now)
    return vacancy


@transaction.atomic
def pause_vacancy(*, vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Stop showing the vacancy for a while."""
    vacancy = _locked(vacancy)
    _move(vacancy, VacancyState.PAUSED, by=by, now=now)
    return vacancy


@transaction.atomic
def resume_vacancy(*, vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Show a paused vacancy again and rank anew."""
    vacancy = _locked(vacancy)
    if vacancy.state != VacancyState.PAUSED:
        raise UnableToMoveVacancy(_("Only a paused vacancy can be resumed."))
    _move(vacancy, VacancyState.PUBLISHED, by=by, now=now)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    return vacancy


@transaction.atomic
def close_vacancy(*, vacancy: Vacancy, because: str, by: User, now: datetime) -> Vacancy:
    """End the vacancy with one of the reasons of ClosedBecause."""
    if because not in ClosedBecause.values:
        raise UnableToMoveVacancy(_("Say why the vacancy is closed."))
    vacancy = _locked(vacancy)
    _move(vacancy, VacancyState.CLOSED, by=by, now=now, reason=because, closed_at=now, closed_because=because)
    return vacancy


@transaction.atomic
def reopen_vacancy(*, vacancy: Vacancy, by: User, today: date, now: datetime) -> Vacancy:
    """Open a closed vacancy that was published before. Its pay is checked again on this day."""
    vacancy = _locked(vacancy)
    if vacancy.state != VacancyState.CLOSED or vacancy.current is None:
        raise UnableToMoveVacancy(_("Only a closed vacancy that was published before can be reopened."))
    if vacancy.draft is None:
        problems = missing_facts(content_of(vacancy.current), today)
        if problems:
            raise UnableToPublish(problems)
    _check_pay(vacancy.current, today)
    _move(
        vacancy, VacancyState.PUBLISHED, by=by, now=now, closed_at=None, closed_because="", published_at=now
    )
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    return vacancy


def _locked(vacancy: Vacancy) -> Vacancy:
    rows = Vacancy.objects.select_for_update(of=("self",)).select_related(
        "draft", "current", "employer", "created_by"
    )
    return rows.get(pk=vacancy.pk)


def _move(vacancy: Vacancy, to: str, *, by: User, now: datetime, reason: str = "", **changes: object) -> None:
    try:
        move_state(vacancy, to=to, table=VACANCY_MOVES, changed_at=now, **changes)
    except UnableToMove as error:
        raise UnableToMoveVacancy(
            _("This vacancy is now “%(state)s”, so this step is not possible.")
            % {"state": VacancyState(error.found).label}
        ) from error
    VacancyStatusLog.objects.create(vacancy=vacancy, state=to, at=now, by=by, reason=reason)
    audit.record(verb=f"vacancy.{to}", target=vacancy, by=by, now=now, reason=reason)


def _require_complete(vacancy: Vacancy, today: date) -> None:
    if vacancy.employer.state != EmployerState.ACCEPTED:
        raise UnableToPublish({"employer": _("A recruiter has to accept the company first.")})
    if vacancy.draft is None:
        raise UnableToMoveVacancy(_("There is no draft to publish."))
    problems = missing_facts(content_of(vacancy.draft), today)
    if problems:
        raise UnableToPublish(problems)
    _check_pay(vacancy.draft, today)


def _check_pay(version: VacancyVersion, today: date) -> None:
    """Store for every country how its offer stands to its floor on `today`; at least one has to pass."""
    offers = {offer.country: offer for offer in country_offers(content_of(version), today)}
    if not passes_somewhere(offers.values()):
        raise UnableToPublish(
            {
                "pay_min": _(
                    "The pay is below the wage floor, or the floor is not known, in every country you chose."
                )
            }
        )
    rows = list(version.countries.all())
    for row in rows:
        offer = offers[row.country_id]
        row.pay_state, row.pay_facts, row.checked_on = offer.state, offer.facts(), today
    VersionCountry.objects.bulk_update(rows, ["pay_state", "pay_facts", "checked_on"])


def _freeze(version: VacancyVersion | None, now: datetime) -> None:
    assert version is not None
    VacancyVersion.objects.filter(pk=version.pk).update(frozen_at=now)


def _tell_author(vacancy: Vacancy, what: str, reason: str, now: datetime) -> None:
    mail.send(
        to=vacancy.created_by,
        template=f"vacancies/mail/{what}",
        context={"vacancy": vacancy, "reason": reason},
        now=now,
    )
