"""Signing up with a code by mail, and what a stranger can learn from it."""

import re
import threading
from datetime import datetime, timedelta
from unittest import mock  # moves the clock only

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Identity, OutboxMail, User
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)


def sign_up(client, email="ana@people.example", password=PASSWORD, name="Ana"):
    return client.post(
        reverse("account_signup"), {"display_name": name, "email": email, "password1": password}
    )


def newest_code() -> str:
    mail = OutboxMail.objects.latest("created_at")
    found = CODE.search(mail.text)
    assert found, mail.text
    return found.group()


def confirm(client, code):
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def test_name_address_and_password_are_all_that_is_asked(client):
    response = client.get(reverse("account_signup"))
    assert response.status_code == 200
    assert list(response.context["form"].fields) == ["display_name", "email", "password1"]


def test_sign_up_confirm_and_be_home(client):
    response = sign_up(client, email="Ana@People.Example")
    assert response.status_code == 302
    assert response.url == reverse("account_email_verification_sent")
    user = User.objects.get()
    assert (user.email, user.language, user.is_staff) == ("ana@people.example", "en", False)
    assert Identity.objects.get().display_name == "Ana"
    assert OutboxMail.objects.get().recipient == "ana@people.example"
    assert "_auth_user_id" not in client.session

    response = confirm(client, newest_code())
    assert response.url == reverse("home")
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_language_of_the_page_becomes_the_person_s(client):
    client.cookies["django_language"] = "nl"
    sign_up(client)
    assert User.objects.get().language == "nl"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "x" * 121),
        ("email", "nobody"),
        ("email", ""),
        ("password1", "short"),
        ("password1", "password123"),
        ("password1", "ana@people.example"),
    ],
)
def test_bad_input_is_named_and_nothing_written(client, field, value):
    data = {"display_name": "Ana", "email": "ana@people.example", "password1": PASSWORD, field: value}
    response = client.post(reverse("account_signup"), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.exists()
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("again", ["ana@people.example", "ANA@people.example", "Ana@People.EXAMPLE"])
def test_a_taken_address_looks_the_same_and_its_owner_is_told(client, again):
    UserFactory(email="ana@people.example", name="The first Ana")
    response = sign_up(client, email=again, name="Impostor")
    assert response.status_code == 302
    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert Identity.objects.get().display_name == "The first Ana"
    mail = OutboxMail.objects.get()
    assert mail.recipient == "ana@people.example"
    assert not CODE.search(mail.text)
    assert confirm(client, "ABCD-EFGH").status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_with_one_address_at_once_make_one_account():
    clients = [Client(), Client()]
    responses = at_once(*(lambda browser=browser: sign_up(browser) for browser in clients))
    assert sorted(response.status_code for response in responses) == [302, 429]  # one mail in ten seconds
    assert User.objects.count() == Identity.objects.count() == EmailAddress.objects.count() == 1
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_losing_the_race_after_the_form_was_checked(client):
    """The other sign-up is saved, not yet committed, when this one is checked; it commits while this one saves."""
    responses = []

    def lose() -> None:
        try:
            responses.append(sign_up(client))
        finally:
            connection.close()

    loser = threading.Thread(target=lose)
    with transaction.atomic():
        UserFactory(email="ana@people.example")
        loser.start()
        wait_until_blocked()
    loser.join(timeout=30)
    assert responses[0].status_code == 302
    assert responses[0].url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    mail = OutboxMail.objects.get()
    assert mail.recipient == "ana@people.example"
    assert not CODE.search(mail.text)


def test_a_wrong_code_is_refused_and_three_end_it(client):
    sign_up(client)
    code = newest_code()
    for _attempt in range(2):
        response = confirm(client, "XXXX-XXXX")
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["code"]
    assert confirm(client, "XXXX-XXXX").status_code == 302
    confirm(client, code)
    assert not EmailAddress.objects.get().verified
    assert "_auth_user_id" not in client.session


def test_an_old_code_is_refused(client):
    sign_up(client)
    code = newest_code()
    later = datetime.now().timestamp() + timedelta(minutes=15, seconds=1).total_seconds()  # noqa: DTZ005
    with mock.patch("time.time", return_value=later):
        confirm(client, code)
    assert not EmailAddress.objects.get().verified


def test_one_s_code_does_not_open_another_s_account(client):
    sign_up(client)
    code = newest_code()
    other = Client()
    sign_up(other, email="ben@people.example")
    confirm(other, code)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_no_account_without_its_mail(client, monkeypatch):
    """Sign-up and its mail are one transaction."""
    from accounts import outbox

    def disk_full(**_mail):
        raise OSError("disk full")

    monkeypatch.setattr(outbox, "queue_mail", disk_full)
    client.raise_request_exception = False
    assert sign_up(client).status_code == 500
    assert not User.objects.exists()


def test_nobody_enters_unconfirmed(client):
    user = UserFactory(verified=False)
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.url == reverse("account_email_verification_sent")
    assert client.get(reverse("people:settings")).status_code == 302
    assert "_auth_user_id" not in client.session
    confirm(client, newest_code())
    assert client.session["_auth_user_id"] == str(user.pk)
