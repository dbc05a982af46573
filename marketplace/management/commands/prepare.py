"""Everything that has to be true before the web server and the worker start; safe to run at every start."""

import hashlib
import os
import time
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from common.queue import enqueue
from marketplace.heartbeat import forget_heartbeat
from marketplace.models import MarketReport

POPULATION: dict[str, int | None] = {"candidates": 10_000, "employers": None, "vacancies": None, "seed": 1}
"""None: as many as suit the number of people."""


class Command(BaseCommand):
    """Runs the commands that set things up, in one process; each does nothing when there is nothing to do."""

    help = "Migrate, collect static files, load facts and item banks and, with --demo, make the demo population once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What differs between a laptop and a container."""
        parser.add_argument(
            "--no-static", action="store_true", help="static files are there already, as in an image"
        )
        parser.add_argument(
            "--demo", action="store_true", help="make the demo population if there are no people yet"
        )
        parser.add_argument(
            "--sign-ins-to", type=Path, help="a private file for one demo sign-in of each role"
        )
        for name, number in POPULATION.items():
            parser.add_argument(f"--{name}", type=int, default=number)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all, with a line and its seconds for each step."""
        demo = options["demo"]
        if demo and not settings.DEMO:
            raise CommandError("Demo people are only made with DEMO=1.")
        _reach_servers()
        self._step("Applying migrations", "migrate", verbosity=0, interactive=False)
        self._step("Setting up the recruiters' group", "keep_recruiters", stdout=StringIO())
        if not options["no_static"]:
            self._collect_static()
        self._step("Loading country facts", "load_facts", verbosity=0, demo_policies=demo)
        self._step("Loading the usual weights", "load_weights", stdout=StringIO())
        self._step("Loading the item banks", "load_banks", stdout=StringIO())
        self._step("Loading the desk scenarios", "load_scenarios", stdout=StringIO())
        self._step("Loading the tasks of rated tests", "load_rated_tasks", stdout=StringIO())
        if demo:
            size = {name: options[name] for name in POPULATION}
            self._step(
                "Making the demo population", "demo_population", if_empty=True, stdout=StringIO(), **size
            )
            if not MarketReport.objects.exists():
                # Otherwise the page of the market would be empty until the first night.
                enqueue("marketplace.report_market")
        if options["sign_ins_to"]:
            answer = StringIO()
            call_command("demo_sign_ins", stdout=answer)
            descriptor = os.open(options["sign_ins_to"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(answer.getvalue())

    def _collect_static(self) -> None:
        """Hashing and compressing takes seconds, so it is left out while no file has changed."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        found = _static_files_digest()
        if stamp.exists() and stamp.read_text() == found:
            return
        self._step("Collecting static files", "collectstatic", verbosity=0, interactive=False)
        stamp.write_text(found)

    def _step(self, text: str, command: str, **options: Any) -> None:
        start = time.monotonic()
        self.stdout.write(f"· {text} … ", ending="")
        self.stdout.flush()
        call_command(command, **options)
        self.stdout.write(f"{time.monotonic() - start:.1f} s")
        self.stdout.flush()


def _reach_servers() -> None:
    """Both servers answer, or one sentence says which does not."""
    try:
        forget_heartbeat()
    except (RedisError, ValueError, OSError) as error:
        raise CommandError(f"REDIS_URL leads to no server that answers: {_first_line(error)}") from None
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise CommandError(f"DATABASE_URL leads to no database that answers: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].strip() or type(error).__name__


def _static_files_digest() -> str:
    """Changes when any static file's path, size or time does."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
