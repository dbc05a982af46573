"""Saving how a person likes to work."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToSave
from candidates.actions.saving import lock_profile, set_facts
from candidates.models import Candidate, WorkStyleDraft
from reference.work_style import statements, vector


@transaction.atomic
def save_work_style(
    *, candidate: Candidate, answers: Sequence[int], version: str, by: User, now: datetime
) -> Candidate:
    """Save all 24 answers (1–5, in the questionnaire's order) of one version. Raises UnableToSave."""
    try:
        vector(answers)
    except ValueError as error:
        raise UnableToSave("answers", _("Every statement needs an answer from 1 to 5.")) from error
    candidate = lock_profile(candidate, by)
    WorkStyleDraft.objects.filter(candidate=candidate).delete()
    if set_facts(candidate, work_style=list(answers), work_style_version=version):
        note_change(candidate=candidate, now=now)
    return candidate


@transaction.atomic
def keep_work_style_draft(
    *, candidate: Candidate, answers: Mapping[str, int], version: str, by: User
) -> Candidate:
    """Keep the answers of somebody who stops half-way; they count for nothing yet. Raises UnableToSave."""
    known = {statement.code for statement in statements()}
    if not answers.keys() <= known or not all(answer in range(1, 6) for answer in answers.values()):
        raise UnableToSave("answers", _("Every statement needs an answer from 1 to 5."))
    candidate = lock_profile(candidate, by)
    facts = {"version": version, "answers": dict(answers)}
    WorkStyleDraft.objects.update_or_create(candidate=candidate, defaults=facts)
    return candidate
