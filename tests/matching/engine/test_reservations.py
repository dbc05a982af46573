"""People who asked not to be shown to a sector or an employer: at the first gate, everywhere, and in older rankings."""

import base64
import gzip
import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from matching.engine import CODES, Code, Gate, Pool, QueryBook, explain, pack, rank, screen, unpack
from matching.engine.codes import codes_of
from matching.engine.what_if import what_if
from matching.rules.stored_query import query_of
from tests.matching.engine.people import Person, day, pool_of, speaker, vacancy

TRAVEL = vacancy(sector="travel", employer=70)
KEPT = Path(__file__).parent / "kept" / "ranking_1_1_0.json"


def crowd() -> list[Person]:
    """Seven: by whom each may be seen, worked out by hand below."""
    return [
        speaker(id=1),
        speaker(id=2, not_sectors=("travel",)),
        speaker(id=3, not_employers=(70,)),
        speaker(id=4, not_sectors=("retail",), not_employers=(7, 2**40)),
        speaker(id=5, not_sectors=("travel",), agreed=False),
        speaker(id=6, not_employers=(7, 70, 2**40), start_day=day(2028, 1, 1)),
        speaker(id=7, not_employers=(7, 70), forms=2),
    ]


def eligible(query_changes: dict[str, object]) -> list[int]:
    return sorted(rank(pool_of(*crowd()), replace(TRAVEL, **query_changes)).candidate_ids.tolist())


def test_who_is_left_for_which_vacancy() -> None:
    assert eligible({}) == [1, 4]
    assert eligible({"employer": 7}) == [1, 3]
    assert eligible({"sector": "retail"}) == [1, 2]
    assert eligible({"sector": "", "employer": 0}) == [1, 2, 3, 4]
    assert eligible({"sector": "health", "employer": 2**40}) == [1, 2, 3]


def test_each_is_counted_once_in_the_order_of_the_reasons() -> None:
    found = screen(pool_of(*crowd()), TRAVEL)
    assert found.waterfall.by_code() == {Code.NOT_AGREED: 1, Code.STARTS_LATER: 1, Code.RESERVED: 3}
    assert found.waterfall.by_gate()[Gate.LISTED] == 5
    reasons = [CODES[number - 1] if number else None for number in found.first_reasons.tolist()]
    assert reasons[1:] == [
        Code.RESERVED, Code.RESERVED, None, Code.NOT_AGREED, Code.STARTS_LATER, Code.RESERVED,
    ]  # fmt: skip


def test_a_reservation_is_never_a_near_miss() -> None:
    person = speaker(not_sectors=("travel",), languages={"en": (0, 5, 0, 0)})
    found = screen(pool_of(person), TRAVEL)
    assert found.waterfall.by_code() == {Code.RESERVED: 1}
    assert not len(found.near_misses)


def test_the_book_of_vacancies_says_the_same() -> None:
    queries = [
        replace(TRAVEL, sector=s, employer=e) for s in ("", "travel", "retail") for e in (0, 7, 70, 2**40)
    ]
    pool, book = pool_of(*crowd()), QueryBook(queries)
    for row in range(len(pool)):
        first, _alive = book.first_reasons(pool, row)
        assert first.tolist() == [int(screen(pool, query).first_reasons[row]) for query in queries]


def test_what_if_another_sector_or_employer() -> None:
    others = [replace(TRAVEL, sector="retail"), replace(TRAVEL, employer=7), replace(TRAVEL, employer=0)]
    assert what_if(pool_of(*crowd()), TRAVEL, others).alternatives == (2, 2, 3)


def test_the_person_is_told_which_and_how_to_take_it_back() -> None:
    pool = pool_of(*crowd())
    for one, sector, employer in ((2, True, False), (3, False, True)):
        told = explain(pool, TRAVEL, one)
        assert told.code == Code.RESERVED
        assert (told.gates[0].facts["reserved_sector"], told.gates[0].facts["reserved_employer"]) == (
            sector,
            employer,
        )
        assert [(c.kind, c.next_code, c.own) for c in told.changes] == [("lift_reservation", None, True)]
        assert told.changes[0].score == explain(pool, TRAVEL, 1).score


@pytest.mark.parametrize("before", [0, 1], ids=["nothing kept", "sets kept"])
def test_taken_back_and_made_again(before: int) -> None:
    """A pool in which some rows changed gives what a pool built anew gives, also where sets were kept."""
    pool = pool_of(*crowd())
    if before:
        assert len(rank(pool, TRAVEL)) == 2
    free, new = speaker(id=2), speaker(id=1, not_employers=(9, 70))
    changed = pool.changed(pool_of(new, free), [])
    rest = [person for person in crowd() if person.id > 2]
    anew = pool_of(new, free, *rest)
    assert changed.digest == anew.digest
    assert pack(rank(changed, TRAVEL)) == pack(rank(anew, TRAVEL))
    assert rank(changed, TRAVEL).candidate_ids.tolist() == [2, 4]


def test_without_reservations_a_pool_has_the_digest_it_had() -> None:
    """Engine 1.1.0 knew no reservations; what it stored is found again under the same name."""
    stored = kept()
    assert opened(stored).digest.hex() == stored["digest"]


def test_a_ranking_of_the_engine_before_is_read_and_comes_out_the_same() -> None:
    stored = kept()
    was = unpack(base64.b64decode(stored["packed"]))
    assert was.engine_version == "1.1.0"
    assert len(was.waterfall.failed) == len(CODES) == len(codes_of("1.1.0")) + 1
    assert was.waterfall.by_code()[Code.NOT_HIREABLE] == 7
    query = query_of(stored["query"])
    now = rank(opened(stored), query, top=5)
    assert query.employer == 0
    assert now.waterfall == was.waterfall
    assert now.near_misses == was.near_misses
    assert now.pool_digest == was.pool_digest
    for name in ("candidate_ids", "scores", "employer_scores", "candidate_scores", "fits", "contributions"):
        assert np.array_equal(getattr(now, name), getattr(was, name))


def kept() -> dict[str, str]:
    stored: dict[str, str] = json.loads(KEPT.read_text(encoding="utf-8"))
    return stored


def opened(stored: dict[str, str]) -> Pool:
    """The pool, stored as format 3."""
    data = io.BytesIO(gzip.decompress(base64.b64decode(stored["pool"])))
    with TemporaryDirectory() as room, tarfile.open(fileobj=data) as archive:
        archive.extractall(room, filter="data")
        return Pool.open(Path(room))
