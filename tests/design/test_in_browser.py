"""What only a real browser can tell: no sideways scrolling, dark by choice, no console errors, passkeys that work."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.axe import axe_finds
from tests.browsing import sideways
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A phone, whose console must stay free of errors."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    shown = context.new_page()
    problems: list[str] = []
    shown.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    shown.on("pageerror", lambda error: problems.append(str(error)))
    yield shown
    context.close()
    assert problems == []


def sign_in(page: Page, email: str) -> None:
    page.goto(f"{reverse('account_login')}?next={reverse('mfa_index')}")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: url.endswith(reverse("mfa_index")) and "login" not in url)


def test_the_style_page_fits_the_narrowest_phone(page: Page, staff_client: Any, live_server: Any) -> None:
    session = staff_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("common:style"))
    assert page.locator("h1").inner_text() == "What everything looks like"
    assert sideways(page) == 0
    first = page.locator(".score-parts summary").first
    assert first.bounding_box()["height"] >= 44
    first.click()
    expect(page.locator(".score-parts p").first).to_be_visible()


def test_the_search_of_a_list_has_a_name_and_room_on_a_phone(
    page: Page, staff_client: Any, live_server: Any
) -> None:
    session = staff_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{reverse('admin:accounts_auditentry_changelist')}?q=nobody@nowhere.example")
    field = page.get_by_role("textbox", name="Search", exact=True)
    assert field.bounding_box()["width"] > 100  # type: ignore[index]
    assert sideways(page) == 0
    assert axe_finds(page, within="#toolbar") == []
    page.locator("#toolbar").get_by_role("link", name="Show all").click()
    expect(field).to_have_value("")


AMOUNTS = """() => [...document.querySelectorAll('figure.wage:not(.wage-compact) > svg')].map(drawing => {
    const edge = drawing.getBoundingClientRect();
    const words = [...drawing.querySelectorAll('text.tick')].map(one => one.getBoundingClientRect()).filter(one => one.width);
    return {
        words: words.length,
        outside: words.filter(one => one.left < edge.left - 1 || one.right > edge.right + 1).length,
        together: words.slice(1).filter((one, at) => one.left < words[at].right + 4).length,
    };
})"""


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_amounts_below_a_wage_band_stand_apart(
    page: Page, staff_client: Any, live_server: Any, width: int
) -> None:
    session = staff_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(reverse("common:style"))
    drawings = page.evaluate(AMOUNTS)
    assert len(drawings) == 3
    for drawing in drawings:
        assert drawing["words"] >= 2
        assert (drawing["outside"], drawing["together"]) == (0, 0), drawing


def test_dark_is_a_choice_that_stays(page: Page) -> None:
    page.goto(reverse("account_login"))
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(250, 248, 243)"
    page.get_by_role("button", name="Dark").click()
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate(ground) == "rgb(18, 24, 21)"
    page.goto(reverse("account_signup"))
    assert page.evaluate(ground) == "rgb(18, 24, 21)"
    assert sideways(page) == 0


def test_a_refused_form_moves_the_focus_to_what_went_wrong(page: Page) -> None:
    page.goto(reverse("account_signup"))
    page.get_by_role("button", name="Make my account").click()
    summary = page.locator("[data-error-summary]")
    summary.wait_for()
    assert summary.evaluate("found => found === document.activeElement")
    summary.get_by_role("link", name="Email").click()
    assert page.locator("#id_email").evaluate("field => field === document.activeElement")


def test_a_passkey_is_added_and_then_opens_the_door(page: Page) -> None:
    user = UserFactory()
    sign_in(page, user.email)
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    page.goto(reverse("mfa_add_webauthn"))
    assert page.locator("h1").inner_text() == "Is it you?"
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    page.goto(f"{reverse('mfa_reauthenticate_webauthn')}?next={reverse('mfa_list_webauthn')}")
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url(lambda url: url.endswith(reverse("mfa_list_webauthn")) and "next" not in url)
    assert page.get_by_text("signs in on its own").is_visible()
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)
    page.goto(f"{reverse('account_login')}?next={reverse('account_email')}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: url.endswith(reverse("account_email")) and "login" not in url)
    assert page.locator(".facts dd").first.inner_text() == user.email


def test_a_passkey_that_fails_says_so_and_leaves_the_other_way_open(page: Page) -> None:
    page.goto(reverse("account_login"))
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    assert not page.locator("[data-passkey-problem]").is_visible()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.locator("[data-passkey-problem]").wait_for()
    assert "Nothing was changed" in page.locator("[data-passkey-problem]").inner_text()
    assert page.locator("[name=password]").is_enabled()
