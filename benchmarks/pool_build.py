"""The pool from PostgreSQL: built anew, brought up to date after 1,000 changes, and opened in a fresh process.

The peer of building reads everybody through a server-side cursor and makes the very same pool. "Rebuild" is what a
process without a stored pool does before it can rank: read, lay out groups, digest.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.fresh import in_fresh_process
from benchmarks.inside import measure_inside
from benchmarks.timing import Row, interleaved, rows_of

CHANGED: Final = 1000
ROUNDS: Final = 5
SECONDS: Final = 15.0


def measure(sizes: Sequence[int]) -> list[Row]:
    """At every size."""
    return measure_inside("pool_build", "pool from PostgreSQL", sizes)


def inside(size: int) -> tuple[list[Row], str]:
    """Building, refreshing and opening, in the process that has Django."""
    from django.utils import timezone

    from benchmarks.cursor_read import read_by_cursor
    from matching.queries.held_pool import basis_of, read_anew, refreshed
    from matching.queries.pool import read_pool
    from reference.queries.rates import exchange_rates

    on = timezone.localdate()
    rates = exchange_rates(on)
    if read_pool(on, None, rates).digest != read_by_cursor(on, rates=rates).digest:
        raise AssertionError("the cursor's pool is another one")
    taken = interleaved(
        {
            "ours": lambda: read_pool(on, None, rates),
            "server-side cursor": lambda: read_by_cursor(on, rates=rates),
        },
        ROUNDS,
        SECONDS,
    )
    rows = rows_of("pool_build", size, "built anew", taken)

    def rebuild() -> bytes:
        pool = read_anew(on, rates, basis_of(rates)).pool
        _ = pool.groups
        return pool.digest

    held = read_anew(on, rates, basis_of(rates))
    held.pool.groups, held.pool.digest  # noqa: B018 - as of a pool that a worker has ranked with
    _touch(size)
    fresh = refreshed(held, on, rates)
    if fresh.pool.digest != read_pool(on, None, rates).digest:
        raise AssertionError("the refreshed pool is not the one that is read anew")
    taken = interleaved(
        {"ours": lambda: refreshed(held, on, rates), "rebuild": rebuild},
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
