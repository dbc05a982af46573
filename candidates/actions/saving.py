"""What saving a step has in common: one lock a profile, and no change when nothing differs."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.actions.errors import ProfileGone, UnableToSave
from candidates.models import Candidate


def lock_profile(candidate: Candidate, by: User) -> Candidate:
    """The stored profile, locked until the transaction ends.

    Raises UnableToSave for anybody but its owner, and ProfileGone when they have left.
    """
    if by.pk != candidate.user_id:
        raise UnableToSave("", _("Only the person themselves can change a profile."))
    return hold_profile(candidate.pk)


def hold_profile(candidate_id: int) -> Candidate:
    """The stored profile, locked until the transaction ends, whoever acts. Raises ProfileGone when the person has left.

    To be called before anything else of the person is locked: deleting them begins with this row and goes on to the rest.
    """
    found = Candidate.objects.select_for_update(no_key=True).filter(pk=candidate_id).first()
    if found is None:
        raise ProfileGone(candidate_id)
    return found


def set_facts(candidate: Candidate, **facts: Any) -> bool:
    """Put `facts` on the locked candidate and save those that differ; whether any did."""
    changed = {name: value for name, value in facts.items() if _held(candidate, name) != value}
    for name, value in changed.items():
        setattr(candidate, name, value)
    if changed:
        candidate.save(update_fields=list(changed))
    return bool(changed)


def replace_rows(candidate: Candidate, rows: type[models.Model], wanted: Iterable[dict[str, Any]]) -> bool:
    """Make the candidate's rows of one kind exactly `wanted`; whether that changed anything."""
    wanted = list(wanted)
    names = list(wanted[0]) if wanted else ["pk"]
    stored = rows._default_manager.filter(candidate=candidate)
    held = sorted(stored.values_list(*names))
    if held == sorted(tuple(row.values()) for row in wanted):
        return False
    stored.delete()
    rows._default_manager.bulk_create([rows(candidate=candidate, **row) for row in wanted])
    return True


def _held(candidate: Candidate, name: str) -> Any:
    value = getattr(candidate, name)
    return bytes(value) if isinstance(value, memoryview) else value
