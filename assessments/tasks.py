"""Work of assessments done outside the request."""

from celery import shared_task
from django.utils import timezone

from assessments.actions.desk.runs import close_left_runs


@shared_task(name="assessments.close_left_runs", ignore_result=True)
def close_left_runs_task() -> None:
    """Close desk runs that nobody came back to."""
    close_left_runs(now=timezone.now())
