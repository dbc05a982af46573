"""Every number of a vacancy, a pool and a call, replaced by what it must not be: a named error, never a wrong rank."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matching.engine import (
    CODES,
    PARTS,
    Code,
    CorruptSnapshot,
    InvalidPool,
    InvalidQuery,
    LanguageNeed,
    PartWeights,
    Pool,
    SkillNeed,
    SkillWish,
    explain,
    merge,
    pack,
    rank,
    screen,
    unpack,
)
from matching.engine.columns import DENSE, FAMILIES
from tests.matching.engine import makers
from tests.matching.engine.people import countries, day, pool_of, speaker, vacancy

NAN, INFINITY = float("nan"), float("inf")
NO_NUMBERS = (NAN, INFINITY, -INFINITY, 1.0, -(2**63), 2**63, 10**40, "4", None, [1], np.int64(1))
FULL = vacancy(
    nice_languages=(LanguageNeed("fr", 3),),
    must_skills=(SkillNeed("crm"),),
    wanted_skills=(SkillWish("writing"),),
    team_countries=countries("NL"),
    customer_countries=countries("ES"),
    organisation=(6,) * 8,
    locality_wanted=True,
)
LISTS = (
    "places",
    "languages",
    "nice_languages",
    "must_skills",
    "wanted_skills",
    "shifts",
    "team_countries",
    "customer_countries",
)


def whole_numbers(record: Any) -> list[str]:
    """Names of the fields that hold one; the contract's form is one of two values instead."""
    found = [one.name for one in fields(record) if type(getattr(record, one.name)) is int]
    return [name for name in found if name != "contract_form"]


@pytest.mark.parametrize("bad", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("name", whole_numbers(FULL))
def test_no_number_of_a_vacancy(name: str, bad: Any) -> None:
    with pytest.raises(InvalidQuery) as caught:
        replace(FULL, **{name: bad})
    assert caught.value.field == name


@pytest.mark.parametrize("bad", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("name", LISTS)
def test_no_number_in_a_list_of_a_vacancy(name: str, bad: Any) -> None:
    one = getattr(FULL, name)[0]
    numbers = whole_numbers(one)
    assert numbers
    for number in numbers:
        with pytest.raises(InvalidQuery) as caught:
            replace(FULL, **{name: (replace(one, **{number: bad}),)})
        assert caught.value.field.startswith(name)
        assert caught.value.field.endswith(number)


@pytest.mark.parametrize("bad", [0, 3, 4, -1, 0.5, NAN, "1", None], ids=repr)
def test_no_form_of_contract(bad: Any) -> None:
    with pytest.raises(InvalidQuery) as caught:
        replace(FULL, contract_form=bad)
    assert caught.value.field == "contract_form"


@pytest.mark.parametrize("bad", [*NO_NUMBERS, -2, 13], ids=repr)
def test_no_answer_of_a_team(bad: Any) -> None:
    for place in range(8):
        answers: list[Any] = [6] * 8
        answers[place] = bad
        with pytest.raises(InvalidQuery) as caught:
            replace(FULL, organisation=tuple(answers))
        assert caught.value.field == "organisation"


@pytest.mark.parametrize("bad", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("part", PARTS)
def test_no_weight(part: str, bad: Any) -> None:
    with pytest.raises(InvalidQuery) as caught:
        PartWeights(**({"language": 1} | {part: bad}))
    assert caught.value.field == f"weights.{part}"


def test_weights_that_add_up_to_nothing() -> None:
    with pytest.raises(InvalidQuery) as caught:
        PartWeights()
    assert caught.value.field == "weights"
    # Something, but only for parts that this vacancy does not ask about.
    with pytest.raises(InvalidQuery) as caught:
        vacancy(weights=PartWeights(skills=1000, experience=1000, culture=1000))
    assert caught.value.field == "weights"


def test_candidate_weights_only_for_parts_not_asked_give_zero_and_order_by_number() -> None:
    result = rank(pool_of(speaker(id=5), speaker(id=2)), vacancy(), PartWeights(skills=7))
    assert result.candidate_ids.tolist() == [2, 5]
    assert (result.scores.tolist(), result.candidate_scores.tolist()) == ([0, 0], [0, 0])
    assert result.employer_scores.tolist() == [result.employer_scores[0]] * 2
    assert not result.contributions.any()


def pool_columns() -> dict[str, Any]:
    """What `Pool.from_columns` takes, of three people with entries in every sparse family."""
    maker = makers.Maker.seeded(5)
    pool = pool_of(*(makers.make_person(maker, number) for number in (1, 2, 3)))
    given: dict[str, Any] = {column.name: getattr(pool, column.name).tolist() for column in DENSE}
    given |= {"places": pool.places, "zones": pool.zones, "week_masks": pool.week_masks}
    for family, parts in FAMILIES.items():
        given[family] = {
            code: {"rows": sparse.rows.tolist()} | {p.name: getattr(sparse, p.name).tolist() for p in parts}
            for code, sparse in getattr(pool, family).items()
        }
    return given


FAR_OUT = (NAN, INFINITY, -INFINITY, 1e300, 0.5, -(2**63), 10**40, "4", None, {})


@pytest.mark.parametrize("bad", FAR_OUT, ids=repr)
@pytest.mark.parametrize("column", DENSE, ids=lambda column: column.name)
def test_no_value_of_a_column(column, bad: Any) -> None:
    given = pool_columns()
    if column.width:
        given[column.name][1][3] = bad
    else:
        given[column.name][1] = bad
    with pytest.raises(InvalidPool) as caught:
        Pool.from_columns(**given)
    assert caught.value.column == column.name


def test_one_past_either_end_of_every_column() -> None:
    for column in DENSE:
        for bad in (column.low - 1, column.high + 1 if column.high < 2**62 else 0):
            given = pool_columns()
            row = [bad] * column.width if column.width else bad
            given[column.name][2] = row
            with pytest.raises(InvalidPool) as caught:
                Pool.from_columns(**given)
            assert caught.value.column == column.name


@pytest.mark.parametrize("bad", [*FAR_OUT, "below", "above"], ids=repr)
@pytest.mark.parametrize(("family", "part"), [(f, p) for f, parts in FAMILIES.items() for p in parts],
                         ids=lambda each: getattr(each, "name", each))  # fmt: skip
def test_no_value_of_a_sparse_column(family: str, part, bad: Any) -> None:
    given = pool_columns()
    code = next(iter(given[family]))
    given[family][code][part.name][0] = {"below": part.low - 1, "above": part.high + 1}.get(str(bad), bad)
    with pytest.raises(InvalidPool) as caught:
        Pool.from_columns(**given)
    assert caught.value.column == f"{family}[{code}].{part.name}"


@pytest.mark.parametrize("bad", [NAN, 0.5, -1, 3, 2**63, "0", None], ids=repr)
@pytest.mark.parametrize("family", FAMILIES)
def test_no_row_of_a_sparse_column(family: str, bad: Any) -> None:
    given = pool_columns()
    code = next(iter(given[family]))
    given[family][code]["rows"][0] = bad
    with pytest.raises(InvalidPool) as caught:
        Pool.from_columns(**given)
    assert caught.value.column.startswith(f"{family}[{code}]")


def test_a_sparse_code_that_is_none() -> None:
    for code in ("", "x" * 65):
        given = pool_columns()
        given["skills"][code] = {"rows": [0], "measured": [1], "stated": [1]}
        with pytest.raises(InvalidPool):
            Pool.from_columns(**given)


def test_an_empty_pool_has_an_empty_ranking() -> None:
    nobody = pool_of(speaker()).take([])
    result = rank(nobody, FULL)
    assert (len(result), result.eligible, result.waterfall.everyone) == (0, 0, 0)
    assert (result.near_misses, result.waterfall.by_code()) == ((), {})
    assert result.fits.shape == result.contributions.shape == (0, 7)
    assert pack(unpack(pack(result))) == pack(result)
    assert pack(merge([result, rank(pool_of(speaker()), FULL)])) == pack(rank(pool_of(speaker()), FULL))
    columns = {column.name: [] for column in DENSE}
    truly_empty = Pool.from_columns(places=[], zones=[], week_masks=[], **columns)
    assert pack(rank(truly_empty, FULL)) == pack(result)


def test_a_vacancy_without_a_language() -> None:
    silent = vacancy(languages=())
    result = rank(pool_of(speaker(languages={})), silent)
    assert result.eligible == 1
    assert result.fits[0, PARTS.index("language")] == 0
    assert result.contributions[0, PARTS.index("language")] == 0
    assert result.contributions.sum() == result.scores[0] > 0


def test_a_language_nobody_has() -> None:
    result = rank(pool_of(speaker(), speaker(id=2)), vacancy(languages=(LanguageNeed("tlh", 1),)))
    assert result.waterfall.by_code() == {Code.LANGUAGE_NOT_STATED: 2}
    assert result.near_misses == ()


def test_a_place_that_nobody_knows() -> None:
    result = rank(pool_of(speaker(place=("XX", "XX-1"))), vacancy())
    assert result.waterfall.by_code() == {Code.NOT_HIREABLE: 1}


@pytest.mark.parametrize("top", [3, 4, 10_000, 2**40])
def test_more_places_than_people(top: int) -> None:
    pool = pool_of(*(speaker(id=number) for number in (1, 2, 3)))
    result = rank(pool, vacancy(), top=top)
    assert result.candidate_ids.tolist() == [1, 2, 3]
    assert pack(result) == pack(rank(pool, vacancy(), top=3))


@pytest.mark.parametrize("top", [-1, -(2**63)])
def test_fewer_than_no_places(top: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        rank(pool_of(speaker()), vacancy(), top=top)


def test_a_person_with_nothing_at_all() -> None:
    """No hour free, no language, no right: counted once, explained at every gate."""
    nothing = speaker(
        agreed=False, available=False, forms=0, right_until=0, languages={}, blocks=(), hours=(0, 0), zone="UTC"
    )  # fmt: skip
    result = rank(pool_of(nothing), FULL)
    assert result.waterfall.by_code() == {Code.NOT_AGREED: 1}
    told = explain(pool_of(nothing), FULL, 1)
    assert [outcome.code for outcome in told.gates] == [
        Code.NOT_AGREED,
        Code.FORM_NOT_ACCEPTED,
        None,
        Code.NO_RIGHT_STATED,
        Code.LANGUAGE_NOT_STATED,
        Code.SKILL_NOT_STATED,
        None,
        Code.MORE_HOURS,
    ]
    assert not told.near_miss


def test_the_largest_numbers_there_are() -> None:
    """At the ends of all ranges nothing overflows: the score stays a score, the parts add up."""
    most = speaker(
        id=2**63 - 1, hours=(10_080, 10_080), wish=10**8, minimum=10**8, months=1200, experience=1200,
        style=(12,) * 8, languages={"en": (6, 6, 10_000, 10_000)}, right_until=2**31 - 1,
    )  # fmt: skip
    dear = tuple(
        replace(one, legal_floor=1, other_floor=10**8, offer_low=10**8, offer_high=10**8, market_low=1,
                market_high=10**8)
        for one in vacancy().places
    )  # fmt: skip
    week = tuple(makers.ShiftBlock(weekday, 0, 1440, True) for weekday in range(7))
    query = vacancy(
        places=dear, shifts=week, hours_week=10_080, contract_months=1200, organisation=(0,) * 8,
        languages=(LanguageNeed("en", 6, 1000),), weights=PartWeights(**dict.fromkeys(map(str, PARTS), 1000)),
        start_day=day(2027, 1, 4), end_day=day(2037, 1, 10), zone="UTC",
    )  # fmt: skip
    result = rank(pool_of(most), query)
    assert result.candidate_ids.tolist() == [2**63 - 1]
    assert 0 < result.scores[0] <= 10**7
    assert result.fits.min() >= 0
    assert result.fits.max() <= 10**7
    assert result.contributions[0].sum() == result.scores[0]


def test_a_stored_ranking_that_was_harmed() -> None:
    data = pack(rank(pool_of(speaker(), speaker(id=2)), vacancy()))
    harmed = [data[:cut] for cut in range(0, len(data), 7)]
    harmed += [bytes(data[:at]) + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(0, len(data), 7)]
    harmed += [data + b"\0", bytes(len(data)), data[::-1]]
    for each in harmed:
        with pytest.raises(CorruptSnapshot):
            unpack(each)


def test_every_count_stands_under_a_code() -> None:
    waterfall = screen(pool_of(speaker(), speaker(id=2, forms=0)), vacancy()).waterfall
    assert len(waterfall.failed) == len(CODES)
    assert waterfall.everyone == sum(waterfall.failed) + waterfall.eligible == 2
