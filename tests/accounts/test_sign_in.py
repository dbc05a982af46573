"""Signing in: password, second factor, limits, and where one lands."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import OutboxMail
from tests.conftest import signed_in
from tests.factories.accounts import PASSWORD, TOTP_SECRET, UserFactory, second_factors

pytestmark = pytest.mark.django_db

CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def totp_code(secret=TOTP_SECRET) -> str:
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["ana@people.example", "ANA@People.Example"])
def test_address_in_any_case_and_password_lead_home(client, typed):
    UserFactory(email="ana@people.example")
    response = sign_in(client, typed)
    assert response.url == reverse("home")
    assert is_signed_in(client)


def test_a_stranger_and_a_wrong_password_look_the_same(client):
    UserFactory(email="ana@people.example")
    wrong = sign_in(client, "ana@people.example", "not the phrase at all")
    stranger = sign_in(client, "nobody@people.example", "not the phrase at all")
    assert wrong.status_code == stranger.status_code == 200
    assert wrong.context["form"].errors == stranger.context["form"].errors
    assert not is_signed_in(client)


def test_a_closed_account_stays_out(client):
    user = UserFactory(is_active=False)
    sign_in(client, user.email)
    assert not is_signed_in(client)


def test_the_session_gets_a_new_key(client):
    """A key that somebody slipped to the person is worth nothing afterwards."""
    user = UserFactory()
    client.get(reverse("account_login"))
    session = client.session
    session["slipped"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client, user.email)
    assert client.session.session_key != session.session_key
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert thief.get(reverse("people:settings")).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "https:evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "http://[",
    ],
)
def test_next_never_leads_elsewhere(client, elsewhere):
    user = UserFactory()
    assert client.get(reverse("account_login"), {"next": elsewhere}).status_code == 200
    assert sign_in(client, user.email, next=elsewhere).url == reverse("home")


def test_next_leads_back(client):
    user = UserFactory()
    response = client.get(reverse("people:settings"))
    assert response.url == f"{reverse('account_login')}?next={reverse('people:settings')}"
    assert sign_in(client, user.email, next=reverse("people:settings")).url == reverse("people:settings")


def test_guessing_one_account_is_stopped_even_for_the_right_guess(client):
    user = UserFactory()
    for _guess in range(5):
        assert sign_in(client, user.email, "not the phrase at all").status_code == 200
    response = sign_in(client, user.email)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "Too many failed sign-ins. Try again in 5 minutes, or choose a new password by mail."
    ]
    assert not is_signed_in(client)


def test_the_waiting_time_shrinks(client, monkeypatch):
    user = UserFactory()
    for _guess in range(5):
        sign_in(client, user.email, "not the phrase at all")
    later = time.time() + 250
    monkeypatch.setattr("time.time", lambda: later)
    response = sign_in(client, user.email)
    assert "Try again in 1 minute, or" in str(response.context["form"].non_field_errors())
    later += 51
    assert sign_in(client, user.email).status_code == 302


def test_one_visitor_cannot_try_many_accounts(client):
    responses = [sign_in(client, f"person{n}@people.example") for n in range(31)]
    assert [response.status_code for response in responses] == [200] * 30 + [429]
    assert "wait a minute and try again" in responses[-1].text


def test_the_limit_holds_for_the_visitor_behind_the_trusted_proxy(client, settings):
    """With one trusted proxy the last forwarded address counts, whatever a visitor writes before it."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    url = reverse("account_login")
    for n in range(31):
        data = {"login": f"person{n}@people.example", "password": PASSWORD}
        response = client.post(url, data, headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"})
    assert response.status_code == 429
    response = client.post(url, data, headers={"X-Forwarded-For": "203.0.113.7, 203.0.113.8"})
    assert response.status_code == 200


def test_a_second_factor_is_asked_for(client):
    user = UserFactory(totp=True)
    response = sign_in(client, user.email)
    assert response.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)

    response = client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert response.url == reverse("home")
    assert is_signed_in(client)


def test_a_code_works_once():
    user = UserFactory(totp=True)
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, user.email)
    code = totp_code()
    for browser in (first, second):
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_setting_up_an_app_and_using_a_recovery_code(client):
    user = UserFactory()
    sign_in(client, user.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.context["form"]["code"].label == "Code in the app"
    assert client.get(reverse("mfa_add_webauthn")).context["form"]["name"].label == "Name of this passkey"
    secret = page.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert second_factors(user) == 1
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept  # encrypted

    codes = client.get(response.url).context["unused_codes"]
    assert len(codes) == 10
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    assert not any(code in str(stored.data) for code in codes)

    client.post(reverse("account_logout"))
    sign_in(client, user.email)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == reverse("home")
    client.post(reverse("account_logout"))
    sign_in(client, user.email)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert not is_signed_in(client)


def test_the_second_factor_is_set_up_only_after_the_password_again(client):
    """A session that was left open does not suffice: `force_login` knows no password."""
    client.force_login(UserFactory())
    response = client.get(reverse("mfa_activate_totp"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_recovery_codes_survive_a_changed_secret_key_with_its_fallback(settings):
    user = UserFactory(totp=True)
    RecoveryCodes.activate(user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    client = Client()
    sign_in(client, user.email)
    assert client.post(reverse("mfa_authenticate"), {"code": totp_code()}).url == reverse("home")


def test_a_forgotten_password_is_reset_by_code(client):
    user = UserFactory(email="ana@people.example")
    response = client.post(reverse("account_reset_password"), {"email": "ANA@people.example"})
    assert response.url == reverse("account_confirm_password_reset_code")
    code = CODE.search(OutboxMail.objects.get().text).group()
    response = client.post(response.url, {"code": code})
    assert response.url == reverse("account_complete_password_reset")
    response = client.post(
        response.url, {"password1": "quite another phrase", "password2": "quite another phrase"}
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.check_password("quite another phrase")


def test_no_mail_goes_to_an_address_that_no_account_can_have(client):
    response = client.post(reverse("account_reset_password"), {"email": f"{'x' * 250}@people.example"})
    errors = response.context["form"].errors
    assert errors == {"email": ["No email address is longer than 254 characters."]}
    assert not OutboxMail.objects.exists()


def test_a_reset_for_a_stranger_looks_the_same(client):
    response = client.post(reverse("account_reset_password"), {"email": "nobody@people.example"})
    assert response.url == reverse("account_confirm_password_reset_code")
    assert client.post(response.url, {"code": "ABCD-EFGH"}).status_code == 200


def test_a_wrong_reset_code_changes_nothing(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    response = client.post(reverse("account_confirm_password_reset_code"), {"code": "XXXX-XXXX"})
    assert response.status_code == 200
    response = client.get(reverse("account_complete_password_reset"))
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_reset_of_an_account_with_a_second_factor_still_asks_for_it(client):
    user = UserFactory(totp=True)
    client.post(reverse("account_reset_password"), {"email": user.email})
    code = CODE.search(OutboxMail.objects.get().text).group()
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    client.post(
        reverse("account_complete_password_reset"),
        {"password1": "quite another phrase", "password2": "quite another phrase"},
    )
    assert not is_signed_in(client)
    sign_in(client, user.email, "quite another phrase")
    assert not is_signed_in(client)


def test_signing_out_needs_a_click_and_leads_to_the_front(client):
    client.force_login(UserFactory())
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).url == reverse("front")
    assert not is_signed_in(client)


def test_the_first_person_of_an_installation_signs_in_and_is_sent_to_a_second_factor(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Boss@People.example", interactive=False, verbosity=0)
    assert sign_in(client, "boss@people.example").url == reverse("home")
    assert client.get(reverse("home")).url == reverse("mfa_index")
    assert not OutboxMail.objects.exists()


def test_a_wrong_csrf_token_gets_our_page_and_changes_nothing():
    user = UserFactory()
    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("account_login"))
    response = browser.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}
    )
    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]
    assert not is_signed_in(browser)


ANSWER = {"id": "AAAA", "rawId": "AAAA", "type": "public-key"}


@pytest.mark.parametrize(
    "credential",
    [
        "", "nope", "null", "[]", "{}", '{"id": "AAAA"}', '{"id": "AAAA", "response": "x"}', "9" * 5000, "[" * 49_000,
        "x" * 60_000, json.dumps(ANSWER | {"response": {}}), json.dumps(ANSWER | {"rawId": None, "response": []}),
        json.dumps(ANSWER | {"response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AA"}}),
        json.dumps(ANSWER | {"response": {"clientDataJSON": "e30", "attestationObject": "oA"}}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_authenticate"])
def test_a_forged_passkey_is_a_bad_request(client, page, credential):
    if page == "mfa_add_webauthn":
        sign_in(client, UserFactory().email)
    if page == "mfa_authenticate":
        sign_in(client, UserFactory(totp=True).email)
    client.get(reverse(page))
    response = client.post(reverse(page), {"credential": credential})
    assert response.status_code == 400
    assert "Nothing was saved." in response.text


def test_labels_of_passwords_are_written_as_all_others_are():
    page = signed_in(UserFactory()).get(reverse("account_change_password")).content.decode()
    assert re.findall(r"<label[^>]*>\s*([^<]+?)\s*<", page) == [
        "Current password",
        "New password",
        "New password, once more",
    ]
    assert "placeholder" not in page
