"""Whoever was placed by hand can still leave for good; what was done to the list stays written."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from candidates.models import Candidate
from matching.actions.shortlist import hide, note, pin
from matching.models import ShortlistEntry, ShortlistLog
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.mark.parametrize("act", [pin, hide])
def test_somebody_placed_by_hand_leaves_and_the_log_stays(act, staff_client, now):
    vacancy, person, other = VacancyFactory(), measured_person(), measured_person()
    ranked(vacancy, now)
    for one in (person, other):
        act(vacancy=vacancy, candidate=one, reason="Known here.", by=staff_client.user, now=now)
    note(vacancy=vacancy, candidate=person, reason="Called.", by=staff_client.user, now=now)
    gone = person.pk
    person.user.delete()
    assert list(Candidate.objects.all()) == [other]
    assert list(ShortlistEntry.objects.values_list("candidate", flat=True)) == [other.pk]
    lines = ShortlistLog.objects.filter(candidate_id=gone).order_by("pk")
    assert [line.reason for line in lines] == ["Known here.", "Called."]
    for url in (
        reverse("admin:matching_curate", args=[vacancy.pk]),
        reverse("admin:matching_shortlistlog_changelist"),
        reverse("admin:matching_shortlistlog_change", args=[lines[0].pk]),
    ):
        assert staff_client.get(url).status_code == 200
    curated = staff_client.get(reverse("admin:matching_curate", args=[vacancy.pk])).content.decode()
    assert curated.count(f'<th scope="row">№ {gone}</th>') == 2
    assert f'<th scope="row">{other.short_name}</th>' in curated
    log = staff_client.get(reverse("admin:matching_shortlistlog_changelist"))
    assert len(log.context["cl"].result_list) == 3


def test_a_line_of_the_log_is_always_about_somebody(staff_client, now):
    vacancy, person = VacancyFactory(), measured_person()
    ranked(vacancy, now)
    pin(vacancy=vacancy, candidate=person, reason="Known here.", by=staff_client.user, now=now)
    line = ShortlistLog.objects.get()
    with pytest.raises(IntegrityError, match="shortlist_log_says_whom"), transaction.atomic():
        ShortlistLog.objects.create(
            vacancy=vacancy, act="pinned", reason="x", ranking=line.ranking, by=staff_client.user, at=now
        )
