"""What counts how much, as the public page shows it: the engine's own definitions and the policies of today."""

from dataclasses import dataclass
from datetime import date

from matching.engine import EMPLOYER_BOUNDS, Bounds, describe
from matching.models import WeightPolicy
from matching.queries.weights import bounds_of
from matching.rules.weights import ALL_WORK, Policy
from matching.words import PART_LABELS
from reference.choices import occupation_choices


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part under one policy; `candidate` is the platform's published weight, the same for all work."""

    code: str
    label: str
    employer: Bounds
    candidate: int


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """What holds for a kind of work; `since` None where only the engine's own weights hold."""

    occupation: str
    name: str
    since: date | None
    reason: str
    parts: tuple[PartLine, ...]


def published_policies(on: date) -> list[PublishedPolicy]:
    """Today's policies: all work first, then by kind of work. Two queries."""
    begun = WeightPolicy.objects.filter(valid_from__lte=on).prefetch_related("bounds")
    latest = {one.occupation_id or ALL_WORK: one for one in begun.order_by("valid_from", "pk")}
    names = dict(occupation_choices())
    found = [_published(code, names.get(code, ""), policy) for code, policy in latest.items()]
    if ALL_WORK not in latest:
        found.append(PublishedPolicy(ALL_WORK, "", None, "", _parts(EMPLOYER_BOUNDS)))
    return sorted(found, key=lambda one: (one.occupation != ALL_WORK, one.name))


def _published(code: str, name: str, policy: WeightPolicy) -> PublishedPolicy:
    return PublishedPolicy(code, name, policy.valid_from, policy.reason, _parts(bounds_of(policy)))


def _parts(bounds: Policy) -> tuple[PartLine, ...]:
    return tuple(
        PartLine(str(each.part), str(PART_LABELS[each.part]), bounds[each.part], each.candidate_weight)
        for each in describe().parts
    )
