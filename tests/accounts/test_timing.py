"""How long an answer takes tells nobody whether an address has an account: the same slow work is done either way."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.test_sign_up import sign_up
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """Says how often a password was hashed, which is all that takes long."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        """As always."""
        CountingHasher.times += 1
        return str(super().encode(password, salt))


@pytest.fixture(autouse=True)
def counted(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]


def hashed(act: Any) -> int:
    CountingHasher.times = 0
    act()
    return CountingHasher.times


@pytest.mark.parametrize("kind", ["taken", "closed", "without a password", "free"])
def test_signing_in(client: Client, kind: str) -> None:
    user: Any = UserFactory(email="ana@people.example")
    if kind == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif kind == "without a password":
        user.set_unusable_password()
        user.save()
    email = "nobody@people.example" if kind == "free" else user.email
    sent = {"login": email, "password": "not the phrase at all"}
    assert hashed(lambda: client.post(reverse("account_login"), sent)) == 1


@pytest.mark.parametrize("email", ["ana@people.example", "nobody@people.example"])
def test_signing_up(client: Client, email: str) -> None:
    UserFactory(email="ana@people.example")
    assert hashed(lambda: sign_up(client, email=email)) == 1


@pytest.mark.parametrize("email", ["ana@people.example", "nobody@people.example"])
def test_asking_for_a_new_password(client: Client, email: str) -> None:
    UserFactory(email="ana@people.example")
    assert hashed(lambda: client.post(reverse("account_reset_password"), {"email": email})) == 0
