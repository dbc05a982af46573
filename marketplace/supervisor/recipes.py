"""What a run consists of: the set-up, then worker, beat and web. Container and compose file run the same commands."""

import os
import signal

from .children import Recipe

WARM_SECONDS = 30.0  # for the task in hand; one that is cut off is delivered again later
CELERY = ("-m", "celery", "--app", "marketplace.celery")
POPULATION = ("--employers", "40", "--vacancies", "120", "--seed", "1")
CANDIDATES = "10000"


def prepare(*, demo: bool) -> Recipe:
    """Migrations, facts, item banks, static files and, in a demonstration, its people."""
    people = ("--demo", "--candidates", os.environ.get("DEMO_CANDIDATES") or CANDIDATES, *POPULATION)
    return Recipe("prepare", ("manage.py", "prepare", *(people if demo else ())))


def worker() -> Recipe:
    arguments = ("worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
    return Recipe("worker", (*CELERY, *arguments), ((signal.SIGTERM, WARM_SECONDS), (signal.SIGQUIT, 5.0)))


def beat() -> Recipe:
    return Recipe("beat", (*CELERY, "beat", "--loglevel", "INFO", "--pidfile="))


def web() -> Recipe:
    arguments = ("-m", "gunicorn", "--config", "deploy/gunicorn.py", "marketplace.wsgi:application")
    return Recipe("web", arguments, ((signal.SIGTERM, 15.0),))


def sign_ins() -> Recipe:
    return Recipe("sign-ins", ("manage.py", "demo_sign_ins"))


def all_recipes() -> tuple[Recipe, ...]:
    return (prepare(demo=True), worker(), beat(), web(), sign_ins())
