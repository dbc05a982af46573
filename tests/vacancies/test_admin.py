"""A recruiter's queue and review."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission

from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.vacancies import MADE, VacancyFactory, version_content
from vacancies.content import CountryRow
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

LIST = "/admin/vacancies/vacancy/"


@pytest.fixture
def waiting() -> Vacancy:
    content = version_content(
        title="Museum tickets", pay_min=Decimal("9.00"), pay_max=Decimal("9.00"),
        countries=(CountryRow("NL"), CountryRow("PT"), CountryRow("RS")),
    )  # fmt: skip
    return VacancyFactory(in_review=True, content=content)


def review(client, vacancy, **sent):
    return client.post(
        f"{LIST}{vacancy.pk}/review/", {"seen": vacancy.draft_id, "reason": "", **sent}, follow=True
    )


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def state(vacancy) -> str:
    return Vacancy.objects.values_list("state", flat=True).get(pk=vacancy.pk)


def test_what_waits_stands_first_the_longest_waiting_on_top(staff_client, waiting) -> None:
    VacancyFactory(changed_at=MADE - timedelta(days=9))
    longest = VacancyFactory(in_review=True, changed_at=MADE - timedelta(days=1))
    rows = list(staff_client.get(LIST).context["cl"].result_list)
    assert rows[:2] == [longest, waiting]


def test_the_list_says_how_the_pay_stands(staff_client, waiting) -> None:
    text = staff_client.get(LIST).content.decode()
    assert "above every floor: 1, below a floor: 1, floor to be confirmed: 1" in text


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_of_the_list(staff_client, django_assert_num_queries, count) -> None:
    for _number in range(count):
        VacancyFactory(in_review=True)
    with django_assert_num_queries(5):
        staff_client.get(LIST)


def test_the_review_shows_words_figures_and_sources(staff_client, waiting) -> None:
    text = staff_client.get(f"{LIST}{waiting.pk}/review/").content.decode()
    for words in (
        "Museum tickets",
        "€14.99",
        "€6.20",
        "not above the floor",
        "floor to be confirmed",
        "reliability",
    ):
        assert words in text, words
    assert waiting.draft.countries.get(country_id="NL").pay_facts["floors"][0]["source"] in text


def test_what_is_missing_is_named(staff_client) -> None:
    vacancy = VacancyFactory(in_review=True, content=version_content(description=""))
    assert "Describe the work." in staff_client.get(f"{LIST}{vacancy.pk}/review/").content.decode()


def test_publish(staff_client, waiting) -> None:
    response = review(staff_client, waiting, decision="approve")
    assert told(response) == ["Published. The employer has been written to, and people are being ranked."]
    assert state(waiting) == VacancyState.PUBLISHED
    assert waiting.status_log.latest("pk").by == staff_client.user


def test_send_back(staff_client, waiting) -> None:
    response = review(staff_client, waiting, decision="send_back", reason="Which museums?")
    assert told(response) == ["Sent back. The employer has been written to."]
    assert state(waiting) == VacancyState.DRAFT
    assert waiting.status_log.latest("pk").reason == "Which museums?"


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"decision": "send_back", "reason": " "}, {"reason": ["Say what has to change; the employer cannot guess it."]}),
        ({"decision": "applaud"}, {"decision": ["Select a valid choice. applaud is not one of the available choices."]}),
        ({}, {"decision": ["This field is required."]}),
        ({"decision": "approve", "reason": "x" * 2001},
         {"reason": ["Ensure this value has at most 2000 characters (it has 2001)."]}),
    ],
)  # fmt: skip
def test_an_unclear_decision_changes_nothing(staff_client, waiting, sent, errors) -> None:
    assert review(staff_client, waiting, **sent).context["form"].errors == errors
    assert state(waiting) == VacancyState.IN_REVIEW


def test_only_what_was_read_is_published(staff_client, waiting) -> None:
    response = review(staff_client, waiting, decision="approve", seen=waiting.draft_id - 1)
    assert told(response) == [
        "The employer handed in other words meanwhile. Nothing was decided; open it again."
    ]
    assert state(waiting) == VacancyState.IN_REVIEW


def test_one_that_became_impossible_is_not_published(staff_client) -> None:
    vacancy = VacancyFactory(
        in_review=True, content=version_content(pay_min=Decimal("5.00"), pay_max=Decimal("6.00"))
    )
    response = review(staff_client, vacancy, decision="approve")
    assert told(response) == [
        "The pay is below the wage floor, or the floor is not known, in every country you chose."
    ]
    assert state(vacancy) == VacancyState.IN_REVIEW


def test_deciding_twice_is_told(staff_client, waiting) -> None:
    review(staff_client, waiting, decision="approve")
    response = review(staff_client, waiting, decision="send_back", reason="Wait")
    assert told(response) == ["This vacancy is now “published”, so this step is not possible."]
    assert state(waiting) == VacancyState.PUBLISHED


def test_staff_without_the_permission_may_not_decide(waiting) -> None:
    reader = UserFactory(is_staff=True, totp=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_vacancy"))
    client = signed_in(reader)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{waiting.pk}/review/").status_code == 403
    assert (
        client.post(
            f"{LIST}{waiting.pk}/review/", {"decision": "approve", "seen": waiting.draft_id}
        ).status_code
        == 403
    )
    assert state(waiting) == VacancyState.IN_REVIEW


def test_the_employers_words_cannot_be_edited(staff_client, waiting) -> None:
    assert staff_client.get(f"{LIST}{waiting.pk}/change/").status_code == 200
    assert staff_client.post(f"{LIST}{waiting.pk}/change/", {"state": "published"}).status_code == 403
    assert staff_client.get(f"{LIST}add/").status_code == 403
    assert staff_client.post(f"{LIST}{waiting.pk}/delete/", {"post": "yes"}).status_code == 403
    assert state(waiting) == VacancyState.IN_REVIEW


def test_one_that_is_not_there_leads_back_to_the_start(staff_client) -> None:
    assert staff_client.get(f"{LIST}999/review/")["Location"] == "/admin/"


def test_query_count_of_the_review(staff_client, waiting, django_assert_num_queries) -> None:
    staff_client.get(f"{LIST}{waiting.pk}/review/")  # vocabularies are read once per process
    with django_assert_num_queries(14):
        staff_client.get(f"{LIST}{waiting.pk}/review/")


def test_the_list_goes_on_behind_what_waits_for_review(staff_client, monkeypatch) -> None:
    monkeypatch.setattr(admin.site._registry[Vacancy], "list_per_page", 2)
    published = [VacancyFactory(published=True).pk for _ in range(3)]
    waiting = [VacancyFactory(in_review=True).pk for _ in range(2)]
    pages, place = [], ""
    for _ in range(3):
        listed = staff_client.get(LIST + place).context["cl"]
        pages.append([row.pk for row in listed.result_list])
        place = listed.later
    assert pages == [waiting, published[:2], published[2:]]
    assert not place


def test_vacancies_are_found_by_part_of_their_title_or_company(staff_client) -> None:
    ours = VacancyFactory(published=True, content=version_content(title="Night chat for a museum"))
    draft = VacancyFactory(content=version_content(title="Phone help in Danish"), in_review=True)

    def found(term: str) -> set[Vacancy]:
        return set(staff_client.get(LIST, {"q": term}).context["cl"].result_list)

    assert found("MUSEUM") == {ours}
    assert found("danish") == {draft}
    assert ours in found(ours.employer.name)
    assert found("nowhere") == set()
