"""Reading rated tasks from their JSON, with an error that names file and task."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.enums import Activity, RatedKind
from reference.enums import CEFRLevel

FIELDS: Mapping[str, type] = {
    "code": str,
    "kind": str,
    "level": str,
    "title": str,
    "situation": str,
    "facts": list,
    "turns": list,
    "expects": list,
}
FOLDERS: Mapping[str, str] = {
    "writing": Activity.WRITTEN_INTERACTION,
    "speaking": Activity.SPOKEN_INTERACTION,
}
"""Folders of the data that hold rated tasks, a file a language."""
KINDS: Mapping[str, tuple[str, ...]] = {
    Activity.WRITTEN_INTERACTION: (RatedKind.EMAIL, RatedKind.CHAT),
    Activity.SPOKEN_INTERACTION: (RatedKind.SPOKEN,),
}
LONGEST_CODE = 32
LONGEST_TITLE = 120
MOST_TURNS = 8


class RatedTaskFileError(ValueError):
    """A file of rated tasks cannot be used; the message names file and task."""


@dataclass(frozen=True, slots=True)
class RatedTaskSheet:
    """One task as its file states it, named as the model's fields."""

    code: str
    activity: str
    kind: str
    level: int
    title: str
    situation: str
    facts: list[str]
    turns: list[str]
    expects: list[str]


def read_rated_tasks(records: object, file: str, activity: str) -> Iterator[RatedTaskSheet]:
    """The tasks of one file. Raises RatedTaskFileError."""
    if not isinstance(records, list) or not records:
        raise RatedTaskFileError(f"{file}: must hold a list of tasks")
    for number, record in enumerate(records, start=1):
        code = record.get("code") if isinstance(record, dict) else None
        where = f"{file}: {code if isinstance(code, str) and code else f'task {number}'}"
        facts = _fields(record, where)
        _check(facts, activity, where)
        yield RatedTaskSheet(**{**facts, "level": int(CEFRLevel[facts["level"]])}, activity=activity)


def _fields(record: object, where: str) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise RatedTaskFileError(f"{where}: must be an object")
    if missing := sorted(FIELDS.keys() - record.keys()):
        raise RatedTaskFileError(f"{where}: missing {', '.join(missing)}")
    if unknown := sorted(record.keys() - FIELDS.keys()):
        raise RatedTaskFileError(f"{where}: unknown {', '.join(unknown)}")
    for name, kind in FIELDS.items():
        value = record[name]
        if not isinstance(value, kind):
            raise RatedTaskFileError(f"{where}: {name} is of the wrong type")
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise RatedTaskFileError(f"{where}: {name} is empty, or holds something that is no text")
    return dict(record)


def _check(facts: Mapping[str, Any], activity: str, where: str) -> None:
    kind, turns = facts["kind"], facts["turns"]
    if len(facts["code"]) > LONGEST_CODE or len(facts["title"]) > LONGEST_TITLE:
        raise RatedTaskFileError(f"{where}: the code or the title is too long")
    if facts["level"] not in CEFRLevel.names:
        raise RatedTaskFileError(
            f"{where}: level {facts['level']!r} is not one of {', '.join(CEFRLevel.names)}"
        )
    if kind not in KINDS[activity]:
        raise RatedTaskFileError(f"{where}: kind {kind!r} is not one of {', '.join(KINDS[activity])}")
    if kind == RatedKind.CHAT and not 2 <= len(turns) <= MOST_TURNS:
        raise RatedTaskFileError(f"{where}: a chat has 2 to {MOST_TURNS} turns")
    if kind != RatedKind.CHAT and len(turns) != 1:
        raise RatedTaskFileError(f"{where}: only a chat has more than one turn")
