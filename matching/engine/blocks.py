"""Work on many rows in blocks that the cache holds, on as many threads as are wanted.

NumPy lets go of Python's lock while it works through a block, so that threads do run together.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

R = TypeVar("R")

BLOCK: Final = 1 << 15
"""People looked at at once: what they need fits the second-level cache."""
WORTH_THREADS: Final = 1 << 16
"""Fewer people are not worth a second thread."""


def in_blocks(work: Callable[[int, int], R], size: int, threads: int = 1) -> list[R]:
    """What `work(start, stop)` returns for each block of `size` rows, in order."""
    spans = [(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]
    if threads <= 1 or size < WORTH_THREADS:
        return [work(*span) for span in spans]
    with ThreadPoolExecutor(threads) as executor:
        return list(executor.map(lambda span: work(*span), spans))
