"""An employer falls silent over simulated weeks: what the person and the employer see on their pages meanwhile."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from accounts.models import OutboxMail
from candidates.models import Candidate
from placements.actions.applications import express_interest
from placements.actions.settling import sweep_promises
from placements.models import Application
from tests.browsing import Visitor
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.journeys.steps import sign_in
from vacancies.models import Vacancy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
    pytest.mark.usefixtures("demo", "worker"),
]
FOUR_WEEKS = timedelta(days=28)


@pytest.fixture
def began() -> datetime:
    """Four weeks ago, at noon on both clocks' same day."""
    return (timezone.now() - FOUR_WEEKS).replace(hour=11)


@pytest.fixture
def interested(transactional_db: None, began: datetime) -> Application:
    """Four weeks ago somebody showed interest in a vacancy that was open then."""
    owner = MembershipFactory(employer__accepted=True, employer__name="Quiet Lamps", user__name="Bo")
    person = measured_person(user__name="Ana Light")
    vacancy = VacancyFactory(employer=owner.employer)
    ranked(vacancy)
    return express_interest(vacancy=vacancy, candidate=person, by=person.user, now=began)


def test_a_silent_employer(
    chromium: Browser, live_server: Any, interested: Application, began: datetime
) -> None:
    person, vacancy = interested.candidate, interested.vacancy
    assert person is not None
    with Visitor(chromium, live_server.url) as ana, Visitor(chromium, live_server.url) as bo:
        weeks_pass(began, to=10)
        the_employer_is_told_that_it_is_late(bo, interested)
        the_person_sees_that_we_ask_for_it(ana, person, interested)
        weeks_pass(began + timedelta(days=10), to=5)
        the_person_has_a_receipt(ana, interested)
        the_vacancy_has_paused_itself(bo, vacancy)
        one_press_opens_it_again(bo, vacancy)


def weeks_pass(since: datetime, to: int) -> None:
    """The sweep, twice a day."""
    for half in range(2 * to):
        sweep_promises(now=since + half * timedelta(hours=12))


def the_employer_is_told_that_it_is_late(bo: Visitor, interested: Application) -> None:
    member = interested.vacancy.created_by
    titles = OutboxMail.objects.filter(recipient=member.email).values_list("subject", flat=True)
    version = interested.version.title
    assert sorted(titles) == [
        f"Overdue: an answer about “{version}”",
        f"Somebody is interested in “{version}”",
        f"Somebody waits for your answer: “{version}”",
    ]
    sign_in(bo, member.email)
    bo.arrive("Quiet Lamps")
    due = bo.page.locator("#due")
    expect(due).to_contain_text("1 person waits longer than you promised.")
    expect(due).not_to_contain_text("Ana")


def the_person_sees_that_we_ask_for_it(ana: Visitor, person: Candidate, interested: Application) -> None:
    sign_in(ana, person.user.email)
    ana.arrive("What needs you now")
    ana.open(address_of(interested), interested.version.title)
    expect(ana.page.locator("main")).to_contain_text("We are asking for it.")


def the_person_has_a_receipt(ana: Visitor, interested: Application) -> None:
    ana.open(address_of(interested), interested.version.title)
    expect(ana.page.locator("main")).to_contain_text("This is your receipt: Quiet Lamps did not answer")
    ana.open(reverse("people:notifications"), "Notifications")
    expect(ana.page.locator("main")).to_contain_text("You are free again: Quiet Lamps did not answer")


def the_vacancy_has_paused_itself(bo: Visitor, vacancy: Vacancy) -> None:
    bo.open(reverse("home"), "Quiet Lamps")
    expect(bo.page.locator("main")).to_contain_text("0 %")
    bo.open(reverse("vacancies:detail", args=[vacancy.pk]), "Customer care for a web shop")
    expect(bo.page.locator("main")).to_contain_text("promised answers did not come")


def one_press_opens_it_again(bo: Visitor, vacancy: Vacancy) -> None:
    bo.press("Resume")
    bo.arrive("Customer care for a web shop")
    vacancy.refresh_from_db()
    assert vacancy.state == "published"
    sweep_promises(now=timezone.now())
    vacancy.refresh_from_db()
    assert vacancy.state == "published"


def address_of(application: Application) -> str:
    return reverse("placements:open_application", args=[application.public_id])
