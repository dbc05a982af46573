"""New matches: told once, in the daily mail, to those whom both scores speak for; never to who paused or reserved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.actions.digests import write_digest
from accounts.actions.mail_choices import choose_mail
from accounts.enums import MailChoice, NotificationKind
from accounts.models import Notification, OutboxMail
from accounts.rules.notification_kinds import KINDS
from candidates.actions.reservations import reserve_employer, save_reserved_sectors
from candidates.actions.staying import pause_listing
from candidates.models import Candidate
from matching.actions.allocation import refresh_allocation
from placements.actions.new_matches import BATCH, search_list, tell_new_matches
from placements.actions.setting_aside import set_aside
from placements.enums import ApplicationState
from placements.models import ListSearched, MatchTold
from placements.queries.new_matches import WELL, lists_to_search, new_matches
from tests.accounts.at_once import at_once
from tests.factories.candidates import DAYTIME, NIGHTS
from tests.factories.matching import altered, measured_person, ranked
from tests.factories.placements import application, member_of
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.actions.lifecycle import pause_vacancy
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def listed_now(vacancy: Vacancy) -> None:
    """Its ranking is made and its places are shared out."""
    now = timezone.now()
    ranked(vacancy, now)
    refresh_allocation(now=now)


def told() -> list[Notification]:
    return list(Notification.objects.filter(kind=NotificationKind.MATCH_FOUND).order_by("pk"))


def beginning() -> tuple[Vacancy, Candidate]:
    """A vacancy and somebody on its list whom it suits well on both sides."""
    person, vacancy = measured_person(6, wished_pay=Decimal("9.00")), VacancyFactory()
    member_of(vacancy.employer)
    listed_now(vacancy)
    return vacancy, person


once = standing(beginning, "class")


@pytest.fixture
def begun(once: Any, db: None) -> Any:
    return deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def person(begun: Any) -> Candidate:
    return begun[1]


def next_morning(person: Candidate, now: datetime) -> datetime:
    """Eight o'clock in the morning of the day after, on the person's clock (UTC unless they chose another)."""
    return (now + timedelta(days=1)).replace(hour=8, minute=0)


@contextmanager
def broken_list(vacancy: Vacancy) -> Iterator[None]:
    """Its ranking cannot be read meanwhile."""
    ranking = vacancy.ranking_state.current
    packed = bytes(ranking.packed)
    altered(ranking, packed=b"no ranking")
    yield
    altered(ranking, packed=packed)


def test_both_scores_have_to_speak_for_it() -> None:
    unsure = measured_person(
        4, wished_pay=Decimal("60.00"), preferred=NIGHTS, availability=bytes(a | b for a, b in zip(DAYTIME, NIGHTS, strict=True)),
        contract_months=48,
    )  # fmt: skip
    vacancy = VacancyFactory()
    listed_now(vacancy)
    ranking = vacancy.ranking_state.current
    at = ranking.result.rank_of(unsure.pk) - 1
    assert min(ranking.result.employer_scores[at], ranking.result.candidate_scores[at]) < WELL
    assert list(vacancy.allocation.shown) == [unsure.pk]
    tell_new_matches(now=timezone.now())
    assert told() == []


def test_whoever_is_not_among_those_shown_first_is_not_told(settings: Any) -> None:
    settings.SHOWN_PER_OPENING = 1
    first, second = measured_person(6), measured_person(5)
    vacancy = VacancyFactory(content=version_content(openings=1))
    listed_now(vacancy)
    tell_new_matches(now=timezone.now())
    assert [news.user for news in told()] == [first.user]
    assert second.pk in vacancy.allocation.waiting


def _pause(person: Candidate, vacancy: Vacancy) -> None:
    pause_listing(candidate=person, until=None, by=person.user, now=timezone.now())


def _reserve_employer(person: Candidate, vacancy: Vacancy) -> None:
    reserve_employer(candidate=person, employer_id=vacancy.employer_id, by=person.user, now=timezone.now())


def _reserve_sector(person: Candidate, vacancy: Vacancy) -> None:
    assert vacancy.current is not None
    save_reserved_sectors(
        candidate=person, sectors=[vacancy.current.sector_id], by=person.user, now=timezone.now()
    )


def _apply(person: Candidate, vacancy: Vacancy) -> None:
    application(ApplicationState.INVITED, candidate=person, vacancy=vacancy)


def _close_account(person: Candidate, vacancy: Vacancy) -> None:
    type(person.user).objects.filter(pk=person.user_id).update(is_active=False)


def _set_aside(person: Candidate, vacancy: Vacancy) -> None:
    by = member_of(vacancy.employer)
    set_aside(vacancy=vacancy, candidate=person, reason="hours", by=by, now=timezone.now())


def _pause_vacancy(person: Candidate, vacancy: Vacancy) -> None:
    pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=timezone.now())


Act = Callable[[Candidate, Vacancy], None]
CHANGES: list[Act] = [_pause, _reserve_employer, _reserve_sector, _apply, _set_aside, _pause_vacancy]


class TestAVacancyAndAPerson:
    def test_a_vacancy_that_suits_both_well_is_told_once_in_the_daily_mail(
        self, person: Candidate, vacancy: Vacancy
    ) -> None:
        now = timezone.now()
        for at in (now, now + timedelta(minutes=15)):
            tell_new_matches(now=at)
        (news,) = told()
        assert vacancy.current is not None
        assert (news.user, news.awaits_digest, news.url) == (
            person.user,
            True,
            f"/candidate/matches/{vacancy.pk}/",
        )
        assert news.title == f"{vacancy.current.title} at {vacancy.employer.name} suits you well"
        assert not OutboxMail.objects.exists()
        assert write_digest(user_id=person.user_id, now=next_morning(person, now))
        mail = OutboxMail.objects.get()
        assert mail.recipient == person.user.email
        assert news.title in mail.text
        assert not write_digest(user_id=person.user_id, now=next_morning(person, now) + timedelta(minutes=15))

    def test_never_twice_for_the_same_vacancy_even_when_the_news_of_then_is_gone(
        self, person: Candidate, vacancy: Vacancy
    ) -> None:
        tell_new_matches(now=timezone.now())
        Notification.objects.all().delete()
        ListSearched.objects.all().delete()
        tell_new_matches(now=timezone.now())
        assert told() == []

    def test_a_list_that_did_not_change_is_not_searched_again(
        self, person: Candidate, vacancy: Vacancy
    ) -> None:
        assert tell_new_matches(now=timezone.now()) == 1
        assert tell_new_matches(now=timezone.now()) == 0
        newcomer = measured_person(6)
        listed_now(vacancy)
        assert tell_new_matches(now=timezone.now()) == 1
        assert [news.user for news in told()] == [person.user, newcomer.user]

    def test_a_list_that_fails_each_time_keeps_no_other_waiting(
        self, person: Candidate, vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With room for one list in a batch: whatever failed goes to the end, and comes again after the others."""
        other = VacancyFactory()
        listed_now(other)
        monkeypatch.setattr("placements.actions.new_matches.BATCH", 1)
        now = timezone.now()
        with broken_list(vacancy):
            assert [tell_new_matches(now=now + timedelta(minutes=at)) for at in range(3)] == [0, 1, 0]
            assert [news.url for news in told()] == [f"/candidate/matches/{other.pk}/"]
        assert tell_new_matches(now=now + timedelta(minutes=3)) == 1
        assert [news.url for news in told()] == [
            f"/candidate/matches/{one}/" for one in (other.pk, vacancy.pk)
        ]

    @pytest.mark.parametrize("change", [*CHANGES, _close_account])
    def test_who_must_not_hear_of_it_does_not(self, person: Candidate, vacancy: Vacancy, change: Act) -> None:
        change(person, vacancy)
        tell_new_matches(now=timezone.now())
        assert told() == []
        assert not MatchTold.objects.exists()

    @pytest.mark.parametrize("change", CHANGES)
    def test_what_holds_no_more_in_the_morning_is_not_mailed(
        self, person: Candidate, vacancy: Vacancy, change: Act
    ) -> None:
        now = timezone.now()
        tell_new_matches(now=now)
        change(person, vacancy)
        OutboxMail.objects.all().delete()
        tell_new_matches(now=now + timedelta(hours=1))
        (news,) = told()
        assert not news.awaits_digest
        write_digest(user_id=person.user_id, now=next_morning(person, now))
        assert not OutboxMail.objects.filter(text__contains=news.title).exists()

    def test_a_vacancy_that_closed_while_its_list_waited_to_be_searched_is_told_to_nobody(
        self, person: Candidate, vacancy: Vacancy
    ) -> None:
        now = timezone.now()
        (waiting,) = lists_to_search().values_list("vacancy", flat=True)
        pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=now)
        search_list(waiting, now=now)
        assert told() == []

    def test_it_can_be_switched_off_and_never_comes_at_once(
        self, person: Candidate, vacancy: Vacancy
    ) -> None:
        now = timezone.now()
        choose_mail(user=person.user, choices={"match_found": "never"}, now=now, by=person.user)
        tell_new_matches(now=now)
        (news,) = told()
        assert not news.awaits_digest  # it stands in the account alone
        assert KINDS[NotificationKind.MATCH_FOUND].choices == (MailChoice.DAILY, MailChoice.NEVER)

    def test_people_of_the_demo_are_left_alone(self, person: Candidate, vacancy: Vacancy) -> None:
        type(person.user).objects.filter(pk=person.user_id).update(is_demo=True)
        tell_new_matches(now=timezone.now())
        assert told() == []


@pytest.mark.parametrize("people", [1, 30])
def test_a_list_costs_the_same_queries_to_read_whoever_stands_on_it(
    people: int, django_assert_num_queries: Any
) -> None:
    for _one in range(people):
        measured_person(6)
    listed_now(VacancyFactory())
    with django_assert_num_queries(1):
        (found,) = lists_to_search()[:BATCH]
    with django_assert_num_queries(1):
        assert new_matches(found)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_it_once() -> None:
    person = measured_person(6)
    listed_now(VacancyFactory())
    now = timezone.now()
    at_once(*[lambda: tell_new_matches(now=now)] * 2)
    assert [news.user for news in told()] == [person.user]
    assert MatchTold.objects.count() == 1
