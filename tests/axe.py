"""What axe objects to on a page that is open in a real browser."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
ASK = """([within, options]) => axe.run(within ? {include: [[within]]} : document, options).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""


def axe_finds(page: Page, options: dict[str, Any] = ALL_RULES, within: str = "") -> list[str]:
    """Each rule, and the first piece of the page (or of what is `within`) that breaks it, once the page is whole.

    A page is given axe once.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(ASK, [within, options])
    return found
