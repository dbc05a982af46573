"""The recruiters' group: exactly what the work needs."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from employers.enums import EmployerState
from marketplace.recruiters import ACTS, CALIBRATES, CALIBRATORS, RATERS, RECRUITERS
from reference.models import WageFloor
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory
from tests.factories.vacancies import VacancyFactory
from tests.world import World
from vacancies.enums import VacancyState

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter():
    return World().client("recruiter")


def labels(group: Group) -> set[str]:
    return {
        f"{one.content_type.app_label}.{one.codename}"
        for one in group.permissions.select_related("content_type")
    }


def test_the_command_makes_the_group_and_mends_it():
    call_command("keep_recruiters", verbosity=0)
    group = Group.objects.get(name=RECRUITERS)
    held = labels(group)
    assert {label for label in held if ".view_" not in label} == set(ACTS)
    assert "accounts.view_outboxmail" not in held
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    group.permissions.remove(Permission.objects.get(codename="change_employer"))
    call_command("keep_recruiters", verbosity=0)
    assert labels(group) == held
    assert Group.objects.count() == 3
    assert labels(Group.objects.get(name=RATERS)) == {"assessments.rate_work"}


def test_every_permission_that_is_named_exists():
    call_command("keep_recruiters", verbosity=0)
    assert set(ACTS) <= labels(Group.objects.get(name=RECRUITERS))
    assert set(CALIBRATES) == labels(Group.objects.get(name=CALIBRATORS))


def test_a_recruiter_decides_about_an_employer(recruiter):
    employer = EmployerFactory(applied=True)
    url = reverse("admin:employers_employer_decide", args=[employer.pk])
    recruiter.post(url, {"decision": "accept", "reason": "", "seen": "applied"})
    employer.refresh_from_db()
    assert employer.state == EmployerState.ACCEPTED


def test_a_recruiter_publishes_a_vacancy(recruiter):
    vacancy = VacancyFactory(in_review=True)
    url = reverse("admin:vacancies_vacancy_review", args=[vacancy.pk])
    page = recruiter.get(url)
    assert page.status_code == 200
    recruiter.post(url, {"decision": "approve", "reason": "", "seen": page.context["form"].initial["seen"]})
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PUBLISHED


def test_a_recruiter_confirms_a_floor(recruiter):
    floor = WageFloor.objects.get(key="cn-legal-month-undated")
    url = reverse("admin:reference_wagefloor_changelist")
    recruiter.post(url, {"action": "confirm_many", "confirmed": "1", "_selected_action": [floor.pk]})
    floor.refresh_from_db()
    assert floor.confirmed_at is not None


@pytest.mark.parametrize("page", ["admin:accounts_user_change", "admin:auth_user_password_change"])
def test_a_recruiter_takes_over_no_account(recruiter, page):
    person = UserFactory(name="Ana")
    before = User.objects.values().get(pk=person.pk)
    sent = {
        "is_active": "",
        "is_staff": "on",
        "is_superuser": "on",
        "password1": "a new long phrase",
        "password2": "a new long phrase",
    }
    assert recruiter.post(reverse(page, args=[person.pk]), sent).status_code == 403
    assert User.objects.values().get(pk=person.pk) == before
