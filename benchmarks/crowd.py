"""A hundred people at once: candidates, employers and recruiters who read their daily pages and decide.

The market of `benchmarks.pages`, one web process per core, and a generator on the same machine whose own processor time
is reported. Nothing may fail, and 95 of 100 answers are to come within half a second. Afterwards the database is asked
whether it holds what was decided. Results: `var/bench/crowd.jsonl`. CROWD_SECONDS, CROWD_PEOPLE and CROWD_THINK make a
shorter run; PAGES_URL names a database that is ready.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks import serving
from benchmarks.pages import DAILY, SEED, market
from benchmarks.serving import CORES, HOST
from benchmarks.timing import FOLDER

ROOT: Final = Path(__file__).resolve().parent.parent
SECONDS: Final = float(os.environ.get("CROWD_SECONDS", "300"))
PEOPLE: Final = int(os.environ.get("CROWD_PEOPLE", "100"))
THINK: Final = float(os.environ.get("CROWD_THINK", "5"))
RAMP: Final = min(30.0, SECONDS / 4)
SPARE: Final = 90.0
SHARES: Final = {"candidate": 0.6, "employer": 0.3, "recruiter": 0.1}


def measure(sizes: Sequence[int]) -> None:
    """At every size."""
    print("\n== a crowd that reads and decides ==", flush=True)
    records = [_at(size) for size in sizes]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "crowd.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


def _at(size: int) -> dict[str, Any]:
    with market(size) as environment:
        people = json.loads(_run(environment, str(PEOPLE)))
        static = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(static, cwd=ROOT, env=environment, check=True)
        port = serving.free_port()
        plan = {
            "host": HOST,
            "port": port,
            "think": THINK,
            "seconds": SECONDS,
            "ramp": RAMP,
            "people": people,
        }
        env = environment | {"WEB_CONCURRENCY": str(CORES)}
        with (
            serving.web(env, port) as server,
            serving.generator("benchmarks.crowd_generator", plan) as at_work,
        ):
            output, _ = at_work.communicate(timeout=RAMP + SECONDS + SPARE)
            cpu = serving.cpu_seconds(server.pid)
    record = _record(size, json.loads(output), cpu)
    print("  " + "  ".join(f"{name} {value}" for name, value in record.items()), flush=True)
    return record


def _record(size: int, happened: dict[str, Any], cpu: float) -> dict[str, Any]:
    pages, deeds = (np.array(happened[kind] or [0.0]) * 1000 for kind in ("pages", "deeds"))
    return {
        "size": size,
        "people": PEOPLE,
        "seconds": round(happened["seconds"], 1),
        "web_processes": CORES,
        "pages": len(happened["pages"]),
        "median_ms": round(float(np.median(pages)), 1),
        "p95_ms": round(float(np.quantile(pages, 0.95)), 1),
        "p99_ms": round(float(np.quantile(pages, 0.99)), 1),
        "deeds": len(happened["deeds"]),
        "deeds_p95_ms": round(float(np.quantile(deeds, 0.95)), 1),
        "errors": len(happened["errors"]),
        "kinds_of_errors": sorted(set(happened["errors"]))[:5],
        "web_cpu_seconds": round(cpu, 1),
        "generator_cpu_share": round(happened["cpu_seconds"] / happened["seconds"], 3),
    }


def _run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.crowd", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()[-1]


def people(count: int) -> list[dict[str, Any]]:
    """Signed in, with the addresses of their daily pages and what they will decide."""
    from benchmarks.visitors import Visitor, ready

    ready(round(count * SHARES["employer"]))
    found = []
    for role, share in SHARES.items():
        number = round(count * share)
        for at in range(number):
            visitor = Visitor(role, at, number, SEED)
            pages = [visitor.address(page.name, page.of, page.query) for page in DAILY[role]]
            pages = [page for page in pages if page is not None]
            found.append(
                {**visitor.signed_in(), "pages": pages, "deeds": visitor.deeds(), "seed": f"{role} {at}"}
            )
    return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(people(int(sys.argv[1]))))
