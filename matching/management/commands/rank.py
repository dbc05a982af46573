"""`manage.py rank VACANCY --top 20 [--json]`: the shortlist of a vacancy with parts and reasons."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from candidates.models import Candidate
from matching.engine import (
    GATES,
    PARTS,
    SCALE,
    Explanation,
    InvalidQuery,
    RankingResult,
    VacancyQuery,
    explain,
    rank,
)
from matching.queries.compiled import Team, compile_query
from matching.queries.pool import read_pool
from matching.queries.proofs import proofs
from matching.queries.weights import weight_policies
from matching.words import PART_LABELS, evidence
from matching.words.figures import skill_names
from matching.words.gates import REASONS, gate_label
from reference.rules.rates import NoRate
from vacancies.content import content_of
from vacancies.models import Vacancy, VacancyVersion
from vacancies.queries.pay import PayFacts
from vacancies.queries.vacancies import with_version_rows


class Command(BaseCommand):
    """Ranks from what is in the database now; writes nothing."""

    help = "Print the ranked people of a vacancy with the parts of their score and the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The vacancy, how many people, and the form of the output."""
        parser.add_argument("vacancy", type=int, help="number of the vacancy, as its address shows it")
        parser.add_argument("--top", type=int, default=20, help="how many people, best first (20)")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, rank, explain, print."""
        if options["top"] < 0:
            raise CommandError("--top cannot be negative.")
        vacancy, version = _stored(options["vacancy"])
        today = timezone.now().date()
        query = _query(vacancy, version, today)
        pool = read_pool(today)
        result = rank(pool, query, top=options["top"])
        proven = proofs()
        people = [explain(pool, query, int(one), proofs=proven) for one in result.candidate_ids]
        known = Candidate.objects.only("public_id").in_bulk(result.candidate_ids.tolist())
        with _reader_may_leave():
            if options["json"]:
                data = _as_data(version.title, result, people, known)
                self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            else:
                self._print(version.title, result, people, known)
            self.stdout.flush()

    def _print(
        self, title: str, result: RankingResult, people: list[Explanation], known: dict[int, Candidate]
    ) -> None:
        fall = result.waterfall
        self.stdout.write(f"{title}: {result.eligible} of {fall.everyone} people eligible")
        by_code = fall.by_code()
        for gate in GATES:
            self.stdout.write(f"  {gate_label(gate):<22} {fall.by_gate()[gate]:>8} lost")
            for code, count in by_code.items():
                if code.gate == gate:
                    self.stdout.write(f"    {count:>8} {REASONS[code]}")
        for miss in result.near_misses:
            self.stdout.write(f"  near misses {miss.count:>8}: {REASONS[miss.code]}")
        names = skill_names()
        for place, person in enumerate(people, start=1):
            score = person.score / SCALE
            self.stdout.write(f"{place:>4}. candidate {known[person.candidate_id]}, score {score:.7f}")
            for part in person.parts:
                share, label = part.contribution / SCALE, PART_LABELS[part.part]
                self.stdout.write(f"      {label:<11} {share:.7f}  {evidence(part, names)}")


def _stored(pk: int) -> tuple[Vacancy, VacancyVersion]:
    vacancies = with_version_rows(Vacancy.objects.all()).prefetch_related("employer__staff")
    vacancy = vacancies.filter(pk=pk).first()
    version = vacancy and (vacancy.current or vacancy.draft)
    if not vacancy or not version:
        raise CommandError(f"There is no vacancy {pk}.")
    return vacancy, version


def _query(vacancy: Vacancy, version: VacancyVersion, today: date) -> VacancyQuery:
    content = content_of(version)
    facts = PayFacts.read(today, [row.country for row in content.countries])
    try:
        return compile_query(content, Team.of(vacancy.employer), today, facts, weight_policies(today))
    except (InvalidQuery, NoRate) as error:
        raise CommandError(f"Vacancy {vacancy.pk} cannot be ranked: {error}.") from error


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Whoever reads may stop in the middle, as `head` does; what is still to be written then goes nowhere."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _person(place: int, explanation: Explanation, candidate: Candidate) -> dict[str, Any]:
    """One person as the API names them, never by the key of a row."""
    said = explanation.as_dict()
    del said["candidate_id"]
    return {"rank": place, "person": str(candidate.public_id), **said}


def _as_data(
    title: str, result: RankingResult, people: list[Explanation], known: dict[int, Candidate]
) -> dict[str, Any]:
    fall = result.waterfall
    return {
        "vacancy": title,
        "people": fall.everyone,
        "eligible": result.eligible,
        "parts": list(PARTS),
        "lost": {str(gate): fall.by_gate()[gate] for gate in GATES},
        "lost_because": {str(code): count for code, count in fall.by_code().items()},
        "near_misses": {str(miss.code): miss.count for miss in result.near_misses},
        "input_digest": result.input_digest,
        "engine_version": result.engine_version,
        "tz_version": result.tz_version,
        "top": [_person(place, one, known[one.candidate_id]) for place, one in enumerate(people, start=1)],
    }
