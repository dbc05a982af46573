"""Weight policies as they are stored: what holds on a day, and what was set when."""

from datetime import date

from matching.engine import EMPLOYER_BOUNDS, Bounds, Part
from matching.models import WeightPolicy
from matching.rules.weights import ALL_WORK, Policy, PolicyRow, WeightPolicies


def weight_policies(on: date) -> WeightPolicies:
    """What holds on a day for each kind of work. Two queries."""
    return WeightPolicies.on(stored_policies(), on)


def stored_policies() -> list[PolicyRow]:
    """Every policy ever set; there are few, and none is ever deleted. Two queries."""
    policies = WeightPolicy.objects.prefetch_related("bounds").order_by("pk")
    return [
        PolicyRow(one.pk, one.occupation_id or ALL_WORK, one.valid_from, bounds_of(one)) for one in policies
    ]


def bounds_of(policy: WeightPolicy) -> Policy:
    """Bounds of every part; the engine's own for a part that the policy says nothing about."""
    set_here = {Part(row.part): Bounds(row.usual, row.least, row.most) for row in policy.bounds.all()}
    return {part: set_here.get(part, usual) for part, usual in EMPLOYER_BOUNDS.items()}
