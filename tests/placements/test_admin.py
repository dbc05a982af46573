"""Applications in the admin: overdue answers on top, no names, the same queries for one row and for thirty."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placements.enums import ApplicationState
from placements.models import Application
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import member_of, walk
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:placements_application_changelist")


@pytest.mark.parametrize("size", [1, 30])
def test_the_queue_of_overdue_answers(
    size: int, staff_client: Client, django_assert_num_queries: Any
) -> None:
    vacancy, now = VacancyFactory(), timezone.now()
    people = [measured_person(user__name=f"Secretname {n}") for n in range(2)]
    ranked(vacancy)
    member = member_of(vacancy.employer)
    late = walk(ApplicationState.BOTH_INTERESTED, vacancy, people[0], member, now - timedelta(days=30))
    walk(ApplicationState.BOTH_INTERESTED, vacancy, people[1], member, now)
    rows = Application.objects.filter(pk=late.pk)
    for _ in range(size - 1):
        double = rows.get()
        double.pk, double.candidate, double.public_id = (
            None,
            measured_person(),
            double._meta.get_field("public_id").default(),
        )
        double.save(force_insert=True)
    staff_client.get(LIST)
    with django_assert_num_queries(4):
        page = staff_client.get(LIST, {"answers": "overdue"}).content.decode()
    assert page.count('class="field-called"') == size
    assert people[0].short_name in page
    assert people[1].short_name not in page
    assert "Secretname" not in page


def test_one_application_with_its_steps_and_no_notes(staff_client: Client) -> None:
    vacancy, person = VacancyFactory(), measured_person(user__name="Secretname")
    ranked(vacancy)
    found = walk(ApplicationState.IN_INTERVIEW, vacancy, person, member_of(vacancy.employer), timezone.now())
    page = staff_client.get(reverse("admin:placements_application_change", args=[found.pk])).content.decode()
    assert "in interview" in page
    assert "Secretname" not in page
    assert (
        staff_client.get(LIST, {"q": vacancy.employer.name}).content.decode().count('class="field-called"')
        == 1
    )
