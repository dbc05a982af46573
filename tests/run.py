"""Run every test: `python tests/run.py [group …]`. The groups divide the tests, so that none can be left out.

Servers are started for this run alone in var/test-<process id>, unless DATABASE_URL and REDIS_URL name some; the data
of `make run` is never touched.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marketplace.embedded.errors import UnableToStart  # noqa: E402
from marketplace.embedded.processes import find_process  # noqa: E402
from marketplace.embedded.servers import EmbeddedServers  # noqa: E402
from tests.chromium import NoChromiumError, find_chromium  # noqa: E402

ENGINES = tuple(sorted(str(folder.relative_to(ROOT)) for folder in (ROOT / "tests").glob("*/engine")))
PARALLEL = ("-n", "2", "--dist", "loadfile", "-p", "tests.redis_per_worker")


@dataclass(frozen=True)
class Group:
    """A part of the tests and how it is run; `beside` the others, or after the one before it."""

    name: str
    arguments: tuple[str, ...]
    beside: bool = False


GROUPS = (
    Group("engines", (*ENGINES, *PARALLEL)),
    Group(
        "web",
        (
            "tests",
            *(f"--ignore={path}" for path in ENGINES),
            "-m",
            "not browser and not processes",
            *PARALLEL,
        ),
    ),
    Group("browser", ("tests", "-m", "browser", *PARALLEL)),
    # Servers and workers that start, are killed and wait for each other: most of it is waiting, so others run meanwhile.
    Group("embedded", ("tests", "-m", "processes and not browser"), beside=True),
)


@dataclass(frozen=True)
class Outcome:
    group: str
    code: int
    seconds: float
    totals: Counter[str]


def main(names: list[str]) -> int:
    unknown = set(names) - {group.name for group in GROUPS}
    if unknown:
        print(
            f"There is no group {', '.join(sorted(unknown))}; choose from {', '.join(g.name for g in GROUPS)}."
        )
        return 2
    chosen = [group for group in GROUPS if not names or group.name in names]
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    try:
        with test_environment(chosen) as environment:
            outcomes = run_groups(chosen, environment)
    except (UnableToStart, NoChromiumError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return report(outcomes)


@contextmanager
def test_environment(chosen: list[Group]) -> Iterator[dict[str, str]]:
    """The environment for pytest; servers of our own are gone when this ends, however it ends."""
    environment = {**os.environ, "DEMO": "1", "SECRET_KEY": os.environ.get("SECRET_KEY", "tests-only")}
    environment.pop("SITE_ORIGIN", None)
    if any(group.name == "browser" for group in chosen):
        environment["CHROMIUM"] = find_chromium()
    remove_leftovers()
    var_dir = ROOT / "var" / f"test-{os.getpid()}"
    environment["VAR_DIR"] = str(var_dir)
    try:
        (var_dir / "static").mkdir(parents=True)
        if environment.get("DATABASE_URL") and environment.get("REDIS_URL"):
            yield environment
            return
        servers = EmbeddedServers(var_dir, durable=False)
        try:
            urls = servers.start()
            environment |= {"DATABASE_URL": urls["database_url"], "REDIS_URL": urls["redis_url"]}
            environment["MIGRATED"] = migrated(environment)
            yield environment
        finally:
            servers.stop()
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


def migrated(environment: dict[str, str]) -> str:
    """The name of the servers' own database, migrated once: every worker of every group copies it."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return urlsplit(environment["DATABASE_URL"]).path.removeprefix("/")


def remove_leftovers() -> None:
    """Servers and folders of test runs that were killed."""
    for folder in (ROOT / "var").glob("test-*"):
        number = folder.name.removeprefix("test-")
        if number.isdecimal() and find_process(int(number)) is None:
            if (folder / "postgres").exists():
                EmbeddedServers(folder, durable=False).end_orphans()
            shutil.rmtree(folder, ignore_errors=True)


def run_groups(chosen: list[Group], environment: dict[str, str]) -> list[Outcome]:
    """One after another, with those that may run beside them under way meanwhile; these are shown at the end."""
    beside = {group.name: Aside(group, environment) for group in chosen if group.beside}
    try:
        outcomes = {group.name: run_group(group, environment) for group in chosen if not group.beside}
        outcomes |= {name: aside.outcome() for name, aside in beside.items()}
    finally:
        for aside in beside.values():
            aside.end()
    return [outcomes[group.name] for group in chosen]


def run_group(group: Group, environment: dict[str, str]) -> Outcome:
    """Run it, and print what it says line by line."""
    print(f"\n== {group.name} ==", flush=True)
    start = time.monotonic()
    process = started(group, environment, subprocess.PIPE)
    said = []
    try:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    except BaseException:
        process.terminate()
        raise
    finally:
        process.wait()
    return Outcome(group.name, process.returncode, time.monotonic() - start, totals_of(said))


class Aside:
    """A group at work while others are watched. What it says waits in a file."""

    def __init__(self, group: Group, environment: dict[str, str]) -> None:
        self.group, self.start = group, time.time()
        self.said = Path(environment["VAR_DIR"]) / f"{group.name}.txt"
        with self.said.open("w") as output:
            self.process = started(group, environment, output)

    def outcome(self) -> Outcome:
        """Wait for its end and print what it said. Its last line was written when it ended."""
        self.process.wait()
        text = self.said.read_text()
        print(f"\n== {self.group.name} ==\n{text}", end="", flush=True)
        seconds = self.said.stat().st_mtime - self.start
        return Outcome(self.group.name, self.process.returncode, seconds, totals_of(text.splitlines()))

    def end(self) -> None:
        """Nothing of it goes on; does nothing when it has ended by itself."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def started(group: Group, environment: dict[str, str], output: int | TextIO) -> "subprocess.Popen[str]":
    color = ("--color=yes",) if sys.stdout.isatty() else ()
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *color, *group.arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        text=True,
    )


def totals_of(lines: list[str]) -> Counter[str]:
    """The counts in the last line that has some."""
    closing = [line for line in lines if re.search(r"\b\d+ \w+.* in [\d.]+s", line)]
    return totals_in(closing[-1]) if closing else Counter()


def totals_in(line: str) -> Counter[str]:
    """`3 failed, 120 passed in 4.5s` as counts."""
    counts = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)", line.rpartition(" in ")[0])
    return Counter(
        {word.removesuffix("s") if word == "errors" else word: int(number) for number, word in counts}
    )


def report(outcomes: list[Outcome]) -> int:
    """Print seconds by group, then one line like pytest's own; 0 only when every group ran and passed."""
    print("\nSeconds by group")
    for outcome in outcomes:
        note = {0: "", 5: "  collected no test"}.get(outcome.code, "  failed")
        print(f"  {outcome.group:<10}{outcome.seconds:>7.1f}{note}")
    note_for_ci(outcomes)
    totals = sum((outcome.totals for outcome in outcomes), Counter())
    words = ("failed", "error", "passed", "skipped", "xfailed", "xpassed")
    counts = ", ".join(f"{totals[word]} {word}" for word in words if totals[word]) or "no tests ran"
    print(f"=== {counts} in {sum(outcome.seconds for outcome in outcomes):.2f}s ===")
    return 0 if all(outcome.code == 0 for outcome in outcomes) else 1


def note_for_ci(outcomes: list[Outcome]) -> None:
    path = os.environ.get("TIMINGS_FILE")
    if path:
        with Path(path).open("a") as file:
            file.writelines(f"{outcome.group} {outcome.seconds:.1f}\n" for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
