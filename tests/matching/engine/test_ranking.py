"""Rankings as a whole: order, shards, near misses, digests, packing."""

import pytest

from matching.engine import (
    CANDIDATE_WEIGHTS,
    Code,
    CorruptSnapshot,
    Gate,
    LanguageNeed,
    PartWeights,
    UnableToMerge,
    merge,
    pack,
    rank,
    screen,
    unpack,
)
from matching.engine.ranking import NEAR_MISS_LIMIT
from tests.matching.engine.people import ALWAYS, OFFICE, day, pool_of, portugal, speaker, vacancy
from tests.matching.engine.shards import cut


def test_equal_scores_are_ordered_by_candidate_id() -> None:
    result = rank(pool_of(*(speaker(id=number) for number in (30, 4, 17, 9))), vacancy(), top=3)
    assert result.candidate_ids.tolist() == [4, 9, 17]
    assert result.ranks.tolist() == [1, 2, 3]
    assert result.eligible == 4
    assert (result.rank_of(9), result.rank_of(30)) == (2, None)


def test_the_waterfall_counts_everyone_once() -> None:
    people = [
        speaker(id=1),
        speaker(id=2, agreed=False, forms=0),
        speaker(id=3, forms=2),
        speaker(id=4, place=("NL", "")),
        speaker(id=5, right_until=day(2027, 7, 1)),
        speaker(id=6, languages={"en": (3, 5, 0, 0)}),
        speaker(id=7, languages={}),
        speaker(id=8, languages={"en": (0, 3, 0, 0)}),
        speaker(id=9, languages={"en": (0, 4, 0, 0)}),
        speaker(id=10, minimum=90_001),
        speaker(id=11, blocks=((0, 0, 600),)),
        speaker(id=12, right_until=day(2027, 7, 2)),
        speaker(id=13, start_day=day(2027, 1, 5)),
        speaker(id=14, start_day=day(2027, 1, 5), just_looking=True),
        speaker(id=15, available=False),
        speaker(id=16, right_until=0),
    ]
    result = rank(pool_of(*people), vacancy())
    assert result.candidate_ids.tolist() == [1, 12, 14]
    assert result.waterfall.by_code() == {
        Code.NOT_AGREED: 1,
        Code.NOT_AVAILABLE: 1,
        Code.STARTS_LATER: 1,
        Code.FORM_NOT_ACCEPTED: 1,
        Code.NOT_HIREABLE: 1,
        Code.NO_RIGHT_STATED: 1,
        Code.RIGHT_ENDS_EARLY: 1,
        Code.LANGUAGE_BELOW: 1,
        Code.LANGUAGE_NOT_STATED: 1,
        Code.LANGUAGE_CLAIMED_BELOW: 1,
        Code.LANGUAGE_NOT_MEASURED: 1,
        Code.BELOW_MINIMUM: 1,
        Code.OVERLAP: 1,
    }
    assert result.waterfall.by_gate() == {
        Gate.LISTED: 3,
        Gate.CONTRACT_FORM: 1,
        Gate.COUNTRY: 1,
        Gate.RIGHT_TO_WORK: 2,
        Gate.LANGUAGE: 4,
        Gate.SKILLS: 0,
        Gate.PAY: 1,
        Gate.HOURS: 1,
    }
    assert result.waterfall.everyone == 16
    assert result.waterfall.eligible == 3


def test_a_near_miss_fails_for_open_questions_only() -> None:
    unknown = (portugal(floor_known=False),)
    unmeasured = {"en": (0, 4, 0, 0), "fr": (0, 5, 0, 0)}
    people = [
        speaker(id=1, languages=unmeasured),
        speaker(id=2, languages=unmeasured, blocks=OFFICE[:2]),
        speaker(id=3, languages=unmeasured | {"fr": (2, 5, 0, 0)}),
        speaker(id=4, languages={"en": (4, 4, 0, 0), "fr": (4, 4, 0, 0)}),
        speaker(id=5, languages={"en": (4, 4, 0, 0), "fr": (4, 4, 0, 0)}, minimum=95_000),
    ]
    needs = (LanguageNeed("en", 4), LanguageNeed("fr", 4))
    result = rank(pool_of(*people), vacancy(languages=needs, places=unknown))
    assert len(result) == 0
    assert [(m.code, m.count, m.candidate_ids) for m in result.near_misses] == [
        (Code.LANGUAGE_NOT_MEASURED, 1, (1,)),
        (Code.FLOOR_UNKNOWN, 1, (4,)),
    ]
    assert result.waterfall.by_code() == {
        Code.LANGUAGE_BELOW: 1,
        Code.LANGUAGE_NOT_MEASURED: 2,
        Code.BELOW_MINIMUM: 1,
        Code.FLOOR_UNKNOWN: 1,
    }


def test_near_miss_ids_are_capped_but_counted() -> None:
    crowd = NEAR_MISS_LIMIT + 20
    pool = pool_of(*(speaker(id=n, languages={"en": (0, 6, 0, 0)}) for n in range(1, crowd + 1)))
    (miss,) = rank(pool, vacancy()).near_misses
    assert (miss.count, len(miss.candidate_ids), miss.candidate_ids[-1]) == (
        crowd,
        NEAR_MISS_LIMIT,
        NEAR_MISS_LIMIT,
    )
    shards = [rank(shard, vacancy()) for shard in cut(pool, 3)]
    for order in (shards, shards[::-1]):
        (merged,) = merge(order).near_misses
        assert merged == miss


def test_the_digest_follows_every_input() -> None:
    pool, query = pool_of(speaker(), speaker(id=2)), vacancy()
    base = rank(pool, query).input_digest
    assert rank(pool, query, top=1).input_digest == base
    assert rank(pool, vacancy(languages=(LanguageNeed("en", 3),))).input_digest != base
    assert rank(pool, query, PartWeights(pay=1)).input_digest != base
    assert rank(pool, vacancy(weights=PartWeights(language=1))).input_digest != base
    assert rank(pool_of(speaker(), speaker(id=3)), query).input_digest != base
    nice = (LanguageNeed("nl", 3), LanguageNeed("fr", 3))
    one, other = vacancy(nice_languages=nice), vacancy(nice_languages=nice[::-1])
    assert rank(pool, one).input_digest == rank(pool, other).input_digest


def test_shards_that_do_not_belong_together() -> None:
    pool, query = pool_of(speaker(), speaker(id=2), speaker(id=3)), vacancy()
    left, right = (rank(shard, query) for shard in cut(pool, 2))
    with pytest.raises(UnableToMerge, match="no shard"):
        merge([])
    with pytest.raises(UnableToMerge, match="different"):
        merge([left, rank(pool, vacancy(hours_week=60))])
    with pytest.raises(UnableToMerge, match="two shards"):
        merge([left, left, right])
    with pytest.raises(UnableToMerge, match="fewer"):
        merge([rank(pool, query, top=1)], top=2)
    with pytest.raises(ValueError, match="negative"):
        rank(pool, query, top=-1)


def test_a_packed_ranking_opens_again() -> None:
    pool = pool_of(speaker(), speaker(id=2, blocks=OFFICE), speaker(id=3, languages={"en": (0, 5, 0, 0)}))
    result = rank(pool, vacancy())
    data = pack(result)
    opened = unpack(data)
    assert pack(opened) == data
    assert opened.contributions.tolist() == result.contributions.tolist()
    assert opened.near_misses == result.near_misses
    assert opened.waterfall == result.waterfall
    assert opened.input_digest == result.input_digest
    for damaged in (data[:-1], b"", data[:50] + b"x" + data[51:]):
        with pytest.raises(CorruptSnapshot):
            unpack(damaged)


def test_screening_alone_gives_the_waterfall() -> None:
    pool = pool_of(speaker(), speaker(id=2, forms=2), speaker(id=3, blocks=ALWAYS))
    screening = screen(pool, vacancy())
    assert screening.eligible.tolist() == [0, 2]
    assert screening.waterfall == rank(pool, vacancy(), CANDIDATE_WEIGHTS).waterfall
