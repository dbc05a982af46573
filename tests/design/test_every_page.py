"""Every page of every role, in a real browser on a phone: axe finds nothing, in light and in dark, and nothing sticks out.

The pages are those of `tests/access.py` and what is our own of the administration, so that a new one cannot be
forgotten. Each is opened once and then looked at as wide as it comes: 320 px (400 % zoom), 640 px (200 % zoom of an
ordinary window), and written from right to left.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page

from marketplace.administration.queues import QUEUES
from tests.access import ROLES, RULES
from tests.axe import ALL_RULES, axe_finds
from tests.browsing import PHONE
from tests.test_access import ADMIN_URLS, first_key
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

IN_THE_DARK = {**ALL_RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""Only colours differ."""
SETTLED = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"
ARRIVED = "() => !document.querySelector('.htmx-request')"
REFUSED = (
    "account_login", "account_signup", "account_reset_password", "account_change_password", "account_reauthenticate",
    "candidates:step", "employers:apply",
    "employers:company", "employers:members", "employers:tokens", "employers:webhooks", "employers:work_style",
    "vacancies:create", "vacancies:edit", "placements:set_aside", "placements:note",
    "placements:scorecard",
)  # fmt: skip
"""Pages with a form that says what is wrong when it is sent as it is, with nothing filled in."""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROWEST, ZOOMED = {"width": 320, "height": 640}, {"width": 640, "height": 450}
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
        if not opened(page, client, address):
            continue
        wrong[address] = objections(page)
        if name in REFUSED:
            wrong[f"{address} refused"] = objections_to_refusal(page, client, address)
    page.context.close()
    assert {address: found for address, found in wrong.items() if found} == {}


def test_axe_finds_nothing_on_our_pages_of_the_administration(chromium: Browser, live_server: Any) -> None:
    """But that Django's own field to search in lists is named by a picture, as it has been for years."""
    world = World()
    for one in OF_THE_DESK:
        getattr(world, one)
    client = world.client("staff")
    page, wrong = tab(chromium, live_server, client), {}
    for address in own_admin_pages(world):
        if opened(page, client, address):
            wrong[address] = [one for one in objections(page) if "searchbar_helptext" not in one]
    page.context.close()
    assert {name: found for name, found in wrong.items() if found} == {}
    assert len(wrong) > len(QUEUES) + len(OF_THE_DESK)


def objections(page: Page) -> list[str]:
    """What is wrong with the page that is open: as wide as a phone, in the light and in the dark; then other widths."""
    page.emulate_media(color_scheme="light")
    sideways, headings = page.evaluate(LOOK)
    found = [f"{sideways} px too wide"] if sideways else []
    found += [f"{headings} main headings"] if headings != 1 else []
    found += violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in violations(page, IN_THE_DARK)]
    page.evaluate("() => document.documentElement.setAttribute('dir', 'rtl')")
    if sideways := page.evaluate(WIDE):
        found.append(f"{sideways} px too wide from right to left")
    page.evaluate("() => document.documentElement.removeAttribute('dir')")
    for size in (NARROWEST, ZOOMED):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if sideways := page.evaluate(WIDE):
            found.append(f"{sideways} px too wide at {size['width']}")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return found


def objections_to_refusal(page: Page, client: Any, address: str) -> list[str]:
    """The same for what comes back when the form of that page is sent empty; the browser shows what the client got."""
    answer = client.post(address, {})
    if answer.status_code != 422 and b"aria-invalid" not in answer.content:
        return [f"an empty form is answered with {answer.status_code} and no field that is marked as wrong"]
    html = answer.content.decode()
    page.route(
        lambda url: url.endswith(address), lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.goto(address)
    found = objections(page)
    page.unroute_all()
    return found


OF_THE_DESK = ("ranked", "flag", "application", "rated_work", "session", "run", "interview", "invitation")
"""What the pages of the desk are about."""
DJANGOS = ("_add", "_change", "_delete", "_history", "_changelist")
NOT_PAGES = frozenset({"login", "logout", "jsi18n", "autocomplete", "view_on_site", "password_change"})


def own_admin_pages(world: World) -> Iterator[str]:
    """Addresses of the administration without Django's own lists and forms: the desk, its queues and our pages."""
    yield from (reverse(queue.page) + queue.query for queue in QUEUES)
    given = {"matching_curate": {"pk": world.ranked.pk}, "import_table": {"name": "employers"}}
    for name, pattern, _route in ADMIN_URLS:
        short, parts = name.removeprefix("admin:"), pattern.pattern.converters
        ours = short and short not in NOT_PAGES and not short.endswith(DJANGOS)
        if ours and "app_label" not in pattern.pattern.regex.groupindex and parts.keys() <= {"pk", "name"}:
            kwargs = {part: first_key(name) for part in parts}
            yield reverse(name, kwargs=given.get(short, kwargs))


def opened(page: Page, client: Any, address: str) -> bool:
    """Whether there is a whole page at the address, which is open then: neither a file, nor a part that htmx asks for,
    nor the way to another page."""
    try:
        answer = page.goto(address)
    except Error:
        # A file is saved, not shown.
        assert not client.get(address).headers["Content-Type"].startswith("text/html"), address
        return False
    if answer is None or answer.request.redirected_from:
        return False
    html = answer.headers["content-type"].startswith("text/html")
    return answer.status == 200 and html and "<html" in answer.text()


def tab(chromium: Browser, live_server: Any, client: Any) -> Page:
    """A new tab of whoever is signed in with the client."""
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, reduced_motion="reduce")
    cookies = [
        {"name": name, "value": one.value, "url": live_server.url} for name, one in client.cookies.items()
    ]
    context.add_cookies(cookies)
    return context.new_page()


def violations(page: Page, options: dict[str, Any] = ALL_RULES) -> list[str]:
    """What axe objects to once nothing is under way."""
    page.wait_for_function(ARRIVED)
    page.evaluate(SETTLED)
    return axe_finds(page, options)
