"""The engine against its plain-Python twin: exactly equal, on random people and vacancies."""

from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from matching.engine import PartWeights, RankingResult, ShiftBlock, VacancyQuery, rank
from matching.engine.gates import judge_hours
from tests.matching.engine import strategies, twin
from tests.matching.engine.people import ALWAYS, Person, day, pool_of, vacancy

RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


GATES = ("listed", "contract_form", "country", "right_to_work", "language", "skills", "pay", "hours")


def test_same_ranking_to_the_last_unit() -> None:
    found: Counter[str] = Counter()

    @settings(max_examples=200, deadline=None, suppress_health_check=RELAXED, derandomize=True)
    @given(strategies.populations(), strategies.vacancies(), strategies.part_weights(), st.integers(0, 4))
    def same(people: list[Person], query: VacancyQuery, weights: PartWeights, top: int) -> None:
        result = rank(pool_of(*people), query, weights, top)
        assert_same_ranking(result, *twin.rank_naively(people, query, tuple(weights), top))
        found["eligible"] += result.eligible
        found["near misses"] += len(result.near_misses)
        found.update({str(gate): count for gate, count in result.waterfall.by_gate().items()})

    same()
    # Guards the test itself: its people reach the end of the gates, and fall at every one.
    assert {name for name, count in found.items() if count} == {"eligible", "near misses", *GATES}


def assert_same_ranking(result: RankingResult, ranked, counts, near) -> None:
    assert result.candidate_ids.tolist() == [v.person.id for v in ranked]
    assert result.scores.tolist() == [v.score for v in ranked]
    assert result.employer_scores.tolist() == [v.employer for v in ranked]
    assert result.candidate_scores.tolist() == [v.candidate for v in ranked]
    assert [tuple(row) for row in result.fits.tolist()] == [v.fits for v in ranked]
    assert [tuple(row) for row in result.contributions.tolist()] == [v.contributions for v in ranked]
    assert {str(code): count for code, count in result.waterfall.by_code().items()} == counts
    assert {str(m.code): list(m.candidate_ids) for m in result.near_misses} == near


@settings(max_examples=200, deadline=None, suppress_health_check=RELAXED, derandomize=True)
@given(
    strategies.weeks(),
    st.one_of(st.none(), strategies.weeks()),
    st.sampled_from(strategies.ZONES),
    strategies.vacancies(),
)
def test_same_minutes_on_the_real_calendar(blocks, preferred, zone: str, query: VacancyQuery) -> None:
    assert_same_minutes(Person(blocks=blocks, preferred=preferred, zone=zone), query)


NIGHT = tuple((weekday, 0, 300) for weekday in range(7))
CHANGE_NIGHTS = (
    ("Europe/Amsterdam", day(2027, 3, 22)),
    ("Europe/Amsterdam", day(2027, 10, 25)),
    ("Australia/Lord_Howe", day(2027, 3, 29)),
    ("Australia/Lord_Howe", day(2026, 9, 28)),
    ("Antarctica/Troll", day(2027, 3, 22)),
    ("Antarctica/Troll", day(2026, 10, 19)),
    ("America/New_York", day(2027, 3, 8)),
    ("America/New_York", day(2026, 10, 26)),
    ("Pacific/Chatham", day(2026, 9, 21)),
    ("Africa/Casablanca", day(2026, 9, 14)),
)


@settings(max_examples=120, deadline=None, suppress_health_check=RELAXED, derandomize=True)
@given(
    st.sampled_from(CHANGE_NIGHTS),
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
    query = vacancy(
        zone=zone, start_day=monday, end_day=monday + 6, shifts=shift, hours_week=min(length * 7, 120)
    )
    assert_same_minutes(Person(blocks=blocks, preferred=NIGHT, zone=zone), query)
    assert_same_minutes(Person(blocks=ALWAYS, preferred=blocks, zone=zone), query)


def assert_same_minutes(person: Person, query: VacancyQuery) -> None:
    pool = pool_of(person)
    _, facts = judge_hours(pool, query, pool.candidate_id - 1)
    expected = twin.hours_of(person, query)
    assert (
        int(facts.worst_overlap[0]),
        int(facts.shortfall[0]),
        int(facts.must_shortfall[0]),
        int(facts.worked[0]),
        int(facts.preferred[0]),
        int(facts.night[0]),
    ) == (
        expected.worst,
        expected.short,
        expected.must_short,
        expected.worked,
        expected.preferred,
        expected.night,
    )
