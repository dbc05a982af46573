"""Somebody without an account, on a phone: three questions, a vacancy, its company, and a sign-up that forgets none of it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from placements.models import RememberedVacancy
from tests.browsing import PHONE, Visitor
from tests.factories.vacancies import VacancyFactory
from tests.journeys.steps import sign_up

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(200),
    pytest.mark.usefixtures("demo"),
]

TITLE = "Customer care for a web shop"


def test_from_three_questions_to_a_profile_that_remembers_the_vacancy(
    chromium: Browser, live_server: Any
) -> None:
    vacancy = VacancyFactory()
    with Visitor(chromium, live_server.url, viewport=PHONE, has_touch=True) as ana:
        page = ana.open("/", "Customer-service work, from where you are").page
        page.get_by_label("Where do you live?").select_option(label="Portugal")
        expect(page.locator("main")).to_contain_text("open vacancy for you")
        ana.follow("See them")
        ana.arrive("Open vacancies")
        ana.follow(TITLE)
        ana.arrive(TITLE)
        ana.follow(vacancy.employer.name)
        ana.arrive(vacancy.employer.name)
        page.go_back()
        ana.arrive(TITLE)
        ana.follow("Sign up")
        sign_up(ana, "Ana", "ana@people.example", leads_to="Look for work here")
        expect(page.locator("main")).to_contain_text("The vacancy that you chose is remembered.")
        ana.press("Start my profile")
        ana.arrive("About you")
        expect(page.get_by_label("Country where you live")).to_have_value("PT")
        assert RememberedVacancy.objects.get().vacancy == vacancy
