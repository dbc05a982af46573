"""A task to practise on before a test that people rate. Nobody rates it, so it is a text of ours and no row."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent.parent / "data" / "rated_practice.json"


class PracticeTask(NamedTuple):
    """What a customer asked, what is known, and one good answer. All texts are in the language `language_id`.

    `good` says what makes the example good. The first five are named as those of a rated task, so that the same parts
    of pages show both.
    """

    language_id: str
    title: str
    situation: str
    facts: tuple[str, ...]
    asked: str
    example: str
    good: tuple[str, ...]


def practice_task(language: str, activity: str) -> PracticeTask | None:
    """The task of a language, "written_interaction" or "spoken_interaction"; None where there is none."""
    return _tasks().get((language, activity))


@cache
def _tasks() -> Mapping[tuple[str, str], PracticeTask]:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        (language, activity): PracticeTask(
            **{**task, "language_id": language, "facts": tuple(task["facts"]), "good": tuple(task["good"])}
        )
        for language, tasks in stored.items()
        for activity, task in tasks.items()
    }
