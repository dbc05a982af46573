"""Timing several ways of doing one thing, turn by turn in one process, and writing down what was found."""

import gc
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from statistics import median
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "var" / "bench"
ROUNDS: Final = 11
FEWEST: Final = 3
SECONDS_EACH: Final = 20.0
"""Who has taken that long in all, and had FEWEST rounds, sits the others out."""

OURS: Final = "ours"


@dataclass(frozen=True)
class Row:
    """One line of a results file. Times in ms; the ratio says how many times ours it takes."""

    measure: str
    size: int
    case: str
    engine: str
    median_ms: float
    p95_ms: float
    ratio_to_ours: float


def interleaved(
    runs: Mapping[str, Callable[[], object]], rounds: int = ROUNDS, seconds_each: float = SECONDS_EACH
) -> dict[str, list[float]]:
    """Milliseconds of each round of each run. All take turns; one round of each is not counted."""
    for run in runs.values():
        run()
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            if len(taken[name]) >= FEWEST and sum(taken[name]) > seconds_each * 1000:
                continue
            taken[name].append(milliseconds(run))
    return taken


def milliseconds(run: Callable[[], object]) -> float:
    """How long one run takes, with the collector of garbage waiting until afterwards."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        run()
        return (time.perf_counter() - start) * 1000
    finally:
        gc.enable()


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all values does not exceed."""
    return sorted(values)[max(ceil(share * len(values)) - 1, 0)]


def rows_of(
    measure: str, size: int, case: str, taken: Mapping[str, Sequence[float]], ours: str = OURS
) -> list[Row]:
    """One row an engine, in the order given."""
    base = median(taken[ours])
    return [
        Row(
            measure,
            size,
            case,
            name,
            round(median(times), 3),
            round(percentile(times, 0.95), 3),
            round(median(times) / base, 6) if base else 0.0,
        )
        for name, times in taken.items()
    ]


def show(rows: Iterable[Row], note: str = "") -> None:
    """Print rows as a table."""
    for row in rows:
        print(
            f"  {row.measure:<14} {row.size:>9,}  {row.case:<22} {row.engine:<34}"
            f" {row.median_ms:>12,.3f} {row.p95_ms:>12,.3f} {row.ratio_to_ours:>10,.2f}",
            flush=True,
        )
    if note:
        print(f"  · {note}", flush=True)


def heading(title: str) -> None:
    """Print the head of a table."""
    columns = f"{'measure':<14} {'size':>9}  {'case':<22} {'engine':<34} {'median ms':>12} {'p95 ms':>12} {'to ours':>10}"
    print(f"\n== {title} ==\n  {columns}", flush=True)


def write(name: str, rows: Iterable[Row], folder: Path = FOLDER) -> Path:
    """Write a results file, one object a line, in place of the one of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows), encoding="utf-8")
    return path


def read(name: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of a results file; none when there is no such file yet."""
    path = folder / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Row(**json.loads(line)) for line in lines]
