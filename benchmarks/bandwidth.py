"""How far a ranking is from the limit that memory sets: the bytes it has to read, over what this machine reads a second.

The bytes are counted in the engine's own narrow columns, and only for the people still in question at each gate, then
for the eligible: fewer could not be read by any way of ranking that keeps the pool as it is.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from benchmarks.cases import CASES
from benchmarks.outcome import Ours
from benchmarks.population import make_pool
from benchmarks.timing import Row, heading, interleaved, milliseconds, rows_of, show, write
from matching.engine import Gate, Pool, VacancyQuery
from matching.engine.screening import Waterfall

BLOCK = 128 * 2**20
GATE_COLUMNS = {
    Gate.LISTED: ("listing", "earliest_start_day"),
    Gate.CONTRACT_FORM: ("contract_forms",),
    Gate.COUNTRY: ("place_code",),
    Gate.RIGHT_TO_WORK: ("right_to_work_until_day",),
    Gate.PAY: ("minimum_pay",),
    Gate.HOURS: ("hours_min", "hours_max", "zone_code", "availability_code", "preferred_code"),
}
FIT_COLUMNS = ("candidate_id", "wished_pay", "wished_months", "work_style", "experience_months")


def bytes_to_read(pool: Pool, query: VacancyQuery, waterfall: Waterfall) -> int:
    """Bytes of the columns that decide the outcome, for those whom each gate still has to judge."""
    left, total, stopped = len(pool), 0, waterfall.by_gate()
    sparse = {
        Gate.LANGUAGE: [
            (pool.languages, one.code, ("measured_level", "claimed_level")) for one in query.languages
        ],
        Gate.SKILLS: [(pool.skills, one.code, ("measured", "stated")) for one in query.must_skills],
    }
    for gate in Gate:
        total += left * sum(_width(pool, name) for name in GATE_COLUMNS.get(gate, ()))
        total += sum(_sparse_bytes(*each, share=left / len(pool)) for each in sparse.get(gate, ()))
        left -= stopped[gate]
    total += left * sum(_width(pool, name) for name in FIT_COLUMNS)
    for family, code, parts in _scored(pool, query):
        total += _sparse_bytes(family, code, parts, share=left / len(pool))
    return int(total)


def _scored(pool: Pool, query: VacancyQuery) -> list[tuple[Any, str, tuple[str, ...]]]:
    return [
        *((pool.languages, one.code, ("theta", "standard_error")) for one in query.languages),
        *((pool.languages, one.code, ("measured_level",)) for one in query.nice_languages),
        *((pool.skills, one.code, ("measured", "stated")) for one in query.wanted_skills),
        *(
            (pool.localities, one.country, ("evidence",))
            for one in query.team_countries + query.customer_countries
        ),
        (pool.sector_months, query.sector, ("months",)),
        *((pool.channel_months, code, ("months",)) for code in query.channels),
    ]


def _width(pool: Pool, name: str) -> int:
    values = getattr(pool, name)
    return int(values.nbytes // max(len(values), 1))


def _sparse_bytes(family: Any, code: str, parts: tuple[str, ...], share: float) -> float:
    """The rows, and the values, of as many entries as people are left in proportion."""
    entries = family.get(code)
    if entries is None:
        return 0.0
    width = entries.rows.itemsize + sum(getattr(entries, part).itemsize for part in parts)
    return share * len(entries.rows) * width


def read_bandwidth(threads: int = os.cpu_count() or 1) -> float:
    """Bytes that this machine reads from memory in a second, all cores together; the best of several tries."""
    blocks = [np.ones(BLOCK // 8, dtype=np.int64) for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        best = min(milliseconds(lambda: list(pool.map(np.max, blocks))) for _ in range(9))
    return sum(block.nbytes for block in blocks) / best * 1000


def measure(sizes: Sequence[int]) -> list[Row]:
    """Both cases at every size; the limit is the engine "memory"."""
    heading("time over the limit of memory")
    bandwidth, rows = read_bandwidth(), []
    for size in sizes:
        pool = make_pool(size)
        for case, query in CASES.items():
            ours = Ours(pool)
            ours.prepare(query())
            needed = bytes_to_read(pool, query(), ours.ranked().waterfall)
            limit = needed / bandwidth * 1000
            taken = interleaved({"ours": ours.run})
            taken["memory"] = [limit]
            found = rows_of("bandwidth", size, case, taken)
            over = found[0].median_ms / limit
            show(
                found,
                f"{needed / 1e6:,.1f} MB at {bandwidth / 1e9:.1f} GB/s: ours takes {over:,.1f} times the limit",
            )
            rows += found
    write("bandwidth", rows)
    return rows
