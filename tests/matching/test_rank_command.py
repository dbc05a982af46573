"""`manage.py rank`."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from matching.engine import PARTS
from matching.models import Ranking
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.running_worker import worker_environment

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    answer = StringIO()
    call_command("rank", *map(str, arguments), stdout=answer)
    return answer.getvalue()


def test_people_parts_and_reasons_in_words():
    best, second = measured_person(6), measured_person(4)
    CandidateFactory(listed=True)
    CandidateFactory(listed=False)
    vacancy = VacancyFactory()
    lines = run(vacancy.pk).splitlines()
    assert lines[0] == "Customer care for a web shop: 2 of 4 people eligible"
    assert "  Listed and available          1 lost" in lines
    assert "           1 has not agreed to be listed" in lines
    assert "  Languages                     1 lost" in lines
    assert "  near misses        1: a required language is not measured yet" in lines
    people = [line for line in lines if "candidate " in line]
    assert people[0].startswith(f"   1. candidate {best.short_name}, score 0.")
    assert people[1].startswith(f"   2. candidate {second.short_name}, score 0.")
    assert sum("English: B2 needed, C2 measured" in line for line in lines) == 1
    assert sum("English: B2 needed, B2 measured" in line for line in lines) == 1


def test_json_is_the_ranking_with_full_explanations():
    person = measured_person()
    vacancy = VacancyFactory()
    ranking = ranked(vacancy)
    data = json.loads(run(vacancy.pk, "--json"))
    assert (data["people"], data["eligible"], data["parts"]) == (1, 1, list(PARTS))
    assert data["input_digest"] == ranking.input_digest
    assert data["lost"] == dict.fromkeys(data["lost"], 0)
    (first,) = data["top"]
    assert (first["rank"], first["person"]) == (1, str(person.public_id))
    assert "candidate_id" not in first
    assert first["score"] == int(ranking.result.scores[0]) == sum(p["contribution"] for p in first["parts"])
    assert [gate["passed"] for gate in first["gates"]] == [True] * 8


def test_top_cuts_the_list():
    for _ in range(3):
        measured_person()
    vacancy = VacancyFactory()
    assert len(json.loads(run(vacancy.pk, "--json", "--top", 2))["top"]) == 2
    assert json.loads(run(vacancy.pk, "--json", "--top", 0))["top"] == []


def test_it_writes_nothing_and_takes_drafts():
    measured_person()
    vacancy = VacancyFactory(draft=True)
    assert "1 of 1 people eligible" in run(vacancy.pk)
    assert not Ranking.objects.exists()


def test_bad_requests_say_what_is_wrong():
    with pytest.raises(CommandError, match=r"There is no vacancy 123456\."):
        run(123456)
    vacancy = VacancyFactory()
    with pytest.raises(CommandError, match=r"--top cannot be negative\."):
        run(vacancy.pk, "--top", "-1")
    vacancy.current.shifts.all().delete()
    with pytest.raises(CommandError, match="cannot be ranked: shifts: has no shift block"):
        run(vacancy.pk)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_reader_who_leaves_in_the_middle_is_no_error():
    """As `manage.py rank 1 | head -1` does."""
    for _ in range(3):
        measured_person()
    command = ["manage.py", "rank", str(VacancyFactory().pk)]
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=configured.BASE_DIR,
        env=worker_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read().decode()
        assert (process.wait(timeout=60), said) == (0, "")
