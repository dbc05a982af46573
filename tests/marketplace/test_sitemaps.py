"""What search engines are told."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from employers.addresses import company_path
from tests.factories.employers import EmployerFactory
from tests.factories.vacancies import VacancyFactory
from vacancies.addresses import job_path

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost:8000"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client: Client, path: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(client.get(path).content).iter(LOC)]


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in response.content.decode().splitlines()
    assert "Disallow: /candidate/" in response.content.decode()
    assert not response.cookies


def test_the_map_names_open_vacancies_and_accepted_companies(client: Client) -> None:
    vacancy = VacancyFactory()
    for state in ("draft", "in_review", "paused", "closed"):
        VacancyFactory(**{state: True}, employer=vacancy.employer)
    EmployerFactory(rejected=True)
    assert addresses(client, "/sitemap.xml") == [
        f"{ORIGIN}/sitemap-{name}.xml" for name in ("pages", "jobs", "companies")
    ]
    assert addresses(client, "/sitemap-jobs.xml") == [ORIGIN + job_path(vacancy)]
    assert addresses(client, "/sitemap-companies.xml") == [ORIGIN + company_path(vacancy.employer)]
    assert f"{ORIGIN}/jobs/" in addresses(client, "/sitemap-pages.xml")
    assert vacancy.changed_at.date().isoformat() in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_a_long_map_has_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.sitemaps.OurSitemap.limit", 2)
    made = [job_path(VacancyFactory()) for _number in range(3)]
    assert f"{ORIGIN}/sitemap-jobs.xml?p=2" in addresses(client, "/sitemap.xml")
    assert addresses(client, "/sitemap-jobs.xml?p=2") == [ORIGIN + made[2]]


@pytest.mark.parametrize("count", [1, 30])
def test_query_count(client: Client, django_assert_num_queries: Any, count: int) -> None:
    for _number in range(count):
        VacancyFactory()
    with django_assert_num_queries(2):
        client.get("/sitemap-jobs.xml")
