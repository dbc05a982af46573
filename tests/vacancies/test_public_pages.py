"""What everybody can read of vacancies: pages, list, feed, and what search engines get."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.employers import EmployerFactory
from tests.factories.vacancies import MADE, VacancyFactory, version_content
from vacancies.actions.lifecycle import close_vacancy, pause_vacancy
from vacancies.addresses import job_path
from vacancies.content import CountryRow, LanguageRow, ShiftRow
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LIST_QUERIES = 5
JOB_QUERIES = 12


def linked_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def titles(response: Any) -> list[str]:
    return [str(job) for job in response.context["jobs"]]


class TestJob:
    def test_it_shows_what_a_person_needs_to_decide(self, client: Client) -> None:
        vacancy = VacancyFactory(
            content=version_content(legal_employer="provider", legal_employer_name="Fair Staffing")
        )
        text = client.get(job_path(vacancy)).content.decode()
        for words in (
            "Customer care for a web shop", vacancy.employer.name, "English B2", "€16.00", "€18.00", "Mon–Fri 09:00–17:00",
            "Fair Staffing", "Portugal", "08:00–16:00", "reliability", "What never counts", "Sign up",
        ):  # fmt: skip
            assert words in text, words

    def test_a_country_shows_both_clocks_and_their_changes(self, client: Client) -> None:
        content = version_content(countries=(CountryRow("PT"), CountryRow("ZA")), months=12)
        text = client.get(job_path(VacancyFactory(content=content)) + "?country=ZA").content.decode()
        assert "Johannesburg" in text
        assert "Amsterdam" in text
        assert text.count("From ") >= 2

    def test_another_country_keeps_what_was_asked_for(self, client: Client) -> None:
        content = version_content(countries=(CountryRow("PT"), CountryRow("ZA")))
        path = job_path(VacancyFactory(content=content))
        text = client.get(path + "?languages=en&languages=nl&hours=32&country=PT").content.decode()
        assert 'href="?languages=en&amp;languages=nl&amp;hours=32&amp;country=ZA#there"' in text
        assert 'href="?country=ZA#there"' in client.get(path).content.decode()

    def test_where_the_pay_is_too_low_nobody_can_apply(self, client: Client) -> None:
        pay = {"pay_min": Decimal("9.00"), "pay_max": Decimal("11.00")}
        vacancy = VacancyFactory(
            content=version_content(countries=(CountryRow("NL"), CountryRow("PT")), **pay)
        )
        response = client.get(job_path(vacancy))
        assert [offer.country for offer in response.context["offers"]] == ["PT"]
        assert response.context["not_enough"] == ["NL"]
        assert [
            each["name"] for each in linked_data(response.content.decode())["applicantLocationRequirements"]
        ] == ["PT"]

    def test_search_engines_read_a_whole_job_posting(self, client: Client) -> None:
        vacancy = VacancyFactory(employer__website="https://shop.example", content=version_content())
        found = linked_data(client.get(job_path(vacancy)).content.decode())
        start = vacancy.current.start_date
        assert found | {"description": ""} == {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": "Customer care for a web shop",
            "description": "",
            "identifier": {"@type": "PropertyValue", "name": "http://localhost:8000", "value": str(vacancy.pk)},
            "url": f"http://localhost:8000{job_path(vacancy)}",
            "datePosted": vacancy.published_at.date().isoformat(),
            "validThrough": found["validThrough"],
            "employmentType": ["PART_TIME", "TEMPORARY"],
            "hiringOrganization": {
                "@type": "Organization", "name": vacancy.employer.name,
                "url": found["hiringOrganization"]["url"], "sameAs": "https://shop.example",
            },
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": [
                {"@type": "Country", "name": "NL", "alternateName": "Netherlands"},
                {"@type": "Country", "name": "PT", "alternateName": "Portugal"},
            ],
            "baseSalary": {
                "@type": "MonetaryAmount", "currency": "EUR",
                "value": {"@type": "QuantitativeValue", "minValue": 16.0, "maxValue": 18.0, "unitText": "HOUR"},
            },
            "directApply": True,
            "totalJobOpenings": 2,
            "jobStartDate": start.isoformat(),
            "workHours": "32 hours a week",
            "occupationalCategory": vacancy.current.occupation.name,
            "industry": vacancy.current.sector.name,
        }  # fmt: skip
        assert found["validThrough"].startswith(f"{start.isoformat()}T23:59:00+")
        assert (
            client.get(found["hiringOrganization"]["url"].removeprefix("http://localhost:8000")).status_code
            == 200
        )

    def test_a_start_that_has_passed_gives_no_end(self, client: Client) -> None:
        content = version_content(start_date=timezone.now().date() - timedelta(days=3))
        assert "validThrough" not in linked_data(
            client.get(job_path(VacancyFactory(content=content))).content.decode()
        )

    def test_hostile_text_stays_text(self, client: Client) -> None:
        evil = "</script><script>alert(1)</script><!-- \u2028 \"&' <img src=x onerror=alert(2)>"
        vacancy = VacancyFactory(
            employer__name=evil[:90], content=version_content(title=evil[:100], description=evil)
        )
        page = client.get(job_path(vacancy)).content.decode()
        assert linked_data(page)["title"] == evil[:100]
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        inside = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
        assert not set(inside) & set("<>&\u2028")

    def test_one_address_holds(self, client: Client) -> None:
        vacancy = VacancyFactory()
        response = client.get(f"/jobs/{vacancy.pk}-old-title/?country=PT")
        assert (response.status_code, response.headers["Location"]) == (
            301,
            job_path(vacancy) + "?country=PT",
        )

    def test_a_title_in_another_script_has_an_address(self, client: Client) -> None:
        vacancy = VacancyFactory(content=version_content(title="Εξυπηρέτηση πελατών"))
        assert job_path(vacancy) == f"/jobs/{vacancy.pk}-work/"
        assert client.get(job_path(vacancy)).status_code == 200

    @pytest.mark.parametrize("state", ["draft", "in_review"])
    def test_what_was_never_published_is_not_there(self, client: Client, state: str) -> None:
        vacancy = VacancyFactory(**{state: True})
        assert client.get(f"/jobs/{vacancy.pk}-customer-care-for-a-web-shop/").status_code == 404

    def test_changes_that_are_not_published_are_not_shown(self, other_employer_client: Client) -> None:
        vacancy = VacancyFactory(changes=version_content(title="Secret plan", pay_max=Decimal("99.00")))
        page = other_employer_client.get(job_path(vacancy)).content.decode()
        assert "Secret plan" not in page
        assert "99.00" not in page

    def test_closed_is_gone_and_shows_what_is_like_it(self, client: Client, now: Any) -> None:
        other_language = VacancyFactory(
            content=version_content(title="In Dutch", languages=(LanguageRow("nl", 4),))
        )
        other_sector = VacancyFactory(content=version_content(title="Tickets", sector_id="travel"))
        alike = VacancyFactory(
            content=version_content(title="Another shop"), published_at=MADE - timedelta(days=9)
        )
        vacancy = VacancyFactory()
        close_vacancy(vacancy=vacancy, because="filled", by=vacancy.created_by, now=now)
        response = client.get(job_path(vacancy))
        assert response.status_code == 410
        assert [str(job) for job in response.context["similar"]] == ["Another shop", "Tickets"]
        page = response.content.decode()
        assert '<meta name="robots" content="noindex">' in page
        assert "JobPosting" not in page
        assert str(other_language) not in page
        assert other_sector.pk != alike.pk

    def test_closed_before_it_was_published_was_never_there(self, client: Client, now: Any) -> None:
        vacancy = VacancyFactory(draft=True)
        close_vacancy(vacancy=vacancy, because="withdrawn", by=vacancy.created_by, now=now)
        assert client.get(f"/jobs/{vacancy.pk}-x/").status_code == 404

    def test_of_an_employer_that_is_not_accepted_any_more_nothing_is_said(self, client: Client) -> None:
        vacancy = VacancyFactory(employer=EmployerFactory(rejected=True, name="Swindle & Co"))
        response = client.get(job_path(vacancy))
        assert response.status_code == 410
        assert "Swindle" not in response.content.decode()
        assert str(vacancy) not in response.content.decode()

    def test_paused_is_shown_and_not_listed(self, client: Client, now: Any) -> None:
        vacancy = VacancyFactory()
        pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=now)
        response = client.get(job_path(vacancy))
        page = response.content.decode()
        assert response.status_code == 200
        assert '<meta name="robots" content="noindex">' in page
        assert "takes no new people" in page
        assert "JobPosting" not in page
        assert "Is this for you?" not in page

    def test_who_has_signed_in_is_led_to_the_match(self, candidate_client: Client) -> None:
        vacancy = VacancyFactory()
        assert (
            f'href="/candidate/matches/{vacancy.pk}/"'
            in candidate_client.get(job_path(vacancy)).content.decode()
        )

    def test_an_employer_is_offered_nothing(self, employer_client: Client) -> None:
        assert "Is this for you?" not in employer_client.get(job_path(VacancyFactory())).content.decode()

    @pytest.mark.parametrize("countries", [("PT",), ("BE", "CH", "DE", "ES", "FR", "IT", "NL", "PT", "ZA")])
    def test_query_count(
        self, client: Client, django_assert_num_queries: Any, countries: tuple[str, ...]
    ) -> None:
        path = job_path(VacancyFactory(content=version_content(countries=tuple(map(CountryRow, countries)))))
        client.get(path)
        with django_assert_num_queries(JOB_QUERIES):
            client.get(path + "?country=PT")


class TestKept:
    def test_no_cookie_and_an_answer_that_may_be_kept(self, client: Client) -> None:
        path = job_path(VacancyFactory())
        for url in ("/jobs/", path, "/jobs/feed.atom"):
            response = client.get(url)
            assert not response.cookies, url
            assert response.headers["Cache-Control"] == "public, max-age=60"
            assert "Cookie" in response.headers["Vary"]
            again = client.get(url, headers={"if-none-match": response.headers["ETag"]})
            assert (again.status_code, again.content) == (304, b""), url

    def test_a_change_is_another_answer(self, client: Client) -> None:
        vacancy = VacancyFactory()
        tag = client.get(job_path(vacancy)).headers["ETag"]
        vacancy.current.__class__.objects.filter(pk=vacancy.current_id).update(openings=9)
        assert client.get(job_path(vacancy), headers={"if-none-match": tag}).status_code == 200

    def test_who_has_signed_in_gets_a_page_of_their_own(self, candidate_client: Client) -> None:
        response = candidate_client.get("/jobs/")
        assert response.headers["Cache-Control"] == "private, no-cache"

    def test_each_language_has_an_address(self, client: Client) -> None:
        path = job_path(VacancyFactory())
        page = client.get(path, headers={"accept-language": "nl"}).content.decode()
        whole = f"http://localhost:8000{path}"
        assert '<html lang="nl"' in page
        assert f'<link rel="canonical" href="{whole}">' in page
        for code, address in (
            ("en", f"{whole}?language=en"),
            ("nl", f"{whole}?language=nl"),
            ("x-default", whole),
        ):
            assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in page
        english = client.get(path + "?language=en", headers={"accept-language": "nl"})
        assert '<html lang="en"' in english.content.decode()
        assert english.headers["Content-Language"] == "en"
        assert (
            '<html lang="nl"'
            in client.get(path + "?language=xx", headers={"accept-language": "nl"}).content.decode()
        )

    def test_messengers_read_title_and_first_words(self, client: Client) -> None:
        vacancy = VacancyFactory()
        page = client.get(job_path(vacancy)).content.decode()
        assert '<meta property="og:title" content="Customer care for a web shop · ' in page
        assert '<meta property="og:description" content="You answer customers by mail and chat' in page

    def test_only_reading(self, client: Client) -> None:
        assert client.post("/jobs/").status_code == 405


class TestList:
    @pytest.fixture
    def market(self) -> dict[str, Vacancy]:
        def made(title: str, day: int, **changes: Any) -> Vacancy:
            content = version_content(title=title, **changes)
            return VacancyFactory(content=content, published_at=MADE + timedelta(days=day))  # type: ignore[no-any-return]

        both = (LanguageRow("en", 4), LanguageRow("nl", 4))
        short = {"hours_week": 16, "shifts": (ShiftRow(0, 540, 480), ShiftRow(1, 540, 480))}
        VacancyFactory(paused=True)
        VacancyFactory(employer=EmployerFactory(rejected=True))
        return {
            "english": made("English", 1),
            "both": made("Both", 2, languages=both),
            "dutch": made(
                "Dutch", 3, languages=(LanguageRow("nl", 4), LanguageRow("en", 4, must=False)), **short
            ),
            "spain": made("Spain", 4, countries=(CountryRow("ES"),)),
        }

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Spain", "Dutch", "Both", "English"]),
            ("languages=en", ["Spain", "English"]),
            ("languages=nl", ["Dutch"]),
            ("languages=nl&languages=en", ["Spain", "Dutch", "Both", "English"]),
            ("country=PT", ["Dutch", "Both", "English"]),
            ("country=ES&languages=en", ["Spain"]),
            ("hours=24", ["Dutch"]),
            ("hours=7000", ["Spain", "Dutch", "Both", "English"]),
            ("languages=xx&country=QQ", ["Spain", "Dutch", "Both", "English"]),
            ("languages=fr", []),
            ("after=nonsense", ["Spain", "Dutch", "Both", "English"]),
        ],
    )
    def test_it_is_narrowed_in_the_address(
        self, client: Client, market: dict[str, Vacancy], query: str, expected: list[str]
    ) -> None:
        response = client.get(f"/jobs/?{query}")
        assert titles(response) == expected
        assert response.context["total"] == len(expected)

    def test_pages_follow_each_other_without_gap_and_repetition(self, client: Client) -> None:
        made = [VacancyFactory() for _number in range(45)]  # published at one and the same moment
        seen, after = [], ""
        while True:
            response = client.get("/jobs/", {"after": after} if after else {})
            seen += [job.pk for job in response.context["jobs"]]
            after = response.context["after"]
            if not after:
                break
        assert seen == sorted((vacancy.pk for vacancy in made), reverse=True)

    def test_with_a_country_the_pay_there_is_shown(self, client: Client) -> None:
        VacancyFactory(content=version_content(countries=(CountryRow("ZA"), CountryRow("PT"))))
        assert "ZAR" in client.get("/jobs/?country=ZA").content.decode()

    def test_nothing_open_says_so(self, client: Client) -> None:
        assert "Nothing of that kind is open now" in client.get("/jobs/?languages=en").content.decode()

    @pytest.mark.parametrize("count", [1, 30])
    def test_query_count(self, client: Client, django_assert_num_queries: Any, count: int) -> None:
        for _number in range(count):
            VacancyFactory()
        client.get("/jobs/")
        with django_assert_num_queries(LIST_QUERIES):
            client.get("/jobs/?country=PT&languages=en&hours=40")


class TestFeed:
    def test_it_holds_the_newest_and_is_narrowed_like_the_list(self, client: Client) -> None:
        VacancyFactory(content=version_content(title="Old & tried"), published_at=MADE - timedelta(days=1))
        VacancyFactory(content=version_content(title="In Dutch", languages=(LanguageRow("nl", 4),)))
        VacancyFactory(draft=True)
        root = ElementTree.fromstring(client.get("/jobs/feed.atom").content)
        entries = root.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}title", "").split(" · ")[0] for entry in entries] == [
            "In Dutch",
            "Old & tried",
        ]
        assert entries[0].find(f"{ATOM}link").attrib["href"].endswith("-in-dutch/")  # type: ignore[union-attr]
        narrowed = ElementTree.fromstring(client.get("/jobs/feed.atom?languages=nl&country=PT").content)
        assert narrowed.findtext(f"{ATOM}title") == "Open vacancies: Dutch, Portugal"
        assert len(narrowed.findall(f"{ATOM}entry")) == 1


class TestPreview:
    def test_members_see_the_draft_as_candidates_will(self, employer_client: Client, employer: Any) -> None:
        vacancy = VacancyFactory(employer=employer, changes=version_content(title="Better words"))
        page = employer_client.get(f"/vacancies/{vacancy.pk}/preview/").content.decode()
        assert "Candidates will see the vacancy like this once you publish the changes." in page
        assert "Better words" in page
        assert "What never counts" in page
        assert (
            f"/vacancies/{vacancy.pk}/preview/"
            in employer_client.get(f"/vacancies/{vacancy.pk}/").content.decode()
        )

    def test_an_unfinished_draft_can_be_looked_at(self, viewer_client: Client, employer: Any) -> None:
        content = version_content(
            description="", pay_min=None, pay_max=None, zone="", shifts=(), countries=(), start_date=None, languages=(),
            hours_week=None, occupation_id=None, sector_id=None, channels=(), skills=(),
        )  # fmt: skip
        vacancy = VacancyFactory(employer=employer, draft=True, content=content)
        page = viewer_client.get(f"/vacancies/{vacancy.pk}/preview/").content.decode()
        assert "clock of" not in page

    def test_nobody_elses(self, other_employer_client: Client) -> None:
        assert other_employer_client.get(f"/vacancies/{VacancyFactory().pk}/preview/").status_code == 404
