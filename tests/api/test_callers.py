"""Who may call, with what, and how often; what every address answers when something is wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from employers.actions.members import leave_employer
from employers.actions.tokens import revoke_token
from employers.enums import ApiScope
from employers.models import ApiToken
from tests.api.calling import Caller, is_problem
from tests.conftest import signed_in
from tests.factories.employers import ApiTokenFactory, EmployerFactory, MembershipFactory
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db

LIST = "/api/v1/vacancies/"


class TestTokens:
    def test_a_token_opens_what_its_employer_has(self) -> None:
        caller = Caller()
        vacancy = VacancyFactory(employer=caller.employer)
        VacancyFactory()
        assert [one["id"] for one in caller.get(LIST).json()["items"]] == [vacancy.pk]

    @pytest.mark.parametrize(
        "sent", ["", "Bearer", "Bearer mkt_nothing", "Bearer a b", "Basic YTpi", "Bearer \u00e9"]
    )
    def test_anything_else_opens_nothing(self, client: Client, sent: str) -> None:
        response = client.get(LIST, headers={"Authorization": sent})
        is_problem(response, 401, "token")
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'

    def test_a_browser_session_opens_nothing(self) -> None:
        is_problem(signed_in(MembershipFactory().user).get(LIST), 401, "token")

    @pytest.mark.parametrize("ended", ["expired", "revoked", "left", "locked"])
    def test_it_ends_with_its_day_its_owner_or_their_membership(self, ended: str) -> None:
        now = timezone.now()
        caller = Caller(
            made_at=now - timedelta(days=2), expires_at=now + timedelta(days=-1 if ended == "expired" else 1)
        )
        member = caller.token.membership
        MembershipFactory(employer=caller.employer)
        if ended == "revoked":
            revoke_token(employer=caller.employer, token_id=caller.token.pk, by=member.user, now=now)
        elif ended == "left":
            leave_employer(employer=caller.employer, by=member.user, now=now)
            assert not ApiToken.objects.exists()
        elif ended == "locked":
            member.user.is_active = False
            member.user.save()
        is_problem(caller.get(LIST), 401, "token")

    def test_it_does_what_its_scopes_say(self) -> None:
        caller = Caller(scopes=[ApiScope.VACANCIES_READ])
        assert caller.get(LIST).status_code == 200
        says = is_problem(caller.post(LIST, {"title": "Nights"}), 403, "forbidden")
        assert says["detail"] == "This takes the scope vacancies:write."
        is_problem(caller.post("what-if/"), 403, "forbidden")

    def test_it_does_no_more_than_its_member_may(self) -> None:
        caller = Caller(membership=MembershipFactory(viewer=True))
        assert caller.get(LIST).status_code == 200
        is_problem(caller.post(LIST, {"title": "Nights"}), 403, "forbidden")
        is_problem(caller.post("what-if/"), 403, "forbidden")

    @pytest.mark.parametrize("state", ["applied", "rejected"])
    def test_an_employer_that_is_not_accepted_does_nothing(self, state: str) -> None:
        caller = Caller(membership=MembershipFactory(employer=EmployerFactory(**{state: True})))
        is_problem(caller.get(LIST), 403, "forbidden")

    def test_its_last_use_is_noted_every_ten_minutes(self, django_assert_num_queries: Any) -> None:
        caller = Caller()
        assert caller.get(LIST).status_code == 200
        first = ApiToken.objects.get().last_used_at
        assert first is not None
        with django_assert_num_queries(2):
            caller.get(LIST)
        assert ApiToken.objects.get().last_used_at == first


class TestLimits:
    def test_each_token_has_its_own_minute(self, settings: Any) -> None:
        settings.API_RATES = {"read": 2, "write": 1, "what-if": 1}
        caller, other = Caller(), Caller()
        answers = [caller.get(LIST) for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert answers[0].headers["RateLimit-Policy"] == '"read";q=2;w=60'
        assert answers[0].headers["RateLimit"].startswith('"read";r=1;t=')
        is_problem(answers[2], 429, "too-many")
        assert 1 <= int(answers[2].headers["Retry-After"]) <= 61
        assert other.get(LIST).status_code == 200
        assert caller.post(LIST, {"title": "Nights"}).status_code == 201

    def test_without_the_store_that_counts_nobody_is_turned_away(self, settings: Any) -> None:
        settings.API_RATES = {"read": 1, "write": 1, "what-if": 1}
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
        caller = Caller()
        assert [caller.get(LIST).status_code for _ in range(2)] == [200, 200]


class TestStrangers:
    """Who has no valid token is counted by address; a valid token is heard from everywhere."""

    def test_so_many_a_minute_from_one_address(self, client: Client, settings: Any) -> None:
        settings.API_RATES = {**settings.API_RATES, "stranger": 2}
        tries = [{}, {"Authorization": "Bearer mkt_guess"}, {"Authorization": "Bearer mkt_other"}]
        answers = [client.get(LIST, headers=sent) for sent in tries]
        assert [one.status_code for one in answers] == [401, 401, 429]
        is_problem(answers[2], 429, "too-many")
        assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
        assert client.get(LIST, REMOTE_ADDR="192.0.2.7").status_code == 401
        assert Caller().get(LIST).status_code == 200
        assert client.post(LIST).status_code == 429

    def test_behind_a_proxy_it_is_the_address_that_the_proxy_tells(
        self, client: Client, settings: Any
    ) -> None:
        """What a caller writes in front of it counts for nothing."""
        settings.API_RATES = {**settings.API_RATES, "stranger": 1}
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        said = ("198.51.100.1", "203.0.113.9, 198.51.100.1", "198.51.100.1, 203.0.113.9")
        answers = [client.get(LIST, headers={"X-Forwarded-For": one}).status_code for one in said]
        assert answers == [401, 429, 401]

    def test_without_a_trusted_proxy_the_header_counts_for_nothing(
        self, client: Client, settings: Any
    ) -> None:
        settings.API_RATES = {**settings.API_RATES, "stranger": 1}
        answers = [client.get(LIST, headers={"X-Forwarded-For": f"198.51.100.{at}"}) for at in (1, 2)]
        assert [one.status_code for one in answers] == [401, 429]


class TestWhatIsWrong:
    def test_a_method_that_is_not_offered(self) -> None:
        response = Caller()("DELETE", LIST)
        is_problem(response, 405, "method")
        assert response.headers["Allow"] == "GET, HEAD, POST"

    def test_another_media_type_is_not_spoken(self) -> None:
        caller = Caller()
        is_problem(caller.get(LIST, Accept="application/xml"), 406, "not-acceptable")
        sent = caller.client.post(LIST, "title=x", content_type="application/x-www-form-urlencoded", headers={
            "Authorization": f"Bearer {caller.token.secret}"})  # fmt: skip
        is_problem(sent, 415, "media-type")

    def test_json_that_is_none(self) -> None:
        is_problem(Caller().post(LIST, "{"), 400, "malformed")
        is_problem(Caller().post(LIST, '{"title": NaN}'), 400, "malformed")
        is_problem(Caller().post(LIST, "[" * 60_000), 400, "malformed")

    @pytest.mark.parametrize("length", [64_001, 1_100_000])
    def test_a_body_that_is_too_long(self, length: int) -> None:
        is_problem(Caller().post(LIST, '"' + "x" * (length - 2) + '"'), 413, "too-long")

    def test_an_address_that_is_not_there(self, client: Client) -> None:
        is_problem(client.get("/api/v1/nothing/"), 404, "not-found")
        is_problem(Caller().get("vacancies/99999999999999999999/"), 404, "not-found")

    def test_a_parameter_that_is_unknown_or_wrong(self) -> None:
        says = is_problem(Caller().get(LIST + "?stat=draft&limit=0&cursor=x"), 422, "invalid")
        assert {one["parameter"] for one in says["errors"]} == {"stat"}
        says = is_problem(Caller().get(LIST + "?limit=0&state=lost"), 422, "invalid")
        assert {one["parameter"] for one in says["errors"]} == {"limit", "state"}
        is_problem(Caller().get(LIST + "?cursor=WzFd"), 422, "invalid")

    def test_it_speaks_the_language_of_the_request(self) -> None:
        says = is_problem(Caller().get(LIST + "?limit=0", Accept_Language="nl"), 422, "invalid")
        assert says["errors"][0]["detail"] == "Zorg ervoor dat deze waarde groter is dan of gelijk is aan 1."


def test_a_secret_is_kept_nowhere() -> None:
    token = ApiTokenFactory()
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert all(token.secret not in str(value) for value in row.values())
