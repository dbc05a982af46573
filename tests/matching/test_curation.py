"""Pinning, moving, hiding with a reason, and taking it back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from candidates.models import Candidate
from matching.actions.errors import UnableToCurate
from matching.actions.shortlist import hide, move, pin, take_back
from matching.models import ShortlistEntry, ShortlistLog
from matching.queries.shortlist import shortlist_of
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory(staff=True)


@pytest.fixture
def people(db: None) -> list[Candidate]:
    """Five people, the best first."""
    return [measured_person(level) for level in (6, 6, 5, 5, 4)]


@pytest.fixture
def vacancy(people: list[Candidate]) -> Vacancy:
    vacancy = VacancyFactory()
    ranked(vacancy)
    return vacancy


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
