"""`manage.py exposure [--json]`: how evenly shortlists show the people who suit at least one open vacancy."""

import json
from argparse import ArgumentParser
from fractions import Fraction
from textwrap import shorten
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.engine.exposure import Spread
from matching.queries.exposure import Exposure, exposure
from reference.names import country_name, language_name

LINE = "{:<40} {:>9} {:>13} {:>13} {:>12} {:>12}"
WIDTH = 40


class Command(BaseCommand):
    """Works it out from what is in the database now; writes nothing."""

    help = "Print the Gini coefficient and the share of people never shown, without and with sharing out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The form of the output."""
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, count, print."""
        found = exposure(timezone.now().date())
        if options["json"]:
            self.stdout.write(json.dumps(found.as_dict(), indent=2))
        else:
            self._print(found)

    def _print(self, found: Exposure) -> None:
        self.stdout.write(
            f"{found.after.people} people suit at least one of {found.vacancies} open vacancies. "
            f"Each may be shown on {found.cap} lists, and beyond that on lists that would show nobody. "
            f"A list shows {found.per_opening} people an opening."
        )
        self.stdout.write(
            LINE.format("", "people", "never, alone", "never, shared", "Gini, alone", "Gini, shared")
        )
        self._line("everybody", found.before, found.after)
        groups = (
            ("lives in", found.countries, country_name), ("measured in", found.languages, language_name),
        )  # fmt: skip
        for kind, rows, named in groups:
            for code, before, after in rows:
                self._line(f"{kind} {named(code) if code else '–'}", before, after)
        times = max(len(found.before.distribution), len(found.after.distribution))
        self.stdout.write("shown … times: people, each list alone / shared out")
        for at in range(times):
            self.stdout.write(f"{at:>5} {_at(found.before, at):>10} {_at(found.after, at):>10}")

    def _line(self, name: str, before: Spread, after: Spread) -> None:
        shares = [_share(one.never_share) for one in (before, after)]
        ginis = [_decimal(one.gini) for one in (before, after)]
        self.stdout.write(LINE.format(shorten(name, WIDTH, placeholder=" …"), before.people, *shares, *ginis))


def _at(one: Spread, times: int) -> int:
    return one.distribution[times] if times < len(one.distribution) else 0


def _share(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value) * 100:.1f} %"


def _decimal(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.3f}"
