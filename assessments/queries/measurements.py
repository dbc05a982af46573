"""What is known of a person."""

from datetime import date

from django.db.models import QuerySet

from assessments.models import Measurement
from candidates.models import Candidate


def current_measurements(candidate: Candidate, on: date) -> QuerySet[Measurement]:
    """The measurements that count on a day: the newest standing one per language or skill, as matching reads them."""
    found = Measurement.objects.filter(candidate=candidate).current(on)
    return with_evidence(found).order_by("language_id", "skill_id")


def with_evidence(measurements: QuerySet[Measurement]) -> QuerySet[Measurement]:
    """With what was measured and what it was measured by, in the same query."""
    return measurements.select_related(
        "language", "skill", "session", "typing_run", "task_run", "scorecard_rating"
    ).defer("session__parameters", "session__areas", "typing_run__typed", "scorecard_rating__evidence")
