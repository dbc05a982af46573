"""`make bench`: every measure, one after another, at SIZES people; ONLY names the measures wanted.

    SIZES="10000 100000 1000000"  ONLY="rank what_if"

All three sizes take about three quarters of an hour on two cores, much of that for filling databases. Servers of
its own are started in var/bench unless DATABASE_URL and REDIS_URL name some.
"""

import os
import signal
import sys
import time
from importlib import import_module
from typing import Final

from benchmarks import inside
from benchmarks.market import Markets
from benchmarks.servers import servers

MEASURES: Final = (
    "rank", "bandwidth", "what_if", "reverse", "batch", "memory", "growth",
    "pool_build", "write_back", "publish", "measurement", "assessments", "pages", "crowd",
)  # fmt: skip
"""Modules of this folder with a function `measure(sizes)`, in the order that they run."""
SIZES: Final = "10000 100000 1000000"


def main() -> int:
    sizes = sorted(int(size) for size in os.environ.get("SIZES", SIZES).replace(",", " ").split())
    wanted = os.environ.get("ONLY", "").replace(",", " ").split() or list(MEASURES)
    unknown = sorted(set(wanted) - set(MEASURES))
    if unknown or not sizes or sizes[0] < 1:
        print(f"ONLY takes {' '.join(MEASURES)}; SIZES takes numbers of people.", file=sys.stderr)
        return 2
    # Whoever ends a run gets its servers and databases cleared away, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, sizes {sizes}", flush=True)
    with servers(), Markets() as inside.markets:
        for name in wanted:
            start = time.monotonic()
            import_module(f"benchmarks.{name}").measure(sizes)
            print(f"  ({name}: {time.monotonic() - start:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
