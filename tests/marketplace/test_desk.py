"""The desk: queues with their count and the oldest's age, each leading to what waits."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from marketplace.administration.queues import QUEUES, queues_for
from marketplace.recruiters import keep_raters_group
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory
from tests.factories.integrity import FlagFactory
from tests.factories.rated import handed_in
from tests.factories.vacancies import VacancyFactory, version_content
from tests.world import World
from vacancies.content import CountryRow

pytestmark = pytest.mark.django_db

INDEX_QUERIES = 7


def standing(client):
    return {one.queue.code: one for one in client.get(reverse("admin:index")).context["queues"]}


def test_each_queue_says_how_many_wait_and_since_when(staff_client):
    now = timezone.now()
    EmployerFactory(applied=True, applied_at=now - timedelta(days=3, hours=1))
    EmployerFactory(applied=True, applied_at=now - timedelta(days=1))
    EmployerFactory()
    VacancyFactory(in_review=True)
    FlagFactory()
    FlagFactory(decided=True)
    found = standing(staff_client)
    assert (found["employers"].count, found["employers"].days) == (2, 3)
    assert (found["vacancies"].count, found["flags"].count, found["matches"].count) == (1, 1, 0)
    text = staff_client.get(reverse("admin:index")).content.decode()
    assert "oldest waits 3 days" in text
    assert "nothing waits" in text


@pytest.mark.parametrize("queue", QUEUES, ids=[one.code for one in QUEUES])
def test_each_queue_leads_to_its_list(queue, staff_client):
    answer = staff_client.get(reverse(queue.page) + queue.query)
    assert answer.status_code == 200
    listed = answer.context["cl"].result_count if "cl" in answer.context else len(answer.context["rows"])
    assert listed == len(queue.rows()[:100])


def test_a_queue_shows_what_its_list_shows(staff_client):
    EmployerFactory(applied=True)
    EmployerFactory()
    answer = staff_client.get(standing(staff_client)["employers"].url)
    assert answer.context["cl"].result_count == 1


def test_a_long_queue_is_counted_to_a_hundred(staff_client):
    EmployerFactory.create_batch(102, applied=True)
    found = standing(staff_client)["employers"]
    assert (found.count, found.more) == (100, True)
    assert "<b>100+</b>" in staff_client.get(reverse("admin:index")).content.decode()


def test_countries_without_a_floor_are_counted_once(staff_client):
    assert staff_client.get(reverse("admin:index")).context["unknown_floors"] == 0
    for _ in range(2):
        VacancyFactory(content=version_content(countries=(CountryRow("PT"), CountryRow("SE"))))
    answer = staff_client.get(reverse("admin:index"))
    assert answer.context["unknown_floors"] == 1
    assert "Countries without a wage floor" in answer.content.decode()


def test_who_may_not_work_on_a_queue_does_not_see_it():
    assert queues_for(UserFactory(is_staff=True), timezone.now()) == []
    rater = signed_in(UserFactory(is_staff=True, totp=True))
    assert "Employers to judge" not in rater.get(reverse("admin:index")).content.decode()


def test_a_recruiter_sees_every_queue_but_that_of_raters_who_see_theirs_alone():
    client = World().client("recruiter")
    assert list(standing(client)) == [queue.code for queue in QUEUES if queue.code != "ratings"]
    handed_in(CandidateFactory())
    rater = UserFactory(is_staff=True, totp=True)
    rater.groups.add(keep_raters_group())
    client = signed_in(rater)
    assert {code: one.count for code, one in standing(client).items()} == {"ratings": 1}
    assert "Every list" not in client.get(reverse("admin:index")).text


@pytest.mark.parametrize("waiting", [1, 30])
def test_it_takes_the_same_queries(waiting, staff_client, django_assert_num_queries):
    EmployerFactory.create_batch(waiting, applied=True)
    for _vacancy in range(waiting):
        VacancyFactory()
    staff_client.get(reverse("admin:index"))
    with django_assert_num_queries(INDEX_QUERIES):
        staff_client.get(reverse("admin:index"))


def test_the_lists_of_the_desk_are_those_that_django_would_show(rf):
    """For these powers, in this language."""
    person, desk = UserFactory(is_staff=True, totp=True), reverse("admin:index")
    for codename, language in (
        ("view_vacancy", "en"), ("view_employer", "en"), ("view_employer", "nl"), ("add_employer", "nl"),
    ):  # fmt: skip
        person.user_permissions.add(Permission.objects.get(codename=codename))
        person.language = language
        person.save()
        text = signed_in(person).get(desk).text
        with override(language):
            request = rf.get(desk)
            request.user = User.objects.get(pk=person.pk)
            rooms = list(admin.site.get_app_list(request))
            assert render_to_string("admin/app_list.html", {"app_list": rooms}) in text
