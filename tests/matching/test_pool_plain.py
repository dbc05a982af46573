"""The quick reading of the pool says exactly what a plain one says, of a whole drawn population and of odd people."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from assessments.models import Measurement
from candidates.models import Candidate
from common.money import PayPeriod
from marketplace.demo.people import draw
from marketplace.demo.world import World
from marketplace.demo.writing import write
from matching.queries.pool import read_pool
from tests.conftest import NOW
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.matching.plain_reading import plain_pool
from tests.standing import standing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def odd_people() -> None:
    """Values at and past every edge."""
    for number, period in enumerate(PayPeriod.values):
        CandidateFactory(
            pay_period=period, pay_currency=("EUR", "RSD", "XXX", "é€x"[:3], "")[number % 5],
            minimum_pay=Decimal("999999999999.99") if number == 1 else Decimal(number), wished_pay=None,
            hours_min=None, hours_max=(None, 1, 60, 40, 7)[number], contract_months=(None, 0, 32_000, 1, 12)[number],
        )  # fmt: skip
    CandidateFactory(earliest_start=date(1969, 12, 31), permit_until=date(1900, 1, 1), work_right="permit")
    CandidateFactory(earliest_start=date(9999, 12, 31), work_right="", zone="Pacific/Chatham")
    CandidateFactory(zone="Mars/Olympus")
    CandidateFactory(empty=True)
    person = CandidateFactory()
    for level, day, recorded in ((2, 1, 5), (4, 3, 1), (3, 3, 2), (6, 2, 9)):
        MeasurementFactory(
            candidate=person, level=level, measured_on=TODAY - timedelta(days=9 - day),
            recorded_at=timezone.now() + timedelta(hours=recorded), theta=level / 3, standard_error=0.0004,
        )  # fmt: skip
    MeasurementFactory(candidate=person, language_id="fr", level=6, revoked_at=timezone.now())
    MeasurementFactory(candidate=person, language_id="de", level=6, expires_on=TODAY)
    MeasurementFactory(candidate=person, language_id="es", level=6, measured_on=TODAY + timedelta(days=1))


def beginning() -> None:
    """400 drawn people and the odd ones, some of whom were measured again."""
    with override_settings(DEMO=True):
        call_command("load_facts", demo_policies=True, verbosity=0)
    call_command("load_banks", stdout=StringIO())
    world = World.read(TODAY)
    write(draw(world, 400, np.random.default_rng(7)), world.cuts, NOW)
    odd_people()
    for row in Measurement.objects.exclude(language=None).order_by("pk")[:40]:
        row.pk, row.level, row.recorded_at = None, 7 - row.level, row.recorded_at + timedelta(minutes=1)
        row.save()
    for row in Measurement.objects.exclude(language=None).order_by("-pk")[:60]:
        moved, row.activity = row.pk, ("written_interaction", "spoken_interaction")[row.pk % 2]
        row.pk, row.theta, row.standard_error = None, None, None
        row.save()
        if moved % 3 == 0:  # only rated work is left
            Measurement.objects.filter(pk=moved).update(activity="written_interaction", level=1)
    with (
        connection.cursor() as cursor
    ):  # as PostgreSQL does by itself after so many new rows, once they are committed
        cursor.execute("ANALYZE")


crowd = standing(beginning, "class")


class TestACrowd:
    @pytest.mark.parametrize("days_on", [0, 1, 800])
    def test_the_quick_reading_says_what_the_plain_one_says(self, crowd, days_on):
        on = TODAY + timedelta(days=days_on)
        quick, plain = read_pool(on), plain_pool(on)
        assert len(quick) == Candidate.objects.exclude(country=None).count() - 1
        assert quick.candidate_id.tolist() == plain.candidate_id.tolist()
        different = np.flatnonzero((quick.row_digests != plain.row_digests).any(axis=1))
        assert different.tolist() == []
        assert quick.digest == plain.digest

    def test_some_are_read_as_they_are_among_all(self, crowd):
        everybody = read_pool(TODAY)
        some = everybody.candidate_id[::7]
        assert read_pool(TODAY, some.tolist()).digest == everybody.take(np.arange(len(everybody))[::7]).digest


def test_ids_far_apart_are_found_too():
    """A table of all ids between would be too long; they are searched for instead."""
    people = [CandidateFactory(pk=pk, languages={"en": 4}, skills={"crm": 2}) for pk in (5, 10**9, 10**13)]
    assert read_pool(TODAY).candidate_id.tolist() == [person.pk for person in people]
    assert read_pool(TODAY).digest == plain_pool(TODAY).digest


@pytest.mark.parametrize("masks", [0, 3])
def test_masks_with_the_same_hash_stay_apart(masks, monkeypatch):
    """With a hash that tells nothing apart, masks are compared byte by byte."""
    monkeypatch.setattr(
        "matching.queries.pool_dense._multipliers", lambda count: np.zeros(count, dtype=np.uint64)
    )
    for number in range(masks):
        CandidateFactory(availability=bytes([number + 1]) * 84)
    assert len(read_pool(TODAY).week_masks) == masks
    assert read_pool(TODAY).digest == plain_pool(TODAY).digest
