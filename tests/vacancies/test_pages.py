"""The pages of an employer's vacancies, and the steps as buttons."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow, LanguageRow, ShiftRow
from vacancies.enums import VacancyState
from vacancies.models import Vacancy, VersionCountry

pytestmark = pytest.mark.django_db

STEPS = ["publish", "discard", "pause", "resume", "close", "reopen", "duplicate"]


def press(client, vacancy, step: str, **sent):
    return client.post(f"/vacancies/{vacancy.pk}/{step}/", sent, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def state(vacancy) -> str:
    return Vacancy.objects.values_list("state", flat=True).get(pk=vacancy.pk)


class TestList:
    def test_only_the_own_ones_the_last_changed_first(self, employer_client, employer, now) -> None:
        older = VacancyFactory(employer=employer)
        newer = VacancyFactory(employer=employer, draft=True, changed_at=now)
        VacancyFactory()
        response = employer_client.get("/vacancies/")
        assert list(response.context["page"]) == [newer, older]

    def test_an_empty_list_says_what_will_stand_there(self, employer_client, viewer_client) -> None:
        assert b"No vacancy yet" in employer_client.get("/vacancies/").content
        assert b"Write the first one" in employer_client.get("/vacancies/").content
        assert b"Write the first one" not in viewer_client.get("/vacancies/").content

    @pytest.mark.parametrize("count", [1, 30])
    def test_query_count(self, employer_client, employer, django_assert_num_queries, count) -> None:
        for _number in range(count):
            VacancyFactory(employer=employer)
        with django_assert_num_queries(5):
            employer_client.get("/vacancies/")

    def test_a_page_that_is_not_there_shows_the_last_one(self, employer_client, employer) -> None:
        VacancyFactory(employer=employer)
        assert employer_client.get("/vacancies/?page=99").status_code == 200
        assert employer_client.get("/vacancies/?page=x").status_code == 200


class TestDetail:
    def test_what_is_asked_and_offered(self, employer_client, employer) -> None:
        content = version_content(
            title="Nights & <weekends>",
            shifts=(ShiftRow(4, 22 * 60, 480, must=True), ShiftRow(5, 22 * 60, 480, must=True)),
            hours_week=16,
            languages=(LanguageRow("fr", 4), LanguageRow("nl", 2, must=False)),
            pay_min=Decimal("9.00"), pay_max=Decimal("11.00"),
            countries=(CountryRow("NL"), CountryRow("PT"), CountryRow("RS")),
            legal_employer="provider", legal_employer_name="Fair Staffing",
        )  # fmt: skip
        page = employer_client.get(
            f"/vacancies/{VacancyFactory(employer=employer, draft=True, content=content).pk}/"
        )
        text = page.content.decode()
        assert "Nights &amp; &lt;weekends&gt;" in text
        for words in (
            "Fri, Sat 22:00–06:00 the next day (must be covered)", "French B2", "Dutch A2 (nice to have)", "Fair Staffing",
            "€9.00", "€11.00", "€14.99", "€6.20", "not above the floor", "above every floor", "floor to be confirmed",
            "only an amount after tax is known", "Hand in for review",
        ):  # fmt: skip
            assert words in text, words

    def test_what_is_missing_stands_instead_of_the_button(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(
            employer=employer, draft=True, content=version_content(pay_min=None, description="")
        )
        text = employer_client.get(f"/vacancies/{vacancy.pk}/").content.decode()
        assert "Describe the work." in text
        assert "Hand in for review" not in text

    def test_both_versions_can_be_read(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, changes=version_content(title="Better paid"))
        url = f"/vacancies/{vacancy.pk}/"
        assert employer_client.get(url).context["version"] == vacancy.draft
        assert employer_client.get(url + "?version=published").context["version"] == vacancy.current

    def test_a_viewer_sees_no_buttons(self, viewer_client, employer) -> None:
        text = viewer_client.get(
            f"/vacancies/{VacancyFactory(employer=employer, draft=True).pk}/"
        ).content.decode()
        assert "Hand in for review" not in text
        assert "Duplicate" not in text

    def test_a_currency_that_lost_its_rate_is_said_in_its_row_and_the_others_stand(
        self, employer_client, employer
    ) -> None:
        vacancy = VacancyFactory(employer=employer, content=version_content(countries=(CountryRow("PT"),)))
        VersionCountry.objects.create(version=vacancy.current, country_id="KP")
        response = employer_client.get(f"/vacancies/{vacancy.pk}/")
        assert response.status_code == 200
        assert told(response) == []
        assert [(offer.country, offer.state) for offer in response.context["offers"]] == [
            ("KP", "no_rate"),
            ("PT", "ok"),
        ]
        assert (
            "There is no exchange rate on file for the North Korean Won, so the pay in this country cannot be compared."
            in response.content.decode()
        )

    @pytest.mark.parametrize("countries", [("PT",), ("CA", "CH", "DE", "ES", "FR", "NL", "PT", "US", "ZA")])
    def test_query_count(self, employer_client, employer, django_assert_num_queries, countries) -> None:
        content = version_content(countries=tuple(CountryRow(code) for code in countries))
        vacancy = VacancyFactory(employer=employer, content=content, changes=content)
        employer_client.get(f"/vacancies/{vacancy.pk}/")  # vocabularies are read once per process
        with django_assert_num_queries(20):
            employer_client.get(f"/vacancies/{vacancy.pk}/")


class TestSteps:
    def test_hand_in(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        response = press(employer_client, vacancy, "publish", seen=vacancy.draft_id)
        assert told(response) == [
            "Handed in. A recruiter reads it and publishes it, or sends it back with a reason."
        ]
        assert state(vacancy) == VacancyState.IN_REVIEW
        again = press(employer_client, vacancy, "publish", seen=vacancy.draft_id)
        assert told(again) == ["It is “in review” already. Nothing was changed."]

    def test_what_a_colleague_changed_is_looked_at_first(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        response = press(employer_client, vacancy, "publish", seen=vacancy.draft_id + 1)
        assert told(response) == [
            "A colleague changed this vacancy meanwhile. Look at it once more; nothing was done."
        ]
        assert state(vacancy) == VacancyState.DRAFT

    def test_an_incomplete_one_stays_a_draft_and_says_why(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True, content=version_content(description=""))
        assert told(press(employer_client, vacancy, "publish")) == ["Describe the work."]

    def test_pause_resume_close_reopen(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer)
        for step, sent, expected in (
            ("pause", {}, "paused"),
            ("resume", {}, "published"),
            ("close", {"because": "filled"}, "closed"),
            ("reopen", {"seen": vacancy.current_id}, "published"),
        ):
            press(employer_client, vacancy, step, **sent)
            assert state(vacancy) == expected

    def test_a_paused_one_says_so_first_and_may_go_on(self, employer_client, viewer_client, employer) -> None:
        address = f"/vacancies/{VacancyFactory(employer=employer, paused=True).pk}/"
        for client, offers in ((employer_client, 1), (viewer_client, 0)):
            page = client.get(address).content.decode()
            assert "Nobody new sees it until it is resumed." in page
            assert page.count(f'action="{address}resume/"') == offers

    def test_closing_for_no_reason_is_refused(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer)
        for sent in ({}, {"because": "boredom"}):
            assert told(press(employer_client, vacancy, "close", **sent)) == [
                "Say why the vacancy is closed."
            ]
        assert state(vacancy) == VacancyState.PUBLISHED

    def test_publish_and_drop_changes(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, changes=version_content(title="Better"))
        press(employer_client, vacancy, "publish", seen=vacancy.draft_id)
        vacancy.refresh_from_db()
        assert (vacancy.current.title, vacancy.draft) == ("Better", None)
        other = VacancyFactory(employer=employer, changes=version_content(title="Worse"))
        press(employer_client, other, "discard")
        other.refresh_from_db()
        assert (other.current.number, other.draft) == (1, None)

    def test_a_copy_pressed_twice_is_one_copy(self, employer_client, employer) -> None:
        vacancy, key = VacancyFactory(employer=employer), str(uuid4())
        pages = [press(employer_client, vacancy, "duplicate", key=key) for _press in range(2)]
        assert Vacancy.objects.filter(employer=employer).count() == 2
        assert {page.request["PATH_INFO"] for page in pages} == {
            f"/vacancies/{Vacancy.objects.latest('pk').pk}/"
        }

    def test_a_forged_key_or_version_is_ignored(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        assert press(employer_client, vacancy, "duplicate", key="'; --").status_code == 200
        assert press(employer_client, vacancy, "publish", seen="9" * 5000).status_code == 200

    @pytest.mark.parametrize("step", STEPS)
    def test_looking_does_nothing_and_leads_back(self, employer_client, employer, step) -> None:
        """As after signing in again: the address that was pressed is asked for by GET."""
        vacancy = VacancyFactory(employer=employer, changes=version_content(title="Better"))
        before = Vacancy.objects.values().get(pk=vacancy.pk)
        page = employer_client.get(f"/vacancies/{vacancy.pk}/{step}/", follow=True)
        assert page.redirect_chain == [(f"/vacancies/{vacancy.pk}/", 302)]
        assert "Nothing was done yet: that step needs a press on its button." in page.content.decode()
        assert Vacancy.objects.values().get(pk=vacancy.pk) == before
        assert Vacancy.objects.count() == 1

    @pytest.mark.parametrize("step", STEPS)
    def test_a_viewer_may_not(self, viewer_client, employer, step) -> None:
        vacancy = VacancyFactory(employer=employer, changes=version_content(title="Better"))
        assert (
            viewer_client.post(f"/vacancies/{vacancy.pk}/{step}/", {"because": "filled"}).status_code == 403
        )
        assert state(vacancy) == VacancyState.PUBLISHED
        assert Vacancy.objects.count() == 1

    @pytest.mark.parametrize("step", STEPS)
    def test_another_employers_is_not_found(self, employer_client, step) -> None:
        vacancy = VacancyFactory(employer=EmployerFactory())
        assert (
            employer_client.post(f"/vacancies/{vacancy.pk}/{step}/", {"because": "filled"}).status_code == 404
        )
        assert state(vacancy) == VacancyState.PUBLISHED

    @pytest.mark.parametrize("step", STEPS)
    def test_who_belongs_to_no_employer_is_sent_to_apply(self, step) -> None:
        response = signed_in(UserFactory()).post(f"/vacancies/{VacancyFactory().pk}/{step}/")
        assert response["Location"] == "/employer/apply/"


class TestNotAccepted:
    @pytest.mark.parametrize("trait", ["applied", "rejected"])
    def test_may_write_drafts_but_not_hand_in(self, trait) -> None:
        member = MembershipFactory(**{f"employer__{trait}": True})
        client = signed_in(member.user)
        vacancy = VacancyFactory(employer=member.employer, draft=True)
        assert client.get("/vacancies/new/", follow=True).status_code == 200
        assert client.get(f"/vacancies/{vacancy.pk}/edit/").status_code == 200
        assert (
            "as soon as a recruiter has accepted the company"
            in client.get(f"/vacancies/{vacancy.pk}/").content.decode()
        )
        assert client.post(f"/vacancies/{vacancy.pk}/publish/").status_code == 403
        assert state(vacancy) == VacancyState.DRAFT


def test_no_page_holds_what_the_content_policy_refuses(employer_client, employer) -> None:
    vacancy = VacancyFactory(employer=employer, draft=True, created_at=timezone.now())
    for url in (
        "/vacancies/",
        f"/vacancies/new/?key={uuid4()}",
        f"/vacancies/{vacancy.pk}/",
        f"/vacancies/{vacancy.pk}/edit/",
    ):
        text = employer_client.get(url).content.decode()
        for refused in (" style=", "<style", " onclick", " onchange"):
            assert refused not in text, (url, refused)
