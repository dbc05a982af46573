"""Something measured in a fresh process: `python -m benchmarks.fresh NAME ARGUMENT…` prints one JSON object."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def in_fresh_process(name: str, *arguments: str) -> dict[str, float]:
    """Run a function of this module in a new Python; its figures."""
    command = [sys.executable, "-m", "benchmarks.fresh", name, *arguments]
    finished = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(finished.stdout.splitlines()[-1])
    return found


def opening(folder: str, case: str) -> dict[str, float]:
    """Milliseconds from nothing but a running Python to the first ranking, by its steps."""
    start = time.perf_counter()
    from benchmarks.cases import CASES
    from matching.engine import Pool, rank

    imported = time.perf_counter()
    pool = Pool.open(folder, verify=False)
    opened = time.perf_counter()
    rank(pool, CASES[case]())
    ranked = time.perf_counter()
    return {
        "import": (imported - start) * 1000,
        "open": (opened - imported) * 1000,
        "rank": (ranked - opened) * 1000,
    }


def memory(folder: str) -> dict[str, float]:
    """Megabytes of a worker: bare, and with the pool mapped and both cases ranked; resident, and its own alone."""
    import django
    import psutil

    django.setup()
    import marketplace.celery  # noqa: F401 - as a worker does
    import matching.tasks  # noqa: F401
    from benchmarks.cases import CASES
    from matching.engine import Pool, rank

    process = psutil.Process()

    def megabytes() -> tuple[float, float]:
        found = process.memory_full_info()
        return found.rss / 2**20, found.uss / 2**20

    bare, bare_own = megabytes()
    pool = Pool.open(folder, verify=False)
    for query in CASES.values():
        rank(pool, query())
    resident, own = megabytes()
    return {"bare": bare, "bare_own": bare_own, "mapped": resident, "mapped_own": own}


NAMES: dict[str, Callable[..., dict[str, Any]]] = {"opening": opening, "memory": memory}

if __name__ == "__main__":
    print(json.dumps(NAMES[sys.argv[1]](*sys.argv[2:])))
