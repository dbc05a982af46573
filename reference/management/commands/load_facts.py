"""`manage.py load_facts`: bring countries, floors, rates and vocabularies up to the data files."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reference.actions.facts import load_facts
from reference.rules.fact_files import FactError

BAR_WIDTH = 30


class Command(BaseCommand):
    """Loads the data files; safe to run again."""

    help = (
        "Load countries, wage floors, exchange rates and vocabularies from the data files. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option."""
        parser.add_argument(
            "--demo-policies",
            action="store_true",
            help="also load example platform policies for countries without a usable amount (only with DEMO=1)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then print the rows a file."""
        if options["demo_policies"] and not settings.DEMO:
            raise CommandError("Demo policies are loaded only with DEMO=1.")
        progress = self._bar if sys.stderr.isatty() else None
        try:
            report = load_facts(now=timezone.now(), demo_policies=options["demo_policies"], progress=progress)
        except FactError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if options["verbosity"] < 1:
            return
        for file, count in report.written.items():
            kept = report.kept[file]
            self.stdout.write(f"{count:6}  {file}" + (f"  ({kept} kept as staff left them)" if kept else ""))
        if report.withdrawn:
            self.stdout.write(f"{report.withdrawn:6}  taken out because they left the files")
        self.stdout.write(f"facts {report.digest[:12]} {'loaded' if report.changed else 'unchanged'}")

    def _bar(self, done: int, total: int, name: str) -> None:
        filled = BAR_WIDTH * done // total
        self.stderr.write(
            f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {name:24}", ending="\n" if done == total else ""
        )
