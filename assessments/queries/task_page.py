"""A task as its page shows it."""

from dataclasses import dataclass

from assessments.engine.computer_tasks import Task
from assessments.rules.task_words import KINDS, LABELS, words_of


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in words: its title, headings, and rows of (heading, words, whether it is a figure)."""

    title: str
    heads: list[str]
    rows: list[list[tuple[str, str, bool]]]


@dataclass(frozen=True, slots=True)
class ShownTask:
    """What stands beside the question."""

    kind: str
    tables: list[ShownTable]


def shown_task(task: Task) -> ShownTask:
    """The task in the reader's language."""
    tables = []
    for table in task.tables:
        heads = [str(LABELS[head]) for head in table.heads]
        rows = [
            [
                (head, words_of(cell), cell.kind in ("money", "count"))
                for head, cell in zip(heads, row, strict=True)
            ]
            for row in table.rows
        ]
        tables.append(ShownTable(str(LABELS[table.title]), heads, rows))
    return ShownTask(str(KINDS[task.kind]), tables)
