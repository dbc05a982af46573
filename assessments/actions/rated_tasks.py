"""Loading rated tasks from their files."""

import json
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from assessments.enums import RatedTaskState
from assessments.models import RatedTask
from assessments.rules.rated_task_sheet import FOLDERS, RatedTaskFileError, RatedTaskSheet, read_rated_tasks
from reference.models import Language

FROZEN_ONCE_GIVEN = ("kind", "situation", "facts", "turns")
FIELDS = [name for name in RatedTaskSheet.__slots__ if name != "code"]


class LoadedTasks(NamedTuple):
    """What loading did, in tasks."""

    new: int
    changed: int
    unchanged: int
    retired: int


@transaction.atomic
def load_rated_tasks(*, folder: Path) -> LoadedTasks:
    """Make the rated tasks what the files in `folder` say: `writing/<language>.json` and `speaking/…`. All or nothing.

    A task that is missing from the files is retired, never deleted. Raises RatedTaskFileError.
    """
    stored = {task.code: task for task in RatedTask.objects.select_for_update()}
    known = set(Language.objects.values_list("pk", flat=True))
    new, changed, seen = [], [], set()
    for language, sheet in _sheets(folder, known):
        if sheet.code in seen:
            raise RatedTaskFileError(f"{sheet.code}: this code is used twice")
        seen.add(sheet.code)
        task = stored.get(sheet.code)
        if task is None:
            new.append(RatedTask(code=sheet.code, language_id=language, **_facts(sheet)))
        elif _differs(task, language, sheet):
            changed.append(task)
    RatedTask.objects.bulk_create(new)
    RatedTask.objects.bulk_update(changed, [*FIELDS, "state"])
    gone = [
        task.pk for task in stored.values() if task.code not in seen and task.state == RatedTaskState.LIVE
    ]
    RatedTask.objects.filter(pk__in=gone).update(state=RatedTaskState.RETIRED)
    return LoadedTasks(len(new), len(changed), len(seen) - len(new) - len(changed), len(gone))


def _sheets(folder: Path, known: set[str]) -> list[tuple[str, RatedTaskSheet]]:
    found: list[tuple[str, RatedTaskSheet]] = []
    for name, activity in FOLDERS.items():
        for path in sorted((folder / name).glob("*.json")):
            file = f"{name}/{path.name}"
            if path.stem not in known:
                raise RatedTaskFileError(f"{file}: language {path.stem!r} is not on file")
            found += [(path.stem, sheet) for sheet in read_rated_tasks(_json(path, file), file, activity)]
    return found


def _facts(sheet: RatedTaskSheet) -> dict[str, object]:
    return {name: getattr(sheet, name) for name in FIELDS}


def _differs(task: RatedTask, language: str, sheet: RatedTaskSheet) -> bool:
    """Take over what the file says; whether anything was different. Raises RatedTaskFileError."""
    facts = _facts(sheet)
    different = [name for name in FIELDS if getattr(task, name) != facts[name]]
    frozen = [name for name in FROZEN_ONCE_GIVEN if name in different]
    if task.language_id != language or (task.times_given and frozen):
        raise RatedTaskFileError(
            f"{sheet.code}: {', '.join(frozen) or 'language'} changed after people were given this task;"
            " take it out of the file and give the new one a new code"
        )
    again = task.state == RatedTaskState.RETIRED
    for name in different:
        setattr(task, name, facts[name])
    task.state = RatedTaskState.LIVE
    return bool(different) or again


def _json(path: Path, name: str) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RatedTaskFileError(f"{name}: is not JSON in UTF-8 ({error})") from error
