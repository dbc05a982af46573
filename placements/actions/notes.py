"""Writing a note about somebody, for the own team."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from candidates.models import Candidate
from placements.actions.errors import UnableToNote
from placements.actions.locking import lock_pair
from placements.models import TeamNote
from vacancies.models import Vacancy


@transaction.atomic
def write_note(
    *, vacancy: Vacancy, candidate: Candidate, key: UUID, text: str, by: User, now: datetime
) -> TeamNote:
    """Keep a note, which only the vacancy's employer reads. Raises UnableToNote.

    The same form sent twice writes one; sent again with other words it writes another one.
    """
    text = text.strip()
    vacancy, candidate = lock_pair(vacancy, candidate, UnableToNote)
    made, _new = TeamNote.objects.get_or_create(
        key=uuid5(key, f"{vacancy.pk} {candidate.pk} {text}"),
        defaults={
            "employer_id": vacancy.employer_id,
            "vacancy": vacancy,
            "candidate": candidate,
            "by": by,
            "at": now,
            "text": text,
        },
    )
    return made
