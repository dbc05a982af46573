"""The desk in a real browser: with the keyboard alone on a phone, without JavaScript, and with a line that drops."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.models import Measurement, RunEvent, ScenarioRun
from tests.assessments.desk_play import contact, scenario, turn
from tests.browsing import sideways
from tests.factories.candidates import CandidateFactory
from tests.walks import assert_well, open_page, press, press_main, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TURNS = [
    turn(text="Who am I?", actions={"ask": 2}, goes_on_with="ask"),
    turn(text="It is me.", lookups=["article:late"]),
]


@pytest.fixture
def candidate() -> Any:
    scenario(contacts=[contact("c1", turns=TURNS), contact("c2", arrives_at=400, urgency=3)])
    return CandidateFactory()


def focus_in(page: Page, selector: str) -> None:
    page.wait_for_function("(wanted) => document.activeElement.matches(wanted)", arg=selector)


def answer_by_keyboard(page: Page, action: str) -> None:
    """Take up the first who waits, and answer with the first line of each kind."""
    press(page, ".desk-row")
    focus_in(page, "#contact-title")
    tab_to(page, "#id_action")
    page.keyboard.type(action)
    for slot in ("opening", "care", "substance", "closing"):
        tab_to(page, f"input[name={slot}]")
        page.keyboard.press("Space")
    press_main(page)


def test_the_keyboard_alone_works_a_measured_shift_on_a_phone(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/desk/")
    assert_well(page)
    press(page, "main a.button")
    page.wait_for_url("**/tests/desk/measured/en/")
    assert_well(page)
    press_main(page)
    page.get_by_role("heading", name="Whom do you help first?").wait_for()
    assert_well(page)
    answer_by_keyboard(page, "Ask")
    page.locator(".desk-said").get_by_text("Your reply to Person c1 was sent.").wait_for()
    expect(page.locator("#desk-news")).to_contain_text("Your reply to Person c1 was sent.")
    tab_to(page, "#words")
    page.keyboard.type("parcels")
    page.keyboard.press("Enter")
    page.get_by_text("1 found for “parcels”").wait_for()
    press(page, ".desk-found button")
    focus_in(page, ".desk-look h3")
    answer_by_keyboard(page, "Inform")
    page.get_by_role("heading", name="A quiet moment").wait_for()
    assert_well(page)
    press_main(page)
    page.locator(".desk-row").wait_for()
    answer_by_keyboard(page, "Inform")
    page.wait_for_url("**/result/")
    press(page, "main summary")
    assert_well(page)
    run = ScenarioRun.objects.get()
    assert page.locator("h1").inner_text() == f"{run.total} of 100"
    assert Measurement.objects.get() == run.measurement
    assert page.problems == []  # type: ignore[attr-defined]
    page.context.close()


def test_without_javascript_the_shift_works_and_choices_stay(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto("/tests/desk/measured/en/")
    page.get_by_role("button", name="Start the measured shift").click()
    page.get_by_role("button", name="Person c1").click()
    page.get_by_label("Hello you,").check()
    page.get_by_role("button", name="Late parcels").click()
    expect(page.get_by_text("Wait a week.")).to_be_visible()
    expect(page.get_by_label("Hello you,")).to_be_checked()
    page.get_by_role("button", name="Do it and send").click()
    expect(page.locator(".error-summary")).to_contain_text("Choose what you do.")
    page.locator("#id_action").select_option("inform")
    for slot in ("care", "substance"):
        page.locator(f"input[name={slot}]").first.check()
    page.get_by_label("Bye.").check()
    page.get_by_role("button", name="Do it and send").click()
    expect(page.locator(".desk-said").get_by_text("Your reply to Person c1 was sent.")).to_be_visible()
    page.get_by_role("button", name="Next contact").click()
    expect(page.get_by_role("button", name="Person c2")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("link", name="Go on with your shift").click()
    page.get_by_role("button", name="End the shift").click()
    page.get_by_role("button", name="End the shift").click()
    expect(page).to_have_url(re.compile("/result/$"))
    page.context.close()


def choose(page: Page) -> None:
    """An answer to the contact that is open, whole but for sending it."""
    page.locator("#id_action").select_option("inform")
    for slot in ("opening", "care", "substance", "closing"):
        page.locator(f"input[name={slot}]").first.check()


def send_into_nothing(page: Page) -> None:
    """Send while the line is down; the desk says so and keeps what was chosen."""
    page.context.set_offline(True)
    page.get_by_role("button", name="Do it and send").click()
    expect(page.get_by_text("The line is down")).to_be_visible()
    page.context.set_offline(False)


def test_a_line_that_drops_costs_nothing_and_no_answer_counts_twice(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, reduced_motion="reduce")
    page.goto("/tests/desk/measured/en/")
    page.get_by_role("button", name="Start the measured shift").click()
    page.get_by_role("button", name="Person c1").click()
    choose(page)
    for width in (320, 768, 1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == 0, width
    page.emulate_media(color_scheme="dark")
    assert_well(page)
    send_into_nothing(page)
    page.get_by_role("button", name="Do it and send").dblclick()
    expect(page.locator(".desk-said").get_by_text("Your reply to Person c1 was sent.")).to_be_visible()
    expect(page.get_by_text("The line is down")).to_be_hidden()
    assert RunEvent.objects.filter(kind="action").count() == 1
    other = page.context.new_page()  # a second tab, and the first one closed
    other.goto(page.url)
    page.close()
    other.get_by_role("button", name="Next contact").click()
    other.get_by_role("button", name="Person c2").click()
    expect(other.get_by_role("heading", name="Person c2")).to_be_visible()
    run = ScenarioRun.objects.get()
    desk = other.url
    for address in (f"/tests/desk/runs/{run.pk}/end/", "/tests/desk/rules/"):
        other.goto(address)
        assert_well(other)
    other.goto(desk)
    choose(other)
    send_into_nothing(other)
    other.get_by_role("button", name="Do it and send").click()
    other.wait_for_url("**/result/")
    assert RunEvent.objects.filter(kind="action").count() == 2
    run.refresh_from_db()
    assert other.locator("h1").inner_text() == f"{run.total} of 100"
    lost = (
        "net::ERR_INTERNET_DISCONNECTED",
        "htmx:afterRequest",
        "htmx:sendError",
    )  # what a lost line is called
    assert [one for one in page.problems if not any(word in one for word in lost)] == []  # type: ignore[attr-defined]
    page.context.close()
