"""The front page, and the home page of each role: what it shows, what it offers first, and what it costs."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Identity
from assessments.actions.sessions import start_session
from assessments.models import Scenario
from candidates.models import Candidate
from employers.addresses import company_path
from employers.queries import own_date
from matching.actions.ranking import refresh_ranking
from placements.actions.applications import accept_interest
from placements.models import Application
from reference.enums import CEFRLevel
from tests.assessments.desk_play import scenario
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.integrity import ConfirmationFactory, FlagFactory
from tests.factories.matching import ranked_together
from tests.factories.placements import application, member_of, walk
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow, LanguageRow
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

HOME = "/home/"
CANDIDATE_QUERIES = 14
EMPLOYER_QUERIES = 9


def home(client: Client) -> str:
    page = client.get(HOME)
    assert page.status_code == 200
    return page.content.decode()


def candidate(**facts: Any) -> Candidate:
    """Listed, in Portugal, with English C1 measured."""
    found = CandidateFactory(in_portugal=True, listed=True, **facts)
    MeasurementFactory(candidate=found, language_id="en", level=CEFRLevel.C1)
    return found


def ranked(vacancy: Vacancy) -> None:
    now = timezone.now()
    assert refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now) is not None


class TestFront:
    def test_it_counts_what_is_open(self, client: Client) -> None:
        VacancyFactory(content=version_content(openings=3))
        VacancyFactory(content=version_content(openings=2, countries=(CountryRow("PT"), CountryRow("ES"))))
        for closed in ("draft", "in_review", "paused", "closed"):
            VacancyFactory(**{closed: True}, content=version_content(countries=(CountryRow("DE"),)))
        VacancyFactory(employer=EmployerFactory(rejected=True))
        figures = client.get("/").context["figures"]
        assert figures == {"vacancies": 2, "openings": 5, "countries": 3}

    def test_a_country_below_its_floor_is_none_to_work_from(self, client: Client) -> None:
        low = {"pay_min": Decimal("9.00"), "pay_max": Decimal("11.00")}
        codes = ("NL", "PT", "RS")  # below, above, floor not known
        VacancyFactory(content=version_content(countries=tuple(map(CountryRow, codes)), **low))
        assert client.get("/").context["figures"]["countries"] == 1
        VacancyFactory(content=version_content(countries=(CountryRow("NL"),)))
        assert client.get("/").context["figures"]["countries"] == 2

    def test_a_country_where_some_regions_are_paid_enough_counts(self, client: Client) -> None:
        pay = {"pay_min": Decimal("12.00"), "pay_max": Decimal("13.00")}
        VacancyFactory(content=version_content(countries=(CountryRow("CA"),), **pay))
        assert client.get("/").context["figures"]["countries"] == 1

    def test_with_nothing_open_it_counts_nothing(self, client: Client) -> None:
        assert client.get("/").context["figures"] == {"vacancies": 0, "openings": 0, "countries": 0}

    def test_who_has_signed_in_goes_home(self, candidate_client: Client) -> None:
        response = candidate_client.get("/")
        assert (response.status_code, response.headers["Location"]) == (302, HOME)

    def test_it_only_reads(self, client: Client) -> None:
        assert client.post("/").status_code == 405

    def test_it_invites_to_try_the_work_in_the_readers_language(self, client: Client) -> None:
        assert "Try the work at a desk" not in client.get("/").content.decode()
        scenario("in-english", measured=False)
        Scenario.objects.create(code="in-dutch", language_id="nl").versions.create(
            number=1, content="{}", digest="x", made_at=timezone.now()
        )
        assert reverse("assessments:desk_preview", args=["in-english"]) in client.get("/").content.decode()
        page = client.get("/", headers={"accept-language": "nl"}).content.decode()
        assert reverse("assessments:desk_preview", args=["in-dutch"]) in page


class TestNobodyYet:
    def test_somebody_without_a_role_is_asked_what_they_came_for(self) -> None:
        page = home(signed_in(UserFactory()))
        assert "What brings you here?" in page
        assert reverse("candidates:start") in page
        assert reverse("employers:apply") in page

    def test_anonymous_people_sign_in_first(self, client: Client) -> None:
        response = client.get(HOME)
        assert response.headers["Location"] == f"{reverse('account_login')}?next={HOME}"


class TestCandidate:
    def test_an_empty_profile_goes_on_with_its_first_step(self) -> None:
        page = home(signed_in(CandidateFactory(empty=True).user))
        assert reverse("candidates:step", args=["about"]) in page
        assert "Employers see you once you agree to be listed." in page
        assert "Vacancies appear here as soon as you meet all their conditions." in page
        assert "Nothing measured yet." in page

    def test_the_best_five_matches_stand_there_and_the_near_ones_are_counted(self) -> None:
        for number in range(6):
            VacancyFactory(content=version_content(title=f"Work {number}"))
        VacancyFactory(content=version_content(title="In Dutch", languages=(LanguageRow("nl", 4),)))
        own = candidate(languages={"en": 5, "pt": 6, "nl": 5})
        context = signed_in(own.user).get(HOME).context
        assert len(context["matches"]) == 5
        assert context["match_count"] == 6
        assert context["near_miss_count"] == 1

    def test_what_is_asked_about_results_stands_there(self) -> None:
        flag = FlagFactory()
        own = flag.session.candidate
        asked = ConfirmationFactory(candidate=own)
        page = home(signed_in(own.user))
        assert reverse("assessments:flag", args=[flag.pk]) in page
        assert reverse("assessments:confirmation", args=[asked.pk]) in page

    def test_a_started_test_comes_first(self) -> None:
        own, bank = candidate(), BankFactory(code="english", name="English: reading")
        session = start_session(candidate=own, bank=bank, seed=1, now=timezone.now())
        page = home(signed_in(own.user))
        assert page.index("A test is waiting where you left it") < page.index("Matches</h2>")
        assert reverse("assessments:item", args=[session.pk]) in page

    def test_a_level_that_ends_soon_is_something_to_do(self) -> None:
        own, today = CandidateFactory(listed=True), timezone.now().date()
        for language, days in (("en", 60), ("pt", 61)):
            MeasurementFactory(
                candidate=own, language_id=language, level=5, expires_on=today + timedelta(days=days)
            )
        context = signed_in(own.user).get(HOME).context
        assert [one.language_id for one in context["expiring"]] == ["en"]

    def test_a_test_is_offered_until_the_language_is_measured(self) -> None:
        BankFactory(code="english", name="English: reading")
        BankFactory(code="german", language_id="de", name="German: reading", items=9)
        own = CandidateFactory(listed=True)
        client = signed_in(own.user)
        assert [bank.code for bank in client.get(HOME).context["untested"]] == ["english"], (
            "German was not named"
        )
        assert "Prove a language" in home(client)
        assert "English test. At most" in home(client), "not the bank's English name for staff"
        MeasurementFactory(candidate=own, language_id="en", level=5)
        assert "Prove a language" not in home(client)

    def test_each_measurement_says_its_level_and_source(self) -> None:
        own = candidate()
        MeasurementFactory(candidate=own, language_id=None, skill_id="crm", level=2, simulated=True)
        page = home(signed_in(own.user))
        assert "English C1" in page
        assert ": working<br>" in page
        assert "simulated (demo)" in page

    @pytest.mark.parametrize("open_vacancies", [1, 12])
    def test_it_takes_the_same_queries(self, open_vacancies: int, django_assert_num_queries: Any) -> None:
        for _ in range(open_vacancies):
            VacancyFactory()
        client = signed_in(candidate().user)
        client.get(HOME)
        with django_assert_num_queries(CANDIDATE_QUERIES):
            client.get(HOME)


class TestEmployer:
    def test_an_application_says_that_it_is_being_read(self) -> None:
        member = signed_in(MembershipFactory(employer=EmployerFactory(applied=True)).user)
        assert "A recruiter is reading your application" in home(member)

    def test_a_rejection_says_why_and_what_to_do(self) -> None:
        member = signed_in(MembershipFactory(employer=EmployerFactory(rejected=True)).user)
        page = home(member)
        assert "The company could not be found." in page
        assert "Change the facts and apply again" in page
        assert "Write the first one" not in page

    def test_a_team_that_has_not_said_how_it_works_is_asked(self) -> None:
        member = signed_in(MembershipFactory(employer=EmployerFactory(undescribed=True)).user)
        assert "How does the team work?" in home(member)

    def test_without_a_vacancy_the_first_is_offered(self) -> None:
        assert "Write the first one" in home(signed_in(MembershipFactory().user))

    def test_who_may_only_read_is_offered_nothing_to_write(self) -> None:
        viewer = MembershipFactory(viewer=True, employer=EmployerFactory(undescribed=True))
        page = home(signed_in(viewer.user))
        assert reverse("vacancies:create") not in page
        assert reverse("employers:work_style") not in page

    def test_vacancies_stand_by_what_they_wait_for(self) -> None:
        membership = MembershipFactory()
        own = {"employer": membership.employer}
        draft = VacancyFactory(draft=True, **own)
        handed_in = VacancyFactory(in_review=True, **own)
        published = VacancyFactory(**own)
        changed = VacancyFactory(changes=version_content(title="Changed"), **own)
        VacancyFactory(closed=True, **own)
        VacancyFactory()
        context = signed_in(membership.user).get(HOME).context
        assert {one.pk for one in context["waiting"]} == {draft.pk, changed.pk}
        assert [one.pk for one in context["in_review"]] == [handed_in.pk]
        assert {line.vacancy.pk for line in context["open"]} == {published.pk, changed.pk}
        assert context["total"] == 5

    def test_an_open_vacancy_says_how_many_are_eligible(self) -> None:
        membership = MembershipFactory()
        vacancy = VacancyFactory(employer=membership.employer)
        client = signed_in(membership.user)
        assert "being ranked" in home(client)
        candidate()
        ranked(vacancy)
        (line,) = client.get(HOME).context["open"]
        assert line.eligible == 1

    def test_answers_that_are_due_stand_first_the_longest_overdue_on_top(self, now: Any) -> None:
        vacancy = VacancyFactory()
        client = signed_in(member_of(vacancy.employer))
        people = [candidate() for _ in range(3)]
        for one in people:
            application("interested", vacancy=vacancy, candidate=one)
        Identity.objects.update_or_create(user=people[0].user, defaults={"display_name": "Secretname"})
        today = own_date(vacancy.employer, timezone.now())  # where the company is
        for days, one in ((4, people[0]), (-3, people[1]), (0, people[2])):
            Application.objects.filter(candidate=one).update(promise_on=today + timedelta(days=days))
        page = client.get(HOME)
        assert [one.candidate for one in page.context["due"]] == [people[1], people[2], people[0]]
        assert (page.context["due_count"], page.context["overdue_count"]) == (3, 1)
        assert "You owe 3 answers" in page.text
        assert "1 person waits longer than you promised." in page.text
        assert "Secretname" not in page.text
        assert reverse("placements:person", args=[vacancy.pk, people[1].public_id]) in page.text

    def test_a_vacancy_says_how_many_stand_where_and_since_when(self) -> None:
        vacancy = VacancyFactory()
        client = signed_in(member_of(vacancy.employer))
        for days, state in ((9, "interested"), (4, "interested"), (1, "interested"), (2, "offered")):
            found = application(state, vacancy=vacancy, candidate=candidate())
            Application.objects.filter(pk=found.pk).update(
                created_at=timezone.now() - timedelta(days=30),
                changed_at=timezone.now() - timedelta(days=days, hours=1),
            )
        application("invited", vacancy=vacancy, candidate=candidate())
        (line,) = client.get(HOME).context["open"]
        assert line.invited == 1
        assert {cell.stage.state: (cell.stage.count, cell.days) for cell in line.cells} == {
            "interested": (3, 4),
            "both_interested": (0, None),
            "in_interview": (0, None),
            "offered": (1, 2),
            "hired": (0, None),
        }

    def test_the_answer_rate_says_how_it_is_counted_and_where_others_read_it(self) -> None:
        vacancy = VacancyFactory()
        client = signed_in(member_of(vacancy.employer))
        assert "No answer has been due yet." in home(client)
        found = application("interested", vacancy=vacancy, candidate=candidate())
        accept_interest(application=found, by=client.user, now=timezone.now())  # type: ignore[attr-defined]
        page = home(client)
        assert "100\N{NO-BREAK SPACE}%" in page
        assert "How this is counted" in page
        assert company_path(vacancy.employer) in page

    def test_nothing_of_another_company_stands_there(self) -> None:
        other = application("interested")
        own = VacancyFactory()
        context = signed_in(member_of(own.employer)).get(HOME).context
        assert (list(context["due"]), context["due_count"], context["rate"].total) == ([], 0, 0)
        assert [line.vacancy for line in context["open"]] == [own]
        assert other.vacancy != own

    @pytest.mark.parametrize("vacancies", [1, 12])
    def test_it_takes_the_same_queries(self, vacancies: int, django_assert_num_queries: Any) -> None:
        membership = MembershipFactory()
        own = [VacancyFactory(employer=membership.employer) for _ in range(vacancies)]
        people = [candidate() for _ in own]
        ranked_together(own)
        for vacancy, person in zip(own, people, strict=True):
            walk("both_interested", vacancy, person, membership.user, timezone.now())
        client = signed_in(membership.user)
        with django_assert_num_queries(EMPLOYER_QUERIES):
            client.get(HOME)


def test_the_home_of_staff_is_the_desk(staff_client: Client) -> None:
    assert staff_client.get(HOME).headers["Location"] == reverse("admin:index")
