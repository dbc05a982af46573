"""Who stands on a list now."""

from uuid import UUID

from candidates.models import Candidate
from matching.queries.shortlist import shortlist_of
from vacancies.models import Vacancy


def listed_person(vacancy: Vacancy, public_id: UUID) -> Candidate | None:
    """The person of that number, if they stand on the vacancy's shortlist now and agreed to be listed."""
    found = shortlist_of(vacancy)
    if found is None:
        return None
    person = found.listed.numbered(public_id)
    if person is None or found.row_of(person.pk) is None:
        return None
    return Candidate.objects.listed().filter(pk=person.pk).first()
