"""Applying as an employer, keeping the company's facts, and saying how the team works."""

import pytest

from accounts.models import AuditEntry
from employers.enums import EmployerState, MembershipRole
from employers.models import Employer, Membership
from reference.work_style import statements
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db

APPLY, COMPANY, STYLE = "/employer/apply/", "/employer/company/", "/employer/company/work-style/"


def sent(**changes):
    data = {
        "name": "Bloom", "website": "bloom.example", "country": "NL", "registration_number": "12345678",
        "about": "We sell soap.", "headcount": "12", "working_languages": ["nl", "en"],
        "staff-TOTAL_FORMS": "3", "staff-INITIAL_FORMS": "0", "staff-0-country": "NL", "staff-0-people": "10",
        "staff-1-country": "PT", "staff-1-people": "2", "staff-2-country": "", "staff-2-people": "",
    }  # fmt: skip
    return data | changes


def refused(client, url: str, data, status: int = 422):
    before = list(Employer.objects.values()), AuditEntry.objects.count()
    response = client.post(url, data)
    assert response.status_code == status
    assert (list(Employer.objects.values()), AuditEntry.objects.count()) == before
    return response.context["forms"]


@pytest.fixture
def newcomer():
    return signed_in(UserFactory())


@pytest.fixture
def published_jobs(monkeypatch) -> list[tuple[str, dict]]:
    jobs: list[tuple[str, dict]] = []
    monkeypatch.setattr("common.queue._publish", lambda name, arguments: jobs.append((name, arguments)))
    return jobs


class TestApplying:
    def test_an_application_makes_an_employer_and_its_owner(self, newcomer) -> None:
        assert newcomer.post(APPLY, sent())["Location"] == COMPANY
        employer = Employer.objects.get()
        assert (employer.name, employer.website, employer.state) == (
            "Bloom",
            "https://bloom.example",
            EmployerState.APPLIED,
        )
        assert employer.facts_changed_at == employer.applied_at
        assert dict(employer.staff.values_list("country", "headcount")) == {"NL": 10, "PT": 2}
        membership = Membership.objects.get()
        assert (membership.user, membership.role) == (newcomer.user, MembershipRole.OWNER)
        assert "Waiting for a recruiter" in newcomer.get(COMPANY).content.decode()

    def test_a_page_that_did_not_arrive_whole_is_said_in_plain_words(self, newcomer) -> None:
        data = {name: value for name, value in sent(seen="yesterday").items() if "_FORMS" not in name}
        forms = refused(newcomer, APPLY, data)
        assert forms.staff.non_form_errors() == [
            "The page did not arrive whole. Nothing was saved; send it again."
        ]
        assert forms.facts.errors["seen"] == [
            "The page did not arrive whole. Nothing was saved; open it again."
        ]

    @pytest.mark.parametrize(("country", "zone"), [("NL", "Europe/Amsterdam"), ("BR", "America/Sao_Paulo")])
    def test_the_owner_gets_the_clock_of_the_companys_country(self, newcomer, country, zone) -> None:
        page = newcomer.post(APPLY, sent(country=country), follow=True).content.decode()
        newcomer.user.refresh_from_db()
        assert newcomer.user.time_zone == zone
        assert "You can change that under “Name and language”." in page

    def test_a_clock_that_was_chosen_stays(self) -> None:
        owner = signed_in(UserFactory(time_zone="Asia/Manila"))
        page = owner.post(APPLY, sent(), follow=True).content.decode()
        owner.user.refresh_from_db()
        assert owner.user.time_zone == "Asia/Manila"
        assert "Times are shown on the clock" not in page

    @pytest.mark.parametrize(
        ("changes", "errors"),
        [
            ({"name": ""}, {"name": ["This field is required."]}),
            ({"name": "x" * 121}, {"name": ["Ensure this value has at most 120 characters (it has 121)."]}),
            ({"about": "x" * 4001}, {"about": ["Ensure this value has at most 4000 characters (it has 4001)."]}),
            (
                {"website": "javascript:alert(1)"},
                {"website": ["This is no address of a website. Write it like www.example.com."]},
            ),
            ({"country": "ZZ"}, {"country": ["This is not in the list. Choose again."]}),
            ({"headcount": "0"}, {"headcount": ["Ensure this value is greater than or equal to 1."]}),
            ({"headcount": "-4"}, {"headcount": ["Ensure this value is greater than or equal to 1."]}),
            ({"headcount": "99999999999"}, {"headcount": ["Ensure this value is less than or equal to 5000000."]}),
            ({"headcount": "11"},
             {"headcount": ["More people stand under “Staff by country” than the company has in all."]}),
            ({"working_languages": []}, {"working_languages": ["Choose at least one language."]}),
            ({"working_languages": ["nl", "xx"]},
             {"working_languages": ["This is not in the list. Choose again."]}),
            ({"working_languages": ["nl", "en", "de", "fr", "es", "it", "pt", "pl", "tr"]},
             {"working_languages": ["Choose at most eight languages."]}),
        ],
    )  # fmt: skip
    def test_impossible_facts_are_refused_at_their_field(self, newcomer, changes, errors) -> None:
        forms = refused(newcomer, APPLY, sent(**changes))
        assert forms.facts.errors == errors
        assert forms.facts["about"].value() == sent(**changes)["about"]

    @pytest.mark.parametrize(
        ("changes", "row", "errors"),
        [
            ({"staff-0-people": ""}, 0, {"__all__": ["Fill in both the country and the number of people, or neither."]}),
            ({"staff-2-people": "1"}, 2, {"__all__": ["Fill in both the country and the number of people, or neither."]}),
            ({"staff-1-people": "-2"}, 1, {"people": ["Ensure this value is greater than or equal to 1."]}),
        ],
    )  # fmt: skip
    def test_half_a_row_is_refused(self, newcomer, changes, row, errors) -> None:
        assert refused(newcomer, APPLY, sent(**changes)).staff.forms[row].errors == errors

    def test_a_country_stands_once(self, newcomer) -> None:
        forms = refused(newcomer, APPLY, sent(**{"staff-1-country": "NL"}))
        assert forms.staff.non_form_errors() == ["A country appears twice. Put its people into one row."]

    def test_more_rows_keep_everything_typed_and_judge_nothing(self, newcomer) -> None:
        forms = refused(newcomer, APPLY, sent(name="", headcount="-1", add_row="staff"), status=200)
        assert len(forms.staff.forms) == 6
        assert (forms.facts["headcount"].value(), forms.staff.forms[1]["country"].value()) == ("-1", "PT")
        assert forms.facts.errors == {}

    def test_pressing_twice_makes_one(self, newcomer) -> None:
        assert [newcomer.post(APPLY, sent())["Location"] for _press in range(2)] == [COMPANY, COMPANY]
        assert Employer.objects.count() == 1

    def test_a_text_of_five_megabytes_is_refused_whole(self, newcomer) -> None:
        assert newcomer.post(APPLY, sent(about="x" * 5_000_000)).status_code == 400
        assert Employer.objects.count() == 0

    def test_a_candidate_or_staff_speaks_for_nobody_else(self, staff_client) -> None:
        for client in (signed_in(CandidateFactory().user), staff_client):
            assert client.get(APPLY).status_code == 403
            assert client.post(APPLY, sent()).status_code == 403
        assert Employer.objects.count() == 0


class TestFacts:
    def test_changes_are_stored_and_rankings_refreshed(
        self, employer_client, published_jobs, django_capture_on_commit_callbacks
    ) -> None:
        employer = employer_client.user.membership.employer
        before = employer.facts_changed_at
        with django_capture_on_commit_callbacks(execute=True):
            employer_client.post(COMPANY, sent(seen=before.strftime("%Y-%m-%dT%H:%M:%S.%f%z")))
        employer.refresh_from_db()
        assert (employer.headcount, employer.state) == (12, EmployerState.ACCEPTED)
        assert employer.facts_changed_at > before
        assert published_jobs == [("matching.refresh_employer", {"employer_id": employer.pk})]

    def test_the_page_carries_what_it_showed(self, employer_client) -> None:
        page = employer_client.get(COMPANY)
        shown = str(page.context["forms"].facts["seen"])
        employer = employer_client.user.membership.employer
        value = shown.split('value="')[1].split('"')[0]
        assert employer_client.post(COMPANY, sent(seen=value)).status_code == 302
        employer.refresh_from_db()
        assert employer.name == "Bloom"

    def test_a_colleagues_facts_are_not_overwritten_unseen(self, employer_client) -> None:
        employer = employer_client.user.membership.employer
        seen = employer.facts_changed_at.strftime("%Y-%m-%dT%H:%M:%S.%f%z")
        colleague = signed_in(MembershipFactory(recruiter=True, employer=employer).user)
        colleague.post(COMPANY, sent(name="Theirs", seen=seen))
        forms = refused(employer_client, COMPANY, sent(name="Mine", seen=seen), status=409)
        assert forms.facts["name"].value() == "Mine"
        assert Employer.objects.get().name == "Theirs"

    def test_saving_the_same_twice_changes_nothing(self, employer_client) -> None:
        employer = employer_client.user.membership.employer
        seen = employer.facts_changed_at.strftime("%Y-%m-%dT%H:%M:%S.%f%z")
        assert [employer_client.post(COMPANY, sent(seen=seen)).status_code for _press in range(2)] == [
            302,
            302,
        ]
        assert AuditEntry.objects.filter(verb="employer.facts_changed").count() == 1

    def test_a_rejected_employer_applies_again_by_saving(self) -> None:
        member = MembershipFactory(employer__rejected=True)
        client = signed_in(member.user)
        assert "The company could not be found." in client.get(COMPANY).content.decode()
        client.post(COMPANY, sent())
        member.employer.refresh_from_db()
        assert (member.employer.state, member.employer.decided_at, member.employer.decision_reason) == (
            "applied",
            None,
            "",
        )
        assert list(member.employer.status_log.order_by("pk").values_list("state", flat=True)) == [
            "rejected",
            "applied",
        ]

    def test_a_viewer_reads_only(self, employer_client) -> None:
        employer = employer_client.user.membership.employer
        viewer = signed_in(MembershipFactory(viewer=True, employer=employer).user)
        page = viewer.get(COMPANY)
        assert page.status_code == 200
        assert all(field.disabled for field in page.context["forms"].facts.fields.values())
        assert viewer.post(COMPANY, sent()).status_code == 403
        assert viewer.post(STYLE, {}).status_code == 403
        assert Employer.objects.get().name == employer.name

    def test_query_count(self, employer_client, django_assert_num_queries) -> None:
        employer_client.get(COMPANY)  # vocabularies are read once per process
        with django_assert_num_queries(7):
            employer_client.get(COMPANY)


class TestWorkStyle:
    def answers(self, value: int = 4) -> dict[str, str]:
        return {statement.code: str(value) for statement in statements()}

    def test_all_answers_are_stored_with_their_version(self, employer_client) -> None:
        employer = employer_client.user.membership.employer
        before = employer.facts_changed_at
        assert employer_client.post(STYLE, self.answers(2))["Location"] == COMPANY
        employer.refresh_from_db()
        assert (employer.work_style, employer.work_style_version) == ([2] * 24, "1")
        assert employer.facts_changed_at > before

    @pytest.mark.parametrize("answer", ["", "0", "6", "yes"])
    def test_a_missing_or_forged_answer_saves_nothing(self, employer_client, answer) -> None:
        employer = employer_client.user.membership.employer
        first = statements()[0].code
        response = employer_client.post(STYLE, self.answers(2) | {first: answer})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [first]
        employer.refresh_from_db()
        assert employer.work_style == [4] * 24

    def test_answers_to_other_statements_are_not_carried_over(self) -> None:
        member = MembershipFactory(employer=EmployerFactory(work_style=[1] * 24, work_style_version="0"))
        form = signed_in(member.user).get(STYLE).context["form"]
        assert form[statements()[0].code].value() is None


def test_of_many_members_the_first_five_stand_there_with_the_way_to_all(employer_client) -> None:
    owner = employer_client.user.membership
    for number in range(5):
        MembershipFactory(employer=owner.employer, user__name=f"Colleague {number}")
    page = employer_client.get(COMPANY).content.decode()
    assert "Colleague 3" in page
    assert "Colleague 4" not in page
    assert "The first five of 6." in page


@pytest.mark.parametrize("page", ["/employer/members/", "/employer/company/work-style/", COMPANY])
def test_the_menu_marks_the_company_on_all_its_pages(employer_client, page) -> None:
    menu = employer_client.get(page).content.decode().split('class="site-nav"')[1].split("</nav>")[0]
    assert menu.count("aria-current") == 1
    assert f'href="{COMPANY}" aria-current="page"' in menu
