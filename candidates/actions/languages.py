"""Saving the languages that a person says they speak."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToSave
from candidates.actions.saving import lock_profile, replace_rows
from candidates.content import LanguageRow
from candidates.models import Candidate, CandidateLanguage


@transaction.atomic
def save_languages(
    *, candidate: Candidate, rows: Sequence[LanguageRow], by: User, now: datetime
) -> Candidate:
    """Replace the languages by `rows`; at least one, each once. Raises UnableToSave."""
    if not rows:
        raise UnableToSave("language", _("Name at least one language."))
    candidate = lock_profile(candidate, by)
    wanted = [
        {"language_id": row.language, "claimed_level": row.level, "mother_tongue": row.mother_tongue}
        for row in rows
    ]
    if replace_rows(candidate, CandidateLanguage, wanted):
        note_change(candidate=candidate, now=now)
    return candidate
