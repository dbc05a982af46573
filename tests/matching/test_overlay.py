"""What people changed, laid over a ranking."""

from hypothesis import given
from hypothesis import strategies as st

from matching.enums import EntryKind
from matching.rules.overlay import LAST_PLACE, Change, laid_over

PINNED, HIDDEN = Change(EntryKind.PINNED), Change(EntryKind.HIDDEN)


def moved(position: int) -> Change:
    return Change(EntryKind.MOVED, position)


RANKED = [11, 12, 13, 14, 15]


def test_without_changes_the_ranking_is_shown():
    assert laid_over(RANKED, {}) == RANKED


def test_pinned_people_stand_first_in_rank_order():
    assert laid_over(RANKED, {15: PINNED, 13: PINNED}) == [13, 15, 11, 12, 14]


def test_somebody_moved_stands_at_that_place():
    assert laid_over(RANKED, {15: moved(2)}) == [11, 15, 12, 13, 14]
    assert laid_over(RANKED, {11: moved(4)}) == [12, 13, 14, 11, 15]
    assert laid_over(RANKED, {12: moved(2)}) == RANKED


def test_several_moved_stand_at_their_places():
    assert laid_over(RANKED, {15: moved(1), 14: moved(3)}) == [15, 11, 14, 12, 13]


def test_the_same_place_twice_is_filled_in_rank_order():
    assert laid_over(RANKED, {15: moved(2), 13: moved(2)}) == [11, 13, 15, 12, 14]
    assert laid_over(RANKED, {15: moved(2), 13: moved(2), 14: moved(3)}) == [11, 13, 15, 14, 12]


def test_a_place_among_the_pinned_is_the_first_after_them():
    assert laid_over(RANKED, {14: PINNED, 13: PINNED, 15: moved(1)}) == [13, 14, 15, 11, 12]


def test_a_place_past_the_end_is_the_end():
    assert laid_over(RANKED, {11: moved(LAST_PLACE)}) == [12, 13, 14, 15, 11]
    assert laid_over(RANKED, {11: moved(400), 12: moved(LAST_PLACE)}) == [13, 14, 15, 11, 12]


def test_hidden_people_are_left_out():
    assert laid_over(RANKED, {11: HIDDEN, 14: HIDDEN}) == [12, 13, 15]
    assert laid_over(RANKED, dict.fromkeys(RANKED, HIDDEN)) == []


def test_changes_about_people_who_left_are_ignored():
    assert laid_over(RANKED, {99: PINNED, 98: HIDDEN, 97: moved(1)}) == RANKED


changes = st.one_of(st.just(PINNED), st.just(HIDDEN), st.integers(1, LAST_PLACE).map(moved))


@given(
    st.lists(st.integers(1, 40), unique=True, max_size=25),
    st.dictionaries(st.integers(1, 50), changes, max_size=25),
)
def test_everybody_ranked_is_shown_once_or_hidden(ranked, changed):
    shown = laid_over(ranked, changed)
    hidden = {one for one in ranked if changed.get(one) == HIDDEN}
    assert sorted(shown) == sorted(set(ranked) - hidden)
    pinned = [one for one in ranked if changed.get(one) == PINNED]
    assert shown[: len(pinned)] == pinned
    untouched = [one for one in ranked if one not in changed]
    assert [one for one in shown if one in untouched] == untouched, "the rest keeps its order"


@given(st.lists(st.integers(1, 40), unique=True, min_size=1, max_size=25), st.data())
def test_one_moved_person_stands_exactly_there(ranked, data):
    who = data.draw(st.sampled_from(ranked))
    place = data.draw(st.integers(1, len(ranked)))
    assert laid_over(ranked, {who: moved(place)}).index(who) == place - 1


@given(st.lists(st.integers(1, 40), unique=True, min_size=1, max_size=25), st.data())
def test_people_moved_to_different_places_stand_exactly_there(ranked, data):
    places = data.draw(st.lists(st.integers(1, len(ranked)), unique=True, max_size=len(ranked)))
    who = data.draw(st.permutations(ranked))
    wanted = dict(zip(who, places, strict=False))
    shown = laid_over(ranked, {one: moved(place) for one, place in wanted.items()})
    assert {one: shown.index(one) + 1 for one in wanted} == wanted


def test_people_added_stand_after_the_pinned_in_the_order_of_adding():
    added = Change(EntryKind.ADDED)
    assert laid_over([*RANKED, 98, 97], {97: added, 15: PINNED, 98: added}) == [15, 97, 98, 11, 12, 13, 14]
    assert laid_over([*RANKED, 98], {98: added, 12: moved(1)}) == [98, 12, 11, 13, 14, 15]
    assert laid_over([*RANKED], {13: added}) == [13, 11, 12, 14, 15]
    assert laid_over(RANKED, {99: added}) == RANKED
