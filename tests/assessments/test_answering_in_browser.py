"""Every kind of question in a real browser: with the keyboard alone and no script, on a narrow phone, held by axe."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.enums import Interaction
from assessments.models import Response
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.walks import assert_well, open_page, press_main, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def candidate() -> Any:
    BankFactory(mixed=True, code="judgement")
    return CandidateFactory()


def waiting() -> Response:
    return Response.objects.select_related("item").get(answered_at=None)


def answer_rightly(page: Page) -> None:
    """With the keyboard only: tab to each control and choose by its words."""
    item = waiting().item
    match item.interaction:
        case Interaction.CHOICE:
            choose_radio(page, item.options[item.key])
        case Interaction.MULTIPLE_CHOICE:
            for index in item.key:
                tab_to_label(page, item.options[index])
                page.keyboard.press("Space")
        case Interaction.TEXT_ENTRY:
            fill(page, "input:not([type=hidden])", [texts[0] for texts in item.key])
        case Interaction.INLINE_CHOICE:
            fill(page, "select", [texts[at] for texts, at in zip(item.options, item.key, strict=True)])
        case Interaction.ORDER:
            places = {item.options[index]: str(place) for place, index in enumerate(item.key, start=1)}
            fill(page, "select", [places] * len(places))
        case _:
            answers = {row: item.options[at] for row, at in zip(item.content["rows"], item.key, strict=True)}
            fill(page, "select", [answers] * len(answers))


def fill(page: Page, selector: str, answers: Sequence[str | dict[str, str]]) -> None:
    """Tab from control to control; an answer is typed, or what it is for the control's label."""
    for answer in answers:
        tab_to_next(page, selector)
        page.keyboard.type(answer if isinstance(answer, str) else answer[label(page)])


def label(page: Page) -> str:
    """The words of the control that has the focus."""
    return str(page.evaluate("() => document.activeElement.labels[0].innerText.trim()"))


def tab_to_next(page: Page, selector: str) -> None:
    """At least one step on."""
    page.keyboard.press("Tab")
    if not page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
        tab_to(page, selector)


def tab_to_label(page: Page, words: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.labels?.length") and label(page) == words:
            return
    raise AssertionError(f"{words} cannot be reached with the keyboard")


def choose_radio(page: Page, words: str) -> None:
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    for _ in range(12):
        if label(page) == words:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{words} cannot be reached with the arrows")


def test_every_kind_of_question_with_the_keyboard_alone_and_no_script(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    looker = open_page(chromium, live_server, candidate)
    page.goto("/tests/judgement/")
    page.get_by_role("button", name="Start the test").press("Enter")
    kinds = set()
    for number in range(1, 7):
        page.get_by_role("heading", name=f"Question {number}", exact=True).wait_for()
        looker.goto(page.url)
        assert_well(looker)
        looker.get_by_role("button", name="Answer").click()
        expect(looker.locator(".error-summary")).to_be_visible()
        assert_well(looker)
        row = waiting()
        kinds.add(row.item.interaction)
        answer_rightly(page)
        press_main(page)
        expect(page.locator("h1")).not_to_have_text(f"Question {number}")
        row.refresh_from_db()
        assert row.correct is True, row.item.interaction
    assert kinds == set(Interaction.values)
    page.wait_for_url("**/result/")
    looker.goto(page.url)
    assert_well(looker)
    page.context.close()
    looker.context.close()
