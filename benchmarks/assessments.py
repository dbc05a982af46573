"""How fast tests are: 200 people answering at once, and choosing the next item from a bank of a thousand.

One web process per core and a generator (`load_generator`) on the same machine, whose own processor time is
reported. Twice: undisturbed, and with the web server killed (SIGKILL, every process) and started again in the middle.
Afterwards the database is asked: every answer that was acknowledged is there as it was sent, once, and none that nobody
sent. Results: `var/bench/assessments.jsonl`. LOAD_SECONDS, LOAD_PEOPLE and LOAD_THINK make a shorter run.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import psutil

from benchmarks.database import own_database, url_of
from benchmarks.timing import FOLDER

ROOT: Final = Path(__file__).resolve().parent.parent
SECONDS: Final = float(os.environ.get("LOAD_SECONDS", "300"))
PEOPLE: Final = int(os.environ.get("LOAD_PEOPLE", "200"))
THINK: Final = float(os.environ.get("LOAD_THINK", "10"))
RAMP: Final = min(30.0, SECONDS / 4)
"""Seconds over which people begin, before the counted ones."""
HOST: Final = "127.0.0.1"
SPARE: Final = 60.0
"""Seconds that a run may take beyond its own."""
CORES: Final = os.cpu_count() or 1

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
    port = _free_port()
    plan = {"host": HOST, "port": port, "think": THINK, "seconds": SECONDS, "ramp": RAMP, "people": people}
    with _web(env, port) as first, _generator(plan) as generator:
        servers = [first]
        if kill:
            time.sleep(RAMP + SECONDS / 2)
            _kill(first)
            servers.append(_start(env, port))
            _wait_for(port)
        output, _ = generator.communicate(timeout=RAMP + SECONDS + SPARE)
        web_cpu = _cpu_seconds(servers[-1].pid)
        for one in servers[1:]:
            _stop(one)
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


def _cpu_seconds(pid: int) -> float:
    """Processor time, user and system, of a process and its children that still run."""
    master = psutil.Process(pid)
    times = [one.cpu_times() for one in (master, *master.children(recursive=True))]
    return sum(one.user + one.system for one in times)


@contextmanager
def _generator(plan: Record) -> Iterator["subprocess.Popen[str]"]:
    """The generator at work; ended with the block, whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load_generator"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(plan))
        process.stdin.close()
        process.stdin = None
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


@contextmanager
def _web(env: dict[str, str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    process = _start(env, port)
    try:
        _wait_for(port)
        yield process
    finally:
        _stop(process)


def _start(env: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    """The web server as it runs in production, in a process group of its own."""
    command = ("-m", "gunicorn", "--config", "deploy/gunicorn.py", "marketplace.wsgi:application")
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT, env=env | {"WEB_BIND": f"{HOST}:{port}"}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _wait_for(port: int) -> None:
    until = time.monotonic() + SPARE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the web server did not start")


def _kill(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            _kill(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


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
