"""Writing a vacancy beside the bench: the panel follows what is typed, and a button does the same without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, expect

from common.crowds import CROWD
from reference.enums import CEFRLevel
from tests.browsing import PHONE, Visitor
from tests.factories.accounts import PASSWORD
from tests.factories.candidates import ALWAYS
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person
from tests.factories.vacancies import VacancyFactory
from tests.journeys.steps import sign_in
from vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]

EMAIL = "joost@museums.example"


@pytest.fixture
def employer(transactional_db: None) -> Any:
    """An accepted employer in the Netherlands, and people by fives: English at C1, B2 and B1 in Portugal, C1 in Spain."""
    for level in (CEFRLevel.C1, CEFRLevel.B2, CEFRLevel.B1):
        for _person in range(CROWD):
            measured_person(level, availability=ALWAYS)
    for _person in range(CROWD):
        measured_person(country_id="ES", zone="Europe/Madrid", availability=ALWAYS)
    return MembershipFactory(employer__accepted=True, user__email=EMAIL).employer


def says(panel: Locator, people: int, words: str = "people eligible now") -> None:
    expect(panel.locator(".stat-value")).to_have_text(f"at least {people}")
    expect(panel.locator(".stat-label")).to_have_text(words)


def test_the_panel_follows_what_is_typed(chromium: Browser, live_server: Any, employer: Any) -> None:
    with Visitor(chromium, live_server.url) as joost:
        sign_in(joost, EMAIL, PASSWORD)
        joost.menu("Vacancies")
        joost.arrive("Vacancies")
        joost.follow("Write the first one")
        page = joost.arrive("Write a vacancy").page
        panel, so_far = page.locator("#what-if"), "people meet what stands here so far"
        says(panel, 20, so_far)
        page.locator("[name=languages-0-language]").select_option("en")
        expect(panel).to_contain_text("Choose the level that the work needs.")
        page.locator("[name=languages-0-level]").select_option(str(CEFRLevel.B2.value))
        says(panel, 15, so_far)
        expect(panel.get_by_role("row").filter(has_text="English at B1 instead of B2")).to_contain_text("+5")
        page.get_by_label("Hours a week for one person").fill("99")
        expect(panel).to_contain_text("Hours a week for one person: at most 60")
        says(panel, 15, so_far)
        fill_the_rest(joost)
        says(panel, 10)
        status = page.locator("#what-if-said")
        expect(status).to_have_text("At least 10 people eligible now.")
        assert status.get_attribute("role") == "status"
        expect(panel.get_by_role("row").filter(has_text="Hire in Spain, too")).to_contain_text("+5")
        expect(panel.get_by_role("img", name="People by score")).to_be_visible()
        tick(joost, "Spain")
        says(panel, 15)
        tick(joost, "Spain")
        says(panel, 10)
        assert not Vacancy.objects.exists()


def fill_the_rest(joost: Visitor) -> None:
    """All that the gates need beside the language."""
    page = joost.page
    page.get_by_role("combobox", name="Time zone of the shift").select_option("Europe/Amsterdam")
    page.get_by_label("Hours a week for one person").fill("32")
    for day in range(5):
        page.locator(f"[name=shifts-0-weekdays][value='{day}']").check()
    page.locator("[name=shifts-0-start]").fill("09:00")
    page.locator("[name=shifts-0-end]").fill("17:00")
    page.get_by_label("Start", exact=True).fill((timezone.localdate() + timedelta(days=60)).isoformat())
    page.get_by_label("Pay from").first.fill("16")
    page.get_by_label("Pay to").first.fill("18")
    tick(joost, "Portugal")


def tick(joost: Visitor, country: str) -> None:
    field = joost.page.get_by_role("group", name="Countries where you can hire")
    box = field.get_by_label(country, exact=True)
    if not box.is_visible():
        field.locator("summary").filter(has_text="Europe").click()
    box.set_checked(not box.is_checked())


def test_without_javascript_a_button_counts_and_keeps_all(
    chromium: Browser, live_server: Any, employer: Any
) -> None:
    vacancy = VacancyFactory(employer=employer)
    with Visitor(chromium, live_server.url, java_script_enabled=False, viewport=PHONE) as joost:
        sign_in(joost, EMAIL, PASSWORD)
        page = joost.page
        page.goto(f"/vacancies/{vacancy.pk}/edit/")
        expect(page.locator("#what-if")).to_contain_text("Preview the effect")
        page.get_by_label("Title").fill("Typed, not saved")
        page.locator("[name=languages-0-level]").select_option(str(CEFRLevel.B1.value))
        joost.press("Preview the effect")
        says(page.locator("#what-if"), 15)
        expect(page.get_by_label("Title")).to_have_value("Typed, not saved")
        expect(page.locator("[name=languages-0-level]")).to_have_value(str(CEFRLevel.B1.value))
        vacancy.refresh_from_db()
        assert vacancy.draft is None
        joost.press("More blocks")
        expect(page.get_by_label("Title")).to_have_value("Typed, not saved")
        joost.press("Preview the effect")
        says(page.locator("#what-if"), 15)
        joost.press("Save the draft")
        expect(page.locator("h1")).to_have_text("Typed, not saved")
        vacancy.refresh_from_db()
        assert vacancy.draft is not None
        assert [row.level for row in vacancy.draft.languages.all()] == [CEFRLevel.B1]
