"""Reading a bank from its JSON, with an error that names file and item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assessments.enums import ItemSkill, ItemState
from reference.enums import CEFRLevel

ITEM_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "code": str,
    "level": str,
    "skill": str,
    "topic": str,
    "text": str,
    "prompt": str,
    "options": list,
    "key": int,
    "rationale": str,
    "descriptor": dict,
    "difficulty": (int, float),
    "discrimination": (int, float),
    "parameters_source": str,
}
BANK_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "code": str,
    "language": str,
    "name": str,
    "version": str,
    "cuts": list,
    "max_items": int,
    "valid_months": int,
}
MAY_BE_EMPTY = {"text"}
PRACTICE = "practice"
LONGEST_CODE = 32


class BankFileError(ValueError):
    """A bank file cannot be used; the message names file and item."""


@dataclass(frozen=True, slots=True)
class BankSheet:
    """The head of a bank as its file states it."""

    code: str
    language: str
    name: str
    version: str
    cuts: list[float]
    max_items: int
    valid_months: int


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """One item as its file states it, named as the model's fields."""

    code: str
    level: int
    skill: str
    topic: str
    text: str
    prompt: str
    options: list[str]
    key: int
    rationale: str
    descriptor: dict[str, str]
    a: float
    b: float
    parameters_source: str
    state: str


def read_bank(record: object, file: str) -> BankSheet:
    """Check the head of a bank. Raises BankFileError."""
    facts = _fields(record, BANK_FIELDS, f"{file}: bank")
    cuts = facts["cuts"]
    if len(cuts) != 5 or not all(isinstance(cut, int | float) for cut in cuts):
        raise BankFileError(f"{file}: {facts['code']}: cuts must be five numbers, A2 to C2")
    if any(low >= high for low, high in pairwise(cuts)):
        raise BankFileError(f"{file}: {facts['code']}: cuts must rise")
    if not 8 <= facts["max_items"] <= 60 or not 1 <= facts["valid_months"] <= 60:
        raise BankFileError(f"{file}: {facts['code']}: max_items lies in 8-60, valid_months in 1-60")
    return BankSheet(**{**facts, "cuts": [float(cut) for cut in cuts]})


def read_items(records: object, file: str) -> Iterator[ItemSheet]:
    """The items of one file; those of practice.json are marked as practice. Raises BankFileError."""
    if not isinstance(records, list):
        raise BankFileError(f"{file}: must hold a list of items")
    practice = file.rsplit("/", 1)[-1].removesuffix(".json") == PRACTICE
    for number, record in enumerate(records, start=1):
        code = record.get("code") if isinstance(record, dict) else None
        where = f"{file}: {code if isinstance(code, str) and code else f'item {number}'}"
        facts = _fields(record, ITEM_FIELDS, where)
        _check_item(facts, where)
        facts["level"] = int(CEFRLevel[facts["level"]])
        facts["a"], facts["b"] = float(facts.pop("discrimination")), float(facts.pop("difficulty"))
        yield ItemSheet(**facts, state=ItemState.PRACTICE if practice else ItemState.LIVE)


def check_codes(items: Sequence[ItemSheet], folder: str) -> None:
    """Every code once in a bank. Raises BankFileError."""
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            raise BankFileError(f"{folder}: {item.code}: this code is used twice")
        seen.add(item.code)


def _fields(record: object, wanted: Mapping[str, type | tuple[type, ...]], where: str) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise BankFileError(f"{where}: must be an object")
    if missing := sorted(wanted.keys() - record.keys()):
        raise BankFileError(f"{where}: missing {', '.join(missing)}")
    if unknown := sorted(record.keys() - wanted.keys()):
        raise BankFileError(f"{where}: unknown {', '.join(unknown)}")
    for name, kind in wanted.items():
        if not isinstance(record[name], kind) or isinstance(record[name], bool):
            raise BankFileError(f"{where}: {name} is of the wrong type")
        if kind is str and name not in MAY_BE_EMPTY and not record[name].strip():
            raise BankFileError(f"{where}: {name} is empty")
    return dict(record)


def _check_item(facts: Mapping[str, Any], where: str) -> None:
    options, key = facts["options"], facts["key"]
    if len(facts["code"]) > LONGEST_CODE:
        raise BankFileError(f"{where}: the code is longer than {LONGEST_CODE} characters")
    if facts["level"] not in CEFRLevel.names:
        raise BankFileError(f"{where}: level {facts['level']!r} is not one of {', '.join(CEFRLevel.names)}")
    if facts["skill"] not in ItemSkill.values:
        raise BankFileError(f"{where}: skill {facts['skill']!r} is not one of {', '.join(ItemSkill.values)}")
    if len(options) < 2 or not all(isinstance(option, str) and option.strip() for option in options):
        raise BankFileError(f"{where}: options must be two or more texts")
    if len(set(options)) != len(options):
        raise BankFileError(f"{where}: two options are the same")
    if not 0 <= key < len(options):
        raise BankFileError(
            f"{where}: key {key} is not one of the {len(options)} options (0-{len(options) - 1})"
        )
    if not 0 < facts["discrimination"] <= 4:
        raise BankFileError(f"{where}: discrimination {facts['discrimination']} lies outside 0-4")
    if not -6 <= facts["difficulty"] <= 6:
        raise BankFileError(f"{where}: difficulty {facts['difficulty']} lies outside -6 to 6")
