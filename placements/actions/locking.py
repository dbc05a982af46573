"""Locks of everything that acts on applications, in one order: vacancy, then candidate, then application (by id).

Who holds a later one never waits for an earlier one, so no two acts can wait for each other.
"""

from django.utils.translation import gettext as _

from candidates.models import Candidate
from placements.actions.errors import UnableToApply, UnableToNote, UnableToSetAside
from placements.models import Application
from vacancies.actions.checks import lock_vacancy
from vacancies.models import Vacancy


def lock_pair(
    vacancy: Vacancy,
    candidate: Candidate,
    error: type[UnableToApply | UnableToNote | UnableToSetAside] = UnableToApply,
) -> tuple[Vacancy, Candidate]:
    """Both rows as they are now, locked until the transaction ends. Raises `error` when the person left meanwhile."""
    vacancy, found = lock_vacancy(vacancy), lock_candidate(candidate.pk)
    if found is None:
        raise error(_("This person has left the platform meanwhile. Nothing was changed."))
    return vacancy, found


def lock_candidate(candidate_id: int) -> Candidate | None:
    """The person's row as it is now, with their account; None when they left, perhaps while this waited."""
    people = Candidate.objects.select_related("user__identity")
    return people.select_for_update(of=("self",), no_key=True).filter(pk=candidate_id).first()


def lock_application(application: Application) -> Application:
    """The row as it is now, locked together with its vacancy and its candidate, who is None when they left."""
    vacancy = lock_vacancy(application.vacancy)
    candidate_id = Application.objects.values_list("candidate_id", flat=True).get(pk=application.pk)
    candidate = lock_candidate(candidate_id) if candidate_id else None
    found = lock_row(application.pk)
    found.vacancy, found.candidate = vacancy, candidate
    return found


def lock_row(application_id: int) -> Application:
    """The application alone; with its version and employer, and the person."""
    rows = Application.objects.select_related(
        "version", "employer__country", "vacancy", "candidate__user__identity"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=application_id)
