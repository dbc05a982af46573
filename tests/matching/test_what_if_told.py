"""What employers are told of the bench: counts that tell of no single person, add up, and leave out who keeps away."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.actions.reservations import reserve_employer
from common.crowds import CROWD, at_least, at_least_more, said, told_falls
from employers.models import Employer
from matching.engine import Gate
from matching.queries.known import known
from matching.queries.told import Told, told
from placements.queries.funnel import waterfall_steps
from reference.enums import CEFRLevel
from tests.api.calling import Caller
from tests.conftest import signed_in
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.matching.test_what_if_api import question
from tests.vacancies.posted import editor_data
from vacancies.content import CountryRow

TODAY = timezone.now().date()
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=8)


class TestRounding:
    def test_whole_fives_rounded_down(self) -> None:
        assert [at_least(people) for people in (0, 1, 4, 5, 9, 10, 1204)] == [0, 0, 0, 5, 5, 10, 1200]
        assert [at_least_more(more) for more in (-11, -5, -4, 0, 4, 5)] == [-10, -5, 0, 0, 0, 5]
        assert [said(people) for people in (0, 5, 1200)] == ["fewer than 5", "at least 5", "at least 1,200"]
        with pytest.raises(ValueError, match="-1 people"):
            at_least(-1)

    @RELAXED
    @given(COUNTS, st.integers(0, 40), st.booleans())
    def test_a_fall_adds_up_and_every_left_is_true(self, lost: list[int], left: int, exact: bool) -> None:
        end = left if exact else None
        everyone, falls, told_left = told_falls(sum(lost) + left, lost, left=end)
        assert everyone - sum(falls) == told_left
        assert told_left == (left if exact else at_least(left))
        said_there, there = everyone, sum(lost) + left
        assert there - CROWD < said_there <= there
        for told_fall, fall in zip(falls, lost, strict=True):
            assert told_fall >= 0
            assert abs(told_fall - fall) < CROWD
            said_there, there = said_there - told_fall, there - fall
            assert there - CROWD < said_there <= there

    @RELAXED
    @given(COUNTS, st.integers(0, 40))
    def test_only_whole_fives_are_told(self, lost: list[int], left: int) -> None:
        everyone, falls, told_left = told_falls(sum(lost) + left, lost)
        assert {count % CROWD for count in (everyone, *falls, told_left)} == {0}


def asked(employer: Employer, **changes: Any) -> Told:
    start = timezone.now().date() + timedelta(days=70)
    content = version_content(
        **{"start_date": start, "skills": (), "countries": (CountryRow("PT"),)} | changes
    )
    return told(content, employer, known(TODAY))


def employer() -> Employer:
    return Employer.objects.prefetch_related("staff").get(pk=EmployerFactory().pk)


@pytest.mark.django_db
class TestNobodyIsPickedOut:
    def test_one_person_more_changes_nothing_that_is_told(self) -> None:
        """Nobody and four people are told alike, in every figure: everyone, each gate, scores and changes."""
        asker = employer()
        nobody = asked(asker)
        for _person in range(CROWD - 1):
            measured_person(
                CEFRLevel.C1, in_portugal=True, minimum_pay=Decimal("18.40"), wished_pay=Decimal(20)
            )
            assert asked(asker) == nobody
        measured_person(CEFRLevel.C1, in_portugal=True)
        assert asked(asker).everyone == CROWD

    def test_one_persons_wish_changes_nothing_that_is_told(self) -> None:
        """One of seven asks more than is paid: no figure tells that somebody does."""
        asker = employer()
        people = [measured_person(CEFRLevel.C1, in_portugal=True) for _person in range(CROWD + 2)]
        before = asked(asker)
        people[0].minimum_pay, people[0].wished_pay = Decimal("18.40"), Decimal(20)
        people[0].save()
        after = asked(asker)
        assert (after.everyone, after.falls, after.eligible) == (
            before.everyone,
            before.falls,
            before.eligible,
        )
        raised = {price.kind: (price.more, price.eligible) for price in after.prices}
        assert raised["pay"] == (0, CROWD)

    def test_a_country_that_one_person_lives_in_is_not_named(self) -> None:
        asker = employer()
        for people in range(CROWD):
            assert not [price for price in asked(asker).prices if price.kind == "country"], people
            measured_person(country_id="ES", zone="Europe/Madrid")
        (spain,) = (price for price in asked(asker).prices if price.kind == "country")
        assert (spain.details, spain.more, spain.eligible) == ({"country": "ES"}, CROWD, CROWD)

    def test_which_countries_are_named_hangs_on_whole_fives(self) -> None:
        """Of four with as many fives the first three by code, though the last one has a person more."""
        asker, people = employer(), {"ES": 5, "FR": 5, "GR": 5, "MT": 6}
        zones = {"ES": "Europe/Madrid", "FR": "Europe/Paris", "GR": "Europe/Athens", "MT": "Europe/Malta"}
        for country, count in people.items():
            for _person in range(count):
                measured_person(country_id=country, zone=zones[country])
        named = [price.details["country"] for price in asked(asker).prices if price.kind == "country"]
        assert named == ["ES", "FR", "GR"]

    def test_a_score_that_fewer_than_five_reach_is_not_drawn(self) -> None:
        asker = employer()
        for _person in range(CROWD):
            measured_person(CEFRLevel.B2, in_portugal=True)
        usual = asked(asker).histogram
        measured_person(CEFRLevel.C2, in_portugal=True)
        assert asked(asker).histogram == usual
        assert sum(usual) == CROWD


@pytest.mark.django_db
class TestReservations:
    def test_a_company_cannot_find_out_that_somebody_who_keeps_away_from_it_is_there(self) -> None:
        """Nine in Portugal, paid so that the next person would show, and one in Malta whom only this company employs."""
        one, other = MembershipFactory(), MembershipFactory()
        for _person in range(2 * CROWD - 1):
            measured_person(CEFRLevel.C1, in_portugal=True)
        watched = measured_person(CEFRLevel.C1, country_id="MT", zone="Europe/Malta")
        reserve_employer(candidate=watched, employer_id=one.employer_id, by=watched.user, now=timezone.now())
        both = question(countries=["PT", "MT"])
        answers = [Caller(membership=member).post("what-if/", both).json() for member in (one, other)]
        assert [found["eligible"] for found in answers] == [CROWD, 2 * CROWD]
        panels = [
            signed_in(member.user)
            .post("/matching/what-if/", editor_data(countries=["PT", "MT"]), headers={"HX-Request": "true"})
            .content.decode()
            for member in (one, other)
        ]
        assert ["At least 5 people eligible now." in panel for panel in panels] == [True, False]

    def test_the_list_itself_leaves_them_out_and_its_conditions_are_told_in_fives(self) -> None:
        vacancy = VacancyFactory(content=version_content(countries=(CountryRow("PT"),)))
        people = [measured_person(CEFRLevel.C1, in_portugal=True) for _person in range(CROWD + 2)]
        steps = waterfall_steps(ranked(vacancy).result)
        reserve_employer(
            candidate=people[0], employer_id=vacancy.employer_id, by=people[0].user, now=timezone.now()
        )
        after = waterfall_steps(ranked(vacancy).result)
        assert [step["count"] for step in steps if step["count"]] == [7, 7]
        assert [step["count"] for step in after if step["count"]] == [6, 6]
        assert {step["code"] for step in after if step["count"]} == {"everyone", "eligible"}
        page = signed_in(MembershipFactory(employer=vacancy.employer).user).get(
            f"/vacancies/{vacancy.pk}/shortlist/"
        )
        assert str(Gate.LISTED) in {step["code"] for step in page.context["steps"]}
