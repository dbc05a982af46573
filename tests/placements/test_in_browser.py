"""The pages on which people and vacancies meet, at every width, with nothing, with one and with many on them."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from matching.actions.ranking import refresh_ranking
from reference.enums import CEFRLevel
from tests.browsing import Visitor
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory, MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow, LanguageRow, ShiftRow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 768, 1440)
TITLE = "Customer care for a web shop"
BLOCKS = (
    *(ShiftRow(day, 9 * 60, 8 * 60) for day in range(5)),
    *(ShiftRow(day, 22 * 60, 8 * 60) for day in (4, 5)),
)


def visit(chromium: Browser, live_server: Any, user: Any, pages: dict[str, str], **options: Any) -> None:
    """Open every page at every width; the visitor checks each for its headings, its size and its width."""
    session = signed_in(user).cookies["sessionid"].value
    with Visitor(chromium, live_server.url, **options) as visitor:
        visitor.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        for address, heading in pages.items():
            for width in WIDTHS:
                visitor.page.set_viewport_size({"width": width, "height": 900})
                visitor.open(address, heading)


@pytest.mark.parametrize("people", [0, 1, 25])
def test_the_employers_pages(chromium: Browser, live_server: Any, people: int) -> None:
    content = version_content(
        languages=(LanguageRow("en", CEFRLevel.B2), LanguageRow("nl", CEFRLevel.B1, must=False)),
        shifts=BLOCKS,
        countries=tuple(CountryRow(code) for code in ("NL", "PH", "PT", "ZA")),
    )
    vacancy = VacancyFactory(content=content)
    waiting = VacancyFactory(employer=vacancy.employer)
    membership = MembershipFactory(employer=vacancy.employer)
    found = [CandidateFactory(in_portugal=True, listed=True) for _ in range(people)]
    for candidate in found:
        MeasurementFactory(candidate=candidate, language_id="en", level=CEFRLevel.C1)
    now = timezone.now()
    assert refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now)
    pages = {
        "/home/": membership.employer.name,
        f"/vacancies/{vacancy.pk}/shortlist/": TITLE,
        f"/vacancies/{waiting.pk}/shortlist/": TITLE,
    }
    for candidate in found[:1]:
        address = f"/vacancies/{vacancy.pk}/people/{candidate.public_id}/"
        pages[address] = f"Candidate {candidate.public_id.hex[:6].upper()}"
    visit(chromium, live_server, membership.user, pages, color_scheme="dark" if people == 1 else "light")


@pytest.mark.parametrize("vacancies", [0, 1, 25])
def test_the_candidates_pages(chromium: Browser, live_server: Any, vacancies: int) -> None:
    BankFactory(code="english")
    candidate = CandidateFactory(in_manila=True, listed=True, languages={"en": 5, "fil": 6, "nl": 4})
    if vacancies:
        MeasurementFactory(candidate=candidate, language_id="en", level=CEFRLevel.C1)
    content = {"shifts": BLOCKS, "countries": (CountryRow("PH"), CountryRow("PT"))}
    fitting = [VacancyFactory(content=version_content(**content)) for _ in range(vacancies)]
    dutch = version_content(title="In Dutch", languages=(LanguageRow("nl", CEFRLevel.B2),), **content)
    near = [VacancyFactory(content=dutch) for _ in range(vacancies)]
    pages = {"/home/": "What needs you now", "/candidate/matches/": "Matches"}
    for vacancy, heading in ((fitting[:1], TITLE), (near[:1], "In Dutch")):
        pages |= {f"/candidate/matches/{one.pk}/": heading for one in vacancy}
    visit(chromium, live_server, candidate.user, pages, color_scheme="dark" if vacancies == 1 else "light")
