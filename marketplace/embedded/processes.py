"""Who a process id belongs to, and ending it: from /proc where there is one, else from `ps`."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Process:
    """A running process: its id is only meaningful together with when it started, because ids are reused."""

    pid: int
    group: int
    started: str


def find_process(pid: int) -> Process | None:
    """The process with this id; None when it is gone or only waits to be collected by its parent."""
    if _has_proc():
        return _read_proc(pid)
    return next(_ask_ps("-p", str(pid)), None)


def processes_in_group(group: int) -> list[Process]:
    """All running members of a process group."""
    if _has_proc():
        found = (_read_proc(int(entry.name)) for entry in PROC.iterdir() if entry.name.isdigit())
        return [process for process in found if process and process.group == group]
    return [process for process in _ask_ps("-A") if process.group == group]


def command_line(pid: int) -> str:
    """The command with its arguments, separated by blanks; empty when it cannot be read."""
    if _has_proc():
        try:
            return (
                (PROC / str(pid) / "cmdline")
                .read_bytes()
                .replace(b"\0", b" ")
                .decode(errors="replace")
                .strip()
            )
        except OSError:
            return ""
    listing = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return listing.stdout.strip()


def send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def wait_until_gone(process: Process, seconds: float) -> bool:
    """True as soon as `process` is gone, False when it is still there after `seconds`."""
    deadline = time.monotonic() + seconds
    while find_process(process.pid) == process:
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def end(process: Process, *steps: tuple[int, float]) -> None:
    """Send each signal in turn and wait its seconds, until the process is gone; kill it when none sufficed."""
    for number, seconds in (*steps, (signal.SIGKILL, 5.0)):
        if find_process(process.pid) != process:
            return
        send(process.pid, number)
        if wait_until_gone(process, seconds):
            return


def _has_proc() -> bool:
    return (PROC / "self" / "stat").exists()


def _read_proc(pid: int) -> Process | None:
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, group, started_ticks = fields[0], int(fields[2]), fields[19]
    return None if state in "ZX" else Process(pid, group, f"{_boot()} {started_ticks}")


def _boot() -> str:
    """Start times count from the machine's boot, so the boot is part of them."""
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _ask_ps(*which: str) -> Iterator[Process]:
    listing = subprocess.run(
        ["ps", *which, "-o", "pid=,pgid=,stat=,lstart="],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
    )
    for line in listing.stdout.splitlines():
        pid, group, state, started = line.split(None, 3)
        if not state.startswith("Z"):
            yield Process(int(pid), int(group), started.strip())
