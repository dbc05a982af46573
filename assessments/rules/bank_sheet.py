"""Reading a bank from its JSON, with an error that names file and item."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from assessments.enums import SKILLS_OF_KIND, BankKind, Interaction, ItemState
from assessments.rules.cut_scores import flaw_of_cuts
from assessments.rules.interactions import flaws, question_of
from reference.enums import CEFRLevel

ITEM_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "code": str,
    "level": str,
    "skill": str,
    "topic": str,
    "text": str,
    "prompt": str,
    "options": list,
    "key": (int, list),
    "rationale": str,
    "descriptor": dict,
    "difficulty": (int, float),
    "discrimination": (int, float),
    "parameters_source": str,
}
ITEM_DEFAULTS: Mapping[str, Any] = {"interaction": Interaction.CHOICE.value, "content": {}, "steps": []}
"""What a file may leave out of an item."""

BANK_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "code": str,
    "name": str,
    "version": str,
    "cuts": list,
    "max_items": int,
    "valid_months": int,
}
BANK_DEFAULTS: Mapping[str, Any] = {
    "kind": BankKind.LANGUAGE.value,
    "language": "",
    "skill": "",
    "written_in": "",
    "min_items": 8,
}
"""What a file may leave out of a bank; a bank of a language is written in that language."""

MAY_BE_EMPTY = {"text", *BANK_DEFAULTS}
PRACTICE = "practice"
LONGEST_CODE = 32
SKILL_LEVELS: Mapping[str, int] = {"1": 1, "2": 2, "3": 3}


class BankFileError(ValueError):
    """A bank file cannot be used; the message names file and item."""


@dataclass(frozen=True, slots=True)
class BankSheet:
    """The head of a bank as its file states it."""

    code: str
    kind: str
    language: str
    skill: str
    written_in: str
    name: str
    version: str
    cuts: list[float]
    min_items: int
    max_items: int
    valid_months: int


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """One item as its file states it, named as the model's fields."""

    code: str
    interaction: str
    level: int
    skill: str
    topic: str
    text: str
    prompt: str
    options: list[Any]
    key: Any
    content: dict[str, Any]
    rationale: str
    descriptor: dict[str, str]
    a: float
    b: float
    steps: list[float]
    parameters_source: str
    state: str


def read_bank(record: object, file: str) -> BankSheet:
    """Check the head of a bank. Raises BankFileError."""
    facts = _fields(record, BANK_FIELDS, BANK_DEFAULTS, f"{file}: bank")
    where = f"{file}: {facts['code']}"
    if facts["kind"] not in BankKind.values:
        raise BankFileError(f"{where}: kind {facts['kind']!r} is not one of {', '.join(BankKind.values)}")
    wanted, other = ("language", "skill") if facts["kind"] == BankKind.LANGUAGE else ("skill", "language")
    if not facts[wanted] or facts[other]:
        raise BankFileError(f"{where}: a bank of {facts['kind']} names a {wanted} and no {other}")
    facts["written_in"] = facts["written_in"] or facts["language"]
    if not facts["written_in"]:
        raise BankFileError(f"{where}: written_in is missing")
    _check_cuts(facts, where)
    if not 8 <= facts["max_items"] <= 60 or not 1 <= facts["valid_months"] <= 60:
        raise BankFileError(f"{where}: max_items lies in 8-60, valid_months in 1-60")
    if not 1 <= facts["min_items"] <= facts["max_items"]:
        raise BankFileError(f"{where}: min_items lies in 1-{facts['max_items']}, the most items")
    return BankSheet(**{**facts, "cuts": [float(cut) for cut in facts["cuts"]]})


def _check_cuts(facts: Mapping[str, Any], where: str) -> None:
    if flaw := flaw_of_cuts(facts["cuts"], of_language=bool(facts["language"])):
        raise BankFileError(f"{where}: {flaw}")


def read_items(records: object, file: str, kind: str = BankKind.LANGUAGE) -> Iterator[ItemSheet]:
    """The items of one file of a bank of that kind; those of practice.json are marked as practice. Raises BankFileError."""
    if not isinstance(records, list):
        raise BankFileError(f"{file}: must hold a list of items")
    practice = file.rsplit("/", 1)[-1].removesuffix(".json") == PRACTICE
    for number, record in enumerate(records, start=1):
        code = record.get("code") if isinstance(record, dict) else None
        where = f"{file}: {code if isinstance(code, str) and code else f'item {number}'}"
        facts = _fields(record, ITEM_FIELDS, ITEM_DEFAULTS, where)
        _check_item(facts, kind, where)
        levels = CEFRLevel.__members__ if kind == BankKind.LANGUAGE else SKILL_LEVELS
        facts["level"] = int(levels[facts["level"]])
        facts["a"], facts["b"] = float(facts.pop("discrimination")), float(facts.pop("difficulty"))
        sheet = ItemSheet(**facts, state=ItemState.PRACTICE if practice else ItemState.LIVE)
        for flaw in flaws(question_of(sheet)):
            raise BankFileError(f"{where}: {flaw}")
        yield sheet


def check_codes(items: Sequence[ItemSheet], folder: str) -> None:
    """Every code once in a bank. Raises BankFileError."""
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            raise BankFileError(f"{folder}: {item.code}: this code is used twice")
        seen.add(item.code)


def _fields(
    record: object, wanted: Mapping[str, type | tuple[type, ...]], defaults: Mapping[str, Any], where: str
) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise BankFileError(f"{where}: must be an object")
    if missing := sorted(wanted.keys() - record.keys()):
        raise BankFileError(f"{where}: missing {', '.join(missing)}")
    if unknown := sorted(record.keys() - wanted.keys() - defaults.keys()):
        raise BankFileError(f"{where}: unknown {', '.join(unknown)}")
    kinds = {**wanted, **{name: type(value) for name, value in defaults.items()}}
    facts = {**{name: copy(value) for name, value in defaults.items()}, **record}
    for name, kind in kinds.items():
        if not isinstance(facts[name], kind) or isinstance(facts[name], bool):
            raise BankFileError(f"{where}: {name} is of the wrong type")
        if kind is str and name not in MAY_BE_EMPTY and not facts[name].strip():
            raise BankFileError(f"{where}: {name} is empty")
    return facts


def _check_item(facts: Mapping[str, Any], kind: str, where: str) -> None:
    levels = CEFRLevel.names if kind == BankKind.LANGUAGE else list(SKILL_LEVELS)
    skills = sorted(SKILLS_OF_KIND[kind])
    if len(facts["code"]) > LONGEST_CODE:
        raise BankFileError(f"{where}: the code is longer than {LONGEST_CODE} characters")
    if facts["level"] not in levels:
        raise BankFileError(f"{where}: level {facts['level']!r} is not one of {', '.join(levels)}")
    if facts["skill"] not in skills:
        raise BankFileError(f"{where}: skill {facts['skill']!r} is not one of {', '.join(skills)}")
    if not 0 < facts["discrimination"] <= 4:
        raise BankFileError(f"{where}: discrimination {facts['discrimination']} lies outside 0-4")
    if not -6 <= facts["difficulty"] <= 6:
        raise BankFileError(f"{where}: difficulty {facts['difficulty']} lies outside -6 to 6")
