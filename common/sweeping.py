"""Doing many things of one kind, where one that fails must keep no other from being done."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger(__name__)
Row = TypeVar("Row")
Result = TypeVar("Result")


def each_by_itself(rows: Iterable[Row], act: Callable[[Row], Result]) -> list[Result]:
    """What came of each that did not fail. One that does is logged and left, for the next sweep to find again.

    So failures count as nothing done: they are no reason to begin again at once.
    """
    results = []
    for row in rows:
        try:
            results.append(act(row))
        except Exception:
            logger.exception("left for the next sweep: %s", row)
    return results
