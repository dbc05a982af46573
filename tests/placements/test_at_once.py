"""Two actors at the same moment, each with a database connection of their own: what stands there in the end is exact."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Notification, OutboxMail
from candidates.actions.listing import withdraw_listing
from candidates.actions.quiet import be_seen_again
from candidates.models import Candidate
from placements.actions.applications import (
    accept_interest,
    accept_invitation,
    accept_offer,
    decline,
    express_interest,
    invite_candidate,
    make_offer,
    withdraw,
)
from placements.actions.errors import UnableToApply, UnableToMoveApplication
from placements.actions.leaving import leave
from placements.actions.notes import write_note
from placements.actions.setting_aside import put_back, set_aside
from placements.actions.settling import settle_vacancy, sweep_promises
from placements.enums import ApplicationState, EndReason, Side
from placements.models import Application, ApplicationLog, TeamNote
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import walk
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.actions.lifecycle import close_vacancy
from vacancies.enums import VacancyState
from vacancies.models import Vacancy, VacancyVersion

pytestmark = pytest.mark.django_db(transaction=True)
STATE = ApplicationState


@pytest.fixture
def now() -> Any:
    return timezone.now()


@pytest.fixture
def market() -> Any:
    """A vacancy with two openings and two people on its shortlist, its owner, and a colleague."""
    owner = MembershipFactory(employer__accepted=True)
    colleague = MembershipFactory(employer=owner.employer, recruiter=True)
    people = [measured_person(), measured_person()]
    vacancy = VacancyFactory(employer=owner.employer, content=version_content(openings=2))
    ranked(vacancy)
    return vacancy, people, owner.user, colleague.user


def kinds(results: list[Any]) -> list[str]:
    """What each act came to, in a fixed order."""
    return sorted(type(one).__name__ for one in results)


def states() -> list[str]:
    return sorted(Application.objects.values_list("state", flat=True))


def test_two_people_accept_the_last_opening(market: Any, now: Any) -> None:
    vacancy, people, member, _colleague = market
    offers = [walk(STATE.OFFERED, vacancy, one, member, now) for one in people]
    VacancyVersion.objects.filter(vacancy=vacancy).update(openings=1)  # lowered after both offers
    found = at_once(
        *[
            lambda one=one, offer=offer: accept_offer(application=offer, by=one.user, now=now)
            for one, offer in zip(people, offers, strict=True)
        ]
    )
    assert kinds(found) == ["Application", "UnableToMoveApplication"]
    settle_vacancy(vacancy_id=vacancy.pk, now=now)
    assert states() == ["declined", "hired"]
    assert Application.objects.get(state="declined").reason == EndReason.POSITION_FILLED
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.closed_because) == (VacancyState.CLOSED, "filled")
    assert vacancy.status_log.filter(state="closed").count() == 1


def test_one_person_accepts_two_offers(market: Any, now: Any) -> None:
    vacancy, (person, _other), member, _colleague = market
    elsewhere = VacancyFactory(content=version_content(openings=1))
    ranked(elsewhere)
    boss = MembershipFactory(employer=elsewhere.employer).user
    offers = [
        walk(STATE.OFFERED, vacancy, person, member, now),
        walk(STATE.OFFERED, elsewhere, person, boss, now),
    ]
    found = at_once(
        *[lambda offer=offer: accept_offer(application=offer, by=person.user, now=now) for offer in offers]
    )
    assert kinds(found) == ["Application", "UnableToMoveApplication"]
    assert states() == ["hired", "withdrawn"]
    assert Application.objects.get(state="withdrawn").reason == EndReason.HIRED_ELSEWHERE


def test_hired_and_withdrawn_at_once(market: Any, now: Any) -> None:
    vacancy, (person, _other), member, _colleague = market
    offer = walk(STATE.OFFERED, vacancy, person, member, now)
    found = at_once(
        lambda: accept_offer(application=offer, by=person.user, now=now),
        lambda: withdraw(application=offer, side=Side.EMPLOYER, reason="not_needed", by=member, now=now),
        lambda: close_vacancy(vacancy=vacancy, because="withdrawn", by=member, now=now),
    )
    assert kinds(found[:2]) == ["Application", "UnableToMoveApplication"]
    assert isinstance(found[2], Vacancy)
    settle_vacancy(vacancy_id=vacancy.pk, now=now)
    ended = Application.objects.get()
    assert ended.state in (STATE.HIRED, STATE.WITHDRAWN)
    assert ended.log.filter(state__in=(STATE.HIRED, STATE.WITHDRAWN)).count() == 1


def test_an_invitation_accepted_twice_and_declined_meanwhile(market: Any, now: Any) -> None:
    vacancy, (person, _other), member, _colleague = market
    invited = walk(STATE.INVITED, vacancy, person, member, now)
    mails = OutboxMail.objects.count()
    found = at_once(
        *[lambda: accept_invitation(application=invited, by=person.user, now=now)] * 2,
        lambda: decline(application=invited, side=Side.CANDIDATE, reason="pay", by=person.user, now=now),
    )
    assert kinds(found) == ["Application", "UnableToMoveApplication", "UnableToMoveApplication"]
    assert (ApplicationLog.objects.count(), OutboxMail.objects.count()) == (2, mails + 1)


def test_two_members_invite_the_same_person_who_shows_interest_meanwhile(market: Any, now: Any) -> None:
    vacancy, people, *members = market
    found = at_once(
        *[
            lambda member=member: invite_candidate(vacancy=vacancy, candidate=people[0], by=member, now=now)
            for member in members
        ]
    )
    assert kinds(found) == ["Application", "UnableToApply"]
    assert [one.already for one in found if isinstance(one, UnableToApply)] == [True]
    met = at_once(
        lambda: invite_candidate(vacancy=vacancy, candidate=people[1], by=members[0], now=now),
        lambda: express_interest(vacancy=vacancy, candidate=people[1], by=people[1].user, now=now),
    )
    assert kinds(met) == ["Application", "Application"]
    assert states() == ["both_interested", "invited"]
    assert Application.objects.count() == 2


def test_two_members_offer_the_last_opening(market: Any, now: Any) -> None:
    vacancy, people, *members = market
    VacancyVersion.objects.filter(vacancy=vacancy).update(openings=1)
    talks = [walk(STATE.IN_INTERVIEW, vacancy, one, members[0], now) for one in people]
    found = at_once(
        *[
            lambda talk=talk, member=member: make_offer(application=talk, by=member, now=now)
            for talk, member in zip(talks, members, strict=True)
        ]
    )
    assert kinds(found) == ["Application", "UnableToMoveApplication"]
    assert states() == ["in_interview", "offered"]


def test_two_sweeps_and_an_answer(market: Any, now: Any) -> None:
    """Either the answer or the end, and everything told once."""
    vacancy, (person, _other), member, _colleague = market
    invited = walk(STATE.INVITED, vacancy, person, member, now)
    late = now + timedelta(days=20)
    sweep_promises(now=late)
    told = Notification.objects.count()
    later = late + timedelta(days=1)
    found = at_once(
        lambda: sweep_promises(now=later),
        lambda: sweep_promises(now=later),
        lambda: accept_invitation(application=invited, by=person.user, now=later),
    )
    invited.refresh_from_db()
    if isinstance(found[2], UnableToMoveApplication):
        assert (invited.state, invited.reason) == (STATE.EXPIRED, EndReason.CANDIDATE_SILENT)
        assert Notification.objects.count() == told + 2
    else:
        assert invited.state == STATE.BOTH_INTERESTED
        assert Notification.objects.count() == told + 1
    assert invited.log.count() == 2


def test_leaving_the_lists_while_being_invited(market: Any, now: Any) -> None:
    vacancy, (person, _other), member, _colleague = market
    at_once(
        lambda: withdraw_listing(candidate=person, by=person.user, now=now),
        lambda: invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now),
    )
    sweep_promises(now=now)
    assert not Application.objects.open().exists()


def act_while_leaving(person: Candidate, act: Callable[[], Any], now: Any) -> Any:
    """What `act` came to, which began while the person was leaving and had to wait for the end of that."""
    gone = threading.Event()

    def go() -> None:
        with transaction.atomic():
            leave(candidate=person, by=person.user, now=now)
            gone.set()
            wait_until_blocked()

    def follow() -> Any:
        assert gone.wait(timeout=30)
        return act()

    left, found = at_once(go, follow)
    assert left is None
    assert not Candidate.objects.filter(pk=person.pk).exists()
    return found


LEFT = "This person has left the platform meanwhile. Nothing was changed."


def test_an_employer_answers_somebody_who_is_leaving(market: Any, now: Any) -> None:
    vacancy, (person, _other), member, _colleague = market
    held = walk(STATE.INTERESTED, vacancy, person, member, now)
    found = act_while_leaving(person, lambda: accept_interest(application=held, by=member, now=now), now)
    assert isinstance(found, UnableToMoveApplication)
    assert "This application is now “withdrawn”" in str(found)
    ended = Application.objects.get()
    assert (ended.candidate, ended.state, ended.reason) == (None, STATE.WITHDRAWN, EndReason.LEFT)
    assert ended.met_at is None


@pytest.mark.parametrize("act", ["invite", "set_aside", "put_back", "note", "leave", "be_seen"])
def test_nothing_begins_with_somebody_who_is_leaving(market: Any, now: Any, act: str) -> None:
    vacancy, (person, _other), member, _colleague = market
    pair = {"vacancy": vacancy, "candidate": person, "by": member, "now": now}
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "invite": (lambda: invite_candidate(**pair), f"UnableToApply: {LEFT}"),
        "set_aside": (lambda: set_aside(**pair, reason="pay"), f"UnableToSetAside: {LEFT}"),
        "put_back": (lambda: put_back(**pair), f"UnableToSetAside: {LEFT}"),
        "note": (lambda: write_note(**pair, key=uuid4(), text="Ask."), f"UnableToNote: {LEFT}"),
        "leave": (lambda: leave(candidate=person, by=person.user, now=now), "int: 0"),
        "be_seen": (
            lambda: be_seen_again(candidate=person, by=person.user, now=now),
            f"ProfileGone: {person.pk}",
        ),
    }
    run, expected = acts[act]
    found = act_while_leaving(person, run, now)
    assert f"{type(found).__name__}: {found}" == expected
    assert (Application.objects.count(), TeamNote.objects.count()) == (0, 0)
