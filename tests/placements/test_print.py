"""A printed shortlist: no names, no controls, and the reasons in words."""

import re

import pytest
from django.utils import timezone

from accounts.models import Identity
from tests.conftest import signed_in
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import member_of, walk
from tests.factories.vacancies import VacancyFactory
from tests.placements.test_pages import short, shortlist_url

pytestmark = pytest.mark.django_db


def test_a_name_is_for_the_screen_and_the_number_for_paper() -> None:
    vacancy, person = VacancyFactory(), measured_person()
    Identity.objects.update_or_create(user=person.user, defaults={"display_name": "Secretname Hidden"})
    ranked(vacancy)
    by = member_of(vacancy.employer)
    walk("both_interested", vacancy, person, by, timezone.now())
    html = signed_in(by).get(shortlist_url(vacancy)).content.decode()
    screen = re.findall(r'<span class="no-print">(.*?)</span>', html)
    paper = re.findall(r'<span class="print-only">(.*?)</span>', html)
    assert screen == ["Secretname Hidden"]
    assert paper == [f"Candidate {short(person)}"]
    assert html.count("Secretname") == 1
    reasons = re.search(r'<p class="print-only small">(.*?)</p>', html, re.DOTALL)
    assert reasons
    assert "<b>Language</b>" in reasons[1]
    assert "English: B2 needed, C1 measured" in reasons[1]
