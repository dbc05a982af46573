"""`manage.py load_rated_tasks`: make the tasks of rated tests what their files say."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.rated_tasks import load_rated_tasks
from assessments.management.commands.load_banks import DATA
from assessments.rules.rated_task_sheet import RatedTaskFileError


class Command(BaseCommand):
    """Loads every task; running it again changes nothing."""

    help = "Load the tasks of the rated tests. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """An optional other folder."""
        parser.add_argument("--folder", type=Path, default=DATA, help="folder with writing/ and speaking/")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        try:
            loaded = load_rated_tasks(folder=options["folder"])
        except RatedTaskFileError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(
            f"rated tasks: {loaded.new} new, {loaded.changed} changed, {loaded.unchanged} unchanged, {loaded.retired} retired"
        )
