"""A real Celery worker for tests, on the database and the broker of the tests."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import redis
from celery import current_app
from django.conf import settings as configured
from django.db import connection

WORKER = ("-m", "celery", "-A", "marketplace.celery", "worker", "--pool", "solo", "--loglevel", "WARNING")
WARM_STOP_SECONDS = 30


@contextmanager
def running_worker(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process from here to the end of the block; what earlier tests have published is gone."""
    current_app.control.purge()
    worker = subprocess.Popen(
        [sys.executable, *WORKER, "--without-gossip", "--without-mingle"],
        cwd=configured.BASE_DIR,
        env=worker_environment(**environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=WARM_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def worker_environment(**changes: str) -> dict[str, str]:
    """That of this process, with the database and the broker of the tests."""
    parts = urlsplit(configured.DATABASE_URL)
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}")),
        "REDIS_URL": configured.REDIS_URL,
        "SECRET_KEY": configured.SECRET_KEY,
        **changes,
    }


def until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Ask again and again until it holds; fail at the deadline."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        pause.wait(0.05)


def nothing_left_to_do() -> bool:
    """Whether every message was taken and worked off."""
    broker = redis.Redis.from_url(configured.REDIS_URL)
    try:
        return not broker.llen("celery") and not broker.hlen("unacked")
    finally:
        broker.close()
