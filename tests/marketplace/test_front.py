"""The front page: three questions, a live answer, and a sign-up that keeps what was answered."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from candidates.models import Candidate
from reference.choices import country_choices, language_choices
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.actions.lifecycle import pause_vacancy
from vacancies.content import CountryRow, LanguageRow

pytestmark = pytest.mark.django_db

QUERIES = 8


def three() -> None:
    """Two for people in Portugal (English; English and Dutch), one for those in Spain."""
    both = (LanguageRow("en", 4), LanguageRow("nl", 4))
    VacancyFactory(content=version_content(openings=2))
    VacancyFactory(
        content=version_content(
            openings=3, languages=both, pay_min=Decimal("10.00"), pay_max=Decimal("12.00")
        )
    )
    VacancyFactory(content=version_content(openings=5, hours_week=24, countries=(CountryRow("ES"),)))


market = standing(three, "class")


class TestAMarket:
    @pytest.mark.parametrize(
        ("query", "vacancies", "openings", "low", "high"),
        [
            ("country=PT", 2, 5, "10.00", "18.00"),
            ("country=PT&languages=en", 1, 2, "16.00", "18.00"),
            ("country=PT&languages=nl&languages=en", 2, 5, "10.00", "18.00"),
            ("country=NL", 1, 2, "16.00", "18.00"),  # the other pays too little there
            ("languages=en", 2, 7, None, None),
            ("hours=24", 1, 5, None, None),
            ("country=PT&hours=24", 0, 0, None, None),
            ("languages=fr", 0, 0, None, None),
        ],
    )
    def test_the_answer_counts_what_suits(
        self,
        client: Client,
        market: None,
        query: str,
        vacancies: int,
        openings: int,
        low: str | None,
        high: str | None,
    ) -> None:
        answer = client.get(f"/?{query}").context["answer"]
        assert (answer.vacancies, answer.openings) == (vacancies, openings)
        assert (answer.low, answer.high) == (low and Decimal(low), high and Decimal(high))

    def test_pay_is_set_against_the_legal_minimum_with_its_source(self, client: Client, market: None) -> None:
        response = client.get("/?country=PT&languages=en")
        answer, page = response.context["answer"], response.content.decode()
        assert answer.floor.hourly == Decimal("6.20")
        assert answer.percent_above == int((Decimal("16.00") / answer.floor.hourly - 1) * 100)
        assert f"at least {answer.percent_above}&nbsp;% above the legal minimum in Portugal" in page
        assert "reliability" in page
        assert "/jobs/?languages=en&amp;country=PT" in page

    def test_a_country_whose_floor_is_not_known_says_so(self, client: Client, market: None) -> None:
        assert "still has to be confirmed by our staff" in client.get("/?country=RS").content.decode()

    @pytest.mark.parametrize("query", ["country=XX", "languages=zz", "hours=13"])
    def test_what_is_no_answer_is_said_and_counts_for_nothing(
        self, client: Client, market: None, query: str
    ) -> None:
        response = client.get(f"/?{query}")
        assert response.status_code == 200
        assert response.context["answer"] is None
        assert "This is not in the list. Choose again." in response.content.decode()

    def test_figures_follow_a_step_of_a_vacancy_at_once(self, client: Client, market: None) -> None:
        assert client.get("/").context["figures"]["vacancies"] == 3
        vacancy = VacancyFactory()
        assert client.get("/").context["figures"]["vacancies"] == 4
        pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=timezone.now())
        assert client.get("/").context["figures"]["vacancies"] == 3

    def test_signing_up_keeps_the_answers(self, client: Client, market: None) -> None:
        page = client.get("/?country=PT&languages=en&languages=nl&hours=32").content.decode()
        assert (
            "next=%2Fcandidate%2Fstart%2F%3Flanguages%3Den%26languages%3Dnl%26country%3DPT%26hours%3D32"
            in page
        )
        browser = signed_in(UserFactory())
        start = "/candidate/start/?languages=en&languages=nl&country=PT&hours=32"
        assert browser.post(start).status_code == 302
        about = browser.get("/candidate/profile/about/").context["form"]
        assert about["country"].value() == "PT"
        languages = browser.get("/candidate/profile/languages/").context["rows"]
        assert [row["language"].value() for row in languages.forms][:2] == ["en", "nl"]
        assert browser.get("/candidate/profile/hours/").context["form"]["hours_max"].value() == 32
        candidate = Candidate.objects.get()
        assert (candidate.country_id, candidate.languages.count(), candidate.hours_max) == (None, 0, None)


def test_nothing_answered_asks_for_nothing(client: Client) -> None:
    response = client.get("/")
    assert response.context["answer"] is None
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_forged_answers_are_left_out() -> None:
    browser = signed_in(UserFactory())
    browser.post("/candidate/start/?languages=%3Cscript%3E&country=QQ&hours=99999")
    assert "first_answers" not in browser.session


@pytest.mark.parametrize("count", [1, 30])
def test_query_count(client: Client, django_assert_num_queries: Any, count: int) -> None:
    for _number in range(count):
        VacancyFactory()
    country_choices(), language_choices()  # read once per process
    with django_assert_num_queries(QUERIES):
        client.get("/?country=PT&languages=en&hours=40")
