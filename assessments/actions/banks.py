"""Loading item banks from their files."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from assessments.actions.cut_scores import keep_cuts_of_file
from assessments.enums import ItemAct, ItemState
from assessments.models import Bank, Item, ItemLog
from assessments.rules.bank_sheet import (
    BankFileError,
    BankSheet,
    ItemSheet,
    check_codes,
    read_bank,
    read_items,
)
from assessments.rules.interactions import FOR_STAFF
from assessments.rules.item_life import CALIBRATED
from assessments.rules.rated_task_sheet import FOLDERS as RATED_FOLDERS
from reference.models import Language, Skill

FROZEN_ONCE_GIVEN = ("interaction", "text", "prompt", "options", "key", "content")
HEADS = "banks.json"
NO_BANKS = {"desk"}
"""Folders beside the banks that hold other tests."""
PARAMETERS = ("a", "b", "steps", "parameters_source")


class Loaded(NamedTuple):
    """What loading one bank did, in items."""

    bank: str
    new: int
    changed: int
    unchanged: int
    retired: int


@transaction.atomic
def load_banks(*, folder: Path, now: datetime) -> list[Loaded]:
    """Make the banks what the files in `folder` say: `banks.json` and one subfolder a bank. All or nothing.

    An item that is missing from the files is retired, never deleted. What people decided stands: items written in the
    administration, items that somebody retired, calibrated parameters, cut scores. Raises BankFileError.
    """
    heads = _json(folder / HEADS, HEADS)
    if not isinstance(heads, list):
        raise BankFileError(f"{HEADS}: must hold a list of banks")
    sheets = [read_bank(head, HEADS) for head in heads]
    unlisted = (
        {path.name for path in folder.iterdir() if path.is_dir()}
        - {sheet.code for sheet in sheets}
        - NO_BANKS
        - RATED_FOLDERS.keys()
    )
    if unlisted:
        raise BankFileError(f"{HEADS}: says nothing about the folder {min(unlisted)}")
    return [_load_bank(sheet, folder / sheet.code, now) for sheet in sheets]


def _load_bank(sheet: BankSheet, folder: Path, now: datetime) -> Loaded:
    items: list[ItemSheet] = []
    for path in sorted(folder.glob("*.json")):
        file = f"{folder.name}/{path.name}"
        items += read_items(_json(path, file), file, sheet.kind)
    if not items:
        raise BankFileError(f"{folder.name}: the folder holds no items")
    check_codes(items, folder.name)
    head = _head(sheet)
    without_cuts = {name: value for name, value in head.items() if name != "cuts"}
    bank, _ = Bank.objects.update_or_create(code=sheet.code, defaults=without_cuts, create_defaults=head)
    keep_cuts_of_file(bank=bank, cuts=sheet.cuts, now=now)
    return _load_items(bank, items, now)


def _head(sheet: BankSheet) -> dict[str, Any]:
    """The columns of a bank. Raises BankFileError where it names a language or skill that is not on file."""
    named: dict[str, type[Language | Skill]] = {"language": Language, "skill": Skill, "written_in": Language}
    head: dict[str, Any] = {}
    for name in sheet.__slots__:
        value = getattr(sheet, name)
        if name not in named:
            head[name] = value
        elif value and not named[name].objects.filter(pk=value).exists():
            raise BankFileError(f"{HEADS}: {sheet.code}: {name} {value!r} is not on file")
        else:
            head[f"{name}_id"] = value or None
    head.pop("code")
    return head


def _load_items(bank: Bank, sheets: list[ItemSheet], now: datetime) -> Loaded:
    stored = {item.code: item for item in Item.objects.filter(bank=bank, written_by=None).select_for_update()}
    _check_codes_are_free(bank, sheets)
    kept_out = _retired_by_people(bank)
    new: list[Item] = []
    changed: dict[str, Item] = {}
    moved: list[Item] = []
    fields = [name for name in ItemSheet.__slots__ if name != "code"]
    for sheet in sheets:
        facts = {name: getattr(sheet, name) for name in fields}
        item = stored.pop(sheet.code, None)
        if item is None:
            new.append(Item(bank=bank, code=sheet.code, **facts))
            continue
        if item.pk in kept_out:
            facts.pop("state")
        if different := _different(item, facts, bank):
            changed[item.code] = item
            moved += [item] if "state" in different else []
            for name in different:
                setattr(item, name, facts[name])
    try:
        Item.objects.bulk_create(new)
    except IntegrityError as error:
        raise BankFileError(f"{bank.code}: one of its new codes was used a moment ago; load again") from error
    Item.objects.bulk_update(changed.values(), fields)
    gone = [item for item in stored.values() if item.state != ItemState.RETIRED]
    for item in gone:
        item.state = ItemState.RETIRED
    Item.objects.bulk_update(gone, ["state"])
    _note(moved, "The files name it again, or otherwise.", now)
    _note(gone, "The files do not name it any more.", now)
    return Loaded(bank.code, len(new), len(changed), len(sheets) - len(new) - len(changed), len(gone))


def _frozen(item: Item, facts: Mapping[str, Any]) -> list[str]:
    """What must not change any more of an item that people were given, and would; reasons and sources may."""
    before = {name: getattr(item, name) for name in FROZEN_ONCE_GIVEN}
    after = {name: facts[name] for name in FROZEN_ONCE_GIVEN}
    for side in (before, after):
        side["content"] = {name: part for name, part in side["content"].items() if name not in FOR_STAFF}
    return [name for name in FROZEN_ONCE_GIVEN if before[name] != after[name]]


def _check_codes_are_free(bank: Bank, sheets: list[ItemSheet]) -> None:
    named = Item.objects.filter(code__in=[sheet.code for sheet in sheets])
    if elsewhere := named.exclude(bank=bank).first():
        raise BankFileError(f"{bank.code}: {elsewhere.code}: another bank has an item of this code")
    if written_here := named.exclude(written_by=None).first():
        raise BankFileError(
            f"{bank.code}: {written_here.code}: an item written in the administration has this code"
        )


def _retired_by_people(bank: Bank) -> frozenset[int]:
    """Ids of items of the files whose last step was that somebody retired them."""
    last = (
        ItemLog.objects.filter(item__bank=bank, item__written_by=None, act=ItemAct.MOVED)
        .order_by("item_id", "-pk")
        .distinct("item_id")
        .values_list("item_id", "by_id", "state")
    )
    return frozenset(item for item, by, state in last if by is not None and state == ItemState.RETIRED)


def _different(item: Item, facts: dict[str, Any], bank: Bank) -> list[str]:
    """The columns in which an item differs from its file, without those that its answers have decided since."""
    calibrated_here = item.parameters_source.startswith(CALIBRATED) and not facts[
        "parameters_source"
    ].startswith(CALIBRATED)
    decided = PARAMETERS if calibrated_here else ()
    different = [
        name for name, value in facts.items() if getattr(item, name) != value and name not in decided
    ]
    if item.times_given and (frozen := _frozen(item, facts)):
        raise BankFileError(
            f"{bank.code}: {item.code}: {', '.join(frozen)} changed after people were given this item;"
            " retire it (take it out of the file) and give the new question a new code"
        )
    return different


def _note(items: list[Item], reason: str, now: datetime) -> None:
    ItemLog.objects.bulk_create(
        ItemLog(item=item, act=ItemAct.MOVED, state=item.state, edition=item.edition, at=now, reason=reason)
        for item in items
    )


def _json(path: Path, name: str) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BankFileError(f"{name}: there is no such file") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BankFileError(f"{name}: is not JSON in UTF-8 ({error})") from error
