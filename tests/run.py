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
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marketplace.embedded.errors import UnableToStart  # noqa: E402
from marketplace.embedded.processes import find_process  # noqa: E402
from marketplace.embedded.servers import EmbeddedServers  # noqa: E402
from tests.chromium import NoChromiumError, find_chromium  # noqa: E402

ENGINES = tuple(sorted(str(folder.relative_to(ROOT)) for folder in (ROOT / "tests").glob("*/engine")))
PARALLEL = ("-n", "2", "--dist", "loadfile", "-p", "tests.redis_per_worker")
YIELDING = 5
"""How much groups that only compute give way to those beside them, which wait for real processes."""


def marked(mark: str) -> tuple[str, ...]:
    """Files that name a mark: gathering only these spares a group from importing all tests."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return tuple(str(path.relative_to(ROOT)) for path in files if f"pytest.mark.{mark}" in path.read_text())


@dataclass(frozen=True)
class Group:
    """A part of the tests and how it is run: one after another, or one after another `beside` those.

    Groups that run at the same time have `redis` databases apart; parallel workers take the next ones.
    """

    name: str
    arguments: tuple[str, ...]
    beside: bool = False
    redis: int = 0

    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        url = urlsplit(environment["REDIS_URL"])
        database = int(url.path.strip("/") or 0) + self.redis
        return environment | {
            "TEST_GROUP": self.name,
            "REDIS_URL": urlunsplit(url._replace(path=f"/{database}")),
        }


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
    # Servers, workers and browsers wait for each other: others run meanwhile, so that both cores are busy to the end.
    Group("embedded", (*marked("processes"), "-m", "processes and not browser"), beside=True),
    Group("browser", (*marked("browser"), "-m", "browser", *PARALLEL, "-n", "3"), beside=True, redis=3),
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
            # Nobody may be connected to what others copy.
            url = urlsplit(environment["DATABASE_URL"])._replace(path="/postgres")
            environment["DATABASE_URL"] = urlunsplit(url)
            yield environment
        finally:
            servers.stop()
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


def migrated(environment: dict[str, str]) -> str:
    """The name of a database that is migrated and has the facts, once: every worker of every group copies it."""
    for command in (("migrate", "--verbosity", "0"), ("load_facts", "--verbosity", "0")):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
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
    watched = [group for group in chosen if not group.beside] or chosen
    aside = Aside([group for group in chosen if group not in watched], environment)
    try:
        outcomes = [run_group(group, environment) for group in watched]
        outcomes += aside.wait()
    finally:
        aside.end()
    return sorted(outcomes, key=lambda outcome: [group.name for group in chosen].index(outcome.group))


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
    """Groups at work one after another while others are watched. What they say waits in files."""

    def __init__(self, groups: list[Group], environment: dict[str, str]) -> None:
        self.groups, self.environment = groups, environment
        self.outcomes: list[Outcome] = []
        self.process: subprocess.Popen[str] | None = None
        self.lock = threading.Lock()
        self.over = False
        self.thread = threading.Thread(target=self._work)
        self.thread.start()

    def wait(self) -> list[Outcome]:
        """Wait for the end of all, and print what they said."""
        self.thread.join()
        for outcome in self.outcomes:
            print(f"\n== {outcome.group} ==\n{self._said(outcome.group).read_text()}", end="", flush=True)
        begun = len(self.outcomes)
        return self.outcomes + [Outcome(group.name, 1, 0.0, Counter()) for group in self.groups[begun:]]

    def end(self) -> None:
        """Nothing of them goes on; does nothing when they have ended by themselves."""
        with self.lock:
            self.over = True
            if self.process:
                self.process.terminate()
        self.thread.join()

    def _work(self) -> None:
        for group in self.groups:
            start = time.monotonic()
            with self._said(group.name).open("w") as output:
                with self.lock:
                    if self.over:
                        return
                    self.process = started(group, self.environment, output)
                code = self.process.wait()
            totals = totals_of(self._said(group.name).read_text().splitlines())
            self.outcomes.append(Outcome(group.name, code, time.monotonic() - start, totals))

    def _said(self, name: str) -> Path:
        return Path(self.environment["VAR_DIR"]) / f"{name}.txt"


def started(group: Group, environment: dict[str, str], output: int | TextIO) -> "subprocess.Popen[str]":
    color = ("--color=yes",) if sys.stdout.isatty() else ()
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *color, *group.arguments],
        cwd=ROOT,
        env=group.environment(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        text=True,
    )
    if not group.beside:
        os.setpriority(os.PRIO_PROCESS, process.pid, YIELDING)
    return process


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
