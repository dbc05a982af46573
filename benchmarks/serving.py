"""The web server of the load tests, as it runs in production, and the process that plays its visitors."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psutil

ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"
CORES: Final = os.cpu_count() or 1
SPARE: Final = 60.0
"""Seconds that a start may take."""


def cpu_seconds(pid: int) -> float:
    """Processor time, user and system, of a process and its children that still run."""
    master = psutil.Process(pid)
    times = [one.cpu_times() for one in (master, *master.children(recursive=True))]
    return sum(one.user + one.system for one in times)


@contextmanager
def generator(module: str, plan: dict[str, Any]) -> Iterator["subprocess.Popen[str]"]:
    """The generator at work; ended with the block, whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
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
def web(env: dict[str, str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    process = start(env, port)
    try:
        wait_for(port)
        yield process
    finally:
        stop(process)


def start(env: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    """The web server as it runs in production, in a process group of its own."""
    command = ("-m", "gunicorn", "--config", "deploy/gunicorn.py", "marketplace.wsgi:application")
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT, env=env | {"WEB_BIND": f"{HOST}:{port}"}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for(port: int) -> None:
    until = time.monotonic() + SPARE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the web server did not start")


def kill(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            kill(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
