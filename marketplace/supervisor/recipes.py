"""What a run consists of: the set-up, then worker, beat and web. Container and compose file run the same commands."""

import os
import signal
from pathlib import Path

from .children import Recipe

WARM_SECONDS = 30.0  # for the task in hand; one that is cut off is delivered again later
CELERY = ("-m", "celery", "--app", "marketplace.celery")
CANDIDATES = "10000"


def prepare(*, demo: bool, sign_ins: Path | None = None) -> Recipe:
    """Migrations, facts, item banks, static files and, in a demonstration, its people and how to sign in as them."""
    people = ("--demo", "--candidates", os.environ.get("DEMO_CANDIDATES") or CANDIDATES, "--seed", "1")
    noted = ("--sign-ins-to", str(sign_ins)) if sign_ins else ()
    return Recipe("prepare", ("manage.py", "prepare", *(people if demo else ()), *noted))


def web() -> Recipe:
    arguments = ("-m", "gunicorn", "--config", "deploy/gunicorn.py", "marketplace.wsgi:application")
    return Recipe("web", arguments, ((signal.SIGTERM, 15.0),), stop_turn=1)


def beat() -> Recipe:
    return Recipe("beat", (*CELERY, "beat", "--loglevel", "INFO", "--pidfile="), stop_turn=2)


def worker() -> Recipe:
    arguments = ("worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
    stop_steps = ((signal.SIGTERM, WARM_SECONDS), (signal.SIGQUIT, 5.0))
    return Recipe("worker", (*CELERY, *arguments), stop_steps, stop_turn=3)


def all_recipes() -> tuple[Recipe, ...]:
    return (prepare(demo=True), web(), beat(), worker())
