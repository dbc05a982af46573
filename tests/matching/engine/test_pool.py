"""The pool: what it accepts, what it keeps, how it is cut, stored and opened."""

from typing import Any

import numpy as np
import pytest

from matching.engine import InvalidPool, Pool, UnknownCandidate, mask_of_week
from matching.engine.columns import DENSE, FAMILIES
from tests.matching.engine.people import OFFICE, Person, pool_of, speaker

ALLOWED = {
    "candidate_id",
    "listing",
    "earliest_start_day",
    "contract_forms",
    "place_code",
    "right_to_work_until_day",
    "hours_min",
    "hours_max",
    "availability_code",
    "preferred_code",
    "zone_code",
    "minimum_pay",
    "wished_pay",
    "wished_months",
    "work_style",
    "experience_months",
    "places",
    "zones",
    "week_masks",
    "languages",
    "skills",
    "localities",
    "sector_months",
    "channel_months",
    "reserved_sectors",
    "reserved_employers",
}
ALLOWED_PARTS = {
    "languages": {"measured_level", "claimed_level", "theta", "standard_error"},
    "skills": {"measured", "stated"},
    "localities": {"evidence"},
    "sector_months": {"months"},
    "channel_months": {"months"},
    "reserved_sectors": {"reserved"},
    "reserved_employers": {"employer"},
}


def columns(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "candidate_id": [7, 3],
        "listing": [3, 3],
        "earliest_start_day": [0, 0],
        "contract_forms": [1, 1],
        "place_code": [0, 0],
        "right_to_work_until_day": [0, 0],
        "hours_min": [0, 0],
        "hours_max": [2400, 2400],
        "availability_code": [0, 0],
        "preferred_code": [-1, -1],
        "zone_code": [0, 0],
        "minimum_pay": [0, 0],
        "wished_pay": [0, 0],
        "wished_months": [0, 0],
        "work_style": [[-1] * 8, [12] * 8],
        "experience_months": [0, 0],
        "places": [("PT", "")],
        "zones": ["Europe/Lisbon"],
        "week_masks": [mask_of_week(OFFICE)],
        "languages": {
            "en": {
                "rows": [0],
                "measured_level": [4],
                "claimed_level": [5],
                "theta": [1500],
                "standard_error": [300],
            }
        },
    }
    return given | changes


def test_protected_facts_are_no_columns() -> None:
    assert set(Pool.__dataclass_fields__) == ALLOWED
    assert {column.name for column in DENSE} <= ALLOWED
    assert {family: {c.name for c in parts} for family, parts in FAMILIES.items()} == ALLOWED_PARTS


def test_rows_are_sorted_and_sparse_rows_follow() -> None:
    pool = Pool.from_columns(**columns())
    assert pool.candidate_id.tolist() == [3, 7]
    assert pool.languages["en"].rows.tolist() == [1]
    assert pool.work_style[0].tolist() == [12] * 8
    assert pool.row_of(7) == 1


def test_nothing_in_a_pool_can_be_changed() -> None:
    pool = Pool.from_columns(**columns())
    with pytest.raises(ValueError, match="read-only"):
        pool.listing[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        pool.languages["en"].theta[0] = 0


def test_an_unknown_candidate_is_named() -> None:
    pool = Pool.from_columns(**columns())
    for missing in (1, 5, 9):
        with pytest.raises(UnknownCandidate, match=str(missing)):
            pool.row_of(missing)


LANGUAGE = {"measured_level": [4], "claimed_level": [5], "theta": [0], "standard_error": [0]}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"candidate_id": [3, 3]}, "candidate_id"),
        ({"candidate_id": [0, 3]}, "candidate_id"),
        ({"candidate_id": [[1, 2]]}, "candidate_id"),
        ({"listing": [8, 0]}, "listing"),
        ({"listing": [1]}, "listing"),
        ({"hours_min": [3000, 0]}, "hours_min"),
        ({"hours_max": [10_081, 0]}, "hours_max"),
        ({"minimum_pay": [float("nan"), 1]}, "minimum_pay"),
        ({"minimum_pay": [float("inf"), 1]}, "minimum_pay"),
        ({"minimum_pay": [-1, 1]}, "minimum_pay"),
        ({"wished_pay": [10**8 + 1, 1]}, "wished_pay"),
        ({"wished_pay": [1.5, 1]}, "wished_pay"),
        ({"wished_months": ["six", "12"]}, "wished_months"),
        ({"work_style": [[13] * 8, [0] * 8]}, "work_style"),
        ({"work_style": [[0] * 7, [0] * 7]}, "work_style"),
        ({"place_code": [1, 0]}, "place_code"),
        ({"zone_code": [0, 1]}, "zone_code"),
        ({"availability_code": [0, 5]}, "availability_code"),
        ({"preferred_code": [0, -2]}, "preferred_code"),
        ({"zones": ["Europe/Atlantis"]}, "zones"),
        ({"places": [("PT", ""), ("PT", "")]}, "places"),
        ({"week_masks": [[0] * 83]}, "week_masks"),
        ({"nationality": [0, 0]}, "nationality"),
        ({"languages": {"en": {"rows": [2], **LANGUAGE}}}, "languages[en].rows"),
        (
            {"languages": {"en": {"rows": [0], **LANGUAGE, "measured_level": [7]}}},
            "languages[en].measured_level",
        ),
        ({"languages": {"en": {"rows": [0]}}}, "languages[en]"),
        ({"languages": {"en": {"rows": [0, 1], **LANGUAGE}}}, "languages[en].measured_level"),
        (
            {"languages": {"en": {"rows": [0, 0], **{k: v * 2 for k, v in LANGUAGE.items()}}}},
            "languages[en]",
        ),
    ],
)
def test_bad_columns_are_named(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(InvalidPool) as caught:
        Pool.from_columns(**columns(**changes))
    assert caught.value.column == column


def test_a_missing_column_is_named() -> None:
    given = columns()
    del given["zone_code"]
    with pytest.raises(InvalidPool) as caught:
        Pool.from_columns(**given)
    assert caught.value.column == "zone_code"


def test_the_constructor_takes_no_other_type() -> None:
    pool = Pool.from_columns(**columns())
    fields = {name: getattr(pool, name) for name in Pool.__dataclass_fields__}
    with pytest.raises(InvalidPool, match="int64"):
        Pool(**(fields | {"candidate_id": pool.candidate_id.astype(np.int32)}))
    with pytest.raises(InvalidPool, match="ascending"):
        Pool(**(fields | {"candidate_id": pool.candidate_id[::-1].copy()}))


@pytest.mark.parametrize(
    "block", [(7, 0, 60), (0, 60, 60), (0, 60, 50), (0, 10, 60), (0, 0, 1455), (0, 1440, 1455), (-1, 0, 15)]
)
def test_impossible_blocks_of_a_week(block: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidPool):
        mask_of_week([block])


def test_a_block_over_sunday_midnight_begins_the_week() -> None:
    bits = np.unpackbits(mask_of_week([(6, 1410, 1470)]), bitorder="little")
    assert np.flatnonzero(bits).tolist() == [0, 1, 670, 671]


def some_people() -> list[Person]:
    return [speaker(id=number, localities={"NL": number % 16}) for number in range(1, 9)]


def test_taking_rows_keeps_their_facts() -> None:
    pool = pool_of(*some_people())
    shard = pool.take([1, 4, 6])
    assert shard.candidate_id.tolist() == [2, 5, 7]
    assert shard.localities["NL"].evidence.tolist() == [2, 5, 7]
    assert shard.languages["en"].rows.tolist() == [0, 1, 2]
    assert len(pool.take([])) == 0


@pytest.mark.parametrize("rows", [[1, 1], [2, 1], [-1], [8]])
def test_impossible_rows(rows: list[int]) -> None:
    with pytest.raises(InvalidPool):
        pool_of(*some_people()).take(rows)


def test_digest_follows_content_not_order() -> None:
    everyone = some_people()
    pool = pool_of(*everyone)
    assert pool.digest == pool_of(*reversed(everyone)).digest
    parts = [np.frombuffer(pool.take(rows).digest, "<u8") for rows in ([0, 1], [2, 3, 4, 5, 6, 7])]
    assert (parts[0] + parts[1]).tobytes() == pool.digest
    for changed in (
        speaker(id=1, localities={"NL": 2}),
        speaker(id=1, localities={"NL": 1}, preferred=OFFICE),
        speaker(id=1, localities={"NL": 1}, zone="Europe/Madrid"),
        speaker(id=1, localities={"NL": 1}, wish=1),
        speaker(id=1, localities={"ES": 1}),
    ):
        assert pool_of(changed, *everyone[1:]).digest != pool.digest
