"""What can be measured here, and with which items."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from assessments.engine.response_model import Parameters, parameter_rows
from assessments.enums import ItemState
from assessments.models import Bank, Item
from assessments.rules.interactions import guessing, question_of


class Measurable(NamedTuple):
    """Codes of what a test exists for."""

    languages: frozenset[str]
    skills: frozenset[str]


class BankParameters(NamedTuple):
    """The live items of a bank in order of code; `params` has shape (items, 3), wider with partial credit."""

    codes: tuple[str, ...]
    params: Parameters
    cuts: tuple[float, ...]


def live_banks() -> QuerySet[Bank]:
    """Banks with at least one live item."""
    live = Item.objects.filter(bank=OuterRef("pk"), state=ItemState.LIVE)
    return (
        Bank.objects.filter(Exists(live)).select_related("language", "skill", "written_in").order_by("code")
    )


def language_cuts() -> dict[str, tuple[float, ...]]:
    """Cuts of the bank of each language that has one, by the language's code; one query."""
    rows = Bank.objects.exclude(language=None).order_by("code").values_list("language_id", "cuts")
    return {language: tuple(cuts) for language, cuts in rows}


def measurable() -> Measurable:
    """Languages and skills that have a live bank; for all others a near miss says "not measurable here yet"."""
    found = list(live_banks().values_list("language_id", "skill_id"))
    return Measurable(
        languages=frozenset(language for language, _ in found if language),
        skills=frozenset(skill for _, skill in found if skill),
    )


def item_parameters(item: Item) -> list[float]:
    """The row of one item: a, b, c, then the steps of its partial credit."""
    return [item.a, item.b, guessing(question_of(item)), *item.steps]


def bank_parameters(bank: Bank) -> BankParameters:
    """Parameters of the live items, as the simulation and studies of the bank take them."""
    items = list(Item.objects.filter(bank=bank, state=ItemState.LIVE).order_by("code"))
    return BankParameters(
        codes=tuple(item.code for item in items),
        params=parameter_rows([item_parameters(item) for item in items]),
        cuts=tuple(bank.cuts),
    )
