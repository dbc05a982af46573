"""The engine against its plain-Python twin: exactly equal, on random people and vacancies and on a fixed crowd."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from matching.engine import (
    CODES,
    CountryWeight,
    LanguageNeed,
    PartWeights,
    PlaceTerms,
    RankingResult,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    VacancyQuery,
    locality_share,
    merge,
    pack,
    rank,
)
from matching.engine.gates import judge_hours
from tests.matching.engine import strategies, twin, twin_calendar, twin_fits
from tests.matching.engine.crowd import SIZE, crowd, crowd_pool
from tests.matching.engine.makers import ALL_ZONES, CHANGES
from tests.matching.engine.people import ALWAYS, OFFICE, Person, day, pool_of, portugal, shifts, vacancy
from tests.matching.engine.shards import cut

RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def test_same_ranking_to_the_last_unit() -> None:
    found: Counter[str] = Counter()
    zones: set[str] = set()

    @settings(max_examples=600, deadline=None, suppress_health_check=RELAXED, derandomize=True)
    @given(strategies.populations(), strategies.vacancies(), strategies.part_weights(), st.integers(0, 7))
    def same(people: list[Person], query: VacancyQuery, weights: PartWeights, top: int) -> None:
        result = rank(pool_of(*people), query, weights, top)
        assert_same_ranking(result, *twin.rank_naively(people, query, tuple(weights), top))
        found["eligible"] += result.eligible
        found.update(f"near miss by {miss.code}" for miss in result.near_misses)
        found.update({str(code): count for code, count in result.waterfall.by_code().items()})
        zones.update(person.zone for person in people)

    same()
    # Guards the test itself: its people reach the end of the gates, and fall for every reason there is.
    near = {f"near miss by {code}" for code in twin.OPEN}
    assert set(found) == {"eligible", *map(str, CODES), *near}
    assert len(zones) > 250


def assert_same_ranking(result: RankingResult, ranked, counts, near) -> None:
    assert result.candidate_ids.tolist() == [v.person.id for v in ranked]
    assert result.scores.tolist() == [v.score for v in ranked]
    assert result.employer_scores.tolist() == [v.employer for v in ranked]
    assert result.candidate_scores.tolist() == [v.candidate for v in ranked]
    assert [tuple(row) for row in result.fits.tolist()] == [v.fits for v in ranked]
    assert [tuple(row) for row in result.contributions.tolist()] == [v.contributions for v in ranked]
    assert {str(code): count for code, count in result.waterfall.by_code().items()} == counts
    assert {str(m.code): list(m.candidate_ids) for m in result.near_misses} == {
        code: ids[:500] for code, ids in near.items()
    }
    assert {str(m.code): m.count for m in result.near_misses} == {
        code: len(ids) for code, ids in near.items()
    }


A_FULL_YEAR = {"start_day": day(2026, 11, 2), "end_day": day(2027, 10, 29)}
EVERYWHERE = (
    portugal(offer_high=110_000, market_low=70_000, market_high=120_000),
    PlaceTerms(country="NL", legal_floor=89_999, other_floor=90_000, offer_low=90_000, offer_high=95_000),
    PlaceTerms(country="CA", other_floor=80_000, offer_low=100_000, offer_high=100_000, market_low=90_000,
               market_high=90_000),
    PlaceTerms(country="CA", region="CA-QC", floor_known=False, offer_low=100_000, offer_high=120_000),
    PlaceTerms(country="ZA", legal_floor=120_000, offer_low=100_000, offer_high=100_000),
)  # fmt: skip
CROWDED = {
    "broad": vacancy(places=EVERYWHERE, languages=(), hours_week=600, **A_FULL_YEAR),
    "typical": vacancy(
        places=EVERYWHERE, languages=(LanguageNeed("en", 4, 2), LanguageNeed("nl", 5)),
        nice_languages=(LanguageNeed("fr", 3),), must_skills=(SkillNeed("crm", 2),),
        wanted_skills=(SkillWish("writing", 3), SkillWish("rome_art")), sector="travel", channels=("phone", "chat"),
        start_day=day(2027, 3, 1), end_day=day(2027, 4, 30), shifts=shifts((0, 300, 1020), (1, 960, 1440),
        (4, 0, 480), (6, 1200, 1700)), hours_week=480, contract_months=12,
    ),
    "culture": vacancy(
        places=EVERYWHERE, languages=(LanguageNeed("en", 3),), organisation=(6, 0, 12, -1, 3, 9, 6, 1),
        team_countries=(CountryWeight("NL", 8), CountryWeight("ES", 2)), customer_countries=(CountryWeight("IT"),),
        locality_wanted=True, locality_share=5_600_000, contract_form=2, zone="America/New_York",
        start_day=day(2027, 10, 18), end_day=day(2027, 11, 12), hours_week=2400,
    ),
    "must": vacancy(
        places=EVERYWHERE, zone="Australia/Lord_Howe", shifts=shifts((6, 0, 300, True), (2, 840, 1440)),
        start_day=day(2027, 3, 22), end_day=day(2027, 4, 10), hours_week=500,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CROWDED)
def test_same_ranking_of_twenty_thousand_people(name: str) -> None:
    people, query = crowd(), CROWDED[name]
    pool = crowd_pool()
    weights = PartWeights(language=10, culture=10, time=25, pay=30, skills=10, commitment=15)
    result = rank(pool, query, weights, SIZE)
    assert_same_ranking(result, *twin.rank_naively(people, query, tuple(weights), SIZE))
    assert 0 < result.eligible < SIZE
    best = pack(rank(pool, query, weights, 200))
    for shards in (1, 2, 3, 8):
        assert pack(merge([rank(each, query, weights, 200) for each in cut(pool, shards)], 200)) == best


@settings(max_examples=400, deadline=None, suppress_health_check=RELAXED, derandomize=True)
@given(strategies.people(), strategies.vacancies())
def test_same_minutes_on_the_real_calendar(person: Person, query: VacancyQuery) -> None:
    assert_same_minutes([person], query)


NIGHT = tuple((weekday, 0, 300) for weekday in range(7))


@settings(max_examples=250, deadline=None, suppress_health_check=RELAXED, derandomize=True)
@given(
    st.sampled_from(CHANGES),
    st.lists(st.tuples(st.integers(0, 19), st.integers(1, 8)), min_size=1, max_size=3),
    st.integers(0, 240),
    st.integers(1, 300),
    st.booleans(),
)
@example(("Europe/Amsterdam", day(2027, 3, 22)), [(11, 2)], 120, 60, True)
@example(("Europe/Amsterdam", day(2027, 10, 25)), [(8, 2)], 120, 60, True)
def test_same_minutes_in_the_night_of_a_clock_change(night, quarters, start, length, must) -> None:
    zone, monday = night
    blocks = tuple(sorted({(weekday, a * 15, (a + n) * 15) for weekday in range(7) for a, n in quarters}))
    shift = tuple(ShiftBlock(weekday, start, length, must) for weekday in range(7))
    hours_week = min(length * 7, 120)
    here = {
        "zone": zone,
        "start_day": monday,
        "end_day": monday + 6,
        "shifts": shift,
        "hours_week": hours_week,
    }
    people = [
        Person(blocks=blocks, preferred=NIGHT, zone=zone),
        Person(blocks=ALWAYS, preferred=blocks, zone=zone),
    ]
    assert_same_minutes(people, vacancy(**here))
    # From elsewhere, where the clocks stand still: the same hours of that night, wherever they fall.
    assert_same_minutes(
        people, vacancy(**(here | {"zone": "UTC", "shifts": shifts(*((d, 0, 1440) for d in range(7)))}))
    )


@pytest.mark.parametrize("start", [date(2026, 9, 7), date(2027, 3, 1)])
def test_same_minutes_in_every_zone_there_is(start: date) -> None:
    """Through the spring's and the autumn's changes of all zones, and Morocco's last one."""
    evening = ((0, 1065, 1560), (4, 1200, 1695), (5, 15, 360), (6, 0, 180), (6, 240, 300))
    people = [
        Person(zone=zone, blocks=OFFICE if number % 2 else evening, preferred=evening if number % 3 else None)
        for number, zone in enumerate(ALL_ZONES)
    ]
    query = vacancy(
        zone="Europe/Amsterdam", shifts=shifts((0, 607, 1110), (4, 960, 1440, True), (5, 0, 480), (6, 67, 700)),
        start_day=day(start.year, start.month, start.day), end_day=day(start.year, start.month, start.day) + 62,
        hours_week=900,
    )  # fmt: skip
    assert_same_minutes(people, query)


def assert_same_minutes(people: list[Person], query: VacancyQuery) -> None:
    pool = pool_of(
        *(Person(id=n, zone=p.zone, blocks=p.blocks, preferred=p.preferred) for n, p in enumerate(people, 1))
    )
    _, facts = judge_hours(pool, query, pool.candidate_id - 1)
    calendar = twin_calendar.Calendar(query)
    expected = [calendar.hours_of(person) for person in people]
    assert facts.worst_overlap.tolist() == [each.worst for each in expected]
    assert facts.shortfall.tolist() == [each.short for each in expected]
    assert facts.must_shortfall.tolist() == [each.must_short for each in expected]
    assert facts.worked.tolist() == [each.worked for each in expected]
    assert facts.preferred.tolist() == [each.preferred for each in expected]
    assert facts.night.tolist() == [each.night for each in expected]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=8).filter(any))
def test_same_share_of_locality(staff: list[int]) -> None:
    assert locality_share(staff) == twin_fits.locality_share(staff)
