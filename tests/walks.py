"""Walks through a page or a test in a real browser: on a phone, with the keyboard alone, without a line, held by axe.

`docs/assessments.md` says which kind of test is walked through under which condition, and where.
"""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.axe import axe_finds
from tests.browsing import PATIENCE_MS, PHONE, sideways
from tests.conftest import signed_in

MOST_TABS = 60
"""Presses of Tab after which something counts as out of reach."""
MOST_QUESTIONS = 31
FOCUSED = """([wanted, words]) => {
    const one = document.activeElement;
    return one.matches(wanted) && one.innerText.includes(words);
}"""


def open_page(chromium: Browser, live_server: Any, person: Any, **options: Any) -> Page:
    """A new tab of the signed-in `person.user`, on a phone unless `options` say otherwise; errors gather in `problems`."""
    context = chromium.new_context(base_url=live_server.url, **{"viewport": PHONE, **options})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    enter(page, person, live_server)
    page.problems = []  # type: ignore[attr-defined]
    page.on("console", lambda line: page.problems.append(line.text) if line.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
    return page


def enter(page: Page, person: Any, live_server: Any) -> None:
    """Sign `person.user` in, in the browser of this tab."""
    session = signed_in(person.user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def tab_to(page: Page, selector: str, words: str = "") -> None:
    """Press Tab until the element has the focus, which says `words` where several are alike."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, [selector, words]):
            return
    raise AssertionError(f"{selector} {words} cannot be reached with the keyboard")


def press(page: Page, selector: str, words: str = "") -> None:
    """Go to a link or a button with the keyboard, and press Enter."""
    tab_to(page, selector, words)
    page.keyboard.press("Enter")


def press_main(page: Page) -> None:
    """Press the main thing to do on a page, which is always one, with the keyboard."""
    press(page, "main .button-main")


def answer_by_keyboard(page: Page) -> None:
    """Choose the first answer of a question, and hand it in."""
    tab_to(page, "main input[type=radio]")
    page.keyboard.press("Space")
    press_main(page)


def assert_well(page: Page) -> None:
    """No sideways scrolling, nothing that axe objects to."""
    assert sideways(page) == 0, page.url
    assert axe_finds(page) == [], page.url


def lose_line(page: Page, act: Callable[[], None], back: str) -> None:
    """Do what leads to another page while the line is down, and come back by the address when it is there again."""
    page.context.set_offline(True)
    act()
    expect(page).to_have_url(re.compile("^chrome-error:"))
    page.goto("about:blank")  # the browser's own page of the failure would reload itself
    page.context.set_offline(False)
    page.goto(back)


def take_rest(page: Page) -> None:
    """Answer question after question with the first option until the result is there."""
    for _ in range(MOST_QUESTIONS):
        if page.url.endswith("/result/"):
            return
        page.get_by_role("radio").first.check()
        with page.expect_navigation():
            page.get_by_role("button", name="Answer").click()
    raise AssertionError("the test does not end")
