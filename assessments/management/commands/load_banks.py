"""`manage.py load_banks`: make the item banks what their files say."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.actions.banks import load_banks
from assessments.rules.bank_sheet import BankFileError

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Loads every bank; running it again changes nothing."""

    help = "Load the item banks of the tests. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """An optional other folder."""
        parser.add_argument(
            "--folder", type=Path, default=DATA, help="folder with banks.json and one folder a bank"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        try:
            loaded = load_banks(folder=options["folder"], now=timezone.now())
        except BankFileError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for bank in loaded:
            self.stdout.write(
                f"{bank.bank}: {bank.new} new, {bank.changed} changed, {bank.unchanged} unchanged, {bank.retired} retired"
            )
