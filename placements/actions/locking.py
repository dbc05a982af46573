"""Locks of everything that acts on applications, in one order: vacancy, then candidate, then application (by id).

Who holds a later one never waits for an earlier one, so no two acts can wait for each other.
"""

from candidates.models import Candidate
from placements.models import Application
from vacancies.actions.checks import lock_vacancy
from vacancies.models import Vacancy


def lock_pair(vacancy: Vacancy, candidate: Candidate) -> tuple[Vacancy, Candidate]:
    """Both rows as they are now, locked until the transaction ends."""
    return lock_vacancy(vacancy), lock_candidate(candidate.pk)


def lock_candidate(candidate_id: int) -> Candidate:
    """The person's row as it is now, with their account."""
    people = Candidate.objects.select_related("user__identity")
    return people.select_for_update(of=("self",), no_key=True).get(pk=candidate_id)


def lock_application(application: Application) -> Application:
    """The row as it is now, locked together with its vacancy and its candidate."""
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
