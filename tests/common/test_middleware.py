"""Addresses and methods that no page of ours leads to."""

import pytest
from django.test import Client
from django.urls import reverse

from placements.models import ProfileView
from tests.api.calling import Caller, is_problem
from tests.conftest import signed_in
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import member_of
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/admin/reference/wagefloor/?country__iso2__exact=%00",
        "/admin/reference/country/%00/change/",
        "/accounts/login/?next=/%00",
        "/%00",
    ],
)
def test_a_zero_byte_in_the_address_is_a_bad_request(staff_client: Client, address: str) -> None:
    response = staff_client.get(address)
    assert response.status_code == 400
    assert response.templates[0].name == "400.html"
    assert "Content-Security-Policy" in response.headers


def test_other_addresses_go_on(client: Client) -> None:
    assert client.get("/accounts/login/?next=/%2500").status_code == 200


@pytest.mark.parametrize(
    "ahead", [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_what_is_fetched_before_anybody_looked_counts_as_no_look(
    client: Client, ahead: dict[str, str]
) -> None:
    person = measured_person()
    vacancy = VacancyFactory()
    ranked(vacancy)
    member, page = (
        signed_in(member_of(vacancy.employer)),
        reverse("placements:person", args=[vacancy.pk, person.public_id]),
    )
    answer = member.get(page, headers=ahead)
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (403, b"", "no-store")
    assert not ProfileView.objects.exists()
    assert client.get("/", headers=ahead).status_code == 200  # who has not signed in leaves no trace anyway
    assert member.get(page).status_code == 200
    assert ProfileView.objects.count() == 1


def test_a_method_that_a_page_does_not_know_gets_a_page(staff_client: Client) -> None:
    response = staff_client.put("/home/")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.templates[0].name == "405.html"
    assert "Nothing was changed." in response.content.decode()
    assert "Content-Security-Policy" in response.headers


def test_the_api_refuses_a_method_in_its_own_words() -> None:
    response = Caller()("DELETE", "vacancies/")
    assert is_problem(response, 405, "method")["status"] == 405
    assert response.templates == []


def test_the_api_asks_a_browser_for_a_token_in_its_own_words(employer_client: Client) -> None:
    response = employer_client.delete("/api/v1/vacancies/")
    is_problem(response, 401, "token")
    assert response.templates == []
