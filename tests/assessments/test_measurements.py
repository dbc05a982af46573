"""Which measurement counts, and how people record and revoke one."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from assessments.actions.measurements import (
    UnableToRecord,
    UnableToRevoke,
    record_measurement,
    revoke_measurement,
)
from assessments.models import Measurement
from assessments.queries import current_measurements
from reference.models import Language, Skill
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def candidate():
    return CandidateFactory()


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def counting(candidate, on=TODAY):
    return [(row.language_id or row.skill_id, row.level) for row in current_measurements(candidate, on)]


def test_the_newest_day_counts_then_the_newest_record(candidate):
    MeasurementFactory(candidate=candidate, level=6, measured_on=date(2026, 10, 1))
    newest = MeasurementFactory(candidate=candidate, level=3, measured_on=date(2026, 11, 2))
    assert counting(candidate) == [("en", 3)]
    MeasurementFactory(
        candidate=candidate,
        level=4,
        measured_on=date(2026, 11, 2),
        recorded_at=newest.recorded_at + timedelta(hours=1),
    )
    assert counting(candidate) == [("en", 4)]


def test_each_language_and_skill_counts_on_its_own(candidate):
    MeasurementFactory(candidate=candidate, language_id="fr", level=5)
    MeasurementFactory(candidate=candidate, language_id="en", level=4)
    MeasurementFactory(candidate=candidate, language_id=None, skill_id="crm", level=2)
    MeasurementFactory(language_id="de", level=6)
    assert counting(candidate) == [("en", 4), ("fr", 5), ("crm", 2)]


def test_first_and_last_day_count(candidate):
    MeasurementFactory(candidate=candidate, measured_on=date(2026, 11, 1), expires_on=date(2026, 11, 22))
    assert counting(candidate, date(2026, 10, 31)) == []
    assert counting(candidate, date(2026, 11, 1)) == [("en", 4)]
    assert counting(candidate, date(2026, 11, 22)) == [("en", 4)]
    assert counting(candidate, date(2026, 11, 23)) == []


def test_an_expired_or_revoked_newer_one_leaves_the_older_one_that_holds(candidate, now):
    MeasurementFactory(candidate=candidate, level=4, measured_on=date(2026, 1, 1))
    MeasurementFactory(
        candidate=candidate, level=5, measured_on=date(2026, 2, 1), expires_on=date(2026, 3, 1)
    )
    MeasurementFactory(candidate=candidate, level=6, measured_on=date(2026, 5, 1), revoked_at=now)
    assert counting(candidate) == [("en", 4)]
    assert list(Measurement.objects.current(date(2026, 2, 5)).values_list("level", flat=True)) == [5]


def test_later_filters_see_only_the_rows_that_count(candidate):
    MeasurementFactory(candidate=candidate, level=6, measured_on=date(2026, 1, 1))
    MeasurementFactory(candidate=candidate, level=3, measured_on=date(2026, 2, 1))
    assert not Measurement.objects.current(TODAY).filter(level__gte=4).exists()
    assert [row.level for row in Measurement.objects.newest_each(TODAY)] == [3]


def test_reading_and_use_is_what_matching_reads_and_else_the_lowest_of_the_other_activities(candidate):
    spoken = MeasurementFactory(candidate=candidate, activity="spoken_interaction", level=3, rated=True)
    MeasurementFactory(
        candidate=candidate, activity="written_interaction", level=2, rated=True, measured_on=date(2026, 1, 1)
    )
    MeasurementFactory(candidate=candidate, activity="written_interaction", level=5, rated=True)
    assert counting(candidate) == [("en", 3)]
    spoken.revoked_at = spoken.recorded_at
    spoken.save()
    assert counting(candidate) == [("en", 5)]
    MeasurementFactory(candidate=candidate, level=6, measured_on=date(2026, 2, 1))
    assert counting(candidate) == [("en", 6)]
    each = Measurement.objects.newest_of_each_activity(TODAY)
    assert {row.activity: row.level for row in each} == {"reading_and_use": 6, "written_interaction": 5}


@pytest.mark.parametrize(
    ("thing", "activity"),
    [
        ({"language_id": "en"}, ""),
        ({"skill_id": "crm", "language_id": None, "level": 2}, "written_interaction"),
    ],
)
def test_a_language_has_an_activity_and_a_skill_has_none(candidate, thing, activity):
    with pytest.raises(IntegrityError, match="measurement_activity_of_language"), transaction.atomic():
        MeasurementFactory(candidate=candidate, activity=activity, **thing)


# --- recording ------------------------------------------------------------------------------------------------


def facts(candidate, staff, now, **changes):
    made = {
        "candidate": candidate,
        "language": Language.objects.get(pk="fr"),
        "skill": None,
        "level": 3,
        "source": "certificate",
        "evidence": "Certificate 4711, original seen.",
        "measured_on": date(2026, 9, 1),
        "expires_on": date(2028, 9, 1),
        "by": staff,
        "now": now,
    }
    return {**made, **changes}


def test_recording_appends_logs_and_tells_matching(candidate, staff, now, django_capture_on_commit_callbacks):
    before = candidate.changed_at
    with django_capture_on_commit_callbacks() as callbacks:
        measurement = record_measurement(**facts(candidate, staff, now))
    assert (measurement.level, measurement.language_id, measurement.recorded_by) == (3, "fr", staff)
    assert measurement.theta is None
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.at) == ("measurement.recorded", staff, now)
    assert entry.data == {
        "candidate": str(candidate.public_id),
        "what": "fr",
        "level": 3,
        "source": "certificate",
    }
    assert [callback.args for callback in callbacks] == [
        ("matching.refresh_candidate", {"candidate_id": candidate.pk})
    ]
    candidate.refresh_from_db()
    assert candidate.changed_at > before


def test_a_skill_is_recorded_from_rated_work(candidate, staff, now):
    skill = Skill.objects.get(pk="crm")
    record_measurement(
        **facts(candidate, staff, now, language=None, skill=skill, level=3, source="rated_work")
    )
    assert counting(candidate) == [("crm", 3)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"language": None}, "language"),
        ({"level": 0}, "level"),
        ({"level": 7}, "level"),
        ({"source": "adaptive_test"}, "source"),
        ({"source": "simulated"}, "source"),
        ({"source": "hearsay"}, "source"),
        ({"evidence": "   "}, "evidence"),
        ({"evidence": "x" * 4001}, "evidence"),
        ({"measured_on": date(2026, 11, 23), "expires_on": date(2027, 11, 23)}, "measured_on"),
        ({"measured_on": date(9998, 1, 1), "expires_on": date(9999, 12, 31)}, "measured_on"),
        ({"expires_on": date(2026, 9, 1)}, "expires_on"),
        ({"expires_on": date(2026, 11, 21)}, "expires_on"),
        ({"expires_on": date(2036, 9, 2)}, "expires_on"),
    ],
)
def test_wrong_evidence_writes_nothing(candidate, staff, now, changes, field):
    with pytest.raises(UnableToRecord) as caught:
        record_measurement(**facts(candidate, staff, now, **changes))
    assert [flaw.field for flaw in caught.value.flaws] == [field]
    assert Measurement.objects.count() == AuditEntry.objects.count() == 0


def test_a_language_and_a_skill_at_once_are_refused(candidate, staff, now):
    with pytest.raises(UnableToRecord):
        record_measurement(**facts(candidate, staff, now, skill=Skill.objects.get(pk="crm")))


def test_a_skill_level_ends_at_three(candidate, staff, now):
    skill = Skill.objects.get(pk="crm")
    with pytest.raises(UnableToRecord):
        record_measurement(**facts(candidate, staff, now, language=None, skill=skill, level=4))


@pytest.mark.parametrize(
    "broken",
    [
        {"language_id": None},
        {"skill_id": "crm"},
        {"level": 7},
        {"expires_on": date(2026, 11, 1)},
        {"evidence": ""},
        {"source": "adaptive_test"},
    ],
)
def test_the_database_refuses_impossible_rows_too(candidate, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasurementFactory(candidate=candidate, **broken)


# --- revoking -------------------------------------------------------------------------------------------------


def test_revoking_keeps_the_row_logs_the_reason_and_tells_matching(
    candidate, staff, now, django_capture_on_commit_callbacks
):
    measurement = MeasurementFactory(candidate=candidate)
    with django_capture_on_commit_callbacks() as callbacks:
        revoke_measurement(measurement=measurement, reason=" Somebody else's paper. ", by=staff, now=now)
    measurement.refresh_from_db()
    assert measurement.revoked_at == now
    assert counting(candidate) == []
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.reason) == ("measurement.revoked", "Somebody else's paper.")
    assert len(callbacks) == 1


def test_revoking_twice_or_without_reason_changes_nothing(candidate, staff, now):
    measurement = MeasurementFactory(candidate=candidate)
    with pytest.raises(UnableToRevoke):
        revoke_measurement(measurement=measurement, reason=" ", by=staff, now=now)
    revoke_measurement(measurement=measurement, reason="Forged.", by=staff, now=now)
    with pytest.raises(UnableToRevoke):
        revoke_measurement(measurement=measurement, reason="Again.", by=staff, now=now + timedelta(days=1))
    measurement.refresh_from_db()
    assert measurement.revoked_at == now
    assert AuditEntry.objects.count() == 1
