"""What a bank still has for a person who took its test before."""

from collections.abc import Sequence

from django.db.models import Count, F, FloatField, Q
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce

from assessments.engine.levels import reach
from assessments.enums import ItemState, SessionKind
from assessments.models import Bank, Item, Session
from candidates.models import Candidate


def unseen_counts(candidate: Candidate, banks: Sequence[Bank], sessions: Sequence[Session]) -> dict[int, int]:
    """How many items that can measure the person each bank (by id) has left; one query. `sessions` are the person's own.

    Live items that they were never given. Once they have finished a test whose sessions end when they are sure, only
    those within reach of the ability found last count: any step from one credit to the next lies there.
    """
    wanted = Q(pk__in=[])
    for bank in banks:
        theta = _last_theta(bank, sessions)
        near = Q(bank=bank)
        if theta is not None and not bank.fixed_length:
            low, high = reach(theta, bank.cuts)
            near &= Q(first_step__lte=high, last_step__gte=low)
        wanted |= near
    items = Item.objects.annotate(first_step=_place_of_step(0), last_step=_place_of_step(-1))
    left = items.filter(wanted, state=ItemState.LIVE).exclude(responses__session__candidate=candidate)
    return {row["bank"]: row["n"] for row in left.values("bank").annotate(n=Count("pk")).order_by()}


def _place_of_step(number: int) -> Combinable:
    """Where a step of partial credit lies, in logits; the difficulty of an item that is right or wrong."""
    return F("b") + Coalesce(Cast(KeyTransform(number, "steps"), FloatField()), 0.0)


def _last_theta(bank: Bank, sessions: Sequence[Session]) -> float | None:
    """Ability that the newest finished session of the bank found."""
    found = [
        one
        for one in sessions
        if one.bank_id == bank.pk
        and one.kind == SessionKind.TEST
        and one.finished_at
        and one.theta is not None
    ]
    return max(found, key=lambda one: one.finished_at or one.started_at).theta if found else None
