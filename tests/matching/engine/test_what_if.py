"""The what-if bench: exact for every alternative, and the alternatives it tries."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import GATES, Gate, LanguageNeed, PlaceTerms, Pool, SkillNeed, VacancyQuery, rank
from matching.engine.columns import FREELANCE
from matching.engine.easing import eased
from matching.engine.gates import JUDGES, judge_hours
from matching.engine.place_table import place_table
from matching.engine.what_if import BINS, CAN_BE_OPEN, EDGES, what_if
from tests.matching.engine.people import OFFICE, Person, pool_of, portugal, shifts, speaker, vacancy
from tests.matching.engine.strategies import populations, vacancies

SPAIN = PlaceTerms(country="ES", offer_low=90_000, offer_high=90_000)


@settings(max_examples=150, deadline=None)
@given(populations(12), vacancies(), vacancies())
def test_any_other_vacancy_is_counted_as_ranking_it_would(
    people: list[Person], query: VacancyQuery, other: VacancyQuery
) -> None:
    pool = pool_of(*people)
    found = what_if(pool, query, [other, query])
    assert found.waterfall == rank(pool, query).waterfall
    assert found.alternatives == (rank(pool, other).eligible, found.eligible)


@settings(max_examples=150, deadline=None)
@given(populations(12), vacancies())
def test_every_eased_requirement_is_counted_as_ranking_it_would(
    people: list[Person], query: VacancyQuery
) -> None:
    pool = pool_of(*people)
    tried = [alternative.query for alternative in eased(query)]
    found = what_if(pool, query, tried)
    assert found.alternatives == tuple(rank(pool, changed).eligible for changed in tried)


@settings(max_examples=100, deadline=None)
@given(populations(12), vacancies(), st.data())
def test_a_mix_of_two_vacancies_is_counted_as_ranking_it_would(
    people: list[Person], query: VacancyQuery, data: st.DataObject
) -> None:
    """A few gates change at once, the others stay: what is kept of the first judging has to be the right part of it."""
    pool, other = pool_of(*people), data.draw(vacancies())
    whole = {
        "languages": {"languages": other.languages, "nice_languages": other.nice_languages},
        "skills": {"must_skills": other.must_skills, "wanted_skills": other.wanted_skills},
        "places": {"places": other.places},
        "days": {"start_day": other.start_day, "end_day": other.end_day},
        "form": {"contract_form": other.contract_form},
        "shift": {"shifts": other.shifts, "hours_week": other.hours_week, "zone": other.zone},
    }
    chosen = data.draw(st.sets(st.sampled_from(sorted(whole)), min_size=1, max_size=3))
    changes = {name: value for key in chosen for name, value in whole[key].items()}
    changed = replace(query, **changes, weights=replace(query.weights, time=1))
    assert what_if(pool, query, [changed]).alternatives == (rank(pool, changed).eligible,)


@settings(max_examples=100, deadline=None)
@given(populations(12), vacancies())
def test_one_more_country_is_counted_as_ranking_it_would(people: list[Person], query: VacancyQuery) -> None:
    """Terms of countries that are not hired from change nothing, and say what hiring there would add."""
    pool = pool_of(*people)
    more = [PlaceTerms(country="ZA", hireable=False, offer_low=100_000, offer_high=100_000)]
    extended = replace(query, places=(*query.places, *more))
    found = what_if(pool, extended)
    assert found.waterfall == rank(pool, query).waterfall
    for country, added in found.countries.items():
        places = tuple(replace(t, hireable=t.hireable or t.country == country) for t in extended.places)
        hired = rank(pool, replace(extended, places=places)).eligible
        # A country hired from in part: its other places are added.
        assert hired == found.eligible + added


@settings(max_examples=100, deadline=None)
@given(populations(12), vacancies(), vacancies(), st.sets(st.sampled_from(sorted(CAN_BE_OPEN))))
def test_gates_that_are_not_judged_let_everybody_pass(
    people: list[Person], query: VacancyQuery, other: VacancyQuery, left_out: set[Gate]
) -> None:
    pool = pool_of(*people)
    judged = set(GATES) - left_out - ({Gate.PAY} if Gate.COUNTRY in left_out else set())
    found = what_if(pool, query, [query, other], judged=judged, scored=False)
    expected = [passing(pool, one, judged) for one in (query, other)]
    assert found.alternatives == (found.eligible, expected[1])
    assert found.eligible == expected[0]
    assert all(not lost for gate, lost in found.waterfall.by_gate().items() if gate not in judged)
    assert found.histogram == ()


def passing(pool: Pool, query: VacancyQuery, judged: set[Gate]) -> int:
    """Who passes those gates, judged one by one on every row."""
    every, places = np.arange(len(pool)), place_table(query, pool.places)
    reasons = [JUDGES[gate](pool, query, every, places) for gate in judged - {Gate.HOURS}]
    if Gate.HOURS in judged:
        reasons.append(judge_hours(pool, query, every)[0])
    return int(np.logical_and.reduce([found == 0 for found in reasons]).sum())


@pytest.mark.parametrize(
    "left_out", [{Gate.LISTED}, {Gate.RIGHT_TO_WORK}, {Gate.CONTRACT_FORM}, {Gate.COUNTRY}], ids=str
)
def test_some_gates_cannot_be_left_out(left_out: set[Gate]) -> None:
    with pytest.raises(ValueError, match="cannot be left out"):
        what_if(pool_of(speaker()), vacancy(), judged=set(GATES) - left_out, scored=False)


def test_scores_need_every_gate() -> None:
    with pytest.raises(ValueError, match="cannot be left out"):
        what_if(pool_of(speaker()), vacancy(), judged=set(GATES) - {Gate.HOURS})


@settings(max_examples=100, deadline=None)
@given(populations(12), vacancies())
def test_the_histogram_counts_the_scores_of_the_ranking(people: list[Person], query: VacancyQuery) -> None:
    pool = pool_of(*people)
    counted, _edges = np.histogram(rank(pool, query).scores, bins=list(EDGES))
    assert what_if(pool, query).histogram == tuple(counted.tolist())


def test_the_edges_are_twenty_equal_integer_steps() -> None:
    assert (EDGES[0], EDGES[1], EDGES[-1], len(EDGES)) == (0, 500_000, 10**7, BINS + 1)


def test_what_a_level_a_country_and_an_hour_bring() -> None:
    """Worked by hand: one eligible, one a level too low, one in Spain, one whose day ends at four, one at fault twice."""
    early = tuple((day, 480, 960) for day in range(5))
    people = [
        speaker(id=1, blocks=OFFICE, zone="Europe/Amsterdam"),
        speaker(id=2, languages={"en": (3, 3, 0, 0)}),
        speaker(id=3, place=("ES", "")),
        speaker(id=4, blocks=early, zone="Europe/Amsterdam"),
        speaker(id=5, place=("ES", ""), languages={"en": (3, 3, 0, 0)}),
    ]
    query = vacancy(places=(portugal(), replace(SPAIN, hireable=False)))
    tried = {alternative.kind: alternative for alternative in eased(query)}
    found = what_if(pool_of(*people), query, [one.query for one in tried.values()])
    assert (found.waterfall.everyone, found.eligible) == (5, 1)
    assert found.waterfall.by_gate()[Gate.COUNTRY] == 2
    assert found.countries == {"ES": 1}
    assert dict(zip(tried, found.alternatives, strict=True)) == {
        "contract_form": 0,
        "language_easier": 2,
        "language_dropped": 2,
        "shift_shorter": 2,  # 09:00 to 15:00, thirty hours
        "shift_later": 0,
        "shift_earlier": 0,
        "hours_fewer": 1,  # the one whose day ends at four has 35 hours, and 36 are needed
    }


class TestWhatIsTried:
    def test_every_requirement_once(self) -> None:
        query = vacancy(
            languages=(LanguageNeed("en", 4), LanguageNeed("nl", 1)),
            must_skills=(SkillNeed("crm", 2), SkillNeed("writing", 1)),
            shifts=shifts((0, 540, 1020, True), (1, 540, 1020, True), (2, 540, 1020), (5, 600, 660, True)),
            hours_week=16 * 60,
        )
        assert [(one.kind, one.details) for one in eased(query)] == [
            ("contract_form", {"to": FREELANCE}),
            ("language_easier", {"code": "en", "level": 4, "to": 3}),
            ("language_dropped", {"code": "en", "level": 4, "to": 0}),
            ("language_dropped", {"code": "nl", "level": 1, "to": 0}),
            ("skill_easier", {"code": "crm", "minimum": 2, "to": 1}),
            ("skill_dropped", {"code": "crm", "minimum": 2, "to": 0}),
            ("skill_dropped", {"code": "writing", "minimum": 1, "to": 0}),
            ("must_dropped", {"start_minute": 540, "duration_minutes": 480, "weekdays": [0, 1]}),
            ("must_dropped", {"start_minute": 600, "duration_minutes": 60, "weekdays": [5]}),
            ("shift_shorter", {"minutes": 120, "hours_week": 16 * 60, "to": 16 * 60}),
            ("shift_later", {"minutes": 120}),
            ("shift_earlier", {"minutes": 120}),
            ("hours_fewer", {"hours_week": 16 * 60, "to": 12 * 60}),
        ]

    def test_a_shorter_shift_ends_earlier_and_takes_the_hours_along(self) -> None:
        changed = query_of("shift_shorter", vacancy())
        assert changed.shifts == shifts(*((day, 540, 900) for day in range(5)))
        assert changed.hours_week == 30 * 60

    def test_hours_a_week_stay_whole(self) -> None:
        query = vacancy(shifts=shifts((0, 540, 1005), (1, 540, 1005)), hours_week=15 * 60)
        assert query_of("shift_shorter", query).hours_week == 11 * 60
        assert "shift_shorter" not in [
            one.kind for one in eased(vacancy(shifts=shifts((0, 0, 150)), hours_week=60))
        ]

    def test_a_moved_shift_goes_round_the_week(self) -> None:
        sunday = vacancy(shifts=shifts((6, 1380, 1380 + 480)), hours_week=8 * 60)
        monday = vacancy(shifts=shifts((0, 60, 540)), hours_week=8 * 60)
        assert query_of("shift_later", sunday).shifts == shifts((0, 60, 540))
        assert query_of("shift_earlier", monday).shifts == shifts((6, 1380, 1380 + 480))

    def test_what_cannot_be_eased_is_not_tried(self) -> None:
        always = vacancy(
            shifts=shifts(*((day, 0, 1440) for day in range(7))), hours_week=4 * 60, languages=()
        )
        assert [one.kind for one in eased(always)] == ["contract_form", "shift_shorter"]
        short = vacancy(shifts=shifts((0, 540, 600)), hours_week=60, languages=())
        assert [one.kind for one in eased(short)] == ["contract_form", "shift_later", "shift_earlier"]

    def test_a_language_that_alone_had_a_weight_can_be_dropped(self) -> None:
        weights = replace(
            vacancy().weights, **dict.fromkeys(("time", "skills", "experience", "commitment"), 0)
        )
        query = vacancy(weights=replace(weights, culture=0))
        assert query_of("language_dropped", query).languages == ()


def query_of(kind: str, query: VacancyQuery) -> VacancyQuery:
    return next(one.query for one in eased(query) if one.kind == kind)


@pytest.mark.parametrize("number", [0, 1])
def test_an_empty_pool_and_one_person(number: int) -> None:
    people = [speaker(id=one + 1) for one in range(number)]
    pool = pool_of(speaker(id=9)).take([]) if not people else pool_of(*people)
    found = what_if(pool, vacancy(), [one.query for one in eased(vacancy())])
    assert (found.waterfall.everyone, found.eligible, sum(found.histogram)) == (number, number, number)
    assert found.countries == {}
