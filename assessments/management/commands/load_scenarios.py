"""`manage.py load_scenarios`: load the scenarios of the contact-centre simulator from their files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.actions.desk.scenarios import ScenarioFileError, load_scenarios

DATA = Path(__file__).resolve().parents[2] / "data" / "desk"


class Command(BaseCommand):
    """Loads every scenario; what was loaded before changes nothing."""

    help = "Load the desk scenarios. A content that was loaded before changes nothing, and an edit by staff stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """An optional other folder."""
        parser.add_argument("--folder", type=Path, default=DATA, help="folder with scenarios.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what is new."""
        try:
            loaded = load_scenarios(folder=options["folder"], now=timezone.now())
        except ScenarioFileError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for one in loaded:
            self.stdout.write(f"{one.scenario}: version {one.version}{', new' if one.new else ''}")
