"""Items as staff look after them."""

from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import Corr
from django.db.models import Avg, Count, F, QuerySet

from assessments.enums import ItemAct, ItemState, SessionState
from assessments.models import Bank, Item, ItemLog, Response
from assessments.queries.sessions import seen_item_ids
from candidates.models import Candidate


def writer_ids(item: Item) -> frozenset[int]:
    """Ids of everybody who wrote or edited an item."""
    found = ItemLog.objects.filter(item=item, act__in=[ItemAct.WRITTEN, ItemAct.EDITED])
    return frozenset(by for by in found.values_list("by_id", flat=True) if by is not None)


def unseen_pilots(candidate: Candidate, bank: Bank) -> QuerySet[Item]:
    """Items of a bank that are being tried out and that the person was never given, in order of code."""
    return (
        Item.objects.filter(bank=bank, state=ItemState.PILOT)
        .exclude(pk__in=seen_item_ids(candidate, bank))
        .order_by("code")
    )


class ItemFigures(NamedTuple):
    """What the answers to an item say: their number, the mean share of its credit, and how it goes with ability.

    `with_ability` is the correlation of credit and final ability; None below two answers, or where all are alike.
    """

    answers: int
    share_of_credit: float | None
    with_ability: float | None


def item_figures(item: Item) -> ItemFigures:
    """From finished sessions only."""
    rows = Response.objects.filter(item=item, answered_at__isnull=False, session__state=SessionState.FINISHED)
    found: dict[str, Any] = rows.aggregate(
        n=Count("pk"), mean=Avg("credit"), r=Corr("credit", F("session__theta"))
    )
    mean = found["mean"]
    return ItemFigures(found["n"], None if mean is None else mean / item.most_credit, found["r"])
