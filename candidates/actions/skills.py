"""Saving the skills that a person says they have."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.saving import lock_profile, replace_rows
from candidates.content import SkillRow
from candidates.models import Candidate, CandidateSkill


@transaction.atomic
def save_skills(*, candidate: Candidate, rows: Sequence[SkillRow], by: User, now: datetime) -> Candidate:
    """Replace the stated skills by `rows`, each skill once; none is allowed."""
    candidate = lock_profile(candidate, by)
    wanted = [{"skill_id": row.skill, "stated": row.stated} for row in rows]
    if replace_rows(candidate, CandidateSkill, wanted):
        note_change(candidate=candidate, now=now)
    return candidate
