"""How fast tests are: 200 people answering at once, and choosing the next item from a bank of a thousand.

One web process per core and a generator (`load_generator`) on the same machine, whose own processor time is
reported. Twice: undisturbed, and with the web server killed (SIGKILL, every process) and started again in the middle.
Afterwards the database is asked: every answer that was acknowledged is there as it was sent, once, and none that nobody
sent. Results: `var/bench/assessments.jsonl`. LOAD_SECONDS, LOAD_PEOPLE and LOAD_THINK make a shorter run.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from benchmarks import serving
from benchmarks.database import own_database, url_of
from benchmarks.serving import CORES, HOST
from benchmarks.timing import FOLDER

ROOT: Final = Path(__file__).resolve().parent.parent
SECONDS: Final = float(os.environ.get("LOAD_SECONDS", "300"))
PEOPLE: Final = int(os.environ.get("LOAD_PEOPLE", "200"))
THINK: Final = float(os.environ.get("LOAD_THINK", "10"))
RAMP: Final = min(30.0, SECONDS / 4)
"""Seconds over which people begin, before the counted ones."""
SPARE: Final = 60.0
"""Seconds that a run may take beyond its own."""

Record = dict[str, Any]


def measure(sizes: Sequence[int]) -> None:
    """The sizes are those of the market and do not matter here."""
    records = [_shown(choosing(1000))]
    with TemporaryDirectory() as folder, own_database(f"bench_assessments_{os.getpid()}"):
        env = os.environ | {
            "DATABASE_URL": url_of(f"bench_assessments_{os.getpid()}"),
            "VAR_DIR": folder,
            "WEB_CONCURRENCY": str(CORES),
        }
        _run(env, "manage.py", "prepare")
        for kill in (False, True):
            people = json.loads(_run(env, "-m", "benchmarks.takers", "make", str(PEOPLE)))
            records.append(_shown(_load(env, people, kill=kill)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "assessments.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


def choosing(items: int, rounds: int = 500) -> Record:
    """Time to choose the next item, and to score thirty answers, in milliseconds."""
    from assessments.engine.levels import STANDARD_CUTS
    from assessments.engine.response_model import parameters
    from assessments.engine.scoring import estimate
    from assessments.engine.selection import next_item

    rng = np.random.default_rng(1)
    params = parameters(rng.uniform(1.3, 2.1, items), rng.uniform(-4.9, 4.9, items), [4] * items)
    areas, given = [("reading", "use_of_language")[row % 2] for row in range(items)], list(range(30))
    unseen, earned = set(range(30, items)), [row % 2 for row in given]
    chosen, scored = [], []
    for seed in range(rounds):
        start = time.perf_counter()
        found = estimate(params[given], earned, STANDARD_CUTS)
        between = time.perf_counter()
        next_item(params, found.theta, unseen=unseen, given=given, areas=areas, seed=seed)
        chosen.append((time.perf_counter() - between) * 1000)
        scored.append((between - start) * 1000)
    return {
        "case": f"next item of {items}",
        "median_ms": round(median(chosen), 3),
        "p95_ms": round(float(np.quantile(chosen, 0.95)), 3),
        "score_median_ms": round(median(scored), 3),
    }


def _load(env: dict[str, str], people: list[Record], *, kill: bool) -> Record:
    port = serving.free_port()
    plan = {"host": HOST, "port": port, "think": THINK, "seconds": SECONDS, "ramp": RAMP, "people": people}
    with ExitStack() as stack:
        server = stack.enter_context(serving.web(env, port))
        at_work = stack.enter_context(serving.generator("benchmarks.load_generator", plan))
        if kill:
            time.sleep(RAMP + SECONDS / 2)
            serving.kill(server)
            server = stack.enter_context(serving.web(env, port))
        output, _ = at_work.communicate(timeout=RAMP + SECONDS + SPARE)
        web_cpu = serving.cpu_seconds(server.pid)
    happened = json.loads(output)
    checked = json.loads(_run(env, "-m", "benchmarks.takers", "check", given=json.dumps(happened)))
    times = np.array(happened["latencies"]) * 1000
    return {
        "case": "killed and restarted" if kill else "undisturbed",
        "people": len(people),
        "seconds": round(happened["seconds"], 1),
        "web_processes": CORES,
        "answers": len(happened["acknowledged"]),
        "tests_finished": happened["finished"],
        "median_ms": round(float(np.median(times)), 1),
        "p95_ms": round(float(np.quantile(times, 0.95)), 1),
        "p99_ms": round(float(np.quantile(times, 0.99)), 1),
        "start_p95_ms": round(float(np.quantile(happened["starts"], 0.95)) * 1000, 1),
        "failures": len(happened["failures"]),
        "kinds_of_failures": sorted({kind for _, kind in happened["failures"]})[:5],
        "web_cpu_seconds" + (" since the restart" if kill else ""): round(web_cpu, 1),
        "generator_cpu_share": round(happened["cpu_seconds"] / happened["seconds"], 3),
        **checked,
    }


def _run(env: dict[str, str], *command: str, given: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=env,
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _shown(record: Record) -> Record:
    print("  " + "  ".join(f"{name} {value}" for name, value in record.items()), flush=True)
    return record
