"""Pinning, moving, hiding with a reason, and taking it back."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from candidates.models import Candidate
from matching.actions.errors import UnableToCurate
from matching.actions.shortlist import add, hide, move, note, pin, take_back, undo
from matching.models import ShortlistEntry, ShortlistLog
from matching.queries.shortlist import shortlist_of
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory(staff=True)


def beginning() -> tuple[Vacancy, list[Candidate]]:
    """A vacancy and its shortlist of five, the best first."""
    people = [measured_person(level) for level in (6, 6, 5, 5, 4)]
    vacancy = VacancyFactory()
    ranked(vacancy)
    return vacancy, people


once = standing(beginning)


@pytest.fixture
def begun(once: Any, db: None) -> Any:
    return deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def people(begun: Any) -> list[Candidate]:
    return begun[1]


def order(vacancy: Vacancy) -> list[int]:
    found = shortlist_of(vacancy)
    assert found is not None
    return list(found.order)


def ids(people: list[Candidate], *places: int) -> list[int]:
    return [people[place].pk for place in places]


def test_the_ranking_is_shown_as_it_is(vacancy, people):
    assert order(vacancy) == ids(people, 0, 1, 2, 3, 4)


def test_each_act_changes_the_list_and_is_written_down(vacancy, people, staff, now):
    who = {"vacancy": vacancy, "by": staff, "now": now}
    pin(candidate=people[4], reason="Wrote the best letter.", **who)
    move(candidate=people[0], position=3, reason="Starts later.", **who)
    hide(candidate=people[1], reason="Found other work.", **who)
    assert order(vacancy) == ids(people, 4, 2, 0, 3)
    ranking = vacancy.ranking_state.current
    assert list(
        ShortlistLog.objects.order_by("pk").values_list(
            "candidate", "act", "position", "reason", "ranking", "by", "at"
        )
    ) == [
        (people[4].pk, "pinned", None, "Wrote the best letter.", ranking.pk, staff.pk, now),
        (people[0].pk, "moved", 3, "Starts later.", ranking.pk, staff.pk, now),
        (people[1].pk, "hidden", None, "Found other work.", ranking.pk, staff.pk, now),
    ]
    audit = AuditEntry.objects.filter(verb__startswith="shortlist.").order_by("pk")
    assert [(entry.verb, entry.actor, entry.reason) for entry in audit] == [
        ("shortlist.pinned", staff, "Wrote the best letter."),
        ("shortlist.moved", staff, "Starts later."),
        ("shortlist.hidden", staff, "Found other work."),
    ]
    assert audit[1].data["candidate"] == str(people[0].public_id)
    assert audit[1].data["position"] == 3


def test_a_later_act_replaces_an_earlier_one(vacancy, people, staff, now):
    who = {"vacancy": vacancy, "candidate": people[3], "by": staff, "now": now}
    pin(reason="First thought.", **who)
    move(position=2, reason="Second thought.", **who)
    entry = ShortlistEntry.objects.get()
    assert (entry.kind, entry.position, entry.reason) == ("moved", 2, "Second thought.")
    assert order(vacancy) == ids(people, 0, 3, 1, 2, 4)
    assert ShortlistLog.objects.count() == 2


def test_taking_back_restores_the_rank_and_is_written_down(vacancy, people, staff, now):
    who = {"vacancy": vacancy, "candidate": people[4], "by": staff, "now": now}
    pin(reason="Known here.", **who)
    take_back(**who)
    take_back(**who)
    assert order(vacancy) == ids(people, 0, 1, 2, 3, 4)
    assert [log.act for log in ShortlistLog.objects.order_by("pk")] == ["pinned", "taken_back"]
    assert AuditEntry.objects.filter(verb="shortlist.taken_back").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
@pytest.mark.parametrize("act", [pin, hide, lambda **given: move(position=1, **given)])
def test_every_act_needs_a_reason(act, reason, vacancy, people, staff, now):
    with pytest.raises(UnableToCurate, match="Give a reason"):
        act(vacancy=vacancy, candidate=people[0], reason=reason, by=staff, now=now)
    assert not ShortlistEntry.objects.exists()
    assert not ShortlistLog.objects.exists()


@pytest.mark.parametrize("position", [0, -1, 501])
def test_a_place_that_is_none_is_refused(position, vacancy, people, staff, now):
    with pytest.raises(UnableToCurate, match="from 1 to 500"):
        move(vacancy=vacancy, candidate=people[0], position=position, reason="Up.", by=staff, now=now)
    assert not ShortlistEntry.objects.exists()


def test_the_same_click_twice_is_one_act(vacancy, people, staff, now):
    who = {"vacancy": vacancy, "candidate": people[2], "by": staff}
    first = pin(reason="Known here.", now=now, **who)
    again = pin(reason=" Known here. ", now=now + timedelta(seconds=1), **who)
    assert again == first
    assert again.at == now
    assert ShortlistLog.objects.count() == 1


def test_only_people_of_the_current_ranking_can_be_curated(vacancy, staff, now):
    stranger = CandidateFactory(listed=True)
    with pytest.raises(UnableToCurate, match="not in the current ranking"):
        pin(vacancy=vacancy, candidate=stranger, reason="A friend.", by=staff, now=now)
    assert not ShortlistEntry.objects.exists()


@pytest.mark.parametrize(
    "act", [lambda **given: pin(reason="Early.", **given), lambda **given: take_back(**given)]
)
def test_before_the_first_ranking_there_is_nothing_to_curate(act, people, staff, now):
    with pytest.raises(UnableToCurate, match="no ranking yet"):
        act(vacancy=VacancyFactory(), candidate=people[0], by=staff, now=now)


def test_an_act_survives_the_next_ranking_and_keeps_its_own(vacancy, people, staff, now):
    before = vacancy.ranking_state.current
    pin(vacancy=vacancy, candidate=people[4], reason="Known here.", by=staff, now=now)
    newcomer = measured_person(6)
    after = ranked(vacancy)
    assert order(vacancy) == [*ids(people, 4, 0, 1), newcomer.pk, *ids(people, 2, 3)]
    assert ShortlistEntry.objects.get().ranking == before != after


def test_somebody_who_left_the_ranking_is_not_shown_although_pinned(vacancy, people, staff, now):
    pin(vacancy=vacancy, candidate=people[4], reason="Known here.", by=staff, now=now)
    Candidate.objects.filter(pk=people[4].pk).update(accepts_employment=False, changed_at=timezone.now())
    ranked(vacancy)
    assert order(vacancy) == ids(people, 0, 1, 2, 3)


def test_somebody_who_took_back_their_agreement_is_gone_at_once(vacancy, people):
    Candidate.objects.filter(pk=people[0].pk).update(listed=False)
    found = shortlist_of(vacancy)
    assert list(found.order) == ids(people, 1, 2, 3, 4)
    assert found.row_of(people[0].pk) is None
    assert found.ranked_row(people[0]) is None
    assert [row.place for row in found.rows(0, 2)] == [1, 2]
    assert [row.rank for row in found.rows(0, 2)] == [2, 3]


def test_a_row_has_the_figures_of_the_ranking(vacancy, people, staff, now):
    move(vacancy=vacancy, candidate=people[2], position=1, reason="Up.", by=staff, now=now)
    result = vacancy.ranking_state.current.result
    row = shortlist_of(vacancy).row_of(people[2].pk)
    assert (row.place, row.rank, row.candidate, row.entry.kind) == (1, 3, people[2], "moved")
    assert row.score == int(result.scores[2]) == sum(part.contribution for part in row.parts)
    assert [part.part for part in row.parts] == [
        "language", "culture", "time", "pay", "skills", "experience", "commitment",
    ]  # fmt: skip
    assert [part.fit for part in row.parts] == result.fits[2].tolist()


def test_hidden_people_are_kept_for_who_curates(vacancy, people, staff, now):
    hide(vacancy=vacancy, candidate=people[0], reason="Found other work.", by=staff, now=now)
    found = shortlist_of(vacancy)
    assert [entry.candidate for entry in found.hidden()] == [people[0]]
    assert found.ranked_row(people[0]).rank == 1


@pytest.mark.parametrize("size", [1, 30])
def test_the_shortlist_takes_three_queries_for_one_and_for_thirty(
    size, staff, now, django_assert_num_queries
):
    Candidate.objects.update(listed=False)  # of the beginning
    vacancy = VacancyFactory()
    crowd = [measured_person() for _ in range(size)]
    ranked(vacancy)
    for person in crowd:
        pin(vacancy=vacancy, candidate=person, reason="Known here.", by=staff, now=now)
    with django_assert_num_queries(3):
        found = shortlist_of(vacancy)
        assert len(found.rows(0, 50)) == size
        assert {row.entry.reason for row in found.rows(0, 50)} == {"Known here."}


def test_no_shortlist_before_the_first_ranking():
    assert shortlist_of(VacancyFactory()) is None


# --- People from outside the ranking ----------------------------------------------------------------------------------


@pytest.fixture
def near_miss(db: None) -> Candidate:
    """English C1 by their own account, never measured."""
    return CandidateFactory(listed=True, languages={"en": 5})


def test_a_near_miss_can_be_added_with_the_figures_of_today(vacancy, people, near_miss, staff, now):
    entry = add(vacancy=vacancy, candidate=near_miss, reason="Sits the test.", by=staff, now=now)
    assert order(vacancy) == [near_miss.pk, *ids(people, 0, 1, 2, 3, 4)]
    row = shortlist_of(vacancy).row_of(near_miss.pk)
    assert (row.rank, row.place, row.open, row.waiting) == (None, 1, "language.not_measured", False)
    assert row.score == entry.figures["score"] == sum(part.contribution for part in row.parts)
    assert [part.fit for part in row.parts] == entry.figures["fits"]
    assert [log.act for log in ShortlistLog.objects.all()] == ["added"]
    assert AuditEntry.objects.get(verb="shortlist.added").reason == "Sits the test."


def test_somebody_eligible_below_the_last_rank_can_be_added(vacancy, people, staff, now):
    """They come after the ranking, as whoever stands below its last place does."""
    newcomer = measured_person(6)
    add(vacancy=vacancy, candidate=newcomer, reason="Known here.", by=staff, now=now)
    row = shortlist_of(vacancy).row_of(newcomer.pk)
    assert (row.rank, row.open) == (None, "")
    best = shortlist_of(vacancy).row_of(people[0].pk)
    assert row.score == best.score, "the same facts give the same figures"


def test_who_enters_the_ranking_later_stands_there_with_its_figures(vacancy, people, staff, now):
    newcomer = measured_person(6)
    add(vacancy=vacancy, candidate=newcomer, reason="Known here.", by=staff, now=now)
    ranked(vacancy)
    row = shortlist_of(vacancy).row_of(newcomer.pk)
    assert (row.place, row.rank) == (1, 3)
    take_back(vacancy=vacancy, candidate=newcomer, by=staff, now=now)
    assert order(vacancy) == [*ids(people, 0, 1), newcomer.pk, *ids(people, 2, 3, 4)]


def test_people_added_stand_after_the_pinned_in_the_order_of_adding(vacancy, people, near_miss, staff, now):
    who = {"vacancy": vacancy, "by": staff}
    other = CandidateFactory(listed=True, languages={"en": 5})
    add(candidate=other, reason="First.", now=now, **who)
    add(candidate=near_miss, reason="Second.", now=now + timedelta(seconds=1), **who)
    pin(candidate=people[4], reason="Best.", now=now, **who)
    assert order(vacancy) == [people[4].pk, other.pk, near_miss.pk, *ids(people, 0, 1, 2, 3)]


def test_somebody_added_can_be_moved_pinned_hidden_and_taken_off(vacancy, people, near_miss, staff, now):
    who = {"vacancy": vacancy, "candidate": near_miss, "by": staff, "now": now}
    add(reason="Known here.", **who)
    move(reason="Later.", position=3, **who)
    assert order(vacancy) == [*ids(people, 0, 1), near_miss.pk, *ids(people, 2, 3, 4)]
    hide(reason="Found work.", **who)
    assert order(vacancy) == ids(people, 0, 1, 2, 3, 4)
    assert [entry.candidate for entry in shortlist_of(vacancy).hidden()] == [near_miss]
    pin(reason="Free again.", **who)
    assert order(vacancy)[0] == near_miss.pk
    take_back(**who)
    assert near_miss.pk not in order(vacancy)
    with pytest.raises(UnableToCurate, match="not in the current ranking"):
        pin(reason="Again.", **who)


def test_who_cannot_be_added(vacancy, people, near_miss, staff, now):
    who = {"vacancy": vacancy, "by": staff, "now": now}
    below = measured_person(3)
    unlisted = CandidateFactory(languages={"en": 5})
    nowhere = CandidateFactory(empty=True)
    for person, why in (
        (people[2], "in the ranking already, at rank 3; pin or move them"),
        (below, "does not suit the vacancy: measured below a required level."),
        (unlisted, "does not suit the vacancy: has not agreed to be listed."),
        (nowhere, "has not said where they live yet."),
    ):
        with pytest.raises(UnableToCurate, match=why):
            add(candidate=person, reason="A friend.", **who)
    with pytest.raises(UnableToCurate, match="Give a reason"):
        add(candidate=near_miss, reason="  ", **who)
    assert not ShortlistEntry.objects.exists()
    assert not ShortlistLog.objects.exists()


def test_adding_twice_is_one_act(vacancy, near_miss, staff, now):
    first = add(vacancy=vacancy, candidate=near_miss, reason="Known here.", by=staff, now=now)
    assert add(vacancy=vacancy, candidate=near_miss, reason="Known here.", by=staff, now=now) == first
    assert ShortlistLog.objects.count() == 1


# --- Notes, undoing, and two at once ----------------------------------------------------------------------------------


def test_a_note_changes_no_place_and_stands_in_the_log(vacancy, people, near_miss, staff, now):
    for person in (people[3], near_miss):
        if person == near_miss:
            ranked(vacancy)
        note(vacancy=vacancy, candidate=person, reason=" Prefers mornings. ", by=staff, now=now)
    assert order(vacancy) == ids(people, 0, 1, 2, 3, 4)
    assert [(line.act, line.reason) for line in ShortlistLog.objects.all()] == [
        ("noted", "Prefers mornings.")
    ] * 2
    note(vacancy=vacancy, candidate=people[3], reason="Prefers mornings.", by=staff, now=now)
    assert ShortlistLog.objects.count() == 2, "the same click twice is one note"
    for reason, person, why in (
        ("", people[0], "Write the note."),
        ("Who?", CandidateFactory(listed=True), "not in the current ranking"),
    ):
        with pytest.raises(UnableToCurate, match=why):
            note(vacancy=vacancy, candidate=person, reason=reason, by=staff, now=now)


def test_undo_restores_what_held_before(vacancy, people, staff, now):
    who = {"vacancy": vacancy, "candidate": people[4], "by": staff, "now": now}
    pin(reason="Known here.", **who)
    move(reason="Not quite the best.", position=2, **who)
    note(reason="Asked by phone.", **who)
    undo(**who)
    entry = ShortlistEntry.objects.get()
    assert (entry.kind, entry.position, entry.reason) == ("pinned", None, "Known here.")
    take_back(**who)
    with pytest.raises(UnableToCurate, match="nothing to undo"):
        undo(**who)
    pin(reason="After all.", **who)
    undo(**who)
    assert not ShortlistEntry.objects.exists()
    assert [line.act for line in ShortlistLog.objects.order_by("pk")] == [
        "pinned", "moved", "noted", "pinned", "taken_back", "pinned", "taken_back",
    ]  # fmt: skip


def test_who_saw_an_older_state_is_told_what_happened(vacancy, people, staff, now):
    other = UserFactory(staff=True)
    who = {"vacancy": vacancy, "candidate": people[1], "now": now}
    hide(reason="Found work.", by=other, seen=0, **who)
    newest = ShortlistLog.objects.get().pk
    for act in (
        lambda: pin(reason="Known.", by=staff, seen=0, **who),
        lambda: move(reason="Known.", position=2, by=staff, seen=newest - 1, **who),
        lambda: take_back(by=staff, seen=0, **who),
        lambda: undo(by=staff, seen=newest + 1, **who),
    ):
        with pytest.raises(UnableToCurate, match=f"Changed meanwhile by {other}: hidden. Found work."):
            act()
    note(reason="Notes are nobody's way.", by=other, **who)
    pin(reason="Known.", by=staff, seen=newest, **who)
    assert ShortlistEntry.objects.get().kind == "pinned"


def test_the_log_can_be_neither_changed_nor_deleted(vacancy, people, staff, now):
    pin(vacancy=vacancy, candidate=people[0], reason="Known here.", by=staff, now=now)
    line = ShortlistLog.objects.get()
    for change in (
        lambda: ShortlistLog.objects.update(reason="Another."),
        lambda: ShortlistLog.objects.filter(pk=line.pk).delete(),
        lambda: line.delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert ShortlistLog.objects.get().reason == "Known here."
