"""The other measures hold what they time against what they time it with, and write what they found."""

import asyncio
import gc
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from xml.etree import ElementTree

import numpy as np
import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from benchmarks import __main__ as bench
from benchmarks import (
    bandwidth,
    batch,
    crowd_generator,
    growth,
    load_generator,
    measurement,
    publish,
    reverse,
    takers,
    timing,
    what_if,
)
from benchmarks.cases import CASES
from benchmarks.market import fill
from benchmarks.outcome import Ours
from benchmarks.plain import plain_rank
from benchmarks.population import make_pool
from benchmarks.vacancies import make_vacancies
from benchmarks.visitors import Visitor
from benchmarks.wide import People
from matching.queries.pool import read_pool
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory

SIZE = 1500


@pytest.fixture(scope="module")
def people() -> People:
    return People(make_pool(SIZE))


@pytest.fixture(scope="module", autouse=True)
def what_is_there_stays() -> None:
    """Garbage is collected before each measurement, which need not look through what other tests have left."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results of tests never replace those of a real run."""
    monkeypatch.setattr(timing.write, "__defaults__", (tmp_path,))
    return tmp_path


def test_the_plain_loop_ranks_as_the_engine_does(people: People) -> None:
    for query in make_vacancies(12):
        ours = Ours(people.pool)
        ours.prepare(query)
        assert plain_rank(people, query) == ours.run()


def test_vacancies_are_the_same_on_every_run_and_all_different() -> None:
    assert make_vacancies(30) == make_vacancies(30)
    assert len({str(query) for query in make_vacancies(30)}) == 30


def test_fewer_bytes_are_needed_for_the_narrower_vacancy(people: People) -> None:
    needed = {}
    for case, query in CASES.items():
        ours = Ours(people.pool)
        ours.prepare(query())
        needed[case] = bandwidth.bytes_to_read(people.pool, query(), ours.ranked().waterfall)
    first_columns = people.pool.listing.nbytes + people.pool.earliest_start_day.nbytes
    assert first_columns < needed["typical"] < needed["broad"]


def test_a_book_and_a_loop_agree_about_a_person(own_folder: Path) -> None:
    rows = reverse.measure([SIZE], vacancies=200, people=2)
    assert [row.engine for row in rows] == ["ours", "plain loop", "laying out the book, once"]
    assert timing.read("reverse", own_folder) == rows


def test_twelve_alternatives_are_tried(own_folder: Path) -> None:
    assert all(len(what_if.twelve(query())) == 12 for query in CASES.values())
    assert {row.case for row in what_if.measure([SIZE], rounds=1)} == set(CASES)


def test_a_batch_is_held_against_the_plain_loop(own_folder: Path) -> None:
    ours, plain = batch.measure([SIZE], vacancies=20, plain=10)
    assert (ours.size, plain.engine) == (SIZE, "plain vectorised loop")


def test_growth_is_drawn(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "VACANCIES", (1, 2))
    rows = growth.measure([3000], own_folder / "growth.svg", rounds=1)
    drawing = ElementTree.parse(own_folder / "growth.svg").getroot()
    lines = [one for one in drawing.iter() if one.tag.endswith("polyline")]
    assert len(lines) == len({(row.measure, row.case) for row in rows}) == 6


def test_every_measure_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    assert all(callable(import_module(f"benchmarks.{name}").measure) for name in bench.MEASURES)
    monkeypatch.setenv("ONLY", "nothing")
    assert bench.main() == 2


@pytest.mark.django_db(transaction=True)
def test_a_market_holds_the_population() -> None:
    pool = make_pool(300)
    name = connection.settings_dict["NAME"]
    there = psycopg2.connect(urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}")))
    there.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with closing(there):
        fill(there, pool)
    read = read_pool(timezone.localdate())
    assert read.candidate_id.tolist() == pool.candidate_id.tolist()
    assert read.hours_max.tolist() == pool.hours_max.tolist()
    english, theirs = read.languages["en"], pool.languages["en"]
    assert english.rows.tolist() == theirs.rows.tolist()
    assert english.measured_level.tolist() == theirs.measured_level.tolist()
    assert english.theta.tolist() == theirs.theta.tolist()
    assert np.array_equal(read.skills["crm"].stated, pool.skills["crm"].stated)


def test_each_bank_is_measured_by_its_own_files(monkeypatch: pytest.MonkeyPatch, own_folder: Path) -> None:
    monkeypatch.setattr(measurement, "PEOPLE", 200)
    monkeypatch.setattr(measurement, "AGAIN", 40)
    monkeypatch.setattr(measurement, "FOLDER", own_folder)
    some = [found for found in measurement.forms() if found[0] in {"english", "rome-art"}]
    monkeypatch.setattr(measurement, "forms", lambda: iter(some))
    measurement.measure([1])
    records = [json.loads(line) for line in (own_folder / "measurement.jsonl").read_text().splitlines()]
    exact, worse, *attempts = [one for one in records if one["bank"] == "english"]
    assert (exact["case"], exact["people"], exact["median_discrimination"]) == ("parameters exact", 200, 1.7)
    assert exact["within_one_level"] >= 0.98
    assert worse["coverage_90"] < exact["coverage_90"]
    assert attempts[0]["able_to_start"] == 1
    assert attempts[-1]["able_to_start"] < 0.1
    assert {len(one["bias_by_level"]) for one in records if "bias_by_level" in one} == {6, 3}


def test_people_of_the_load_test_take_tests_and_every_answer_is_found_again(
    live_server: Any, settings: Any
) -> None:
    settings.STORAGES = publish.PLAIN_FILES
    BankFactory(code="english", items=20, min_items=8, max_items=8)
    host, port = live_server.url.removeprefix("http://").split(":")
    people = takers.make(3)
    plan = {"host": host, "port": int(port), "think": 0.05, "ramp": 0.1, "seconds": 60.0, "people": people}
    happened = json.loads(json.dumps(asdict(asyncio.run(load_generator.generate(plan)))))
    assert happened["failures"] == []
    assert (happened["finished"], happened["unsure"]) == (3, [])
    assert len(happened["acknowledged"]) == len(happened["latencies"]) == 24
    nothing_wrong = dict.fromkeys(
        ("lost", "doubled", "never_sent", "uncounted_givings", "sessions_without_an_end"), 0
    )
    assert takers.check(happened) == nothing_wrong
    session, position, value = happened["acknowledged"][0]
    happened["acknowledged"][0] = (session, position, (value + 1) % 4)
    assert takers.check(happened) == nothing_wrong | {"lost": 1}


def test_a_crowd_reads_and_decides_and_says_what_was_no_page(
    live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STORAGES = publish.PLAIN_FILES
    CandidateFactory(listed=True)
    host, port = live_server.url.removeprefix("http://").split(":")
    visitor = Visitor("candidate", 0, 1, 7)
    queries, answer = visitor.get(visitor.address("people:settings", "", ""))
    assert (queries > 0, answer.status_code) == (True, 200)
    deeds = [
        (visitor.address("common:set_theme", "", ""), {"theme": "dark"}),
        ("/nowhere/", {"theme": "dark"}),
    ]
    own = {
        **visitor.signed_in(),
        "pages": [visitor.address("people:settings", "", "")],
        "deeds": deeds,
        "seed": "one",
    }
    plan = {"host": host, "port": int(port), "think": 0.01, "ramp": 0.0, "seconds": 5.0, "people": [own]}
    monkeypatch.setattr(crowd_generator, "DEEDS_SHARE", 1)  # first all that there is to do
    crowd = asyncio.run(crowd_generator.generate(plan))
    assert crowd.errors == ["POST /nowhere/: 404"]
    assert len(crowd.deeds) == 2
    assert len(crowd.pages) > 2
