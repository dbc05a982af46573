"""A test in a real browser: with the keyboard alone, through a closed tab, on a narrow phone, without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from assessments.enums import SessionState
from assessments.models import Session
from tests.browsing import PHONE
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def candidate() -> Any:
    BankFactory(code="english")
    return CandidateFactory()


def open_page(chromium: Browser, live_server: Any, candidate: Any, **options: Any) -> Page:
    """A new tab of the signed-in candidate, on a phone unless `options` say otherwise."""
    context = chromium.new_context(base_url=live_server.url, **{"viewport": PHONE, **options})
    session = signed_in(candidate.user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.problems = []  # type: ignore[attr-defined]
    page.on("console", lambda line: page.problems.append(line.text) if line.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_the_keyboard_alone_takes_a_whole_test(chromium: Browser, live_server: Any, candidate: Any) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/")
    tab_to(page, "main a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tests/english/")
    tab_to(page, "main button.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tests/sessions/*/")
    for number in range(1, 31):
        page.get_by_role("heading", name=f"Question {number}", exact=True).wait_for()
        assert sideways(page) == 0
        tab_to(page, "input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(number % 4):
            page.keyboard.press("ArrowDown")
        tab_to(page, "main button.button-main")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(before) => document.querySelector('h1')?.innerText !== before", arg=f"Question {number}"
        )
        if page.url.endswith("/result/"):
            break
    assert page.url.endswith("/result/")
    assert page.locator("h1").inner_text().startswith("Your English is ")
    assert Session.objects.get().state == SessionState.FINISHED
    assert page.problems == []  # type: ignore[attr-defined]
    page.context.close()


def test_a_closed_tab_and_a_lost_line_lead_back_to_the_same_question(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/english/")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("heading", name="Question 2").wait_for()
    asked = page.locator("legend").inner_text()
    page.get_by_role("radio").nth(2).check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Answer").click()
    page.context.close()
    again = open_page(chromium, live_server, candidate)
    again.goto("/tests/")
    again.get_by_role("link", name="Go on with English").click()
    assert again.get_by_role("heading", name="Question 2").is_visible()
    assert again.locator("legend").inner_text() == asked
    again.get_by_role("link", name="Pause").click()
    assert again.url.endswith("/tests/")
    assert again.problems == []  # type: ignore[attr-defined]
    again.context.close()


def test_without_javascript_answers_count_and_a_missing_one_is_named(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto("/tests/english/")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("button", name="Answer").click()
    assert page.locator(".field-error").inner_text() == "Choose one of the answers."
    group = page.get_by_role("group")
    assert (
        "Choose one of the answers."
        in page.locator(f"#{group.get_attribute('aria-describedby')}").inner_text()
    )
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer").click()
    assert page.get_by_role("heading", name="Question 2").is_visible()
    page.context.close()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(chromium: Browser, live_server: Any, candidate: Any, width: int) -> None:
    bank = BankFactory(code="long")
    session = finished_session(candidate, bank)
    MeasurementFactory(candidate=candidate, language_id="pt", level=6)
    page = open_page(chromium, live_server, candidate, viewport={"width": width, "height": 900})
    pages = [
        "/tests/",
        "/tests/english/",
        "/tests/english/practice/1/",
        f"/tests/sessions/{session.pk}/result/",
    ]
    for address in pages:
        page.goto(address)
        assert sideways(page) == 0, address
    assert page.problems == []  # type: ignore[attr-defined]
    page.context.close()
