"""Sharing out places: hand-worked markets, a plain twin, the checker, and properties."""

from collections import Counter
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.engine.allocation import InvalidMarket, Market, allocate, blocking_pairs
from matching.engine.scale import SCALE
from tests.matching.allocation_twin import (
    Plain,
    Suits,
    blocking,
    most_that_fit,
    people_ask,
    stable_outcomes,
    vacancies_ask,
)


@st.composite
def markets(draw: Any) -> Plain:
    """Few scores, so that ties are common; places and caps from 0 to more than there are pairs."""
    vacancies = draw(st.lists(st.integers(1, 30), unique=True, max_size=6))
    people = draw(st.lists(st.integers(1, 40), unique=True, max_size=8))
    suiting = [(v, p) for v in vacancies for p in people if draw(st.integers(0, 3))]
    score = st.sampled_from([0, 1, 2, 3, SCALE])
    return Plain(
        {one: draw(st.integers(0, 4)) for one in vacancies},
        {one: draw(st.integers(0, 4)) for one in people},
        [Suits(v, p, draw(score), draw(score)) for v, p in suiting],
    )


def allocated(plain: Plain) -> set[tuple[int, int]]:
    return set(allocate(plain.market()).pairs())


def flags(plain: Plain, shown: set[tuple[int, int]]) -> np.ndarray:
    return np.array([(one.vacancy, one.person) in shown for one in plain.pairs], dtype=bool)


# --- Worked by hand ---------------------------------------------------------------------------------------------------


def test_gale_and_shapleys_three_by_three():
    """Example 1 of the paper: three stable marriages; those who ask all get their first choice."""
    ranks = {
        (1, 1): (1, 3), (1, 2): (2, 2), (1, 3): (3, 1),
        (2, 1): (3, 1), (2, 2): (1, 3), (2, 3): (2, 2),
        (3, 1): (2, 2), (3, 2): (3, 1), (3, 3): (1, 3),
    }  # fmt: skip
    pairs = [Suits(woman, man, 4 - hers, 4 - his) for (man, woman), (his, hers) in ranks.items()]
    plain = Plain(dict.fromkeys((1, 2, 3), 1), dict.fromkeys((1, 2, 3), 1), pairs)
    assert allocated(plain) == {(1, 1), (2, 2), (3, 3)}
    assert vacancies_ask(plain) == {(1, 2), (2, 3), (3, 1)}
    for stable in ({(1, 1), (2, 2), (3, 3)}, {(1, 3), (2, 1), (3, 2)}, {(1, 2), (2, 3), (3, 1)}):
        assert blocking_pairs(plain.market(), flags(plain, stable)) == []


def test_the_best_person_is_not_on_every_list():
    """Person 1 is the best for all three vacancies, wants 2 before 1 before 3, and may be on two lists."""
    pairs = [
        Suits(1, 1, 9, 5), Suits(2, 1, 9, 6), Suits(3, 1, 9, 4),
        Suits(1, 2, 8, 5), Suits(2, 2, 8, 5), Suits(3, 2, 8, 5),
    ]  # fmt: skip
    plain = Plain({1: 1, 2: 1, 3: 1}, {1: 2, 2: 2}, pairs)
    assert allocated(plain) == {(1, 1), (2, 1), (3, 2)}


def test_ties_go_to_the_lower_id_on_both_sides():
    tied = [Suits(v, p, 5, 5) for v in (7, 3) for p in (9, 4)]
    assert allocated(Plain({7: 1, 3: 1}, {9: 1, 4: 1}, tied)) == {(3, 4), (7, 9)}


def test_a_place_may_stay_empty_for_the_sake_of_stability():
    """Both want person 1; person 2 only suits vacancy 1. Two could be shown, but 1 and vacancy 1 want each other."""
    plain = Plain({1: 1, 2: 1}, {1: 1, 2: 1}, [Suits(1, 1, 9, 9), Suits(2, 1, 9, 5), Suits(1, 2, 5, 9)])
    assert allocated(plain) == {(1, 1)}
    assert most_that_fit(plain) == 2
    assert blocking_pairs(plain.market(), flags(plain, {(2, 1), (1, 2)})) == [(1, 1)]


def test_a_first_place_stays_empty_while_another_list_shows_two():
    """One opening each, two places shown for it, one list a person: both prefer vacancy 1, which has a second place.

    No other outcome is stable: to give vacancy 2 its first place, somebody has to be kept from a list that they like
    better and that would take them. Sharing out first places before all others does that to person 2.
    """
    plain = Plain(
        {1: 2, 2: 2},
        {1: 1, 2: 1},
        [Suits(1, 1, 9, 9), Suits(1, 2, 8, 9), Suits(2, 1, 9, 5), Suits(2, 2, 8, 5)],
    )
    assert allocated(plain) == {(1, 1), (1, 2)}
    assert stable_outcomes(plain) == [{(1, 1), (1, 2)}]
    first_places = allocated(plain._replace(places={1: 1, 2: 1}))
    assert first_places == {(1, 1), (2, 2)}
    assert blocking_pairs(plain.market(), flags(plain, first_places)) == [(1, 2)]


def test_more_places_than_people_shows_everybody():
    plain = Plain({5: 10_000}, dict.fromkeys((1, 2, 3), 5), [Suits(5, one, 1, 1) for one in (3, 1, 2)])
    assert allocated(plain) == {(5, 1), (5, 2), (5, 3)}


@pytest.mark.parametrize(
    "plain",
    [
        Plain({}, {}, []),
        Plain({1: 3}, {}, []),
        Plain({}, {1: 3}, []),
        Plain({1: 0}, {1: 3}, [Suits(1, 1, 5, 5)]),
        Plain({1: 3}, {1: 0}, [Suits(1, 1, 5, 5)]),
    ],
)
def test_nothing_to_share_out_is_an_empty_answer(plain):
    allocation = allocate(plain.market())
    assert (allocation.pairs(), allocation.lists_of_people()) == ([], {})
    assert blocking_pairs(plain.market(), allocation.shown) == []


# --- Against the twin, the checker and the definition -----------------------------------------------------------------


@settings(max_examples=500, deadline=None)
@given(markets())
def test_the_twin_agrees_whoever_asks_first(plain):
    assert allocated(plain) == people_ask(plain) == people_ask(plain, latest_first=True)


@settings(max_examples=300, deadline=None)
@given(markets())
def test_no_pair_would_rather_be_together(plain):
    allocation = allocate(plain.market())
    assert blocking_pairs(plain.market(), allocation.shown) == []
    assert blocking(plain, set(allocation.pairs())) == []


@settings(max_examples=300, deadline=None)
@given(markets(), st.data())
def test_the_checker_finds_what_the_definition_says_for_any_outcome(plain, data):
    shown, by_vacancy, by_person = set(), Counter(), Counter()
    for one in plain.pairs:
        room = by_vacancy[one.vacancy] < plain.places[one.vacancy]
        room = room and by_person[one.person] < plain.caps[one.person]
        if room and data.draw(st.booleans()):
            shown.add((one.vacancy, one.person))
            by_vacancy[one.vacancy] += 1
            by_person[one.person] += 1
    assert blocking_pairs(plain.market(), flags(plain, shown)) == blocking(plain, shown)


@settings(max_examples=200, deadline=None)
@given(markets(), st.data())
def test_the_order_of_the_input_changes_nothing(plain, data):
    mixed = Plain(
        dict(data.draw(st.permutations(list(plain.places.items())))),
        dict(data.draw(st.permutations(list(plain.caps.items())))),
        data.draw(st.permutations(plain.pairs)),
    )
    assert allocated(mixed) == allocated(plain)


@settings(max_examples=300, deadline=None)
@given(markets())
def test_caps_hold_and_a_place_stays_empty_only_when_everybody_who_suits_is_shown_elsewhere(plain):
    shown = allocated(plain)
    lists, people = Counter(v for v, _ in shown), Counter(p for _, p in shown)
    assert all(lists[one] <= plain.places[one] for one in lists)
    assert all(people[one] <= plain.caps[one] for one in people)
    for one in plain.pairs:
        if (one.vacancy, one.person) not in shown and lists[one.vacancy] < plain.places[one.vacancy]:
            assert people[one.person] == plain.caps[one.person]


@settings(max_examples=300, deadline=None)
@given(markets())
def test_at_least_half_of_what_could_be_filled_is_and_all_of_it_where_caps_do_not_bind(plain):
    shown, most = allocated(plain), most_that_fit(plain)
    assert most <= 2 * len(shown)
    free = Plain(plain.places, dict.fromkeys(plain.caps, len(plain.places)), plain.pairs)
    assert len(allocated(free)) == most_that_fit(free)
    suiting = Counter(one.vacancy for one in plain.pairs)
    assert Counter(v for v, _ in allocated(free)) == Counter(
        {v: min(suiting[v], places) for v, places in plain.places.items() if suiting[v] and places}
    )


@settings(max_examples=300, deadline=None)
@given(markets())
def test_it_is_the_best_stable_outcome_for_the_people_and_fills_what_every_stable_one_does(plain):
    ours, theirs = allocated(plain), vacancies_ask(plain)
    assert blocking(plain, theirs) == []
    assert Counter(v for v, _ in ours) == Counter(v for v, _ in theirs)
    assert Counter(p for _, p in ours) == Counter(p for _, p in theirs)
    for person, wishes in plain.wishes().items():
        mine = [at for at, vacancy in enumerate(wishes) if (vacancy, person) in ours]
        others = [at for at, vacancy in enumerate(wishes) if (vacancy, person) in theirs]
        assert all(a <= b for a, b in zip(mine, others, strict=True))


def crossed(seed: int) -> Plain:
    """Three people and three vacancies who all suit; the better for the one side, the worse for the other, mostly."""
    draw = Random(seed)
    people = (1, 2, 3)
    pairs = []
    for vacancy in (1, 2, 3):
        for person in people:
            score = draw.randrange(1_000)
            pairs.append(Suits(vacancy, person, score, 1_000 - score + draw.randrange(200)))
    places = {vacancy: draw.choice((1, 2)) for vacancy in (1, 2, 3)}
    return Plain(places, {person: draw.choice((1, 1, 2)) for person in people}, pairs)


def test_whatever_is_stable_leaves_the_same_places_empty():
    """All outcomes of small markets tried: none without a blocking pair fills a place that stays empty here."""
    several = several_and_empty = 0
    for plain in map(crossed, range(300)):
        ours, outcomes = allocated(plain), stable_outcomes(plain)
        filled = Counter(v for v, _ in ours)
        empty = [vacancy for vacancy, places in plain.places.items() if filled[vacancy] < places]
        assert ours in outcomes
        for outcome in outcomes:
            assert Counter(v for v, _ in outcome) == filled
            assert {(v, p) for v, p in outcome if v in empty} == {(v, p) for v, p in ours if v in empty}
        several += len(outcomes) > 1
        several_and_empty += len(outcomes) > 1 and bool(empty)
    assert (several, several_and_empty) == (55, 9), "the markets would show it if it were otherwise"


@settings(max_examples=200, deadline=None)
@given(markets(), st.data())
def test_another_person_never_takes_a_place_from_a_vacancy(plain, data):
    """Somebody new only makes it better for the vacancies: none shows fewer than before."""
    assume(plain.places and 99 not in plain.caps)
    before = Counter(v for v, _ in allocated(plain))
    joining = [Suits(v, 99, data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4))) for v in plain.places]
    after = Counter(
        v for v, _ in allocated(Plain(plain.places, {**plain.caps, 99: 2}, plain.pairs + joining))
    )
    assert all(after[v] >= before[v] for v in before)


# --- Bad input --------------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "places": {1: 2},
    "caps": {7: 1, 8: 1},
    "pair_vacancies": [1, 1],
    "pair_people": [7, 8],
    "employer_scores": [5, 6],
    "candidate_scores": [5, 6],
}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"employer_scores": [float("nan"), 5.0]}, "employer_scores: only whole numbers are possible"),
        ({"candidate_scores": [float("inf"), 5]}, "candidate_scores: only whole numbers are possible"),
        ({"candidate_scores": [None, 5]}, "candidate_scores: only whole numbers are possible"),
        ({"employer_scores": [-1, 5]}, "employer_scores: only 0 to 10000000 is possible"),
        ({"candidate_scores": [SCALE + 1, 5]}, "candidate_scores: only 0 to 10000000 is possible"),
        ({"places": {1: -1}}, "places: only 0 to 9223372036854775807 is possible"),
        ({"caps": {7: -1, 8: 1}}, "caps: only 0 to 9223372036854775807 is possible"),
        ({"places": {1: 2**64}}, "places: only"),
        ({"places": {1: 1.5}}, "places: only whole numbers are possible"),
        ({"places": {1: True}}, "places: only whole numbers are possible"),
        ({"places": {0: 1, 1: 1}}, "vacancies: only 1 to"),
        ({"places": {2: 1}}, "pair_vacancies: 1 is not among the vacancies"),
        ({"caps": {7: 1}}, "pair_people: 8 is not among the people"),
        ({"pair_people": [7, 7]}, "pairs: a pair is there twice"),
        ({"pair_people": [7]}, "pair_people: one value for each pair is needed"),
        ({"employer_scores": [5, 6, 7]}, "employer_scores: one value for each pair is needed"),
        ({"pair_people": [[7, 8]]}, "pair_people: one value after the other is needed"),
    ],
)
def test_what_is_wrong_is_named(wrong, sentence):
    values = {**GOOD, **wrong}
    with pytest.raises(InvalidMarket, match=sentence) as raised:
        Market.of(values.pop("places"), values.pop("caps"), **values)
    assert raised.value.field == sentence.split(":")[0]


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (np.array([True]), "one yes or no for each pair is needed"),
        (np.array([1, 0]), "one yes or no for each pair is needed"),
        (np.array([True, True]), "more are shown than the places allow"),
    ],
)
def test_the_checker_refuses_what_is_no_outcome(shown, reason):
    values = {**GOOD, "places": {1: 1}}
    market = Market.of(values.pop("places"), values.pop("caps"), **values)
    with pytest.raises(InvalidMarket, match=reason):
        blocking_pairs(market, shown)


def test_the_checker_refuses_more_lists_than_somebody_may_be_on():
    values = {**GOOD, "caps": {7: 0, 8: 1}}
    market = Market.of(values.pop("places"), values.pop("caps"), **values)
    with pytest.raises(InvalidMarket, match="more are shown than the caps allow"):
        blocking_pairs(market, np.array([True, False]))
