"""The pool from PostgreSQL: built anew, brought up to date after 1,000 changes, and opened in a fresh process.

The peers of building read the same rows of the same tables through server-side cursors: once doing nothing with them,
once into one array a column, which is still a long way from a pool.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import psycopg2

from benchmarks.fresh import in_fresh_process
from benchmarks.inside import measure_inside
from benchmarks.timing import Row, interleaved, rows_of

TABLES: Final = {
    "candidates_candidate": "*",
    "candidates_candidatelanguage": "candidate_id, language_id, claimed_level",
    "candidates_candidateskill": "candidate_id, skill_id, stated",
    "candidates_placeknown": "candidate_id, country_id",
    "candidates_marketserved": "candidate_id, country_id",
    "candidates_experience": "candidate_id, sector_id, channel_id, months",
    "assessments_measurement": "candidate_id, language_id, skill_id, level, theta, standard_error, measured_on, expires_on",
}
ITERSIZE: Final = 10_000
CHANGED: Final = 1000
ROUNDS: Final = 5
SECONDS: Final = 15.0


def measure(sizes: Sequence[int]) -> list[Row]:
    """At every size."""
    return measure_inside("pool_build", "pool from PostgreSQL", sizes)


def inside(size: int) -> tuple[list[Row], str]:
    """Building, refreshing and opening, in the process that has Django."""
    from django.utils import timezone

    from matching.queries.held_pool import basis_of, read_anew, refreshed
    from matching.queries.pool import read_pool
    from reference.queries.rates import exchange_rates

    on = timezone.localdate()
    rates = exchange_rates(on)
    taken = interleaved(
        {
            "ours": lambda: read_pool(on, None, rates),
            "cursors, rows only": _read_rows,
            "cursors, into arrays": _read_arrays,
        },
        ROUNDS,
        SECONDS,
    )
    rows = rows_of("pool_build", size, "built anew", taken)
    held = read_anew(on, rates, basis_of(rates))
    held.pool.groups, held.pool.digest  # noqa: B018 - as of a pool that a worker has ranked with
    _touch(size)
    fresh = refreshed(held, on, rates)
    if fresh.pool.digest != read_pool(on, None, rates).digest:
        raise AssertionError("the refreshed pool is not the one that is read anew")
    taken = interleaved(
        {"ours": lambda: refreshed(held, on, rates), "rebuild": lambda: read_pool(on, None, rates)},
        ROUNDS,
        SECONDS,
    )
    rows += rows_of("refresh", size, f"{min(CHANGED, size)} people changed", taken)
    rebuilding = taken["rebuild"]
    with TemporaryDirectory() as folder:
        held.pool.save(Path(folder) / "pool")
        found = [in_fresh_process("opening", str(Path(folder) / "pool"), "typical") for _ in range(ROUNDS)]
    opened = {"ours": [one["open"] + one["rank"] for one in found], "rebuild": rebuilding}
    rows += rows_of("opening", size, "open and rank typical", opened)
    steps = ", ".join(
        f"{name} {sorted(one[name] for one in found)[len(found) // 2]:.1f} ms" for name in found[0]
    )
    return rows, f"a fresh process: {steps}"


def _touch(size: int) -> None:
    """Change the lowest pay that some people accept, spread over everybody."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE candidates_candidate SET minimum_pay = 1, wished_pay = 30, changed_at = now()"
            " WHERE id IN (SELECT id FROM candidates_candidate ORDER BY id %% %s, id LIMIT %s)",
            [max(size // CHANGED, 1), CHANGED],
        )


def _read_rows() -> int:
    return sum(1 for table in TABLES for _ in _rows(table))


def _read_arrays() -> int:
    """Numbers become arrays, everything else stays a column of Python's own values."""
    columns = [column for table in TABLES for column in zip(*_rows(table), strict=True)]
    return len([np.array(column) if isinstance(column[0], int | float) else column for column in columns])


def _rows(table: str) -> Iterator[tuple[Any, ...]]:
    from django.conf import settings

    with closing(psycopg2.connect(settings.DATABASE_URL)) as there, there.cursor(name=table) as cursor:
        cursor.itersize = ITERSIZE
        cursor.execute(f"SELECT {TABLES[table]} FROM {table}")
        yield from cursor
