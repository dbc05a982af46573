"""Every page of every role, in a real browser on a phone: axe finds nothing, in light and in dark, and nothing sticks out.

The pages are those of `tests/access.py`, so that a new one cannot be forgotten.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.access import ROLES, RULES
from tests.browsing import PHONE, chromium
from tests.world import World

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

IN_THE_LIGHT: dict[str, Any] = {"resultTypes": ["violations"]}
IN_THE_DARK = {**IN_THE_LIGHT, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""Only colours differ."""
ASK = """options => axe.run(document, options).then(found => found.violations.map(
    one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""
SETTLED = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"
LOOK = """() => [document.documentElement.scrollWidth - document.documentElement.clientWidth,
    document.querySelectorAll('h1').length]"""


def pages(role: str) -> Iterator[str]:
    """Names of the pages that this role can read, if nobody before it in the list can."""
    before = ROLES[: ROLES.index(role)]
    for name, rule in RULES.items():
        seen = any(rule.expected[one] == 200 for one in before)
        if rule.method == "GET" and rule.expected[role] == 200 and not seen:
            yield name


@pytest.mark.parametrize("role", ["anonymous", "candidate", "employer", "staff"])
def test_axe_finds_nothing_on_any_page(role: str, chromium: Browser, live_server: Any) -> None:
    world = World()
    client = world.client(role)
    page = tab(chromium, live_server, client)
    wrong = {}
    for name in pages(role):
        address = reverse(name, kwargs=world.fill(RULES[name].kwargs)) + RULES[name].query
        if not is_page(client.get(address)):
            continue
        page.emulate_media(color_scheme="light")
        page.goto(address)
        sideways, headings = page.evaluate(LOOK)
        found = [f"{sideways} px too wide"] if sideways else []
        found += [f"{headings} main headings"] if headings != 1 else []
        found += violations(page)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in violations(page, IN_THE_DARK)]
        if found:
            wrong[address] = found
    page.context.close()
    assert wrong == {}


def is_page(answer: Any) -> bool:
    """A whole page: neither a file nor a part that htmx asks for."""
    return answer.headers["Content-Type"].startswith("text/html") and b"<html" in answer.content


def tab(chromium: Browser, live_server: Any, client: Any) -> Page:
    """A new tab of whoever is signed in with the client."""
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, reduced_motion="reduce")
    cookies = [
        {"name": name, "value": one.value, "url": live_server.url} for name, one in client.cookies.items()
    ]
    context.add_cookies(cookies)
    return context.new_page()


def violations(page: Page, options: dict[str, Any] = IN_THE_LIGHT) -> list[str]:
    """What axe objects to: the rule, and the first piece of the page that breaks it. Each page is given axe once."""
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(ASK, options)
    return found
