"""Keeping how evenly people are shown, so that it can be compared over time."""

from datetime import date, datetime

from matching.models import ExposureReport
from matching.queries.allocation import latest_round
from matching.queries.exposure import exposure


def report_exposure(*, on: date, now: datetime) -> ExposureReport:
    """Work out the exposure and keep it."""
    latest = latest_round()
    return ExposureReport.objects.create(made_at=now, on=on, round=latest, figures=exposure(on).as_dict())
