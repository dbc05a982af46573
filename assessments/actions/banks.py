"""Loading item banks from their files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from assessments.enums import ItemState
from assessments.models import Bank, Item
from assessments.rules.bank_sheet import (
    BankFileError,
    BankSheet,
    ItemSheet,
    check_codes,
    read_bank,
    read_items,
)
from assessments.rules.interactions import FOR_STAFF
from assessments.rules.rated_task_sheet import FOLDERS as RATED_FOLDERS
from reference.models import Language, Skill

FROZEN_ONCE_GIVEN = ("interaction", "text", "prompt", "options", "key", "content")
HEADS = "banks.json"
NO_BANKS = {"desk"}
"""Folders beside the banks that hold other tests."""


class Loaded(NamedTuple):
    """What loading one bank did, in items."""

    bank: str
    new: int
    changed: int
    unchanged: int
    retired: int


@transaction.atomic
def load_banks(*, folder: Path) -> list[Loaded]:
    """Make the banks what the files in `folder` say: `banks.json` and one subfolder a bank. All or nothing.

    An item that is missing from the files is retired, never deleted. Raises BankFileError.
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
    return [_load_bank(sheet, folder / sheet.code) for sheet in sheets]


def _load_bank(sheet: BankSheet, folder: Path) -> Loaded:
    items: list[ItemSheet] = []
    for path in sorted(folder.glob("*.json")):
        file = f"{folder.name}/{path.name}"
        items += read_items(_json(path, file), file, sheet.kind)
    if not items:
        raise BankFileError(f"{folder.name}: the folder holds no items")
    check_codes(items, folder.name)
    bank, _ = Bank.objects.update_or_create(code=sheet.code, defaults=_head(sheet))
    return _load_items(bank, items)


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


def _load_items(bank: Bank, sheets: list[ItemSheet]) -> Loaded:
    stored = {item.code: item for item in Item.objects.filter(bank=bank).select_for_update()}
    elsewhere = Item.objects.filter(code__in=[sheet.code for sheet in sheets]).exclude(bank=bank).first()
    if elsewhere:
        raise BankFileError(f"{bank.code}: {elsewhere.code}: another bank has an item of this code")
    fields = [name for name in ItemSheet.__slots__ if name != "code"]
    new, changed = [], []
    for sheet in sheets:
        facts = {name: getattr(sheet, name) for name in fields}
        item = stored.pop(sheet.code, None)
        if item is None:
            new.append(Item(bank=bank, code=sheet.code, **facts))
            continue
        different = [name for name in fields if getattr(item, name) != facts[name]]
        if item.times_given and (frozen := _frozen(item, facts)):
            raise BankFileError(
                f"{bank.code}: {sheet.code}: {', '.join(frozen)} changed after people were given this item;"
                " retire it (take it out of the file) and give the new question a new code"
            )
        if different:
            for name in different:
                setattr(item, name, facts[name])
            changed.append(item)
    Item.objects.bulk_create(new)
    Item.objects.bulk_update(changed, fields)
    gone = [item.pk for item in stored.values() if item.state != ItemState.RETIRED]
    Item.objects.filter(pk__in=gone).update(state=ItemState.RETIRED)
    return Loaded(bank.code, len(new), len(changed), len(sheets) - len(new) - len(changed), len(gone))


def _frozen(item: Item, facts: Mapping[str, Any]) -> list[str]:
    """What must not change any more of an item that people were given, and would; reasons and sources may."""
    before = {name: getattr(item, name) for name in FROZEN_ONCE_GIVEN}
    after = {name: facts[name] for name in FROZEN_ONCE_GIVEN}
    for side in (before, after):
        side["content"] = {name: part for name, part in side["content"].items() if name not in FOR_STAFF}
    return [name for name in FROZEN_ONCE_GIVEN if before[name] != after[name]]


def _json(path: Path, name: str) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BankFileError(f"{name}: there is no such file") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BankFileError(f"{name}: is not JSON in UTF-8 ({error})") from error
