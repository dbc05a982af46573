"""`manage.py replay RANKING [--even-so]`: compute a stored ranking again and compare it byte for byte."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.models import Ranking
from matching.queries.replay import OtherVersions, UnableToReplay, replay


class Command(BaseCommand):
    """Writes nothing. Ends with an error unless every byte is the same."""

    help = "Compute a stored ranking again from its stored inputs and compare it byte for byte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which ranking, and whether another engine's version is no obstacle."""
        parser.add_argument("ranking", type=int, help="number of the ranking, as the administration shows it")
        parser.add_argument(
            "--even-so", action="store_true", help="compare although engine or time zone data are others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay and say what came of it."""
        ranking = Ranking.objects.select_related("pool", "version").filter(pk=options["ranking"]).first()
        if ranking is None:
            raise CommandError(f"There is no ranking {options['ranking']}.")
        self.stdout.write(f"{ranking.version.title}, ranked {ranking.made_at:%Y-%m-%d %H:%M} UTC")
        try:
            found = replay(ranking, even_so=options["even_so"])
        except OtherVersions as error:
            raise CommandError(f"{error} Add --even-so to compare nevertheless.") from error
        except UnableToReplay as error:
            raise CommandError(str(error)) from error
        for sentence in found.other_versions:
            self.stdout.write(sentence)
        if found.first_difference is None:
            self.stdout.write(
                f"Ranking {ranking.pk} comes out the same: all {found.size} bytes, "
                f"{ranking.eligible} of {ranking.people} people eligible, input {ranking.input_digest}."
            )
        elif found.same_outcome and found.other_versions:
            self.stdout.write(
                f"Ranking {ranking.pk} has the same outcome: people, figures and counts. "
                f"The bytes differ from byte {found.first_difference} on, as the versions do."
            )
        else:
            raise CommandError(
                f"Ranking {ranking.pk} comes out differently, from byte {found.first_difference} "
                f"of {found.size} on."
            )
