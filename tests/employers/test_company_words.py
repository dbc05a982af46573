"""What a company says about itself is read like the words of a vacancy, wherever it is entered."""

from typing import Any

import pytest
from django.test import Client

from employers.models import Employer
from reference.rules.wording import stop_in, stopping_words
from tests.conftest import signed_in
from tests.employers.test_company import APPLY, COMPANY, refused, sent
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db

BAD = "A shop for soap. Women only, please: native Dutch speakers. Women only!"
ADVICE = "A young team that sells soap."


def test_words_that_stop_are_named_once_with_why_and_what_instead() -> None:
    assert stopping_words(BAD) == ["Women only", "native Dutch speakers"]
    assert stop_in("We sell soap.") == ""
    said = stop_in("Women only!")
    assert said.startswith(
        "“Women only” asks for a gender. Asking for women or men is discrimination by gender"
    )
    assert "Better: Say what the work needs and leave gender out." in said


def test_an_application_is_refused_and_says_why() -> None:
    newcomer = signed_in(UserFactory())
    forms = refused(newcomer, APPLY, sent(about=BAD))
    assert forms.facts.errors["about"] == [
        "These words cannot be published: “Women only”, “native Dutch speakers”. Below the text stands why."
    ]
    page = newcomer.post(APPLY, sent(about=BAD)).content.decode()
    assert "Asking for women or men is discrimination by gender" in page
    assert newcomer.post(APPLY, sent(about=ADVICE)).status_code == 302
    assert Employer.objects.get().about == ADVICE


class TestTheCompanyPage:
    @pytest.fixture
    def employer(self) -> Any:
        return EmployerFactory(about=BAD)

    @pytest.fixture
    def owner(self, employer: Any) -> Client:
        return signed_in(MembershipFactory(employer=employer).user)

    def test_new_words_are_refused_and_those_on_file_keep_no_other_fact_from_being_saved(
        self, owner: Client, employer: Any
    ) -> None:
        refused(owner, COMPANY, sent(about=f"{BAD} New."))
        assert owner.post(COMPANY, sent(about=BAD, headcount="13")).status_code == 302
        employer.refresh_from_db()
        assert (employer.about, employer.headcount) == (BAD, 13)

    def test_editors_see_what_is_wrong_with_what_stands_there(self, owner: Client, employer: Any) -> None:
        assert "<q>native Dutch speakers</q>" in owner.get(COMPANY).content.decode()
        viewer = signed_in(MembershipFactory(employer=employer, viewer=True).user)
        assert "<q>native Dutch speakers</q>" not in viewer.get(COMPANY).content.decode()


def test_whoever_judges_the_company_sees_it(staff_client: Client) -> None:
    employer: Any = EmployerFactory(applied=True, about=ADVICE)
    page = staff_client.get(f"/admin/employers/employer/{employer.pk}/decide/").content.decode()
    assert "<q>young team</q>" in page
