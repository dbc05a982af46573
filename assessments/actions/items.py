"""The life of an item: written, reviewed by another person, tried out, live, retired."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.enums import ITEM_MOVES, ItemAct, ItemState
from assessments.models import Bank, Item, ItemLog
from assessments.queries.items import writer_ids
from assessments.rules.bank_sheet import ItemSheet
from assessments.rules.item_life import moves_open_to
from common.states import UnableToMove, move_state


class UnableToWrite(Exception):
    """Another item has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(_("another item has the code %(code)s.") % {"code": code})
        self.code = code


class UnableToEdit(Exception):
    """The item is no draft any more, or somebody else has changed it since it was read."""


class UnableToMoveItem(Exception):
    """The item cannot go there, or not by this person, or it has changed since it was read."""


class ReasonMissing(UnableToMoveItem):
    """A move says why."""


@transaction.atomic
def write_draft(*, bank: Bank, sheet: ItemSheet, by: User, now: datetime) -> Item:
    """A new draft. `sheet` has passed the rules of bank files. Raises UnableToWrite."""
    if Item.objects.filter(code=sheet.code).exists():
        raise UnableToWrite(sheet.code)
    try:
        with transaction.atomic():
            item = Item.objects.create(bank=bank, written_by=by, **_facts(sheet))
    except IntegrityError as error:
        if Item.objects.filter(code=sheet.code).exists():  # written by somebody else since it was looked for
            raise UnableToWrite(sheet.code) from error
        raise
    _note(item, ItemAct.WRITTEN, by, now)
    return item


@transaction.atomic
def edit_draft(*, item: Item, sheet: ItemSheet, edition: int, by: User, now: datetime) -> Item:
    """Give a draft another text. `edition` is the one that the person had before them. Raises UnableToEdit."""
    facts = {**_facts(sheet), "code": item.code, "edition": edition + 1}
    if Item.objects.filter(pk=item.pk, state=ItemState.DRAFT, edition=edition).update(**facts) != 1:
        raise UnableToEdit
    item.refresh_from_db()
    _note(item, ItemAct.EDITED, by, now)
    return item


def _facts(sheet: ItemSheet) -> dict[str, Any]:
    return {**asdict(sheet), "state": ItemState.DRAFT}


@transaction.atomic
def move_item(*, item: Item, to: str, edition: int, reason: str, by: User, now: datetime) -> Item:
    """Move an item on, with a reason; of two people at once one succeeds. Raises a kind of UnableToMoveItem.

    Nobody reviews what they wrote or edited. A session that began before an item was retired no longer gives it.
    """
    if not reason.strip():
        raise ReasonMissing
    locked = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if locked.edition != edition or to not in moves_open_to(
        state=locked.state, person_id=by.pk, writers=writer_ids(locked)
    ):
        raise UnableToMoveItem
    changes: dict[str, Any] = {"reviewed_by": by} if to == ItemState.REVIEWED else {}
    if to == ItemState.DRAFT:
        changes = {"reviewed_by": None}
    try:
        move_state(item, to=to, table=ITEM_MOVES, **changes)
    except UnableToMove as error:
        raise UnableToMoveItem from error
    _note(item, ItemAct.MOVED, by, now, reason.strip())
    return item


def _note(item: Item, act: ItemAct, by: User, now: datetime, reason: str = "") -> None:
    ItemLog.objects.create(
        item=item, act=act, state=item.state, edition=item.edition, at=now, by=by, reason=reason
    )
