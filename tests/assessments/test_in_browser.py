"""A test in a real browser: with the keyboard alone, through a closed tab, on a narrow phone, without JavaScript."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from assessments.actions.accommodations import record_accommodation
from assessments.enums import SessionState
from assessments.models import Session
from tests.axe import axe_finds
from tests.browsing import sideways
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.factories.integrity import ConfirmationFactory, FlagFactory
from tests.walks import lose_line, open_page, press, press_main, tab_to, take_rest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def candidate() -> Any:
    BankFactory(code="english")
    return CandidateFactory()


def test_the_keyboard_alone_takes_a_whole_test(chromium: Browser, live_server: Any, candidate: Any) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/")
    press(page, "main a.button")
    page.wait_for_url("**/tests/english/")
    press(page, "main button.button")
    page.wait_for_url("**/tests/sessions/*/")
    for number in range(1, 31):
        page.get_by_role("heading", name=f"Question {number}", exact=True).wait_for()
        assert sideways(page) == 0
        tab_to(page, "input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(number % 4):
            page.keyboard.press("ArrowDown")
        press_main(page)
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
    expect(again.get_by_role("heading", name="Question 2")).to_be_visible()
    assert again.locator("legend").inner_text() == asked
    again.get_by_role("link", name="Pause").click()
    again.wait_for_url("**/tests/")
    assert again.problems == []  # type: ignore[attr-defined]
    again.context.close()


SETTLED = """async () => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(one => one.finished));
}"""
"""Colours change in a transition, even where motion is off."""


def sound(page: Page) -> None:
    """No sideways scrolling, and nothing that axe objects to, in light and in dark."""
    assert sideways(page) == 0, page.url
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        assert axe_finds(page) == [], (page.url, scheme)


def test_a_line_that_drops_in_the_middle_loses_nothing(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/english/?practised=yes")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("heading", name="Question 2").wait_for()
    address = page.url
    page.get_by_role("radio").first.check()
    lose_line(page, page.get_by_role("button", name="Answer").click, back=address)
    assert page.locator("h1").inner_text() == "Question 2"
    take_rest(page)
    assert page.locator("h1").inner_text().startswith("Your English is ")
    responses = Session.objects.get().responses
    assert responses.filter(answered_at=None).count() == 0
    assert list(responses.order_by("position").values_list("position", flat=True)) == list(
        range(1, responses.count() + 1)
    )
    page.context.close()


def test_a_whole_test_without_javascript_on_a_phone(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto("/tests/")
    page.get_by_role("link", name=re.compile("Take the test ?: English")).click()
    page.get_by_role("link", name="Try 2 practice questions").click()
    for label in ("Next practice question", "To the test"):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Check").click()
        page.get_by_role("link", name=label).click()
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("link", name="Pause").click()
    page.get_by_role("link", name="Go on with English").click()
    take_rest(page)
    assert page.locator("h1").inner_text().startswith("Your English is ")
    assert not Session.objects.get().responses.exclude(noted={}).exists()
    page.context.close()


def test_copying_and_leaving_are_counted_and_never_what_was_copied(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/english/?practised=yes")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("radio").first.check()
    page.locator("legend").click(click_count=3)
    page.keyboard.press("Control+C")
    page.keyboard.press("Control+C")
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("heading", name="Question 2").wait_for()
    assert Session.objects.get().responses.get(position=1).noted == {"copied": 2}
    assert page.problems == []  # type: ignore[attr-defined]
    page.context.close()


def test_axe_finds_nothing_on_the_way_through_a_test(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    flag = FlagFactory(session__candidate=candidate, session__bank=BankFactory(code="flagged"))
    asked = ConfirmationFactory(candidate=candidate, bank=BankFactory(code="confirmed"))
    BankFactory(code="mixed", mixed=True)
    page = open_page(chromium, live_server, candidate, reduced_motion="reduce")
    for address in [
        "/tests/",
        "/tests/english/",
        "/tests/english/practice/1/",
        "/tests/accommodations/",
        f"/tests/flags/{flag.pk}/",
        f"/tests/confirmations/{asked.pk}/",
        f"/tests/sessions/{flag.session.pk}/result/",
    ]:
        page.goto(address)
        sound(page)
    page.goto("/tests/mixed/")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("button", name="Answer").click()
    page.locator("[data-error-summary]").wait_for()
    sound(page)
    session = Session.objects.get(bank__code="mixed")
    for item in session.bank.items.filter(state="live"):
        session.responses.update(item=item)
        page.goto(f"/tests/sessions/{session.pk}/")
        sound(page)
    page.context.close()


def test_larger_type_fits_on_a_phone(chromium: Browser, live_server: Any, candidate: Any) -> None:
    page = open_page(chromium, live_server, candidate, reduced_motion="reduce")
    page.goto("/tests/english/practice/1/")
    usual = page.locator("legend").bounding_box()
    record_accommodation(
        candidate=candidate,
        extra_time=0,
        no_time_limit=False,
        screen_reader=True,
        larger_type=True,
        now=timezone.now(),
    )
    page.reload()
    larger = page.locator("legend").bounding_box()
    assert usual
    assert larger
    assert larger["height"] >= 1.25 * usual["height"] - 1
    page.goto("/tests/english/?practised=yes")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("heading", name="Question 1").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    sound(page)
    page.context.close()


def test_without_javascript_answers_count_and_a_missing_one_is_named(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto("/tests/english/")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".field-error")).to_have_text("Choose one of the answers.")
    group = page.get_by_role("group")
    assert (
        "Choose one of the answers."
        in page.locator(f"#{group.get_attribute('aria-describedby')}").inner_text()
    )
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("heading", name="Question 2")).to_be_visible()
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
