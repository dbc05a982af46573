"""A real browser for tests that keeps an eye on everything: errors, addresses asked for, sizes, what a page is made of.

Open a `Visitor` with the fixture `chromium` and close it at the end: closing tells whether anything happened that must
not.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Locator, Page, Playwright, Response, expect, sync_playwright

from tests.chromium import find_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every window would draw the list below an address bar that nobody sees: half of what a new window takes. The others
    # are what Playwright switches off itself, because a later list takes the place of an earlier one.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,TcpPortRandomizationWin,OptimizationHints,"
    "NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 30_000
MOST_BYTES = 100_000
"""What the first view of a page may take over the line."""
LEFT_BEHIND = ("htmx:afterRequest", "htmx:sendAbort")
"""What htmx says when a page is left while a part of it is on its way; a part that fails says more."""
DJANGOS_OWN = "/static/admin/"
"""Files of Django's administration, which staff load once; they are not counted."""

LOOK = """() => ({
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(one => Number(one.tagName[1])),
    address: location.href,
})"""


@contextmanager
def playing() -> Iterator[Playwright]:
    """Playwright keeps an event loop in this thread, which Django must be told is none of its own."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as started:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=PATIENCE_MS)
        yield started


@contextmanager
def launched(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    """A Chromium of its own, with these flags besides the usual ones."""
    started = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *flags])
    yield started
    started.close()


def sideways(page: Page) -> int:
    """Pixels by which a page is wider than the window; while its style sheets are under way it would be for a moment."""
    page.wait_for_load_state()
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


class Visitor:
    """One person's browser, with one tab. Use it as a context: leaving it without an error asserts that all was well."""

    def __init__(self, chromium: Browser, origin: str, **options: Any) -> None:
        self.origin = origin
        self.context = chromium.new_context(base_url=origin, **{"viewport": DESK, **options})
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.refusals = 0
        self.console: list[str] = []
        self.refused: list[tuple[int, str]] = []
        self.elsewhere: list[str] = []
        self.document: Response | None = None
        self.page.on("console", lambda line: self._said(line.type, line.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("response", self._answered)
        self.page.on("request", lambda request: self._asked(request.url))

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()
        if kind is None:
            self.assert_all_was_well()

    def arrive(self, heading: str) -> "Visitor":
        """Wait for the page with this main heading, and look at what every page has to hold."""
        expect(self.page.locator("h1")).to_have_text(heading)
        self.page.wait_for_load_state()
        assert_sound(self.page.evaluate(LOOK))
        self.assert_light()
        return self

    def open(self, address: str, heading: str) -> "Visitor":
        """Go to an address of this site, typed by hand."""
        self.page.goto(address)
        return self.arrive(heading)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the one button of that name in the page's main part."""
        (within or self.page.locator("main")).get_by_role("button", name=name, exact=True).click()

    def press_first(self, name: str) -> None:
        """Press the first of several buttons that do the same."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow the one link of that name in the page's main part."""
        (within or self.page.locator("main")).get_by_role("link", name=name, exact=True).click()

    def menu(self, name: str) -> None:
        """Choose an entry of the menu."""
        self.page.locator(".site-nav").get_by_role("link", name=name, exact=True).click()

    def expect_refusal(self) -> None:
        """The next form is refused (422), and that is as it should be."""
        self.refusals += 1

    def assert_light(self) -> None:
        """What somebody who comes here first has to load: the page and its files, compressed as a proxy sends them."""
        assert self.document is not None
        page = len(gzip.compress(self.document.body()))
        loaded: list[str] = self.page.evaluate(
            "performance.getEntriesByType('resource').map(one => one.name)"
        )
        paths = {urlsplit(one).path for one in loaded}
        own = {path for path in paths if path.startswith("/static/") and not path.startswith(DJANGOS_OWN)}
        files = {path: compressed_size(path) for path in own}
        size = page + sum(files.values())
        assert size <= MOST_BYTES, f"{self.document.url} takes {size} bytes: {page} for itself, {files}"

    def assert_all_was_well(self) -> None:
        """No error in the console, no unexpected status, no request to anybody else."""
        assert self.refused == [(422, address) for _status, address in self.refused], self.refused
        assert len(self.refused) == self.refusals, self.refused
        assert self.console == [], self.console
        assert self.elsewhere == []

    def _said(self, kind: str, text: str) -> None:
        expected = text.startswith(LEFT_BEHIND) or (self.refusals and "status of 422" in text)
        if kind == "error" and not expected:
            self.console.append(text)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.refused.append((answer.status, answer.url))
        if answer.request.is_navigation_request() and answer.ok:
            self.document = answer

    def _asked(self, address: str) -> None:
        if not address.startswith((f"{self.origin}/", "data:")):
            self.elsewhere.append(address)


def assert_sound(look: dict[str, Any]) -> None:
    """No sideways scrolling, one main heading, and no level of headings skipped."""
    address = look["address"]
    assert look["sideways"] == 0, f"{address} scrolls sideways by {look['sideways']} px"
    levels = look["headings"]
    assert levels.count(1) == 1, f"{address} has headings {levels}"
    skipped = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert not skipped, f"{address} skips a level of headings: {levels}"


@cache
def compressed_size(path: str) -> int:
    """Bytes of a static file as it is sent outside of tests: compressed, once."""
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), path
    return len(gzip.compress(Path(found).read_bytes()))
