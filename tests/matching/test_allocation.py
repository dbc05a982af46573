"""Sharing out places over the shortlists of all open vacancies: rounds, what lists show, and what frees places."""

from collections import Counter
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from accounts.models import User
from candidates.models import Candidate
from matching.actions.allocation import UnstableAllocation, refresh_allocation
from matching.actions.one_at_a_time import one_at_a_time
from matching.actions.shortlist import hide, pin, take_back
from matching.engine.allocation import allocate
from matching.models import AllocationRound, VacancyAllocation
from matching.queries.allocation import (
    OpenList,
    inputs_now,
    latest_round,
    market_of,
    market_of_empty,
    open_lists,
)
from matching.queries.shortlist import shortlist_of
from matching.tasks import refresh_allocation_task
from tests.accounts.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.matching.allocation_twin import Plain, Suits, people_ask
from tests.standing import standing
from vacancies.actions.lifecycle import close_vacancy
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory(staff=True)


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    """One list a person, one place an opening, so that small markets are tight."""
    settings.SHORTLISTS_PER_PERSON = 1
    settings.SHOWN_PER_OPENING = 1


@pytest.fixture
def people(db: None) -> list[Candidate]:
    """Four people, the best first."""
    return [measured_person(level) for level in (6, 5, 5, 4)]


def one_opening(**changes: Any) -> Vacancy:
    vacancy = VacancyFactory(content=version_content(openings=1, **changes))
    ranked(vacancy)
    return vacancy


def beginning() -> tuple[list[Candidate], list[Vacancy]]:
    """Four people, the best first, and three vacancies that all of them suit; the first pays best."""
    people = [measured_person(level) for level in (6, 5, 5, 4)]
    return people, [one_opening(pay_max=amount) for amount in (19, 18, 17)]


once = standing(beginning, "class")


def shown(vacancy: Vacancy) -> list[int]:
    return VacancyAllocation.objects.get(vacancy=vacancy).shown


def rows(vacancy: Vacancy) -> list[Any]:
    found = shortlist_of(vacancy)
    return found.rows(0, len(found))


class TestThreeLists:
    @pytest.fixture
    def begun(self, once: Any, db: None) -> Any:
        return deepcopy(once)

    @pytest.fixture
    def people(self, begun: Any) -> list[Candidate]:
        return begun[0]

    @pytest.fixture
    def vacancies(self, begun: Any) -> list[Vacancy]:
        return begun[1]

    def test_good_people_are_spread_best_pay_first(self, vacancies, people, now):
        made = refresh_allocation(now=now)
        assert [shown(vacancy) for vacancy in vacancies] == [[people[at].pk] for at in (0, 1, 2)]
        assert (made.cap, made.places_per_opening, made.vacancies, made.people, made.pairs) == (
            1,
            1,
            3,
            4,
            12,
        )
        assert (made.places, made.shown, made.by_hand, made.busy, made.short, made.blocking) == (
            3,
            3,
            0,
            6,
            0,
            0,
        )
        assert (made.made_at, made.inputs_digest) == (now, inputs_now().digest)

    def test_the_stored_lists_are_those_of_the_plain_twin(self, vacancies, people, now, settings):
        settings.SHORTLISTS_PER_PERSON, settings.SHOWN_PER_OPENING = 2, 3
        refresh_allocation(now=now)
        _inputs, lists = open_lists()
        pairs = [
            Suits(one.vacancy, who, employer, candidate)
            for one in lists
            for who, employer, candidate in zip(
                one.people.tolist(),
                one.employer_scores.tolist(),
                one.candidate_scores.tolist(),
                strict=True,
            )
        ]
        twin = people_ask(
            Plain({one.pk: 3 for one in vacancies}, dict.fromkeys((p.pk for p in people), 2), pairs)
        )
        assert twin == {(vacancy.pk, who) for vacancy in vacancies for who in shown(vacancy)}
        assert len(twin) == 7

    def test_who_waits_stands_below_in_rank_order_and_it_says_why(self, vacancies, people, now):
        refresh_allocation(now=now)
        found = rows(vacancies[1])
        assert [row.candidate.pk for row in found] == [people[at].pk for at in (1, 0, 2, 3)]
        assert [row.place for row in found] == [1, 2, 3, 4]
        assert [row.rank for row in found] == [2, 1, 3, 4]
        assert [row.waiting for row in found] == [False, True, True, True]
        busy = "Also fits; now shown on 1 other shortlist at least, enough for one person. Moves up when a place frees."
        full = "Also fits; the places shown first are taken. Moves up when one of them frees."
        assert [row.waiting_reason for row in found] == ["", busy, busy, full]

    def test_nobody_is_lost_and_the_ranking_stays_as_it_is(self, vacancies, people, now):
        before = [
            (one.ranking_state.current_id, bytes(one.ranking_state.current.packed)) for one in vacancies
        ]
        refresh_allocation(now=now)
        after = [Vacancy.objects.get(pk=one.pk).ranking_state.current for one in vacancies]
        assert [(one.pk, bytes(one.packed)) for one in after] == before
        for vacancy in vacancies:
            assert {row.candidate.pk for row in rows(vacancy)} == {one.pk for one in people}

    def test_before_the_first_round_nobody_waits(self, vacancies, people):
        assert [row.candidate.pk for row in rows(vacancies[1])] == [one.pk for one in people]
        assert not any(row.waiting or row.waiting_reason for row in rows(vacancies[1]))

    def test_nothing_changed_is_no_new_round(self, vacancies, now):
        first = refresh_allocation(now=now)
        assert refresh_allocation(now=now + timedelta(minutes=1)) is None
        refresh_allocation_task()
        assert list(AllocationRound.objects.all()) == [first]

    def test_a_closed_vacancy_frees_its_people(self, vacancies, people, staff, now):
        refresh_allocation(now=now)
        close_vacancy(vacancy=vacancies[0], because="filled", by=staff, now=now)
        second = refresh_allocation(now=now + timedelta(minutes=1))
        assert not VacancyAllocation.objects.filter(vacancy=vacancies[0]).exists()
        assert [shown(vacancy) for vacancy in vacancies[1:]] == [[people[0].pk], [people[1].pk]]
        assert (second.vacancies, second.shown) == (2, 2)
        assert not any(row.waiting for row in rows(vacancies[0])), "a closed list stays as it was ranked"

    def test_somebody_hidden_frees_a_place_and_has_none(self, vacancies, people, staff, now):
        refresh_allocation(now=now)
        hide(vacancy=vacancies[0], candidate=people[0], reason="Found work.", by=staff, now=now)
        refresh_allocation(now=now + timedelta(minutes=1))
        assert [shown(vacancy) for vacancy in vacancies] == [[people[at].pk] for at in (1, 0, 2)]
        assert people[0].pk not in VacancyAllocation.objects.get(vacancy=vacancies[0]).waiting

    def test_who_is_placed_by_hand_is_shown_and_counts_for_the_cap(self, vacancies, people, staff, now):
        """The last in rank is pinned on two lists: over the cap, because a person decided so."""
        for vacancy in vacancies[:2]:
            pin(vacancy=vacancy, candidate=people[3], reason="Known here.", by=staff, now=now)
        made = refresh_allocation(now=now)
        assert [shown(vacancy) for vacancy in vacancies] == [[people[3].pk], [people[3].pk], [people[0].pk]]
        assert (made.by_hand, made.shown) == (2, 3)
        first = rows(vacancies[0])[0]
        assert (first.candidate, first.waiting) == (people[3], False)
        assert people[3].pk in VacancyAllocation.objects.get(vacancy=vacancies[2]).busy
        take_back(vacancy=vacancies[0], candidate=people[3], by=staff, now=now)
        refresh_allocation(now=now + timedelta(minutes=1))
        assert shown(vacancies[0]) == [people[0].pk]

    def test_who_is_pinned_after_the_round_does_not_wait_for_the_next(self, vacancies, people, staff, now):
        refresh_allocation(now=now)
        pin(vacancy=vacancies[0], candidate=people[3], reason="Known here.", by=staff, now=now)
        assert next((row.candidate, row.waiting) for row in rows(vacancies[0])) == (people[3], False)

    def test_somebody_new_waits_for_the_next_round(self, vacancies, people, now):
        refresh_allocation(now=now)
        newcomer = measured_person(6)
        ranked(vacancies[0])
        row = next(row for row in rows(vacancies[0]) if row.candidate == newcomer)
        assert (row.waiting, row.waiting_reason) == (
            True,
            "Also fits; new since the places were last shared out. The next round follows in minutes.",
        )
        refresh_allocation(now=now + timedelta(minutes=1))
        assert (
            newcomer.pk in shown(vacancies[0]) + VacancyAllocation.objects.get(vacancy=vacancies[0]).waiting
        )

    def test_a_new_cap_is_a_new_round_and_lists_name_it(self, vacancies, people, now, settings):
        refresh_allocation(now=now)
        settings.SHORTLISTS_PER_PERSON = 2
        made = refresh_allocation(now=now + timedelta(minutes=1))
        assert made.cap == 2
        assert {row.round_id for row in VacancyAllocation.objects.all()} == {made.pk}
        assert "shown on 2 other shortlists" in rows(vacancies[2])[1].waiting_reason

    def test_only_what_changed_is_written(self, vacancies, people, staff, now):
        first = refresh_allocation(now=now)
        hide(vacancy=vacancies[2], candidate=people[3], reason="Found work.", by=staff, now=now)
        second = refresh_allocation(now=now + timedelta(minutes=1))
        assert [VacancyAllocation.objects.get(vacancy=one).round for one in vacancies] == [
            first,
            first,
            second,
        ]

    def test_an_unstable_outcome_would_store_nothing(self, vacancies, now, monkeypatch):
        """The outcome is checked by other code than made it; here the maker is broken on purpose."""

        def broken(market):
            made = allocate(market)
            made.shown[:] = False
            return made

        monkeypatch.setattr("matching.actions.allocation.allocate", broken)
        with pytest.raises(UnstableAllocation, match="12 blocking pairs") as raised:
            refresh_allocation(now=now)
        assert len(raised.value.pairs) == 12
        assert not AllocationRound.objects.exists()
        assert not VacancyAllocation.objects.exists()

    def test_shown_and_waiting_exclude_each_other(self, vacancies, now):
        refresh_allocation(now=now)
        row = VacancyAllocation.objects.get(vacancy=vacancies[0])
        for wrong in ({"waiting": [*row.waiting, row.shown[0]]}, {"busy": [10**6]}):
            with pytest.raises(IntegrityError, match="allocation_shown_or_waiting"), transaction.atomic():
                VacancyAllocation.objects.filter(pk=row.pk).update(**wrong)

    def test_a_market_leaves_out_who_is_settled(self, vacancies, people, staff, now):
        pin(vacancy=vacancies[0], candidate=people[3], reason="Known here.", by=staff, now=now)
        hide(vacancy=vacancies[1], candidate=people[0], reason="Found work.", by=staff, now=now)
        inputs, lists = open_lists()
        market = market_of(lists, inputs.cap, inputs.per_opening)
        assert len(market) == 10
        assert dict(zip(market.vacancies.tolist(), market.places.tolist(), strict=True)) == {
            vacancies[0].pk: 0,
            vacancies[1].pk: 1,
            vacancies[2].pk: 1,
        }
        assert dict(zip(market.people.tolist(), market.caps.tolist(), strict=True)) == {
            one.pk: 0 if one == people[3] else 1 for one in people
        }
        assert inputs == inputs_now()


def test_a_list_that_nobody_is_left_for_is_counted(people, now):
    """Four people, one list each, five openings in two vacancies: one opening stays empty though everybody suits it."""
    for openings in (3, 2):
        ranked(VacancyFactory(content=version_content(openings=openings)))
    made = refresh_allocation(now=now)
    assert (made.places, made.shown, made.short) == (5, 4, 1)


def test_no_vacancy_and_nobody_who_suits_are_rounds_too(now):
    empty = refresh_allocation(now=now)
    assert (empty.vacancies, empty.people, empty.pairs, empty.shown) == (0, 0, 0, 0)
    vacancy = one_opening()
    alone = refresh_allocation(now=now + timedelta(minutes=1))
    assert (alone.vacancies, alone.people, alone.shown, alone.short) == (1, 0, 0, 0)
    assert shown(vacancy) == []
    assert latest_round() == alone


def test_ten_thousand_openings_show_everybody(people, now):
    vacancy = VacancyFactory(content=version_content(openings=10_000))
    ranked(vacancy)
    made = refresh_allocation(now=now)
    assert shown(vacancy) == [one.pk for one in people]
    assert (made.places, made.shown, made.short) == (10_000, 4, 0)


def test_rounds_can_be_neither_changed_nor_deleted_nor_unstable(now):
    made = refresh_allocation(now=now)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AllocationRound.objects.filter(pk=made.pk).update(shown=99)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        made.delete()
    made.pk, made.blocking = None, 1
    with pytest.raises(IntegrityError, match="allocation_is_stable"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize("size", [1, 30])
def test_a_round_takes_the_same_queries_for_one_and_for_thirty(size, now, django_assert_num_queries):
    for _ in range(size):
        measured_person()
    for _ in range(2 if size == 1 else 5):
        one_opening()
    with django_assert_num_queries(15):
        refresh_allocation(now=now)
    with django_assert_num_queries(6):
        assert refresh_allocation(now=now) is None


class TestAListThatWouldShowNobody:
    def test_shows_one_who_is_shown_elsewhere_on_as_many_lists_again(self, people, now):
        Candidate.objects.exclude(pk=people[0].pk).update(listed=False)
        lists = [one_opening(pay_max=amount) for amount in (19, 18, 17)]
        made = refresh_allocation(now=now)
        assert [shown(one) for one in lists] == [[people[0].pk], [people[0].pk], []]
        assert (made.shown, made.beyond, made.busy, made.short) == (2, 1, 1, 1)
        assert rows(lists[2])[0].waiting_reason.startswith(
            "Also fits; now shown on 1 other shortlist at least"
        )

    def test_takes_nobody_from_another_list(self, people, now, settings):
        """Both suit two lists; one of them has places for both, and both like it better."""
        settings.SHOWN_PER_OPENING = 2
        Candidate.objects.exclude(pk__in=[one.pk for one in people[:2]]).update(listed=False)
        better, other = one_opening(pay_max=19), one_opening(pay_max=17)
        refresh_allocation(now=now)
        assert shown(better) == [people[0].pk, people[1].pk]
        assert shown(other) == [people[0].pk]  # the better of them; one is enough

    def test_is_left_empty_when_a_recruiter_placed_somebody_or_nobody_suits_it_openly(
        self, people, staff, now
    ):
        Candidate.objects.exclude(pk__in=[one.pk for one in people[:2]]).update(listed=False)
        first, second, third = (one_opening(pay_max=amount) for amount in (19, 18, 17))
        pin(vacancy=second, candidate=people[1], reason="Known here.", by=staff, now=now)
        for one in people[:2]:
            hide(vacancy=third, candidate=one, reason="Found work.", by=staff, now=now)
        assert refresh_allocation(now=now).beyond == 0
        assert [shown(one) for one in (first, second, third)] == [[people[0].pk], [people[1].pk], []]


@settings_of_hypothesis(max_examples=150, deadline=None)
@given(st.data())
def test_no_list_starves_while_somebody_may_be_shown_on_it(data: Any) -> None:
    """For any market: the second sharing out only adds, and leaves a list empty only when all are on twice the limit."""
    cap, each = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    quiet = data.draw(st.sets(st.integers(1, 5), max_size=2))
    lists = []
    for vacancy in range(1, data.draw(st.integers(1, 7)) + 1):
        who = sorted(data.draw(st.sets(st.integers(1, 5))))
        scores = [np.array([data.draw(st.integers(0, 3)) for _ in who], dtype=np.int64) for _ in range(2)]
        lists.append(OpenList(vacancy, data.draw(st.integers(1, 3)), np.array(who, dtype=np.int64), *scores))
    within = allocate(market_of(lists, cap, each, quiet))
    beyond = allocate(market_of_empty(lists, within, cap, quiet))
    before, added = within.pairs(), beyond.pairs()
    assert {one.vacancy for one in before}.isdisjoint(one.vacancy for one in added)
    times, again = Counter(one.person for one in before), Counter(one.person for one in added)
    assert all(times[one] == cap for one in again)
    filled = {one.vacancy for one in (*before, *added)}
    for one in lists:
        willing = set(one.people.tolist()) - quiet
        assert one.vacancy in filled or all(again[person] == cap for person in willing)


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_make_one_round(people, now):
    one_opening()
    found = at_once(*[lambda: refresh_allocation(now=now)] * 4)
    assert [one for one in found if one is not None] == [AllocationRound.objects.get()]


@pytest.mark.django_db(transaction=True)
def test_who_finds_another_at_it_leaves(now):
    with one_at_a_time("matching.refresh_allocation"):
        assert at_once(lambda: refresh_allocation(now=now)) == [None]
    assert not AllocationRound.objects.exists()
