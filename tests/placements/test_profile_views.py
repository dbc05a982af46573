"""Who opened a profile, for which vacancy and when: written once a day, read by the person alone."""

from datetime import datetime, timedelta

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from placements.actions.profile_views import record_profile_view, record_profile_views
from placements.models import ProfileView
from tests.factories.candidates import CandidateFactory
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db
PAGE = "placements:profile_views"


def test_a_second_look_on_the_same_day_adds_nothing_the_next_day_does(now: datetime) -> None:
    vacancy, person = VacancyFactory(), CandidateFactory(in_manila=True)
    member, colleague = vacancy.created_by, VacancyFactory().created_by
    # 16:30 and 23:30 UTC are two days in Manila, 09:00 and 15:59 are one.
    for by, hours in ((member, 0), (colleague, 6.9), (member, 7.5), (member, 14.5)):
        record_profile_view(candidate=person, vacancy=vacancy, by=by, now=now + timedelta(hours=hours))
    found = ProfileView.objects.order_by("at").values_list("day", "by")
    assert [(f"{day}", by) for day, by in found] == [("2026-11-22", member.pk), ("2026-11-23", member.pk)]


def test_several_people_are_one_statement(now: datetime, django_assert_num_queries) -> None:
    vacancy, people = VacancyFactory(), CandidateFactory.create_batch(4)
    with django_assert_num_queries(1):
        record_profile_views(candidates=people, vacancy=vacancy, by=vacancy.created_by, now=now)
    assert ProfileView.objects.count() == 4


def test_what_was_opened_is_never_rewritten_and_goes_with_the_person(now: datetime) -> None:
    vacancy, person = VacancyFactory(), CandidateFactory()
    record_profile_view(candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now)
    with pytest.raises(TypeError, match="never rewritten"):
        ProfileView.objects.get().save()
    with pytest.raises((InternalError, IntegrityError), match="never rewritten"), transaction.atomic():
        ProfileView.objects.update(at=now)
    person.user.delete()
    assert not ProfileView.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_somebody_who_left_at_this_moment_breaks_nothing(now: datetime) -> None:
    vacancy, person = VacancyFactory(), CandidateFactory()
    stale = type(person).objects.get(pk=person.pk)
    person.user.delete()
    record_profile_view(candidate=stale, vacancy=vacancy, by=vacancy.created_by, now=now)
    assert not ProfileView.objects.exists()


@pytest.mark.parametrize("rows", [0, 1, 30])
def test_the_page_names_company_vacancy_and_time_and_never_the_member(
    rows: int, candidate_client, now: datetime, django_assert_num_queries
) -> None:
    person = candidate_client.user.candidate
    vacancies = [VacancyFactory() for _row in range(min(rows, 2))]
    for row in range(rows):
        vacancy = vacancies[row % 2]
        record_profile_view(
            candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now - timedelta(days=row)
        )
    with django_assert_num_queries(4 + bool(rows)):
        page = candidate_client.get(reverse(PAGE)).content.decode()
    assert page.count('<p class="quiet small num">') == min(rows, 20)
    for vacancy in vacancies:
        assert vacancy.employer.name in page
        assert vacancy.current.title in page
        assert vacancy.created_by.email not in page


def test_nobody_reads_what_was_opened_of_somebody_else(
    candidate_client, other_candidate_client, now: datetime
) -> None:
    vacancy = VacancyFactory()
    record_profile_view(
        candidate=candidate_client.user.candidate, vacancy=vacancy, by=vacancy.created_by, now=now
    )
    assert vacancy.employer.name in candidate_client.get(reverse(PAGE)).content.decode()
    assert vacancy.employer.name not in other_candidate_client.get(reverse(PAGE)).content.decode()


def test_who_is_not_listed_is_told_that_nobody_can_look(candidate_client) -> None:
    page = candidate_client.get(reverse(PAGE)).content.decode()
    assert "Nobody can open your profile now" in page
    person = candidate_client.user.candidate
    type(person).objects.filter(pk=person.pk).update(listed=True)
    assert "Nobody has opened your profile yet" in candidate_client.get(reverse(PAGE)).content.decode()
