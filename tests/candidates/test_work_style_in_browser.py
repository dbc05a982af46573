"""The work style in a real browser: with the keyboard alone on a phone, through a line that drops."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from candidates.models import Candidate
from tests.factories.candidates import CandidateFactory
from tests.walks import assert_well, open_page, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/candidate/profile/work-style/"


def test_all_statements_with_the_keyboard_through_a_dropped_line(chromium: Browser, live_server: Any) -> None:
    page = open_page(chromium, live_server, CandidateFactory(work_style=[]))
    page.goto(ADDRESS)
    assert_well(page)
    for at in range(24):
        tab_to(page, "main input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(at % 5):
            page.keyboard.press("ArrowRight")
    tab_to(page, "main button.button-main")
    page.context.set_offline(True)
    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")):
        page.keyboard.press("Enter")
    page.context.set_offline(False)
    page.reload()  # which sends the form that did not get through
    page.wait_for_url("**/listing/")
    assert sorted(Candidate.objects.get().work_style) == sorted(1 + at % 5 for at in range(24))
    page.context.close()


def test_all_statements_without_javascript(chromium: Browser, live_server: Any) -> None:
    page = open_page(chromium, live_server, CandidateFactory(work_style=[]), java_script_enabled=False)
    page.goto(ADDRESS)
    radios = page.locator("main input[type=radio]")
    assert radios.count() == 24 * 5
    for at in range(24):
        radios.nth(5 * at + at % 5).check()
    page.locator("main button.button-main").click()
    page.wait_for_url("**/listing/")
    assert sorted(Candidate.objects.get().work_style) == sorted(1 + at % 5 for at in range(24))
    page.context.close()
