"""How raters compare: severity, agreement, drift."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import Rating
from assessments.queries.rater_report import rater_report
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import RaterFactory, handed_in, rate

pytestmark = pytest.mark.django_db


def rated_by(strict, mild, given, now):
    """Works rated by two people; `given`: (strict's level, mild's level, months ago)."""
    for own, other, months in given:
        work = handed_in(CandidateFactory(), now)
        for rater, level in ((strict, own), (mild, other)):
            rating = rate(work, level, now, rater)
            Rating.objects.filter(pk=rating.pk).update(given_at=now - timedelta(days=31 * months))


def test_severity_agreement_and_drift_by_hand(now, django_assert_num_queries):
    strict, mild = RaterFactory(), RaterFactory()
    rated_by(strict, mild, [(3, 4, 1), (4, 4, 0), (2, 3, 1), (3, 4, 0)], now)
    alone = handed_in(CandidateFactory(), now)
    rate(alone, 6, now, strict)
    with django_assert_num_queries(2):
        first, second = rater_report(now)
    assert (first.rater, first.given, first.compared) == (strict, 5, 4)
    assert first.severity == -0.75
    assert second.severity == 0.75
    assert first.agreement is not None
    assert (first.agreement.pairs, first.agreement.exact, first.agreement.adjacent) == (4, 0.25, 1.0)
    assert [(row.month, row.compared, row.severity) for row in first.months] == [
        ("2026-10", 2, -1.0),
        ("2026-11", 2, -0.5),
    ]
    assert first.drift == 0.5
    assert not first.notable  # four say little
    assert rater_report(now, "spoken_interaction") == []
    assert rater_report(now + timedelta(days=400)) == []


def test_the_page_is_for_those_who_see_ratings(staff_client, now):
    strict, mild = RaterFactory(), RaterFactory()
    rated_by(strict, mild, [(3, 4, 0)], now)
    url = reverse("admin:assessments_rating_report")
    page = staff_client.get(url).text
    assert "-1.00" in page
    assert "too few to say" in page
    assert "Nobody has rated" in staff_client.get(url, {"activity": "spoken_interaction"}).text
    assert staff_client.get(url, {"activity": "nothing"}).status_code == 200
    plain = signed_in(UserFactory(is_staff=True, totp=True))
    assert plain.get(url).status_code == 403
