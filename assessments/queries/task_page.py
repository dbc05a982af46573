"""A task as its page shows it."""

from dataclasses import dataclass

from assessments.engine.computer_tasks import Task
from assessments.rules.task_words import KINDS, LABELS, prompt_of, words_of

LOOKS = {"money": "num", "count": "num", "code": "nowrap", "day": "nowrap"}
"""How a kind of value stands in a table."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in words: its title, and its headings and rows of (words, CSS class)."""

    title: str
    heads: list[tuple[str, str]]
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ShownTask:
    """The question and what it is about."""

    kind: str
    asked: str
    tables: list[ShownTable]


def shown_task(task: Task) -> ShownTask:
    """The task in the reader's language."""
    tables = []
    for table in task.tables:
        looks = [LOOKS.get(cell.kind, "") for cell in table.rows[0]]
        heads = [(str(LABELS[head]), look) for head, look in zip(table.heads, looks, strict=True)]
        rows = [[(words_of(cell), LOOKS.get(cell.kind, "")) for cell in row] for row in table.rows]
        tables.append(ShownTable(str(LABELS[table.title]), heads, rows))
    return ShownTask(str(KINDS[task.kind]), prompt_of(task), tables)
