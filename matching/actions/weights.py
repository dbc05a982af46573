"""Setting how much the parts may count for an employer: a new policy supersedes the one before, none is changed."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.queue import enqueue
from matching.actions.errors import UnableToSetWeights
from matching.engine import PARTS, Bounds, Part
from matching.models import PartBounds, WeightPolicy
from matching.rules.shipped_weights import SHIPPED
from matching.rules.weights import Policy
from reference.models import Occupation


@transaction.atomic
def set_weight_policy(
    *, occupation: Occupation | None, bounds: Policy, valid_from: date, reason: str, by: User, now: datetime
) -> WeightPolicy:
    """Add a policy for a kind of work (None = all work without its own) and rank what it moves.

    It holds from today or a later day; what was ranked before stays as it was. Raises UnableToSetWeights.
    """
    if not reason.strip():
        raise UnableToSetWeights(_("Give a reason; everybody can read it."))
    if valid_from < now.date():
        raise UnableToSetWeights(_("A policy starts today or later: what was ranked before is not changed."))
    if set(bounds) != set(PARTS):
        raise UnableToSetWeights(_("Every part of the score needs its weights."))
    if bounds[Part.PAY] != Bounds(0, 0, 0):
        raise UnableToSetWeights(_("What a person costs never counts for an employer. Pay stays at 0."))
    if not any(each.usual for each in bounds.values()):
        raise UnableToSetWeights(_("At least one part needs a usual weight above 0."))
    policy = _add(occupation, bounds, valid_from, reason.strip(), by, now)
    enqueue("matching.sweep_rankings")
    return policy


@transaction.atomic
def load_shipped_policies(*, now: datetime) -> int:
    """Add the policies that the product ships and that are not there yet; returns how many were added.

    A policy that staff set later supersedes a shipped one, and loading again never brings the old one back.
    """
    held = set(WeightPolicy.objects.filter(set_by=None).values_list("occupation", "valid_from"))
    occupations = Occupation.objects.in_bulk()
    missing = [row for row in SHIPPED if (row.occupation or None, row.valid_from) not in held]
    for row in missing:
        occupation = occupations[row.occupation] if row.occupation else None
        _add(occupation, row.bounds, row.valid_from, row.reason, None, now)
    return len(missing)


def _add(
    occupation: Occupation | None,
    bounds: Policy,
    valid_from: date,
    reason: str,
    by: User | None,
    now: datetime,
) -> WeightPolicy:
    policy = WeightPolicy.objects.create(
        occupation=occupation, valid_from=valid_from, reason=reason, set_by=by, set_at=now
    )
    PartBounds.objects.bulk_create(
        PartBounds(policy=policy, part=str(part), **asdict(bounds[part])) for part in PARTS
    )
    noted: dict[str, Any] = {
        str(part): [bounds[part].least, bounds[part].usual, bounds[part].most] for part in PARTS
    }
    audit.record(
        verb="weights.set", target=policy, by=by, now=now, reason=reason,
        occupation=occupation.pk if occupation else None, valid_from=valid_from, bounds=noted,
    )  # fmt: skip
    return policy
