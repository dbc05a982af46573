"""An item from its draft to a candidate's test, in a real browser on a phone, held by axe."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.actions.calibration import ask_for_calibration, work_out_calibration
from assessments.models import Item, Session
from tests.axe import axe_finds
from tests.browsing import sideways
from tests.factories.accounts import UserFactory
from tests.factories.answers import NOW, answered_bank
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.walks import open_page, press_main, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXTS = {
    "code": "new-001",
    "topic": "orders",
    "text": "Your order left on Monday.",
    "prompt": "When did it leave?",
    "options_text": "On Monday\nYesterday\nIn June\nIt did not",
    "answer_text": "1",
    "rationale": "The text says Monday.",
    "scale": "Reading correspondence",
    "can_do": "Can find a day in a mail.",
    "a": "1.5",
    "b": "-0.5",
}


def staff_page(chromium: Browser, live_server: Any, **options: Any) -> Page:
    return open_page(chromium, live_server, SimpleNamespace(user=UserFactory(staff=True)), **options)


def assert_well(page: Page) -> None:
    """No sideways scrolling, nothing in the content that axe objects to, nothing in the console."""
    assert sideways(page) == 0
    assert axe_finds(page, within="#content, main") == []
    assert page.problems == []  # type: ignore[attr-defined]


def move(page: Page, item: Item, words: str, reason: str) -> None:
    page.goto(f"/admin/assessments/item/{item.pk}/change/")
    page.get_by_role("link", name="Move it on").click()
    page.wait_for_url(lambda url: not url.endswith("/change/"))
    assert_well(page)
    page.get_by_label(words).check()
    page.get_by_label("Why").fill(reason)
    page.get_by_role("button", name="Move it on").click()


def test_an_item_is_written_reviewed_and_tried_out_by_two_people(chromium: Browser, live_server: Any) -> None:
    BankFactory(code="english")
    author = staff_page(chromium, live_server)
    author.goto("/admin/assessments/item/add/")
    author.locator("#id_bank").select_option(label="A bank")
    author.locator("#id_level_code").select_option("B1")
    author.locator("#id_skill").select_option("reading")
    for name, text in TEXTS.items():
        author.locator(f"#id_{name}").fill(text)
    author.locator("#id_answer_text").fill("7")
    author.locator("input[name=_save]").click()
    expect(author.get_by_text("from 1 to 4")).to_be_visible()
    author.locator("#id_answer_text").fill("1")
    author.locator("input[name=_save]").click()
    item = Item.objects.get(code="new-001")
    author.goto(f"/admin/assessments/item/{item.pk}/preview/")
    assert_well(author)
    tab_to(author, "input[type=radio]")
    author.keyboard.press("Space")
    press_main(author)
    expect(author.get_by_text("This answer earns 1 of 1")).to_be_visible()
    author.goto(f"/admin/assessments/item/{item.pk}/move/")
    expect(author.get_by_text("somebody else reviews it")).to_be_visible()
    reviewer = staff_page(chromium, live_server)
    move(reviewer, item, "Reviewed: I have tried to prove it wrong", "One key, and it can be found.")
    move(reviewer, item, "Try it out", "Ready for people.")
    expect(reviewer.get_by_text("One key, and it can be found.")).to_be_visible()
    page = open_page(chromium, live_server, CandidateFactory())
    page.goto("/tests/english/")
    expect(page.get_by_text("your answers to them do not count")).to_be_visible()
    page.get_by_role("button", name="Start the test").click()
    page.wait_for_url("**/tests/sessions/*/")
    assert list(Session.objects.get().pilots.values()) == ["new-001"]


def test_the_pages_of_a_bank_read_well_on_a_phone_and_on_a_wide_screen(
    chromium: Browser, live_server: Any
) -> None:
    bank = answered_bank(sessions=260)
    run = ask_for_calibration(bank=bank, by=UserFactory(staff=True), now=NOW)
    work_out_calibration(run_id=run.pk, now=NOW)
    for options in ({}, {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}):
        page = staff_page(chromium, live_server, **options)
        for name in ("calibration", "exposure", "cuts"):
            page.goto(f"/admin/assessments/bank/{bank.pk}/{name}/")
            assert_well(page)
    code = next(row["code"] for row in run.__class__.objects.get().found["items"] if row["after"])
    page.goto(f"/admin/assessments/bank/{bank.pk}/calibration/")
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("columnheader", name="From (logits)")).to_be_visible()
    page.get_by_label(f"Accept for {code}").check()
    page.get_by_role("button", name="Accept the chosen ones").click()
    expect(page.get_by_text("Accepted for 1 item, from the next test on.")).to_be_visible()
    assert Item.objects.get(code=code).parameters_source.startswith("calibrated")
