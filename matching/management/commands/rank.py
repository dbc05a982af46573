"""`manage.py rank VACANCY --top 20 [--json]`: the shortlist of a vacancy with parts and reasons."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matching.actions.ranking import UnableToRank
from matching.engine import GATES, PARTS, SCALE, InvalidQuery, explain, rank
from matching.queries.compiled import Team, compile_query
from matching.queries.pool import read_pool
from reference.rules.rates import NoRate
from vacancies.content import content_of
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows


class Command(BaseCommand):
    """Ranks from what is in the database now; writes nothing."""

    help = "Print the ranked people of a vacancy with the parts of their score and the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The vacancy, how many people, and the form of the output."""
        parser.add_argument("vacancy", type=int)
        parser.add_argument("--top", type=int, default=20)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, rank, explain, print."""
        vacancies = with_version_rows(Vacancy.objects.all()).prefetch_related("employer__staff")
        vacancy = vacancies.filter(pk=options["vacancy"]).first()
        version = vacancy and (vacancy.current or vacancy.draft)
        if not vacancy or not version:
            raise CommandError(f"there is no vacancy {options['vacancy']}")
        now = timezone.now()
        reading = read_pool(now.date(), now)
        try:
            query = compile_query(content_of(version), Team.of(vacancy.employer), now.date())
        except (InvalidQuery, NoRate) as error:
            raise CommandError(str(UnableToRank(f"vacancy {vacancy.pk}: {error}"))) from error
        result = rank(reading.pool, query, top=max(options["top"], 0))
        people = [explain(reading.pool, query, int(one)) for one in result.candidate_ids]
        if options["json"]:
            self.stdout.write(
                json.dumps(_as_data(version.title, result, people), ensure_ascii=False, indent=2)
            )
        else:
            self._print(version.title, result, people)

    def _print(self, title: str, result: Any, people: list[Any]) -> None:
        fall = result.waterfall
        self.stdout.write(f"{title}: {result.eligible} of {fall.everyone} people eligible")
        for gate in GATES:
            self.stdout.write(f"  lost at {gate:<14} {fall.by_gate()[gate]:>8}")
        for miss in result.near_misses:
            self.stdout.write(f"  near miss: {miss.code} {miss.count}")
        self.stdout.write(
            f"{'rank':>4} {'candidate':>9} {'score':>9}  " + " ".join(f"{part:>11}" for part in PARTS)
        )
        for place, person in enumerate(people, start=1):
            shares = " ".join(f"{part.contribution / SCALE:>11.7f}" for part in person.parts)
            self.stdout.write(f"{place:>4} {person.candidate_id:>9} {person.score / SCALE:>9.7f}  {shares}")


def _as_data(title: str, result: Any, people: list[Any]) -> dict[str, Any]:
    fall = result.waterfall
    return {
        "vacancy": title,
        "people": fall.everyone,
        "eligible": result.eligible,
        "lost": {str(gate): fall.by_gate()[gate] for gate in GATES},
        "near_misses": {str(miss.code): miss.count for miss in result.near_misses},
        "input_digest": result.input_digest,
        "engine_version": result.engine_version,
        "tz_version": result.tz_version,
        "top": [{"rank": place, **person.as_dict()} for place, person in enumerate(people, start=1)],
    }
