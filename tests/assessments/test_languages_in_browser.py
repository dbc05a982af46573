"""Banks other than English in a real browser, each by a short one: other languages, service judgement, local knowledge."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.enums import BankKind
from assessments.models import Bank, Measurement, Response
from tests.browsing import sideways
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.walks import answer_by_keyboard, assert_well, lose_line, open_page, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = {"nl": "Dutch", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian"}
QUESTIONS = 2
RESULT = {
    **{name.lower(): f"Your {name} is " for name in LANGUAGES.values()},
    "service-judgement": "Your level is ",
    "etiquette-nl": "Your level is ",
}
"""How the heading of the result begins, for each bank."""
ALIKE = ("german", "french", "spanish", "italian")
"""Banks that differ from the Dutch one in nothing but their questions: of these axe sees a question."""


@pytest.fixture
def candidate() -> Any:
    short = {"items": 6, "min_items": QUESTIONS, "max_items": QUESTIONS}
    for code, name in LANGUAGES.items():
        BankFactory(code=name.lower(), language_id=code, **short)
    BankFactory(code="service-judgement", judgement=True, **short)
    BankFactory(
        code="etiquette-nl", judgement=True, kind=BankKind.LOCAL_KNOWLEDGE, skill_id="etiquette_nl", **short
    )
    return CandidateFactory()


def assert_each_measured() -> None:
    """Once, by two answers."""
    measured = Measurement.objects.values_list("session__bank__code", flat=True)
    assert sorted(measured) == sorted(RESULT)
    assert Response.objects.exclude(answered_at=None).count() == QUESTIONS * len(RESULT)


def test_every_other_bank_with_the_keyboard_alone_without_javascript_through_a_dropped_line(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    looker = open_page(
        chromium, live_server, candidate, reduced_motion="reduce"
    )  # with scripts, of which axe is one
    for bank in Bank.objects.all():
        page.goto(f"/tests/{bank.code}/?practised=yes")
        if bank.code not in ALIKE:
            look(looker, page.url)
        press(page, "main button", "Start the test")
        expect(page.locator("h1")).to_have_text("Question 1")
        assert page.locator(f"form [lang={bank.written_in_id}]").count()
        answer_by_keyboard(page)
        expect(page.locator("h1")).to_have_text("Question 2")
        look(looker, page.url)
        lose_line(page, partial(answer_by_keyboard, page), back=page.url)
        expect(page.locator("h1")).to_have_text("Question 2")
        answer_by_keyboard(page)
        page.wait_for_url("**/result/")
        assert page.locator("h1").inner_text().startswith(RESULT[bank.code])
        assert sideways(page) == 0
        if bank.code not in ALIKE:
            look(looker, page.url)
    assert_each_measured()
    page.context.close()
    looker.context.close()


def look(looker: Page, address: str) -> None:
    """Let axe see a page."""
    looker.goto(address)
    assert_well(looker)
