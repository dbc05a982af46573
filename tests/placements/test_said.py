"""What the pages of a person and a vacancy say in words: evidence of each part, steps, missing facts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from common.week import Block, week_mask
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import LanguageRow
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory(published=True)


def employer_of(vacancy: Vacancy) -> Client:
    return signed_in(MembershipFactory(employer=vacancy.employer).user)


def main_of(client: Client, name: str, *arguments: Any) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def test_both_sides_read_what_each_part_rests_on(vacancy):
    person = measured_person(5)
    ranked(vacancy)
    answer = employer_of(vacancy).get(reverse("placements:person", args=[vacancy.pk, person.public_id]))
    parts = answer.context["pairing"].parts
    assert len(parts) == 7
    for page in (
        answer.content.decode(),
        main_of(signed_in(person.user), "placements:match", vacancy.pk),
    ):
        said = page.split("What each part rests on")[1]
        for part in parts:
            evidence = part["evidence"]
            assert f"{escape(evidence[:1].upper() + evidence[1:])}</dd>" in said.replace("\n", "")


def steps_of(page: str) -> str:
    return page.split("What would change it")[1].split("</section>")[0]


def test_the_steps_say_whose_they_are_and_what_no_test_measures(vacancy):
    from tests.factories.assessments import BankFactory

    person = measured_person(4, in_portugal=True, wished_pay=30, pay_period="hour")
    ranked(vacancy)
    own, employer = signed_in(person.user), employer_of(vacancy)
    for page, whose in (
        (main_of(own, "placements:match", vacancy.pk), "For you to change"),
        (main_of(employer, "placements:person", vacancy.pk, person.public_id), "For this person to change"),
    ):
        steps = steps_of(page)
        assert f"<h3>{whose}</h3>" in steps
        assert "<h3>For the vacancy to change</h3>" in steps, steps
        assert "<li>English measured at C1; " in steps
        # Whether a test is here is for the person to know, who would take it.
        assert ("There is no test of English here yet;" in steps) is (whose == "For you to change")
        assert "Each line is one step on its own" in steps
        assert "→" not in steps
    BankFactory(code="english")
    assert "There is no test of English" not in main_of(own, "placements:match", vacancy.pk)


def test_a_near_miss_reads_its_step_as_a_sentence(vacancy):
    person = CandidateFactory(in_portugal=True, listed=True)
    steps = steps_of(main_of(signed_in(person.user), "placements:match", vacancy.pk))
    assert (
        '<li>Measure English at B2 or above; <span class="quiet">then every condition is met. '
        "There is no test of English here yet;"
    ) in steps


def test_hours_are_said_on_the_clock_of_a_place(vacancy):
    mornings = week_mask(Block(weekday, 8 * 60, 12 * 60) for weekday in range(5))
    person = measured_person(5, in_portugal=True, availability=mornings)
    steps = steps_of(main_of(signed_in(person.user), "placements:match", vacancy.pk))
    assert "<li>Be available 12 h more a week within the shift: Mon–Wed 12:00–16:00; " in steps
    assert "Times on the clock of Lisbon." in steps
    assert "own clock" not in steps


def test_of_an_invitation_is_only_spoken_where_there_is_a_test(vacancy):
    from tests.factories.assessments import BankFactory

    CandidateFactory(in_portugal=True, listed=True)
    ranked(vacancy)
    mail = "An invitation is one mail for each person and test"
    employer = employer_of(vacancy)
    assert mail not in main_of(employer, "placements:shortlist", vacancy.pk)
    BankFactory(code="english")
    assert mail in main_of(employer, "placements:shortlist", vacancy.pk)
    viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
    assert mail not in main_of(viewer, "placements:shortlist", vacancy.pk)


@pytest.mark.parametrize("languages", [("en",), ("en", "nl")])
def test_whoever_lacks_two_facts_is_said_to_be_counted_twice(languages):
    asked = VacancyFactory(
        content=version_content(languages=tuple(LanguageRow(code, 3) for code in languages))
    )
    CandidateFactory(in_portugal=True, listed=True, languages=dict.fromkeys(languages, 5))
    ranked(asked)
    page = main_of(employer_of(asked), "placements:shortlist", asked.pk)
    assert "1 person meets every other condition" in page
    assert ("Whoever lacks two facts is counted in both groups" in page) == (len(languages) == 2)
