"""A confirmation test taken whole in a real browser on a phone: keyboard alone through a dropped line, and no JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from assessments.enums import SessionKind
from assessments.models import ConfirmationTest, Session
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.integrity import ConfirmationFactory
from tests.walks import answer_by_keyboard, assert_well, lose_line, open_page, press_main

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_QUESTIONS = 15


@pytest.fixture
def asked() -> Any:
    return ConfirmationFactory(candidate=CandidateFactory(listed=True), bank=BankFactory(code="english"))


def address(asked: Any) -> str:
    return f"/tests/confirmations/{asked.pk}/"


def assert_taken_whole(asked: Any) -> None:
    """Every question was answered once, in order, and the test is over."""
    session = Session.objects.get(kind=SessionKind.CONFIRMATION)
    positions = list(session.responses.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    assert not session.responses.filter(answered_at=None).exists()
    assert ConfirmationTest.objects.get(pk=asked.pk).outcome != ""


def test_with_the_keyboard_alone_through_a_dropped_line(
    chromium: Browser, live_server: Any, asked: Any
) -> None:
    page = open_page(chromium, live_server, asked.measurement.candidate, reduced_motion="reduce")
    page.goto(address(asked))
    assert_well(page)
    press_main(page)
    for number in range(1, MOST_QUESTIONS + 1):
        expect(page.locator("h1")).to_have_text(f"Question {number}")
        if number == 3:
            assert_well(page)
            lose_line(page, lambda: answer_by_keyboard(page), back=address(asked))
            press_main(page)
            expect(page.locator("h1")).to_have_text("Question 3")
        answer_by_keyboard(page)
        expect(page.locator("h1")).not_to_have_text(f"Question {number}")
        if not page.locator("h1").inner_text().startswith("Question"):
            break
    expect(page.get_by_text(re.compile("It confirms your level|It found clearly less"))).to_be_visible()
    assert_well(page)
    assert_taken_whole(asked)
    page.context.close()


def test_without_javascript(chromium: Browser, live_server: Any, asked: Any) -> None:
    page = open_page(chromium, live_server, asked.measurement.candidate, java_script_enabled=False)
    page.goto(address(asked))
    page.get_by_role("button", name="Start the test").click()
    for _ in range(MOST_QUESTIONS):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Answer").click()
        if not page.locator("h1").inner_text().startswith("Question"):
            break
    expect(page.get_by_text(re.compile("It confirms your level|It found clearly less"))).to_be_visible()
    assert_taken_whole(asked)
    page.context.close()
