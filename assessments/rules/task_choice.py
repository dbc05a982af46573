"""Which tasks make up one attempt at a rated test."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from assessments.enums import Activity, RatedKind

ATTEMPT = {
    Activity.WRITTEN_INTERACTION: (RatedKind.EMAIL, RatedKind.CHAT),
    Activity.SPOKEN_INTERACTION: (RatedKind.SPOKEN, RatedKind.SPOKEN),
}
"""The kinds of the tasks of one attempt, in order."""


class TaskFacts(NamedTuple):
    """What the choice goes by."""

    pk: int
    kind: str
    level: int


def choose_tasks(unseen: Sequence[TaskFacts], activity: str, rng: Random) -> list[int]:
    """Ids of the tasks of an attempt, in order; empty when there are too few that the person never saw.

    The first is drawn; the next is the one whose level lies farthest from it, so that both an easy and a demanding case
    come up. Among equals it is drawn.
    """
    chosen: list[TaskFacts] = []
    for kind in ATTEMPT[Activity(activity)]:
        left = [task for task in unseen if task.kind == kind and task not in chosen]
        if not left:
            return []
        far = max(_distance(task, chosen) for task in left)
        chosen.append(rng.choice([task for task in left if _distance(task, chosen) == far]))
    return [task.pk for task in chosen]


def _distance(task: TaskFacts, chosen: Sequence[TaskFacts]) -> int:
    return min((abs(task.level - one.level) for one in chosen), default=0)
