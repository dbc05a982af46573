"""The tasks of a run, in order of how hard they are."""

from collections.abc import Callable
from random import Random

from assessments.engine.computer_tasks.finding import (
    copy_mail,
    copy_reference,
    find_by_customer,
    find_by_two,
    find_oldest,
)
from assessments.engine.computer_tasks.parts import Material, Task
from assessments.engine.computer_tasks.reckoning import (
    compare_bill,
    compare_numbers,
    compare_records,
    refund,
    total_of_customer,
    total_with_delivery,
    total_with_discount,
)

VERSION = "1"
"""Changes whenever the same seed would give another task."""

MAKERS: tuple[Callable[[Random, Material], Task], ...] = (
    find_by_customer,
    copy_mail,
    compare_numbers,
    total_with_delivery,
    find_by_two,
    copy_reference,
    compare_records,
    total_with_discount,
    find_oldest,
    compare_bill,
    refund,
    total_of_customer,
)
"""Find, copy, compare, calculate: the four sorts, easy first."""


def make_tasks(seed: int, material: Material) -> list[Task]:
    """The twelve tasks that belong to a seed. Each has its own generator, so a change in one leaves the others alone."""
    return [
        maker(Random(f"{VERSION}/{seed}/{maker.__name__}"), material)  # noqa: S311
        for maker in MAKERS
    ]
