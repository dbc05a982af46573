"""The panel beside the vacancy editor, and the editor shown again without JavaScript: nothing typed is lost or stored."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from matching.api.limits import PreviewThrottle
from reference.enums import CEFRLevel
from tests.conftest import signed_in
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.matching import measured_person
from tests.factories.vacancies import VacancyFactory, version_content
from tests.matching.rounds import begin_log
from tests.standing import standing
from tests.vacancies.posted import editor_data
from vacancies.models import Vacancy, VacancyVersion

pytestmark = pytest.mark.django_db

NEW = "/matching/what-if/"
PANEL_QUERIES = 14
HTMX = {"HX-Request": "true"}


@pytest.fixture
def employer(employer_client: Client) -> Any:
    return employer_client.user.membership.employer  # type: ignore[attr-defined]


def eleven() -> None:
    """People in Portugal: English at C1 (five), B2 (one) and B1 (five)."""
    for level, people in ((CEFRLevel.C1, 5), (CEFRLevel.B2, 1), (CEFRLevel.B1, 5)):
        for _person in range(people):
            measured_person(level)


people = standing(eleven, "class")


def panel(client: Client, url: str = NEW, **data: Any) -> str:
    response = client.post(url, data or editor_data(), headers=HTMX)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.usefixtures("people")
class TestThePanel:
    def test_what_it_says(self, employer_client: Client) -> None:
        shown = panel(employer_client)
        assert '<span class="stat-value">at least 5</span>' in shown
        assert "people eligible now" in shown
        easier = '<th scope="row">English at B1 instead of B2</th><td class="num what-if-more">+5</td>'
        assert f'{easier}<td class="num">at least 10</td>' in shown
        assert 'Freelance instead of employment: <span class="num nowrap">−5</span>' in shown
        assert 'Every block two hours later: <span class="num nowrap">fewer than 5</span>' in shown
        assert (
            '<span id="what-if-said" hx-swap-oob="innerHTML">At least 5 people eligible now.</span>' in shown
        )
        falls = re.findall(r'fall-count num">([^<]*)<', shown)
        assert falls == ["at least 10", *["fewer than 5"] * 4, "−5", *["fewer than 5"] * 3, "at least 5"]
        assert "that they tell nothing about one person" in shown
        assert "<h1" not in shown
        assert "Half of them score above and half below a score between" in shown
        assert shown.index("The price of each requirement") < shown.index("Where people are lost")
        assert (
            '<span id="what-if-count" hx-swap-oob="innerHTML">At least 5 people eligible now.</span>' in shown
        )

    def test_an_error_blanks_nothing_and_is_named(self, employer_client: Client) -> None:
        shown = panel(employer_client, **editor_data(hours_week="many"))
        assert "Enter a whole number." in shown
        assert "At least 5 people meet what stands here so far. Not counted yet: Hours." in shown

    def test_what_is_wrong_names_its_field(self, employer_client: Client) -> None:
        assert "<li>Hours a week for one person: at most 60</li>" in panel(
            employer_client, **editor_data(hours_week="61")
        )

    def test_pay_below_a_floor_is_warned_of_and_priced(self, employer_client: Client) -> None:
        shown = panel(
            employer_client, **editor_data() | {"pay_min": "1", "pay_max": "1", "countries": ["PT"]}
        )
        assert "The pay is below a wage floor in Portugal: nobody there is counted." in shown
        assert "below a wage floor" not in panel(employer_client)

    def test_the_panel_can_be_reached_and_scrolled_with_the_keyboard(self, employer_client: Client) -> None:
        shown = employer_client.get("/vacancies/new/", follow=True).content.decode()
        assert 'role="region" aria-labelledby="what-if-title" tabindex="0"' in shown
        assert '<a class="what-if-live" href="#what-if">' in shown

    def test_a_missing_title_is_no_error(self, employer_client: Client) -> None:
        assert "Please look at this" not in panel(employer_client, **editor_data(title=""))

    def test_half_a_row_does_not_count_yet(self, employer_client: Client) -> None:
        data = editor_data() | {
            "languages-1-language": "nl",
            "languages-1-level": "",
            "languages-TOTAL_FORMS": "2",
        }
        shown = panel(employer_client, **data)
        assert "Choose the level that the work needs." in shown
        assert '<span class="stat-value">at least 5</span>' in shown

    def test_nothing_at_all(self, employer_client: Client) -> None:
        shown = panel(employer_client, nothing="")
        assert "The page did not arrive whole." in shown
        assert "At least 10 people meet what stands here so far." in shown

    @pytest.mark.parametrize(
        "bad",
        [
            {"pay_min": "NaN"}, {"pay_max": "Infinity"}, {"pay_min": "-1"}, {"hours_week": "1e9"}, {"hours_week": "-4"},
            {"months": "999999999999"}, {"start_date": "0001-01-01"}, {"zone": "Mars/Olympus"}, {"pay_currency": "\x00"},
            {"languages-0-level": "99"}, {"languages-0-language": "xx" * 5000}, {"shifts-0-weekdays": ["9"]},
            {"shifts-0-start": "25:61"}, {"shifts-TOTAL_FORMS": "100000"}, {"shifts-TOTAL_FORMS": "-1"},
            {"countries": ["XX"]}, {"countries": ["PT"] * 300}, {"weight_language": "1000"}, {"contract_form": "slavery"},
            {"pay_min": "9" * 400}, {"pay_period": "minute"}, {"own_pay-0-country": "PT", "own_pay-0-pay_min": "x"},
        ],
        ids=lambda bad: str(bad)[:50],
    )  # fmt: skip
    def test_nonsense_gets_an_answer(self, employer_client: Client, bad: dict[str, Any]) -> None:
        assert "people" in panel(employer_client, **editor_data() | bad)

    def test_nothing_is_stored(self, employer_client: Client, employer: Any) -> None:
        vacancy = VacancyFactory(employer=employer)
        panel(employer_client, f"{NEW}{vacancy.pk}/", **editor_data(hours_week="4"))
        employer_client.post(f"{NEW}{vacancy.pk}/", editor_data(title="Another"))
        panel(employer_client)
        assert (Vacancy.objects.count(), VacancyVersion.objects.count()) == (1, 1)
        vacancy.refresh_from_db()
        assert str(vacancy) == "Customer care for a web shop"


@pytest.mark.usefixtures("people")
class TestWithoutJavaScript:
    def test_the_editor_with_all_that_was_typed_and_the_panel(self, employer_client: Client) -> None:
        content = version_content(title="Nights", description="Long nights.")
        response = employer_client.post(NEW, editor_data(content) | {"preview": "1"})
        shown = " ".join(response.content.decode().split())
        assert response.status_code == 200
        assert 'value="Nights"' in shown
        assert "Long nights." in shown
        assert "people eligible now" in shown
        assert 'action="/vacancies/new/"' in shown
        assert 'formaction="/vacancies/new/#shift-rows"' in shown
        assert 'hx-trigger="input from:#vacancy' in shown  # and not at once, for the figures are there

    def test_errors_stand_at_their_fields(self, employer_client: Client) -> None:
        response = employer_client.post(NEW, editor_data(hours_week="many"))
        assert response.status_code == 422
        assert response.context["forms"].facts.errors["hours_week"] == ["Enter a whole number."]
        assert "meet what stands here so far" in response.content.decode()

    def test_saving_from_there_saves(self, employer_client: Client, employer: Any) -> None:
        vacancy = VacancyFactory(employer=employer)
        seen = vacancy.shown.pk
        page = employer_client.post(f"{NEW}{vacancy.pk}/", editor_data(hours_week="30", seen=seen))
        action = f"/vacancies/{vacancy.pk}/edit/"
        assert f'action="{action}"' in page.content.decode()
        assert employer_client.post(action, editor_data(hours_week="30", seen=seen)).status_code == 302
        vacancy.refresh_from_db()
        assert vacancy.draft.hours_week == 30

    def test_the_editor_offers_it(self, employer_client: Client, employer: Any) -> None:
        vacancy = VacancyFactory(employer=employer)
        for page, url in (
            ("/vacancies/new/", NEW),
            (f"/vacancies/{vacancy.pk}/edit/", f"{NEW}{vacancy.pk}/"),
        ):
            shown = employer_client.get(page, follow=True).content.decode()
            assert f'formaction="{url}#what-if"' in shown
            assert f'hx-post="{url}" hx-trigger="load, input from:#vacancy delay:400ms"' in shown


class TestWhoMayAsk:
    def test_another_employers_vacancy_is_not_there(self, employer_client: Client) -> None:
        vacancy = VacancyFactory()
        for headers in ({}, HTMX):
            assert (
                employer_client.post(f"{NEW}{vacancy.pk}/", editor_data(), headers=headers).status_code == 404
            )
        assert employer_client.post(f"{NEW}999999999999/", editor_data()).status_code == 404

    def test_a_member_who_only_reads_is_refused(self, employer: Any) -> None:
        viewer = signed_in(MembershipFactory(viewer=True, employer=employer).user)
        assert viewer.post(NEW, editor_data()).status_code == 403

    @pytest.mark.parametrize("state", ["applied", "rejected"])
    def test_an_employer_that_is_not_accepted_is_refused_and_not_invited(self, state: str) -> None:
        owner = signed_in(MembershipFactory(employer=EmployerFactory(**{state: True})).user)
        assert owner.post(NEW, editor_data()).status_code == 403
        assert "what-if" not in owner.get("/vacancies/new/", follow=True).content.decode().replace(
            "what_if.css", ""
        )

    def test_looking_at_the_address_leads_back_to_the_editor(
        self, employer_client: Client, employer: Any
    ) -> None:
        vacancy = VacancyFactory(employer=employer)
        for url, editor in (
            (NEW, "/vacancies/new/"),
            (f"{NEW}{vacancy.pk}/", f"/vacancies/{vacancy.pk}/edit/"),
        ):
            response = employer_client.get(url)
            assert (response.status_code, response["Location"]) == (302, editor)

    def test_while_a_recruiter_reads_it_the_editor_says_so(
        self, employer_client: Client, employer: Any
    ) -> None:
        vacancy = VacancyFactory(in_review=True, employer=employer)
        response = employer_client.post(f"{NEW}{vacancy.pk}/", editor_data())
        assert (response.status_code, response["Location"]) == (302, f"/vacancies/{vacancy.pk}/edit/")


class TestHowOften:
    def test_too_many_are_told_when_to_come_back(
        self, employer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PreviewThrottle, "rate", "2/min")
        for _time in range(2):
            assert "eligible now" in panel(employer_client)
        refused = panel(employer_client)
        assert "Too many previews in a minute" in refused
        assert "eligible now" not in refused
        kept = employer_client.post(NEW, editor_data(title="Kept")).content.decode()
        assert 'value="Kept"' in kept
        assert "Too many previews in a minute" in kept

    def test_one_who_types_a_lot_does_not_stop_another(
        self, employer_client: Client, other_employer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PreviewThrottle, "rate", "1/min")
        panel(employer_client)
        assert "eligible now" in panel(other_employer_client)

    def test_without_the_store_nobody_is_turned_away(self, employer_client: Client, settings: Any) -> None:
        gone = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": gone}
        assert "eligible now" in panel(employer_client)


def test_the_start_may_be_today(employer_client: Client) -> None:
    assert "eligible now" in panel(
        employer_client, **editor_data(start_date=timezone.localdate().isoformat())
    )


@pytest.mark.django_db(transaction=True)
def test_how_many_queries_and_that_people_add_none(
    employer_client: Client, django_assert_num_queries: Any, settings: Any, tmp_path: Path
) -> None:
    """Once everybody's profile is known to this process, and nobody changed it since."""
    begin_log(settings, tmp_path)
    for people in (1, 3):
        for _person in range(people):
            measured_person()
        data = editor_data()
        panel(employer_client, **data)
        with django_assert_num_queries(PANEL_QUERIES):
            panel(employer_client, **data)
