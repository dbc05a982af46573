"""New cut scores of a bank leave what was measured before where it was placed then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Bank
from candidates.models import Candidate
from matching.engine import Pool
from matching.queries.pool import read_pool
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.matching.plain_reading import plain_pool

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


@pytest.fixture
def bank(db: None) -> Bank:
    bank = BankFactory(language_id="en")
    Bank.objects.filter(pk=bank.pk).update(cuts=[-3.2, -1.6, 0.0, 1.6, 3.2])
    bank.refresh_from_db()
    return bank


def placed(pool: Pool, person: Candidate) -> tuple[int, int, int]:
    """Level, ability and margin of English, in thousandths of a level from the foot of B2."""
    english, row = pool.languages["en"], pool.row_of(person.pk)
    at = english.rows.tolist().index(row)
    return int(english.measured_level[at]), int(english.theta[at]), int(english.standard_error[at])


def test_a_measurement_keeps_its_place_under_new_cuts_and_the_next_one_goes_by_them(bank):
    early, late, simulated = CandidateFactory(), CandidateFactory(), CandidateFactory()
    finished_session(early, bank, theta=0.8, standard_error=0.4)
    MeasurementFactory(candidate=simulated, language_id="en", level=4, theta=0.8, standard_error=0.4)
    before = read_pool(TODAY)
    assert placed(before, early) == (4, 500, 250) == placed(before, simulated)
    Bank.objects.filter(pk=bank.pk).update(cuts=[-3.2, -1.6, 0.0, 0.4, 1.2])
    bank.refresh_from_db()
    finished_session(late, bank, theta=0.8, standard_error=0.4)
    after = read_pool(TODAY)
    assert placed(after, early) == (4, 500, 250)
    assert placed(after, late) == (5, 1500, 500)
    assert placed(after, simulated) == (4, 1500, 500)
    assert after.digest == plain_pool(TODAY).digest
    assert (
        read_pool(TODAY, [early.pk]).row_digests.tolist()
        == before.take([before.row_of(early.pk)]).row_digests.tolist()
    )


def test_of_two_tests_by_different_cuts_the_newest_counts(bank):
    person = CandidateFactory()
    finished_session(person, bank, theta=0.8, standard_error=0.4, at=timezone.now() - timedelta(days=9))
    Bank.objects.filter(pk=bank.pk).update(cuts=[-3.2, -1.6, 0.0, 0.4, 1.2])
    bank.refresh_from_db()
    finished_session(person, bank, theta=0.6, standard_error=0.4)
    assert placed(read_pool(TODAY), person) == (5, 1250, 500)
    assert read_pool(TODAY).digest == plain_pool(TODAY).digest
