"""What can be measured here, and with which items."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from assessments.engine.response_model import Parameters, parameters
from assessments.enums import ItemState
from assessments.models import Bank, Item


class Measurable(NamedTuple):
    """Codes of what a test exists for. No bank measures a skill yet: skills are measured from evidence only."""

    languages: frozenset[str]
    skills: frozenset[str]


class BankParameters(NamedTuple):
    """The live items of a bank in order of code; `params` has shape (items, 3)."""

    codes: tuple[str, ...]
    params: Parameters
    cuts: tuple[float, ...]


def live_banks() -> QuerySet[Bank]:
    """Banks with at least one live item."""
    live = Item.objects.filter(bank=OuterRef("pk"), state=ItemState.LIVE)
    return Bank.objects.filter(Exists(live)).select_related("language").order_by("code")


def measurable() -> Measurable:
    """Languages and skills that have a live bank; for all others a near miss says "not measurable here yet"."""
    return Measurable(
        languages=frozenset(live_banks().values_list("language_id", flat=True)), skills=frozenset()
    )


def bank_parameters(bank: Bank) -> BankParameters:
    """Parameters of the live items, as the simulation and studies of the bank take them."""
    items = list(Item.objects.filter(bank=bank, state=ItemState.LIVE).order_by("code"))
    return BankParameters(
        codes=tuple(item.code for item in items),
        params=parameters(
            [item.a for item in items], [item.b for item in items], [len(item.options) for item in items]
        ),
        cuts=tuple(bank.cuts),
    )
