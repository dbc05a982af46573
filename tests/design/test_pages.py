"""The frame around every page, the style page, and the choice of colours."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_style_page_is_for_staff(client: Client, candidate_client: Client, staff_client: Client) -> None:
    address = reverse("common:style")
    assert client.get(address).status_code == 302
    assert candidate_client.get(address).status_code == 403
    assert staff_client.get(address).status_code == 200


def test_the_style_page_shows_every_graphic_and_each_id_once(staff_client: Client) -> None:
    html = staff_client.get(reverse("common:style")).content.decode()
    for css_class in ("graphic score", "clocks-strip", "graphic wage", "graphic ladder", "waterfall"):
        assert css_class in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    labels = set(re.findall(r'<label for="([^"]+)"', html))
    assert labels <= set(ids)


def test_a_page_names_its_language_and_offers_a_way_past_the_menu(client: Client) -> None:
    html = client.get(reverse("account_login")).content.decode()
    assert '<html lang="en" dir="ltr">' in html
    assert (
        html.index('class="skip" href="#main"')
        < html.index("<header")
        < html.index('id="main" tabindex="-1"')
    )
    assert '<div class="messages" role="status">' in html
    assert '"allowEval": false' in html


def test_colours_are_kept_in_a_cookie_and_set_on_the_page(client: Client) -> None:
    response = client.post(reverse("common:set_theme"), {"theme": "dark", "next": "/accounts/login/"})
    assert (response.status_code, response.url) == (302, "/accounts/login/")
    assert response.cookies["theme"]["httponly"]
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()
    client.post(reverse("common:set_theme"), {"theme": ""})
    assert "data-theme" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_stays_on_this_site(client: Client, elsewhere: str) -> None:
    response = client.post(reverse("common:set_theme"), {"theme": "light", "next": elsewhere})
    assert response.url == "/"


def test_an_unknown_colour_and_a_get_change_nothing(client: Client) -> None:
    assert client.post(reverse("common:set_theme"), {"theme": "mauve"}).status_code == 400
    assert client.get(reverse("common:set_theme")).url == "/"
    assert "theme" not in client.cookies


@pytest.mark.parametrize("url_name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_of_the_door_have_one_heading_and_nothing_inline(client: Client, url_name: str) -> None:
    html = client.get(reverse(url_name)).content.decode()
    assert html.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", html)
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)=", html)
    assert "placeholder=" not in html


def test_own_account_pages_have_one_heading_and_nothing_inline(candidate_client: Client) -> None:
    for url_name in (
        "account_email",
        "account_change_password",
        "mfa_index",
        "account_logout",
        "account_reauthenticate",
    ):
        html = candidate_client.get(reverse(url_name)).content.decode()
        assert html.count("<h1") == 1, url_name
        assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", html), url_name
        assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)=", html), url_name


def test_a_missing_page_speaks_plainly(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert b"This page is not here" in response.content
