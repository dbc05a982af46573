"""Cutting a pool."""

import numpy as np

from matching.engine import Pool


def cut(pool: Pool, shards: int) -> list[Pool]:
    """That many neighbouring parts, as equal as can be; some are empty when there are fewer people."""
    return [pool.take(rows) for rows in np.array_split(np.arange(len(pool)), shards)]
