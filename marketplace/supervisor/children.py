"""One child process: started in a session of its own, written down, stopped in steps."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from marketplace.embedded.processes import Process, command_line, find_process, processes_in_group, send

POLL_SECONDS = 0.05
HURRIED_SECONDS = 2.0
RECORD_FILE = "children.json"

StopSteps = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Recipe:
    """What to run under which name, when its turn to stop is, and how it is asked: signals, each with its seconds."""

    name: str
    arguments: tuple[str, ...]
    stop_steps: StopSteps = ((signal.SIGTERM, 10.0),)
    stop_turn: int = 0

    @property
    def log_name(self) -> str:
        return f"{self.name}.log"


class Child:
    """A running recipe."""

    def __init__(self, recipe: Recipe, process: subprocess.Popen[bytes], log: Path | None) -> None:
        self.recipe = recipe
        self.process = process
        self.log = log

    def stop(self, in_hurry: Callable[[], bool]) -> None:
        stop_group(find_process(self.process.pid), self.process.pid, self.recipe.stop_steps, in_hurry)
        self.process.wait()


class Children:
    """All children of a run, in the order in which they started, written down for the run after a crash."""

    def __init__(self, var_dir: Path, environment: dict[str, str], folder: Path) -> None:
        self.var_dir = var_dir
        self.environment = environment
        self.folder = folder
        self.running: list[Child] = []

    def start(self, recipe: Recipe, *, to_terminal: bool = False) -> Child:
        """Start `recipe`; its output goes to its log, or to the terminal."""
        log = None if to_terminal else self.var_dir / "log" / recipe.log_name
        output = None if log is None else log.open("ab")
        try:
            process = subprocess.Popen(
                [sys.executable, *recipe.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
            )
        finally:
            if output:
                output.close()
        child = Child(recipe, process, log)
        self.running.append(child)
        self._write_down()
        return child

    def forget(self, child: Child) -> None:
        """Who is gone may stay in the record where a full disk takes no other: the next run looks who is there."""
        self.running.remove(child)
        with contextlib.suppress(OSError):
            self._write_down()

    def stop_all(self, in_hurry: Callable[[], bool]) -> None:
        """One after the other, each in its turn."""
        for child in sorted(self.running, key=lambda child: child.recipe.stop_turn):
            child.stop(in_hurry)
            self.forget(child)

    def ended(self) -> Child | None:
        """The first child that ended by itself."""
        return next((child for child in self.running if child.process.poll() is not None), None)

    def _write_down(self) -> None:
        found = [(child, find_process(child.process.pid)) for child in self.running]
        rows = [{"name": child.recipe.name, **asdict(process)} for child, process in found if process]
        write_record(self.var_dir, rows)


def write_record(var_dir: Path, rows: Iterable[dict[str, object]]) -> None:
    partial = var_dir / f"{RECORD_FILE}.partial"
    partial.write_text(json.dumps(list(rows), indent=1))
    partial.replace(var_dir / RECORD_FILE)


def end_leftovers(var_dir: Path, recipes: Iterable[Recipe]) -> list[str]:
    """Stop what a killed run left running, in stop order; the names of what was found."""
    try:
        rows = json.loads((var_dir / RECORD_FILE).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return []
    known = {recipe.name: recipe for recipe in recipes}
    found = [(known.get(row["name"], Recipe(row["name"], ())), row) for row in rows or []]
    names = []
    for recipe, row in sorted(found, key=lambda pair: pair[0].stop_turn):
        recorded = Process(row["pid"], row["group"], row["started"])
        leader = recorded if find_process(recorded.pid) == recorded else None
        if leader or _our_members(recorded.group):
            names.append(recipe.name)
            stop_group(leader, recorded.group, recipe.stop_steps, lambda: False)
    (var_dir / RECORD_FILE).unlink(missing_ok=True)
    return names


def stop_group(leader: Process | None, group: int, steps: StopSteps, in_hurry: Callable[[], bool]) -> None:
    """Ask the leader step by step, then kill whatever is left of its session."""
    if leader:
        for number, seconds in steps:
            send(leader.pid, number)
            if _is_gone(leader, seconds, in_hurry):
                break
    for member in _our_members(group):
        send(member.pid, signal.SIGKILL)


def _is_gone(process: Process, seconds: float, in_hurry: Callable[[], bool]) -> bool:
    start = time.monotonic()
    while find_process(process.pid) == process:
        if time.monotonic() - start > (min(seconds, HURRIED_SECONDS) if in_hurry() else seconds):
            return False
        time.sleep(POLL_SECONDS)
    return True


def _our_members(group: int) -> list[Process]:
    """Members of the session that run this environment's Python: a process id may be reused, that path is not."""
    return [process for process in processes_in_group(group) if sys.executable in command_line(process.pid)]
