"""What only a real browser can tell about forms: which button Enter presses, and what the switch and Back leave of them."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.browsing import Visitor
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def visitor_for(chromium: Browser, live_server: Any, client: Client, **options: Any) -> Visitor:
    """A browser that is signed in already."""
    visitor = Visitor(chromium, live_server.url, **options)
    session = client.cookies["sessionid"].value
    visitor.page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return visitor


@pytest.mark.parametrize("scripts", [True, False])
def test_the_switch_keeps_what_was_typed_and_enter_saves(
    chromium: Browser,
    live_server: Any,
    scripts: bool,
) -> None:
    candidate = CandidateFactory(
        user__name="Ana Sousa", country_id="ES", zone="Europe/Madrid", work_right="unrestricted"
    )
    client = signed_in(candidate.user)
    with visitor_for(chromium, live_server, client, java_script_enabled=scripts) as visitor:
        page = visitor.open("/candidate/profile/about/", "About you").page
        page.locator("[name=display_name]").fill("Ana S.")
        page.get_by_role("button", name="Nederlands").click()
        expect(page.locator("html[lang=nl]")).to_be_attached()
        expect(page.locator("[name=display_name]")).to_have_value("Ana S.")
        page.locator("[name=display_name]").press("Enter")
        page.wait_for_url("**/candidate/profile/languages/")
        candidate.user.refresh_from_db()
        assert (candidate.user.language, candidate.user.identity.display_name) == ("nl", "Ana S.")


@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_saving_a_new_vacancy_leads_to_the_same_one(
    chromium: Browser,
    live_server: Any,
    scripts: bool,
) -> None:
    client = signed_in(MembershipFactory(employer__accepted=True).user)
    with visitor_for(chromium, live_server, client, java_script_enabled=scripts) as visitor:
        page = visitor.open("/vacancies/new/", "Write a vacancy").page
        fill_in_quietly(page, "Chat support", scripts)
        visitor.press("Save the draft")
        visitor.arrive("Chat support")
        page.go_back()
        visitor.arrive("Edit the vacancy")
        fill_in_quietly(page, "Chat and mail support", scripts)
        visitor.press("Save the draft")
        visitor.arrive("Chat and mail support")
        assert [vacancy.draft.title for vacancy in Vacancy.objects.all()] == ["Chat and mail support"]


def fill_in_quietly(page: Page, title: str, scripts: bool) -> None:
    """Give the vacancy its title without the preview asking for anything that leaving the page would cut off."""
    field = page.locator("[name=title]")
    if scripts:
        field.evaluate("(one, text) => { one.value = text }", title)
    else:
        field.fill(title)
