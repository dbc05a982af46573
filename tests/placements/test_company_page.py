"""An accepted employer's page for everybody."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from employers.addresses import company_path
from tests.factories.employers import EmployerFactory
from tests.factories.vacancies import VacancyFactory, version_content

pytestmark = pytest.mark.django_db


def test_it_says_what_the_company_does_and_what_is_open(client: Client) -> None:
    employer = EmployerFactory(name="Bloom <b> & Co", about="We sell soap.", website="https://bloom.example")
    VacancyFactory(employer=employer, content=version_content(title="Chat", openings=3))
    VacancyFactory(employer=employer, draft=True, content=version_content(title="Secret"))
    VacancyFactory(content=version_content(title="Of another one"))
    page = client.get(company_path(employer)).content.decode()
    for words in (
        "Bloom &lt;b&gt; &amp; Co", "We sell soap.", "https://bloom.example", "Chat", "<dt>Openings</dt><dd>3</dd>",
        "No answer has been due yet.",
    ):  # fmt: skip
        assert words in page, words
    assert "Secret" not in page
    assert "Of another one" not in page


def test_its_rate_is_that_of_its_answers(client: Client, settings: Any) -> None:
    from placements.actions.applications import decline, express_interest
    from tests.factories.candidates import CandidateFactory

    vacancy, now = VacancyFactory(), timezone.now()
    candidate = CandidateFactory(listed=True)
    application = express_interest(vacancy=vacancy, candidate=candidate, by=candidate.user, now=now)
    decline(
        application=application, side="employer", reason="skills", by=vacancy.created_by, now=now,
    )  # fmt: skip
    page = client.get(company_path(vacancy.employer)).content.decode()
    assert "100\N{NO-BREAK SPACE}%" in page
    assert "1 answer was promised to a person and 1 given" in page


@pytest.mark.parametrize("state", ["applied", "rejected"])
def test_only_accepted_companies_have_one(client: Client, state: str) -> None:
    assert client.get(company_path(EmployerFactory(**{state: True}))).status_code == 404


def test_a_renamed_company_keeps_its_number(client: Client) -> None:
    employer = EmployerFactory(name="Bloom")
    response = client.get(f"/companies/{employer.pk}-bud/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/companies/{employer.pk}-bloom/")


@pytest.mark.parametrize("count", [1, 30])
def test_query_count(client: Client, django_assert_num_queries: Any, count: int) -> None:
    employer = EmployerFactory()
    for _number in range(count):
        VacancyFactory(employer=employer)
    with django_assert_num_queries(7):
        client.get(company_path(employer))
