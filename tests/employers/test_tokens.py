"""Tokens on the page: who makes them, that the secret is shown once, and that they end."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from employers.models import ApiToken
from employers.queries.tokens import token_behind
from tests.conftest import signed_in
from tests.factories.employers import ApiTokenFactory, EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db

PAGE = "/employer/api/"
PAGE_QUERIES = 4


def sent(**changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "name": "HR system",
        "scopes": ["vacancies:read", "what-if"],
        "days": "90",
        **changes,
    }


def secret_on(response: Any) -> str:
    return str(response.context["secret"])


def test_the_secret_is_shown_once(employer_client: Client) -> None:
    form = sent()
    made = employer_client.post(PAGE, form)
    secret = secret_on(made)
    assert secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    token = token_behind(secret, timezone.now())
    assert token is not None
    assert (token.name, token.scopes, token.prefix) == (
        "HR system",
        ["vacancies:read", "what-if"],
        secret[:12],
    )
    assert (token.expires_at - token.made_at).days == 90
    again = employer_client.post(PAGE, form, follow=True)
    assert secret not in again.content.decode()
    assert "was made already" in again.content.decode()
    assert ApiToken.objects.count() == 1
    assert secret not in employer_client.get(PAGE).content.decode()
    (entry,) = AuditEntry.objects.filter(verb="employer.token_made")
    assert entry.data == {"token": token.pk, "prefix": token.prefix, "scopes": token.scopes}


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"scopes": []}, {"scopes": ["everything"]}, {"days": "9999"}]
)
def test_what_is_wrong_makes_nothing(employer_client: Client, change: dict[str, Any]) -> None:
    assert employer_client.post(PAGE, sent(**change)).status_code == 422
    assert not ApiToken.objects.exists()


def test_twenty_are_enough(employer_client: Client) -> None:
    ApiTokenFactory.create_batch(20, membership=employer_client.user.membership)  # type: ignore[attr-defined]
    assert employer_client.post(PAGE, sent()).status_code == 422
    token = ApiToken.objects.first()
    assert token is not None
    employer_client.post(f"{PAGE}{token.pk}/revoke/")
    assert employer_client.post(PAGE, sent()).status_code == 200


def test_an_owner_revokes_what_a_colleague_made_but_not_what_others_made(employer_client: Client) -> None:
    employer = employer_client.user.membership.employer  # type: ignore[attr-defined]
    theirs = ApiTokenFactory(membership=MembershipFactory(employer=employer))
    foreign = ApiTokenFactory()
    for token in (theirs, theirs, foreign):
        employer_client.post(f"{PAGE}{token.pk}/revoke/")
    theirs.refresh_from_db()
    foreign.refresh_from_db()
    assert (theirs.revoked_at is not None, foreign.revoked_at) == (True, None)
    assert AuditEntry.objects.filter(verb="employer.token_revoked").count() == 1


@pytest.mark.parametrize("role", ["recruiter", "viewer"])
def test_only_owners_of_accepted_companies(role: str) -> None:
    for member in (
        MembershipFactory(**{role: True}),
        MembershipFactory(employer=EmployerFactory(applied=True)),
    ):
        client = signed_in(member.user)
        assert [client.get(PAGE).status_code, client.post(PAGE, sent()).status_code] == [403, 403]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("tokens", [1, 12])
def test_the_page_takes_the_same_queries(
    employer_client: Client, tokens: int, django_assert_num_queries: Any
) -> None:
    ApiTokenFactory.create_batch(tokens, membership=employer_client.user.membership)  # type: ignore[attr-defined]
    with django_assert_num_queries(PAGE_QUERIES):
        assert employer_client.get(PAGE).status_code == 200
