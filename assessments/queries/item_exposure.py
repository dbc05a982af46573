"""How often the items of a bank are given, and how long the bank lasts for one person."""

from typing import Final, NamedTuple

from django.db.models import Count

from assessments.engine.exposure import RECENT
from assessments.engine.overlap import overlap_rate
from assessments.enums import ItemState
from assessments.models import Bank, Item, Response
from assessments.queries.sessions import given_lately

TOO_OFTEN: Final = 0.30
"""Share of recent sessions above which an item counts as known."""

STEPS: Final = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30)


class ItemShare(NamedTuple):
    """An item with the share of recent sessions that gave it."""

    item: Item
    times: int
    share: float


class Bar(NamedTuple):
    """How many items have a share above `above` and up to `to`; `to` is None for the last, both 0 for never given."""

    above: float
    to: float | None
    items: int
    width: str


class Exposure(NamedTuple):
    """Shares of the live items in the newest `sessions`, the highest first; `overlap` of two of them; `tests` that one
    person can take before unseen items run out, and how many people that has happened to."""

    sessions: int
    overlap: float | None
    shares: list[ItemShare]
    too_often: list[ItemShare]
    never: list[ItemShare]
    bars: list[Bar]
    tests: int
    people: int
    used_up: int


def exposure_of(bank: Bank) -> Exposure:
    """The report of one bank. Four queries."""
    lately = given_lately(bank, RECENT)
    items = list(Item.objects.filter(bank=bank, state=ItemState.LIVE).order_by("code"))
    shares = [_share(item, lately.times.get(item.pk, 0), lately.sessions) for item in items]
    shares.sort(key=lambda row: (-row.times, row.item.code))
    seen = list(
        Response.objects.filter(item__bank=bank, item__state=ItemState.LIVE)
        .order_by()
        .values_list("session__candidate")
        .annotate(n=Count("item", distinct=True))
        .values_list("n", flat=True)
    )
    return Exposure(
        sessions=lately.sessions,
        overlap=overlap_rate([row.times for row in shares], lately.sessions),
        shares=shares,
        too_often=[row for row in shares if row.share > TOO_OFTEN],
        never=[row for row in shares if not row.times],
        bars=_bars(shares),
        tests=_tests(len(items), bank),
        people=len(seen),
        used_up=sum(len(items) - count < bank.min_items for count in seen),
    )


def _share(item: Item, times: int, sessions: int) -> ItemShare:
    return ItemShare(item, times, times / sessions if sessions else 0.0)


def _tests(live: int, bank: Bank) -> int:
    """Tests of full length, and one more where what is left still makes the shortest."""
    whole, left = divmod(live, bank.max_items)
    return whole + (left >= bank.min_items)


def _bars(shares: list[ItemShare]) -> list[Bar]:
    never = sum(not row.times for row in shares)
    bounds: list[tuple[float, float | None]] = [(0.0, 0.0)]
    bounds += list(zip((0.0, *STEPS[:-1]), STEPS, strict=True))
    bounds += [(STEPS[-1], None)]
    counts = [never]
    for above, to in bounds[1:]:
        counts.append(
            sum(row.times > 0 and above < row.share and (to is None or row.share <= to) for row in shares)
        )
    most = max([1, *counts])
    return [
        Bar(above, to, count, f"{100 * count / most:.1f}%")
        for (above, to), count in zip(bounds, counts, strict=True)
    ]
