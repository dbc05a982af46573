"""Tokens on the page: who makes them, that the secret is shown once, and that they end."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Notification, OutboxMail
from common.templatetags.figures import plain_clocks
from employers.actions.token_ends import tell_ending_tokens
from employers.models import ApiToken
from employers.queries.tokens import token_behind
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.accounts import PASSWORD
from tests.factories.employers import ApiTokenFactory, EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db

PAGE = "/employer/api/"


@pytest.fixture
def employer_client(employer_client: Client) -> Client:
    """An owner who has just typed the password again."""
    employer_client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return employer_client


PAGE_QUERIES = 7  # three of them ask in which ways the person can show that it is them


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


def test_every_owner_hears_of_a_new_token_and_nobody_of_its_secret(employer_client: Client) -> None:
    me = employer_client.user  # type: ignore[attr-defined]
    MembershipFactory(employer=me.membership.employer, user__email="other@shop.example")
    MembershipFactory(employer=me.membership.employer, recruiter=True)
    secret = secret_on(employer_client.post(PAGE, sent()))
    mails = {mail.recipient: mail.text for mail in OutboxMail.objects.all()}
    assert set(mails) == {me.email, "other@shop.example"}
    assert "You made the token “HR system”" in mails[me.email]
    assert "made the token “HR system”" in mails["other@shop.example"]
    assert not [text for text in mails.values() if secret in text]


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


class TestWhoHasJustShownThatItIsThem:
    def test_a_stolen_session_sees_and_makes_none(self, employer_client: Client) -> None:
        token = ApiTokenFactory(membership=employer_client.user.membership)  # type: ignore[attr-defined]
        stolen = signed_in(employer_client.user)  # type: ignore[attr-defined]
        for answer in (
            stolen.get(PAGE), stolen.post(PAGE, sent()), stolen.post(f"{PAGE}{token.pk}/renew/", {"key": str(uuid4())}),
        ):  # fmt: skip
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        assert ApiToken.objects.count() == 1
        assert stolen.post(f"{PAGE}{token.pk}/revoke/").headers["Location"] == PAGE
        assert ApiToken.objects.get().revoked_at is not None

    def test_the_form_that_was_sent_goes_on_after_the_password(self, employer_client: Client) -> None:
        client = signed_in(employer_client.user)  # type: ignore[attr-defined]
        door = client.post(PAGE, sent()).headers["Location"]
        made = client.post(door, {"password": PASSWORD, "next": PAGE})
        assert secret_on(made) in made.content.decode()
        assert ApiToken.objects.count() == 1

    def test_it_holds_for_minutes(self, employer_client: Client, settings: Any) -> None:
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        assert employer_client.get(PAGE).status_code == 302


class TestRenewing:
    def test_another_like_it_while_the_old_one_holds(self, employer_client: Client) -> None:
        member = employer_client.user.membership  # type: ignore[attr-defined]
        made_at = timezone.now() - timedelta(days=80)
        old = ApiTokenFactory(membership=member, made_at=made_at, scopes=["what-if"], name="Shop")
        url, form = f"{PAGE}{old.pk}/renew/", {"key": str(uuid4())}
        page = employer_client.post(url, form)
        secret = secret_on(page)
        token = token_behind(secret, timezone.now())
        assert token is not None
        assert (token.name, token.scopes, token.membership_id) == ("Shop", ["what-if"], member.pk)
        assert (token.expires_at - token.made_at).days == 90
        assert token_behind(old.secret, timezone.now()) is not None
        assert "renewed on" in page.content.decode()
        assert "was made already" in employer_client.post(url, form, follow=True).content.decode()
        assert ApiToken.objects.count() == 2
        (entry,) = AuditEntry.objects.filter(verb="employer.token_renewed")
        assert (entry.data["token"], entry.data["renews"]) == (token.pk, old.pk)

    def test_what_has_ended_or_is_somebody_elses_is_not_renewed(self, employer_client: Client) -> None:
        member, now = employer_client.user.membership, timezone.now()  # type: ignore[attr-defined]
        ended = ApiTokenFactory(membership=member, made_at=now - timedelta(days=91))
        revoked = ApiTokenFactory(membership=member, revoked_at=now)
        for token in (ended, revoked, ApiTokenFactory()):
            page = employer_client.post(f"{PAGE}{token.pk}/renew/", {"key": str(uuid4())}, follow=True)
            assert "This token has ended meanwhile. Make a new one." in page.content.decode()
        assert ApiToken.objects.count() == 3

    def test_with_twenty_none_is_renewed(self, employer_client: Client) -> None:
        member = employer_client.user.membership  # type: ignore[attr-defined]
        first, *_others = ApiTokenFactory.create_batch(20, membership=member)
        page = employer_client.post(f"{PAGE}{first.pk}/renew/", {"key": "none"}, follow=True)
        assert "Your company has 20 tokens in use." in page.content.decode()
        assert ApiToken.objects.count() == 20


class TestItsEndIsToldBefore:
    def told(self) -> list[tuple[str, str]]:
        rows = Notification.objects.order_by("pk").select_related("user")
        return [(row.user.email, row.key.rsplit(":", 1)[1]) for row in rows]

    def test_14_and_3_days_before_to_its_maker_and_the_owners_once(self) -> None:
        now = timezone.now()
        maker = MembershipFactory(recruiter=True, user__email="maker@shop.example")
        MembershipFactory(
            employer=maker.employer, user__email="owner@shop.example", user__time_zone="Asia/Manila"
        )
        MembershipFactory(employer=maker.employer, viewer=True)
        token = ApiTokenFactory(membership=maker, made_at=now)
        end, day = token.expires_at, timedelta(days=1)
        assert tell_ending_tokens(now=end - 15 * day) == 0
        for at, many in ((14, 1), (14, 0), (9, 0), (3, 1), (2, 0)):
            assert tell_ending_tokens(now=end - at * day + timedelta(minutes=1)) == many
        assert tell_ending_tokens(now=end + day) == 0
        people = ("maker@shop.example", "owner@shop.example")
        assert sorted(self.told()) == sorted((who, days) for who in people for days in ("14", "3"))
        mails = {mail.recipient: mail.text for mail in OutboxMail.objects.order_by("pk")}
        assert "Renew the token:" in mails["owner@shop.example"]
        assert plain_clocks(end, "Asia/Manila", "Asia/Manila") in mails["owner@shop.example"]
        assert reverse("employers:tokens") in mails["owner@shop.example"]
        assert "An owner of the company can renew it." in mails["maker@shop.example"]
        assert token.secret not in mails["owner@shop.example"]

    def test_after_a_standstill_only_the_nearer_one(self) -> None:
        now = timezone.now()
        ApiTokenFactory(made_at=now - timedelta(days=88))
        assert [tell_ending_tokens(now=now) for _time in range(2)] == [1, 0]
        assert [days for _who, days in self.told()] == ["3"]

    def test_nobody_hears_of_what_has_ended_was_renewed_or_belongs_to_nobody_accepted(self) -> None:
        now = timezone.now()
        soon = {"made_at": now - timedelta(days=80)}
        ApiTokenFactory(**soon, revoked_at=now)
        ApiTokenFactory(**soon, renewed_at=now, last_used_at=now - timedelta(days=1))
        ApiTokenFactory(**soon, membership__employer__rejected=True)
        ApiTokenFactory(made_at=now - timedelta(days=91))
        assert tell_ending_tokens(now=now) == 0
        ApiTokenFactory(**soon, renewed_at=now - timedelta(days=2), last_used_at=now - timedelta(days=1))
        assert tell_ending_tokens(now=now) == 1

    @pytest.mark.django_db(transaction=True)
    def test_two_sweeps_at_once_tell_once(self) -> None:
        now = timezone.now()
        ApiTokenFactory(made_at=now - timedelta(days=80))
        assert sorted(at_once(*[partial(tell_ending_tokens, now=now)] * 2)) == [0, 1]
        assert OutboxMail.objects.count() == 1


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
