"""Everything that has to be true before the web server and the worker start; safe to run at every start."""

import time
from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Migrate, collect static files, load facts and item banks and, with --demo, make the demo population once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="make the demo population if there are no people yet"
        )
        parser.add_argument(
            "--no-static", action="store_true", help="static files are there already, as in an image"
        )
        parser.add_argument("--candidates", type=int, default=10_000)
        parser.add_argument("--employers", type=int, default=40)
        parser.add_argument("--vacancies", type=int, default=120)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo"] and not settings.DEMO:
            raise CommandError("Demo people are only made with DEMO=1.")
        self._step("Applying migrations", "migrate", verbosity=0, interactive=False)
        if not options["no_static"]:
            self._step("Collecting static files", "collectstatic", verbosity=0, interactive=False)
        self._step("Loading country facts", "load_facts", verbosity=0, demo_policies=options["demo"])
        self._step("Loading the item banks", "load_banks", stdout=StringIO())
        if options["demo"]:
            size = {name: options[name] for name in ("candidates", "employers", "vacancies", "seed")}
            self._step("Making the demo population", "demo_population", if_empty=True, **size)

    def _step(self, text: str, command: str, **options: Any) -> None:
        start = time.monotonic()
        self.stdout.write(f"· {text} … ", ending="")
        self.stdout.flush()
        call_command(command, **options)
        self.stdout.write(f"{time.monotonic() - start:.1f} s")
        self.stdout.flush()
