"""A pool in which people changed equals one made from scratch: content, digests, groups and rankings."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from matching.engine import InvalidPool, Pool, VacancyQuery, groups, pack, rank
from matching.engine.columns import DENSE, FAMILIES
from matching.engine.groups import GROUP_TYPES, Groups
from tests.matching.engine import strategies
from tests.matching.engine.crowd import crowd, crowd_pool
from tests.matching.engine.makers import Maker, make_person, make_vacancy
from tests.matching.engine.people import Person, pool_of, speaker, vacancy

ONCE = (Phase.explicit, Phase.generate)
"""Chains of changes shrink for minutes and hardly get plainer; the plain cases stand on their own below."""
CODED = {"place_code": "places", "zone_code": "zones", "availability_code": "week_masks"}


def meaning(pool: Pool, name: str) -> list[Any]:
    """A dense column with its codes replaced by what they stand for."""
    values = getattr(pool, name)
    if name == "preferred_code":
        return [None if code < 0 else pool.week_masks[code].tobytes() for code in values]
    if name in CODED:
        dictionary = getattr(pool, CODED[name])
        return [
            entry.tobytes() if isinstance(entry, np.ndarray) else entry
            for entry in (dictionary[c] for c in values)
        ]
    return values.tolist()


def assert_groups_fit(pool: Pool) -> None:
    """Every group gives back the columns it was made of, and counts its people right."""
    for name in GROUP_TYPES:
        group = getattr(pool.groups, name)
        for column in group.names():
            assert np.array_equal(getattr(group, column)[group.codes], getattr(pool, column))
            assert getattr(group, column).dtype == getattr(pool, column).dtype
        assert group.people.tolist() == np.bincount(group.codes, minlength=len(group)).tolist()


def assert_same_pool(found: Pool, expected: Pool) -> None:
    for column in DENSE:
        assert meaning(found, column.name) == meaning(expected, column.name)
        assert getattr(found, column.name).dtype == column.dtype
    for family, parts in FAMILIES.items():
        ours, theirs = getattr(found, family), getattr(expected, family)
        assert list(ours) == list(theirs)
        for code in ours:
            for part in ("rows", *(part.name for part in parts)):
                values, wanted = getattr(ours[code], part), getattr(theirs[code], part)
                assert values.tolist() == wanted.tolist()
                assert values.dtype == wanted.dtype
    assert np.array_equal(found.row_digests, expected.row_digests)
    assert found.digest == expected.digest
    assert_groups_fit(found)


def change(maker: Maker, people: dict[int, Person]) -> tuple[list[Person], list[int]]:
    """Some people anew (all facts, or one), some gone, some added; `people` is changed along."""
    rows: dict[int, Person] = {}
    for number in maker.some(sorted(people), min(len(people), 4)):
        person = make_person(maker, number)
        rows[number] = person if maker.below(2) else replace(people[number], wish=person.wish)
    gone = maker.some(sorted(people.keys() - rows.keys()), min(len(people) - len(rows), 3))
    for _ in range(maker.below(4)):
        number = maker.between(1, 10**6)
        if number not in people:
            rows[number] = make_person(maker, number)
    for number in gone:
        del people[number]
    people.update(rows)
    return list(rows.values()), gone


def pool_or_empty(people: list[Person]) -> Pool:
    return pool_of(*people) if people else pool_of(speaker()).take([])


@settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), phases=ONCE
)
@given(strategies.populations(), strategies.makers_of(1500), strategies.vacancies())
def test_changes_one_after_the_other(people: list[Person], maker: Maker, query: VacancyQuery) -> None:
    everyone = {person.id: person for person in people}
    pool = pool_of(*people)
    for _ in range(4):
        before = pack(rank(pool, query))  # fills whatever the old pool keeps
        rows, gone = change(maker, everyone)
        new = pool.changed(pool_or_empty(rows), gone)
        fresh = pool_or_empty(list(everyone.values()))
        assert_same_pool(new, fresh)
        assert pack(rank(new, query, top=5)) == pack(rank(fresh, query, top=5))
        assert pack(rank(pool, query)) == before
        pool = new


def test_a_thousand_of_twenty_thousand(tmp_path, monkeypatch) -> None:
    """From a memory-mapped pool, in many steps, with groups laid out anew on the way."""
    monkeypatch.setattr(groups, "_SPARE", 50)
    maker = Maker.seeded(11)
    crowd_pool().save(tmp_path / "crowd")
    pool = Pool.open(tmp_path / "crowd")
    everyone = {person.id: person for person in crowd()}
    numbers = sorted(everyone)
    for step in range(5):
        chosen = [numbers[maker.below(len(numbers))] for _ in range(200)]
        rows = {number: replace(make_person(maker, number), zone=everyone[number].zone) for number in chosen}
        rows |= {
            number: make_person(maker, number) for number in range(10**6 + step * 50, 10**6 + step * 50 + 50)
        }
        gone = [number for number in numbers[step::997] if number not in rows and number in everyone]
        everyone.update(rows)
        for number in gone:
            del everyone[number]
        numbers = sorted(everyone)
        pool = pool.changed(pool_of(*rows.values()), gone)
    fresh = pool_of(*everyone.values())
    assert_same_pool(pool, fresh)
    for query in (vacancy(hours_week=600, languages=()), make_vacancy(maker), make_vacancy(maker)):
        assert pack(rank(pool, query)) == pack(rank(fresh, query))
    pool.save(tmp_path / "changed")
    assert_same_pool(Pool.open(tmp_path / "changed"), fresh)


def test_digests_are_looked_up_until_they_are_copied() -> None:
    """A few people at a time, in place: some with other facts of every kind, some with another wish alone."""
    everyone, maker = {person.id: person for person in crowd()[:300]}, Maker.seeded(7)
    pool = pool_of(*everyone.values())
    copied = []
    for step in range(4):
        rows = {number: make_person(maker, number) for number in sorted(everyone)[step * 40 :: 97]}
        rows |= {number: replace(everyone[number], wish=step) for number in sorted(everyone)[step * 7 :: 89]}
        everyone.update(rows)
        pool = pool.changed(pool_of(*rows.values()))
        copied.append(not len(pool.moved_digests.at))
        assert_same_pool(pool, pool_of(*everyone.values()))
    assert copied == [False, False, True, False]


def test_whose_entries_differ_is_told_apart_from_whose_columns_do() -> None:
    """Only the second person's language moves; the other columns stay the very same arrays."""
    pool = pool_of(speaker(), speaker(id=2), speaker(id=3))
    assert pool.changed(pool_of(speaker(id=3, wish=9))).languages is pool.languages
    changed = pool.changed(pool_of(speaker(id=2, languages={"en": (1, 1, 0, 0)}), speaker(id=3, wish=9)))
    assert changed.languages["en"].measured_level.tolist()[1] == 1
    assert changed.skills == pool.skills
    assert changed.languages["en"].rows is pool.languages["en"].rows


def test_nothing_changed() -> None:
    pool = pool_of(speaker(), speaker(id=2))
    for rows in (pool.take([]), pool.take([1]), pool):
        assert_same_pool(pool.changed(rows), pool)
    assert_same_pool(pool.changed(pool.take([]), [3, 99]), pool)


def test_everybody_gone_and_everybody_new() -> None:
    pool = pool_of(speaker(), speaker(id=2))
    nobody = pool.changed(pool.take([]), [1, 2])
    assert len(nobody) == 0
    assert_same_pool(nobody, pool.take([]))
    others = pool_of(speaker(id=7, zone="Asia/Manila", place=("ZA", "")), speaker(id=1))
    assert_same_pool(nobody.changed(others), others)
    assert_same_pool(pool.changed(others, [2]), others)


def test_one_leaves_and_another_comes() -> None:
    """As many people as before, but not the same: whoever left is counted nowhere."""
    pool = pool_of(speaker(), speaker(id=2, forms=2))
    new = pool.changed(pool_of(speaker(id=3)), [2])
    assert rank(new, vacancy()).waterfall == rank(pool_of(speaker(), speaker(id=3)), vacancy()).waterfall
    assert_same_pool(new, pool_of(speaker(), speaker(id=3)))


def test_nobody_is_both_changed_and_gone() -> None:
    pool = pool_of(speaker(), speaker(id=2))
    with pytest.raises(InvalidPool, match="gone"):
        pool.changed(pool.take([0]), [1])


def test_a_changed_pool_cannot_be_written_to_either() -> None:
    pool = pool_of(speaker(), speaker(id=2)).changed(pool_of(speaker(id=2, wish=9, preferred=())))
    for array in (pool.wished_pay, pool.languages["en"].theta, pool.week_masks):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.populations(9), strategies.vacancies(), strategies.makers_of(2))
def test_a_part_is_a_shard_like_any_other(people, query, maker) -> None:
    pool = pool_of(*people)
    pool.row_digests  # noqa: B018 - parts may share them
    start = maker.below(len(pool) + 1)
    stop = maker.between(start, len(pool))
    part, taken = pool.part(start, stop), pool.take(range(start, stop))
    assert_same_pool(part, taken)
    assert pack(rank(part, query)) == pack(rank(taken, query))


def extreme(name: str) -> dict[str, Any]:
    """Columns of 64 people at both ends of every range, so that no key of theirs fits into 64 bits."""
    maker = Maker.seeded(sum(map(ord, name)))
    columns: dict[str, Any] = {}
    for column in DENSE:
        values = [maker.pick((column.low, column.high, (column.low + column.high) // 2)) for _ in range(64)]
        columns[column.name] = np.array(values, dtype=column.dtype)
    return columns


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_groups_at_the_ends_of_all_ranges(seed: str) -> None:
    columns = extreme(seed)
    made = Groups.of(columns)
    for name, kind in GROUP_TYPES.items():
        group = getattr(made, name)
        rows = list(zip(*(columns[column].tolist() for column in kind.names()), strict=True))
        entries = list(zip(*(getattr(group, column).tolist() for column in kind.names()), strict=True))
        assert [entries[code] for code in group.codes] == rows
        assert len(entries) == len(set(rows))
        assert group.people.tolist() == [rows.count(entry) for entry in entries]


def test_every_column_decides_in_a_group_the_index_or_alone() -> None:
    """A column that is added to the pool has to be thought of where groups and the index are made."""
    grouped = {name for kind in GROUP_TYPES.values() for name in kind.names()}
    indexed = {"listing", "earliest_start_day", "contract_forms", "right_to_work_until_day"}
    alone = {"candidate_id", "work_style", "experience_months"}
    assert {column.name for column in DENSE} - grouped == indexed | alone
    assert {one.name for one in fields(Groups)} == set(GROUP_TYPES)


@pytest.mark.parametrize("column", DENSE, ids=lambda column: column.name)
def test_every_column_moves_the_digest(column) -> None:
    everyone = [speaker(id=number) for number in (3, 5, 8)]
    changed = {
        "candidate_id": speaker(id=6),
        "listing": speaker(id=5, just_looking=True),
        "earliest_start_day": speaker(id=5, start_day=1),
        "contract_forms": speaker(id=5, forms=3),
        "place_code": speaker(id=5, place=("PT", "PT-11")),
        "right_to_work_until_day": speaker(id=5, right_until=0),
        "hours_min": speaker(id=5, hours=(1, 3600)),
        "hours_max": speaker(id=5, hours=(0, 3601)),
        "availability_code": speaker(id=5, blocks=()),
        "preferred_code": speaker(id=5, preferred=()),
        "zone_code": speaker(id=5, zone="Europe/Madrid"),
        "minimum_pay": speaker(id=5, minimum=1),
        "wished_pay": speaker(id=5, wish=1),
        "wished_months": speaker(id=5, months=1),
        "work_style": speaker(id=5, style=(-1,) * 7 + (0,)),
        "experience_months": speaker(id=5, experience=1),
    }[column.name]
    pool, other = pool_of(*everyone), pool_of(everyone[0], changed, everyone[2])
    assert other.digest != pool.digest
    assert [a.tolist() == b.tolist() for a, b in zip(other.row_digests, pool.row_digests, strict=True)] == [
        True,
        False,
        True,
    ]
    assert (
        len({lane for lanes in (pool.row_digests, other.row_digests) for lane in lanes.ravel().tolist()})
        == 16
    )


SPARSE = {
    "languages": [{"en": (4, 4, 0, 0)}, {"en": (5, 4, 0, 0)}, {"en": (4, 5, 0, 0)}, {"en": (4, 4, 1, 0)},
                  {"en": (4, 4, 0, 1)}, {"fr": (4, 4, 0, 0)}, {}],
    "skills": [{"crm": (1, 0)}, {"crm": (0, 1)}, {"crm": (2, 0)}, {"writing": (1, 0)}, {}],
    "localities": [{"ES": 1}, {"ES": 2}, {"IT": 1}, {}],
    "sectors": [{"travel": 1}, {"travel": 2}, {"retail": 1}, {}],
    "channels": [{"travel": 1}, {"phone": 1}, {"phone": 2}, {}],
}  # fmt: skip


@pytest.mark.parametrize("family", SPARSE)
def test_every_sparse_entry_moves_the_digest(family: str) -> None:
    digests = {
        pool_of(speaker(**({"languages": {}} | {family: entries}))).digest for entries in SPARSE[family]
    }
    assert len(digests) == len(SPARSE[family])


def test_facts_that_change_owners_move_the_digest() -> None:
    one, other = pool_of(speaker(wish=5), speaker(id=2)), pool_of(speaker(), speaker(id=2, wish=5))
    assert one.digest != other.digest
    same_code = [speaker(languages={}, sectors={"x": 3}), speaker(languages={}, channels={"x": 3})]
    assert pool_of(same_code[0]).digest != pool_of(same_code[1]).digest
    assert pool_of(speaker(minimum=7)).digest != pool_of(speaker(wish=7)).digest
    assert pool_of(speaker(hours=(5, 9))).digest != pool_of(speaker(hours=(9, 9))).digest
