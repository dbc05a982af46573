"""A shortlist narrowed by its address, and people of it side by side."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Identity
from candidates.models import Candidate
from placements.models import ProfileView
from reference.enums import CEFRLevel
from tests.conftest import signed_in
from tests.factories.assessments import MeasurementFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import walk
from tests.factories.vacancies import VacancyFactory, version_content
from tests.placements.test_pages import member_of, order_shown, person_url, short, shortlist_url
from vacancies.content import LanguageRow
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    languages = (LanguageRow("en", CEFRLevel.B2), LanguageRow("nl", CEFRLevel.B1, must=False))
    return VacancyFactory(content=version_content(languages=languages))


@pytest.fixture
def member(vacancy: Vacancy) -> Client:
    return member_of(vacancy)


def compare(client: Client, vacancy: Vacancy, *people: Candidate) -> Any:
    url = reverse("placements:compare", args=[vacancy.pk])
    return client.get(url, {"person": [str(one.public_id) for one in people]})


def shown(client: Client, vacancy: Vacancy, **asked: str) -> list[str]:
    return sorted(order_shown(client.get(shortlist_url(vacancy), asked).content.decode()))


class TestNarrowing:
    def test_a_measured_level_narrows_the_list(self, vacancy: Vacancy, member: Client) -> None:
        high, low, dutch = measured_person(6), measured_person(4), measured_person(4, also={"nl": 2})
        ranked(vacancy)
        assert shown(member, vacancy, language="en", level="5") == [short(high)]
        assert shown(member, vacancy, language="nl") == [short(dutch)]
        assert shown(member, vacancy, language="nl", level="3") == []
        assert shown(member, vacancy) == sorted(map(short, (high, low, dutch)))

    def test_a_level_that_has_expired_counts_no_more(self, vacancy: Vacancy, member: Client) -> None:
        someone = measured_person(4)
        today = timezone.now().date()
        MeasurementFactory(
            candidate=someone,
            language_id="nl",
            level=5,
            measured_on=today - timedelta(days=800),
            expires_on=today - timedelta(days=1),
        )
        ranked(vacancy)
        assert shown(member, vacancy, language="nl") == []

    def test_what_is_no_choice_shows_everybody(self, vacancy: Vacancy, member: Client) -> None:
        someone = measured_person(4)
        ranked(vacancy)
        for asked in (
            {"language": "xx", "level": "5"},
            {"level": "6"},
            {"language": "<b>", "level": "x"},
            {"country": "x" * 500},
            {"language": "en", "level": "99"},
        ):
            assert shown(member, vacancy, **asked) == [short(someone)], asked

    def test_nobody_like_that_is_said_with_the_way_back(self, vacancy: Vacancy, member: Client) -> None:
        measured_person(4)
        ranked(vacancy)
        page = member.get(shortlist_url(vacancy), {"language": "en", "level": "6"}).content.decode()
        assert "Nobody on this list is like that" in page
        assert "Show everybody" in page
        assert "Nobody passes every condition yet" not in page

    def test_the_next_page_keeps_what_was_asked_for(self, vacancy: Vacancy, member: Client) -> None:
        for _ in range(21):
            measured_person(4)
        ranked(vacancy)
        page = member.get(shortlist_url(vacancy), {"language": "en", "level": "4"}).content.decode()
        assert "?language=en&amp;level=4&amp;page=2" in page


class TestComparing:
    def test_people_stand_in_the_order_of_the_list_with_parts_that_add_up(
        self, vacancy: Vacancy, member: Client
    ) -> None:
        worse, better = measured_person(4), measured_person(6)
        ranked(vacancy)
        comparison = compare(member, vacancy, worse, better).context["comparison"]
        assert [one.row.candidate.pk for one in comparison.people] == [better.pk, worse.pk]
        language = next(line for line in comparison.parts if line.label == "Language")
        assert language.cells[0].points > language.cells[1].points
        assert [line.label for line in comparison.languages] == ["English", "Dutch"]
        assert [ladder.measured for ladder in comparison.languages[0].cells] == ["C2", "B2"]
        assert [ladder.measured for ladder in comparison.languages[1].cells] == ["", ""]
        for at, one in enumerate(comparison.people):
            points = sum((line.cells[at].points for line in comparison.parts), Decimal(0))
            assert points == (Decimal(one.row.score) / 100_000).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def test_a_row_says_levels_clocks_pay_and_conditions(self, vacancy: Vacancy, member: Client) -> None:
        people = [measured_person(4, in_portugal=True), measured_person(5, in_portugal=True)]
        ranked(vacancy)
        page = compare(member, vacancy, *people).content.decode()
        for words in (
            "40 h a week within the shift",
            "Mon–Fri 09:00–17:00 Amsterdam",
            "€16.00 – €18.00",
            "8 of 8 met",
            "Portugal",
        ):
            assert words in page, words

    def test_too_few_and_too_many_are_asked_to_choose(self, vacancy: Vacancy, member: Client) -> None:
        chosen = [measured_person(4) for _ in range(5)]
        ranked(vacancy)
        for people, words in ((0, "You chose 0 people"), (1, "You chose 1 person"), (5, "5")):
            page = compare(member, vacancy, *chosen[:people])
            assert page.status_code == 200
            assert "Choose two to four people" in page.content.decode()
            assert words in page.content.decode()
            assert not ProfileView.objects.exists(), people

    def test_the_same_person_twice_is_one(self, vacancy: Vacancy, member: Client) -> None:
        one = measured_person(4)
        ranked(vacancy)
        assert "You chose 1 person" in compare(member, vacancy, one, one).content.decode()

    def test_who_is_not_on_the_list_is_not_found(self, vacancy: Vacancy, member: Client) -> None:
        listed, other = measured_person(4), measured_person(1)
        ranked(vacancy)
        assert compare(member, vacancy, listed, other).status_code == 404
        url = reverse("placements:compare", args=[vacancy.pk])
        assert member.get(url, {"person": ["x", str(listed.public_id)]}).status_code == 404

    def test_nothing_to_compare_before_the_first_ranking(self, vacancy: Vacancy, member: Client) -> None:
        assert compare(member, vacancy).status_code == 404

    def test_another_employer_finds_nothing(self, vacancy: Vacancy) -> None:
        people = [measured_person(4), measured_person(5)]
        ranked(vacancy)
        assert compare(member_of(VacancyFactory()), vacancy, *people).status_code == 404
        assert not ProfileView.objects.exists()

    def test_no_name_and_no_address_stands_there(self, vacancy: Vacancy, member: Client) -> None:
        people = [measured_person(4), measured_person(5)]
        for one in people:
            Identity.objects.update_or_create(user=one.user, defaults={"display_name": "Secretname Hidden"})
        ranked(vacancy)
        page = compare(member, vacancy, *people).content.decode()
        assert "Secretname" not in page
        assert all(one.user.email not in page for one in people)

    def test_who_is_known_is_named_but_on_paper(self, vacancy: Vacancy, member: Client) -> None:
        known, other = measured_person(4), measured_person(5)
        for one, name in ((known, "Ada Knowname"), (other, "Secretname Hidden")):
            Identity.objects.update_or_create(user=one.user, defaults={"display_name": name})
        ranked(vacancy)
        walk("both_interested", vacancy, known, member.user, timezone.now())  # type: ignore[attr-defined]
        page = compare(member, vacancy, known, other).content.decode()
        assert '<span class="no-print">Ada Knowname</span>' in page
        assert f'<span class="print-only">Candidate {known.short_name}</span>' in page
        assert "Secretname" not in page

    def test_everybody_compared_can_see_that_they_were(self, vacancy: Vacancy, member: Client) -> None:
        first, second, third = (measured_person(4) for _ in range(3))
        ranked(vacancy)
        compare(member, vacancy, first, second)
        compare(member, vacancy, first, second)
        seen = ProfileView.objects.values_list("candidate", "vacancy", "by")
        by = member.user.pk  # type: ignore[attr-defined]
        assert sorted(seen) == sorted((one.pk, vacancy.pk, by) for one in (first, second))
        member.get(person_url(vacancy, third))
        assert ProfileView.objects.filter(candidate=third, vacancy=vacancy).count() == 1

    def test_a_viewer_may_compare(self, vacancy: Vacancy) -> None:
        people = [measured_person(4), measured_person(5)]
        ranked(vacancy)
        viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
        assert compare(viewer, vacancy, *people).status_code == 200

    @pytest.mark.parametrize("people", [2, 4])
    def test_it_takes_the_same_queries(
        self, vacancy: Vacancy, member: Client, people: int, django_assert_num_queries: Any
    ) -> None:
        chosen = [measured_person(4) for _ in range(people)]
        ranked(vacancy)
        compare(member, vacancy, *chosen)
        with django_assert_num_queries(COMPARE_QUERIES):
            compare(member, vacancy, *chosen)


COMPARE_QUERIES = 12
