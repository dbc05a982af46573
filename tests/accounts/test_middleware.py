"""Own language and clock on every page; no staff without a second factor."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.middleware import WITHOUT_MFA
from accounts.models import User
from tests.conftest import signed_in
from tests.factories.accounts import PASSWORD, UserFactory

ALLOWED = (
    "mfa_",
    "account_reauthenticate",
    "account_logout",
    "set_language",
    "common:set_theme",
    "healthz",
    "readyz",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare_staff_client():
    """Staff with every permission who never set up a second factor."""
    return signed_in(UserFactory(is_staff=True, is_superuser=True))


@pytest.mark.parametrize(
    "name", ["front", "home", "people:settings", "admin:index", "admin:accounts_user_changelist"]
)
def test_staff_without_a_second_factor_are_sent_to_set_it_up(bare_staff_client, name):
    response = bare_staff_client.get(reverse(name))
    assert (response.status_code, response.headers.get("Location")) == (302, reverse("mfa_index"))


def test_they_cannot_act_either(bare_staff_client):
    response = bare_staff_client.post(
        reverse("people:settings"), {"display_name": "Eve", "language": "nl", "time_zone": "UTC"}
    )
    assert response.url == reverse("mfa_index")
    assert User.objects.get().language == "en"


def test_the_way_to_the_second_factor_is_open(bare_staff_client):
    assert bare_staff_client.get(reverse("mfa_index")).status_code == 200
    assert (
        bare_staff_client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    )
    assert bare_staff_client.get(reverse("mfa_activate_totp")).status_code == 200
    assert bare_staff_client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert bare_staff_client.post(reverse("account_logout")).url == reverse("front")


def test_the_door_opens_with_a_second_factor():
    assert signed_in(UserFactory(staff=True)).get(reverse("admin:index")).status_code == 200


def test_in_the_demo_it_is_relaxed(bare_staff_client, settings):
    settings.DEMO = True
    assert bare_staff_client.get(reverse("admin:index")).status_code == 200


def test_others_need_none():
    assert signed_in(UserFactory()).get(reverse("people:settings")).status_code == 200


def test_no_page_with_data_is_among_the_exceptions():
    assert not [name for name in WITHOUT_MFA if not name.startswith(ALLOWED)]


def test_the_administration_is_entered_through_the_same_door(client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.request["PATH_INFO"] == reverse("account_login")
    response = client.get(reverse("admin:login"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_administration_takes_no_password_itself(client):
    staff = UserFactory(staff=True)
    response = client.post(reverse("admin:login"), {"username": staff.email, "password": PASSWORD})
    assert response.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_the_administration_is_closed_to_others():
    client = signed_in(UserFactory())
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_pages_speak_the_person_s_language_not_the_browser_s():
    client = signed_in(UserFactory(language="nl"))
    response = client.get(reverse("people:settings"), headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "nl"
    assert '<html lang="nl"' in response.text


def test_visitors_get_the_language_of_their_browser(client):
    response = client.get(reverse("account_login"), headers={"Accept-Language": "nl"})
    assert response.headers["Content-Language"] == "nl"


def test_times_are_on_the_person_s_clock(settings):
    from tests.factories.accounts import OutboxMailFactory

    settings.DEMO = True
    mail = OutboxMailFactory(created_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    url = reverse("demo_mail_message", args=[mail.pk])
    assert (
        'datetime="2026-11-23T07:30+08:00"' in signed_in(UserFactory(time_zone="Asia/Manila")).get(url).text
    )
    assert 'datetime="2026-11-22T23:30+00:00"' in Client().get(url).text
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_zone_that_the_data_no_longer_knows_breaks_no_page():
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(time_zone="Mars/Phobos")
    assert signed_in(user).get(reverse("people:settings")).status_code == 200


def test_the_switch_changes_the_person_s_language():
    client = signed_in(UserFactory())
    response = client.post(reverse("set_language"), {"language": "nl", "next": reverse("people:settings")})
    assert response.url == reverse("people:settings")
    assert User.objects.get().language == "nl"
    assert client.get(reverse("people:settings")).headers["Content-Language"] == "nl"


def test_the_switch_works_for_visitors_and_leads_nowhere_else(client):
    response = client.post(reverse("set_language"), {"language": "nl", "next": "https://evil.example/"})
    assert response.url == "/"
    assert client.get(reverse("account_login")).headers["Content-Language"] == "nl"


@pytest.mark.parametrize("language", ["", "xx", "de", "x" * 10_000])
def test_the_switch_ignores_languages_that_do_not_exist(language):
    client = signed_in(UserFactory())
    assert client.post(reverse("set_language"), {"language": language}).status_code == 302
    assert User.objects.get().language == "en"


def test_a_language_does_not_leak_into_the_next_request():
    signed_in(UserFactory(language="nl")).get(reverse("people:settings"))
    assert Client().get(reverse("account_login")).headers["Content-Language"] == "en"
    translation.activate("en")
