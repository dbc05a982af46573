"""What a worker holds: bare, and with the pool mapped and rankings made. The figures are megabytes, not milliseconds."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fresh import in_fresh_process
from benchmarks.population import make_pool
from benchmarks.timing import Row, heading, show, write


def measure(sizes: Sequence[int]) -> list[Row]:
    """At every size; the ratio is to what the pool adds."""
    heading("memory of a worker, in MB instead of ms")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    rows: list[Row] = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            make_pool(size).save(Path(folder) / "pool")
            found = in_fresh_process("memory", str(Path(folder) / "pool"))
        added = found["mapped"] - found["bare"]
        own = found["mapped_own"] - found["bare_own"]
        figures = {
            "ours": added,
            "bare worker": found["bare"],
            "not shared with other workers": own,
        }
        some = [
            Row("memory_mb", size, "resident", name, round(mb, 3), round(mb, 3), round(mb / added, 6))
            for name, mb in figures.items()
        ]
        show(
            some,
            f"the mapped pool adds {added:,.0f} MB resident, {own:,.0f} MB of them private to the process",
        )
        rows += some
    write("memory", rows)
    return rows
