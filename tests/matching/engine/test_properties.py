"""What holds for all people and vacancies: order, shards and strangers change nothing, and better is never worse."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matching.engine import Pool, VacancyQuery, merge, pack, rank, unpack
from matching.engine.ability import band_edges
from tests.matching.engine import strategies
from tests.matching.engine.crowd import crowd_pool
from tests.matching.engine.people import Person, pool_of, vacancy
from tests.matching.engine.shards import cut

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
RELAXED = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=CHECKS)
OFTEN = settings(RELAXED, max_examples=150)


@RELAXED
@given(st.data(), strategies.populations(), strategies.vacancies(), st.integers(0, 4))
def test_order_of_rows_and_cut_into_shards_change_no_byte(data, people, query, top) -> None:
    whole = pack(rank(pool_of(*people), query, top=top))
    mixed = data.draw(st.permutations(people))
    assert pack(rank(pool_of(*mixed), query, top=top)) == whole
    for shards in (1, 2, 3, 8):
        parts = [rank(shard, query, top=top) for shard in cut(pool_of(*people), shards)]
        assert pack(merge(data.draw(st.permutations(parts)), top)) == whole


def test_ranking_again_gives_the_same_bytes(tmp_path) -> None:
    pool, query = crowd_pool(), vacancy(hours_week=600)
    first = pack(rank(pool, query))
    assert pack(rank(pool, query)) == first
    assert pack(unpack(first)) == first
    pool.save(tmp_path / "crowd")
    assert pack(rank(Pool.open(tmp_path / "crowd"), query)) == first


def test_contributions_of_a_crowd_add_up() -> None:
    result = rank(crowd_pool(), vacancy(hours_week=600), top=20_000)
    assert len(result) > 1000
    assert result.contributions.sum(axis=1).tolist() == result.scores.tolist()
    assert result.contributions.min() == 0


def test_somebody_ineligible_changes_nobody_elses_place() -> None:
    reasons: Counter[str] = Counter()

    @OFTEN
    @given(strategies.populations(), strategies.people(10**7), strategies.vacancies())
    def unmoved(people: list[Person], other: Person, query: VacancyQuery) -> None:
        alone = rank(pool_of(other), query)
        assume(not alone.eligible)
        before, after = rank(pool_of(*people), query), rank(pool_of(*people, other), query)
        for name in (
            "candidate_ids",
            "scores",
            "employer_scores",
            "candidate_scores",
            "fits",
            "contributions",
        ):
            assert getattr(after, name).tolist() == getattr(before, name).tolist()
        assert after.waterfall == before.waterfall + alone.waterfall
        near = {miss.code: miss.candidate_ids for miss in before.near_misses}
        near |= {miss.code: (*near.get(miss.code, ()), other.id) for miss in alone.near_misses}
        assert {miss.code: miss.candidate_ids for miss in after.near_misses} == near
        assert after.input_digest != before.input_digest
        reasons.update(alone.waterfall.by_code())

    unmoved()
    assert len(reasons) > 12


class Compared:
    """Scores before and after, and how often both were there, so that a property is not held by nobody."""

    def __init__(self) -> None:
        self.met = self.rose = 0

    def never_lower(self, lower: tuple[Person, VacancyQuery], higher: tuple[Person, VacancyQuery]) -> None:
        before, after = score_of(*lower), score_of(*higher)
        assert after >= before
        self.met += before >= 0
        self.rose += after > before


def score_of(person: Person, query: VacancyQuery) -> int:
    """Score, or -1 for somebody not eligible."""
    result = rank(pool_of(person), query)
    return int(result.scores[0]) if len(result) else -1


def test_a_higher_measured_level_never_lowers_a_score() -> None:
    compared = Compared()

    @OFTEN
    @given(strategies.suited(), st.sampled_from(strategies.LANGUAGES), st.integers(1, 6), st.integers(1, 6))
    def held(pair, code, one, other) -> None:
        person, query = pair
        _, claimed, theta, error = person.languages.get(code, (0, 0, 0, 0))
        lower, higher = (
            replace(person, languages=person.languages | {code: (level, claimed, theta, error)})
            for level in sorted((one, other))
        )
        unmeasured = replace(person, languages=person.languages | {code: (0, claimed, 0, 0)})
        compared.never_lower((lower, query), (higher, query))
        compared.never_lower((unmeasured, query), (lower, query))

    held()
    assert compared.met > 40
    assert compared.rose > 20


def test_a_certificate_of_a_higher_level_never_counts_less_than_a_test() -> None:
    compared = Compared()

    @settings(OFTEN, max_examples=240)
    @given(
        strategies.suited(),
        st.sampled_from(strategies.LANGUAGES),
        st.integers(1, 5),
        st.integers(0, 999),
        st.integers(1, 900),
    )
    def held(pair, code, level, within, error) -> None:
        person, query = pair
        theta = (level - 4) * 1000 + within  # in the band of that level: B2 begins at 0
        tested, certified = (
            replace(person, languages=person.languages | {code: entry})
            for entry in ((level, 6, theta, error), (level + 1, 6, 0, 0))
        )
        compared.never_lower((tested, query), (certified, query))

    held()
    assert compared.met > 20
    assert compared.rose > 20


def test_a_higher_or_surer_ability_never_lowers_a_score() -> None:
    compared = Compared()

    @OFTEN
    @given(strategies.suited(), st.integers(0, 900), st.integers(0, 3000), st.integers(0, 900))
    def held(pair, above_foot, more, surer) -> None:
        person, query = pair
        feet = band_edges(query.cefr_cuts)
        within = {
            code: (m, c, feet[max(m - 1, 0)] + above_foot if m and e else t, e)
            for code, (m, c, t, e) in person.languages.items()
        }
        higher = {
            code: (m, c, t + more, max(e - surer, 1) if e else 0) for code, (m, c, t, e) in within.items()
        }
        before, after = replace(person, languages=within), replace(person, languages=higher)
        compared.never_lower((before, query), (after, query))

    held()
    assert compared.met > 20
    assert compared.rose > 5


def test_a_higher_measured_skill_never_lowers_a_score() -> None:
    compared = Compared()

    @OFTEN
    @given(strategies.suited(), st.sampled_from(strategies.SKILLS), st.integers(0, 3))
    def held(pair, code, stated) -> None:
        person, query = pair
        levels = [replace(person, skills=person.skills | {code: (level, stated)}) for level in range(4)]
        for lower, higher in pairwise(levels):
            compared.never_lower((lower, query), (higher, query))

    held()
    assert compared.met > 60
    assert compared.rose > 40


def test_more_pay_never_lowers_a_score() -> None:
    compared = Compared()

    @OFTEN
    @given(strategies.suited(), st.integers(0, 50_000), st.integers(0, 50_000))
    def held(pair, low, high) -> None:
        """`low` and `high` more at each end, and where that crosses, as much at the upper end."""
        person, query = pair
        raised = tuple(
            replace(terms, offer_low=terms.offer_low + low, offer_high=max(terms.offer_low + low, terms.offer_high + high))
            for terms in query.places
        )  # fmt: skip
        compared.never_lower((person, query), (person, replace(query, places=raised)))

    held()
    assert compared.met > 40
    assert compared.rose > 20


def test_more_availability_never_lowers_a_score() -> None:
    compared = Compared()

    @OFTEN
    @given(strategies.suited(), strategies.weeks(), strategies.weeks())
    def held(pair, blocks, more) -> None:
        person, query = pair
        narrow = replace(person, blocks=blocks)
        wide = replace(person, blocks=tuple(sorted({*blocks, *more})))
        compared.never_lower((narrow, query), (wide, query))

    held()
    assert compared.met > 25
    assert compared.rose > 10


def test_neighbouring_rows_do_not_touch_each_other() -> None:
    """Everybody's figures are the same alone as in the crowd."""
    pool, query = crowd_pool(), vacancy(hours_week=600)
    together = rank(pool, query, top=20_000)
    for position in range(0, len(together), len(together) // 20):
        number = int(together.candidate_ids[position])
        alone = rank(pool.take([pool.row_of(number)]), query)
        assert alone.scores.tolist() == [int(together.scores[position])]
        assert np.array_equal(alone.contributions[0], together.contributions[position])
