"""The market: what is counted, and that the page only reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.administration.market import keep_market_report
from marketplace.models import MarketReport
from placements.actions.applications import accept_interest, express_interest
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.world import World
from vacancies.actions.checks import require_publishable
from vacancies.content import CountryRow, LanguageRow

pytestmark = pytest.mark.django_db

PAGE = "admin:market"


def kept():
    now = timezone.now()
    return keep_market_report(on=now.date(), now=now).figures


def opened(openings, languages, countries):
    content = version_content(
        openings=openings,
        languages=tuple(LanguageRow(one, 4) for one in languages),
        countries=tuple(CountryRow(one) for one in countries),
    )
    vacancy = VacancyFactory(content=content)
    require_publishable(vacancy, vacancy.current, timezone.localdate())
    return vacancy


def test_people_and_openings_by_language_and_country():
    measured_person(5)
    measured_person(4, also={"nl": 6}, in_netherlands=True)
    measured_person(3)  # below B2
    measured_person(6, listed=False)
    opened(2, ["en"], ["PT", "NL"])
    opened(3, ["nl"], ["NL"])
    found = {row["code"]: row for row in kept()["languages"]}
    assert list(found) == ["nl", "en"]
    assert (found["en"]["people"], found["en"]["openings"]) == (2, 2)
    assert (found["nl"]["people"], found["nl"]["openings"]) == (1, 3)
    assert sorted((one["code"], one["people"], one["openings"]) for one in found["en"]["countries"]) == [
        ("NL", 1, 2),
        ("PT", 1, 2),
    ]


def test_pay_by_country():
    opened(1, ["en"], ["PT", "NL", "SE"])
    opened(1, ["en"], ["PT"])
    found = {row["code"]: row for row in kept()["pay"]}
    assert list(found) == ["PT", "NL", "SE"]
    assert (found["PT"]["offers"], found["PT"]["below"], found["PT"]["unknown"]) == (2, 0, 0)
    assert found["PT"]["of_floor"] > 200
    assert (found["SE"]["unknown"], found["SE"]["of_floor"]) == (1, None)


def test_how_long_an_answer_takes(now):
    owner = MembershipFactory()
    vacancy = VacancyFactory(employer=owner.employer)
    person = measured_person(6)
    ranked(vacancy)
    start = timezone.now() - timedelta(days=2)
    application = express_interest(vacancy=vacancy, candidate=person, by=person.user, now=start)
    accept_interest(application=application, by=owner.user, now=start + timedelta(hours=5))
    employer, candidate = kept()["answers"]
    assert employer == {"side": "employer", "total": 1, "in_time": 1, "hours": 5.0}
    assert candidate == {"side": "candidate", "total": 0, "in_time": 0, "hours": None}


@pytest.mark.parametrize("size", [0, 1, 12])
def test_the_page_only_reads(size, staff_client, django_assert_num_queries):
    for _ in range(size):
        opened(1, ["en"], ["PT"])
        measured_person()
    if size:
        kept()
    staff_client.get(reverse(PAGE))
    with django_assert_num_queries(5):
        page = staff_client.get(reverse(PAGE))
    text = page.content.decode()
    assert ("Worked out" in text) is bool(size)
    assert ("Nothing was worked out yet." in text) is not bool(size)


def test_who_may(staff_client):
    CandidateFactory()
    assert World().client("recruiter").get(reverse(PAGE)).status_code == 200
    assert signed_in(UserFactory(is_staff=True, totp=True)).get(reverse(PAGE)).status_code == 403
    assert staff_client.post(reverse(PAGE)).url == reverse(PAGE)
    assert not MarketReport.objects.exists()  # the worker does it
