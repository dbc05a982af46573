"""Tasks at the computer: their material and cuts as data, and what an answer must be."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from assessments.engine.computer_tasks import Material, Task, make_tasks

FILE = Path(__file__).resolve().parent.parent / "data" / "computer_tasks.json"

SKILL = "computer_skills"
PRACTICE_SEED = 0
"""The tasks of this seed are shown before the test; no run ever gets it."""

GOES_ON_FOR = timedelta(days=14)
"""How long a run can be gone on with."""

LONGEST_ANSWER = 120


class TaskCut(NamedTuple):
    """How many tasks must be right for a level."""

    level: int
    right: int


class ComputerTest(NamedTuple):
    """The test as the file states it; `products` names each product by language."""

    version: str
    valid_months: int
    cuts: tuple[TaskCut, ...]
    cuts_set: Mapping[str, str]
    products: Mapping[str, Mapping[str, str]]
    material: Material


@cache
def computer_test() -> ComputerTest:
    """What the file says."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return ComputerTest(
        version=stored["version"],
        valid_months=stored["valid_months"],
        cuts=tuple(TaskCut(**cut) for cut in stored["cuts"]),
        cuts_set=stored["cuts_set"],
        products=stored["products"],
        material=Material(sorted(stored["products"]), stored["names"], stored["streets"], stored["towns"]),
    )


@lru_cache(maxsize=256)
def tasks_of(seed: int) -> tuple[Task, ...]:
    """The tasks that belong to a seed, from 1 on; making them takes half a millisecond."""
    return tuple(make_tasks(seed, computer_test().material))


def level_for(right: int) -> int:
    """The highest level that so many right tasks reach; 0 below the first."""
    return max((cut.level for cut in computer_test().cuts if right >= cut.right), default=0)


def cents_of(written: str) -> int | None:
    """An amount as people write it, in cents: "1,234.50", "1.234,5", "€ 12" or "12,50 euro"; None when it is no amount.

    The last of comma and point is the decimal sign, unless three digits follow it; then it stands for thousands.
    """
    bare = re.sub(r"(?i)eur(o)?|€|[\s\u00a0\u202f]", "", written)
    found = re.fullmatch(r"(-?)(\d[\d.,]*)", bare)
    if not found:
        return None
    whole, decimals = found[2], ""
    parts = re.fullmatch(r"(.*)([.,])(\d{1,2}|)", whole)
    if parts and parts[2] in parts[1]:
        return None
    if parts:
        whole, decimals = parts[1], parts[3]
    if not re.fullmatch(r"\d+|\d{1,3}([.,])\d{3}(\1\d{3})*", whole) or len(whole) > 12:
        return None
    cents = int(re.sub(r"[.,]", "", whole)) * 100 + int(decimals.ljust(2, "0") or 0)
    return -cents if found[1] else cents


def is_right(task: Task, answer: str | int | Sequence[int]) -> bool:
    """Whether an answer is the key: as written for what is copied, without regard to case and spaces for a number.

    `answer` is a text, cents, an index or indices, as the kind of answer of the task has it.
    """
    if task.answer == "choices":
        return isinstance(answer, list | tuple) and frozenset(answer) == task.key
    if task.answer == "code":
        return re.sub(r"[\s\u2010-\u2015-]", "", str(answer)).upper() == str(task.key).replace("-", "")
    return answer == task.key
