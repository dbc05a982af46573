"""Writing a note about somebody, for the own team."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from candidates.models import Candidate
from placements.models import TeamNote
from vacancies.models import Vacancy


@transaction.atomic
def write_note(
    *, vacancy: Vacancy, candidate: Candidate, key: UUID, text: str, by: User, now: datetime
) -> TeamNote:
    """Keep a note, which only the vacancy's employer reads. The same form sent twice writes one."""
    made, _new = TeamNote.objects.get_or_create(
        key=key,
        defaults={
            "employer_id": vacancy.employer_id,
            "vacancy": vacancy,
            "candidate": candidate,
            "by": by,
            "at": now,
            "text": text.strip(),
        },
    )
    return made
