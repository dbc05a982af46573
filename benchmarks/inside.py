"""Measures that need the market itself: each runs in a process of its own, on a database filled for it.

`python -m benchmarks.inside NAME SIZE` sets Django up, calls `inside(size)` of that module and prints its rows as JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.market import Markets
from benchmarks.timing import Row, heading, show, write

ROOT = Path(__file__).resolve().parent.parent
markets: Markets | None = None
"""The databases of this run; set by whoever runs measures, who also drops them."""


def measure_inside(name: str, title: str, sizes: Sequence[int]) -> list[Row]:
    """Run a measure at every size and write its file."""
    assert markets is not None
    heading(title)
    rows: list[Row] = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            (Path(folder) / "static").mkdir()
            found = _run(name, size, markets.url_of(size), folder)
        some = [Row(**row) for row in found["rows"]]
        show(some, found["note"])
        rows += some
    write(name, rows)
    return rows


def _run(name: str, size: int, url: str, folder: str) -> dict[str, Any]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
    }
    command = [sys.executable, "-m", "benchmarks.inside", name, str(size)]
    finished = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return found


def main(name: str, size: int) -> None:
    import django

    django.setup()
    rows, note = import_module(f"benchmarks.{name}").inside(size)
    print(json.dumps({"rows": [asdict(row) for row in rows], "note": note}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
