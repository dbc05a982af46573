"""Work of assessments done outside the request."""

from celery import shared_task
from django.utils import timezone

from assessments.actions.appeals import remind_of_overdue
from assessments.actions.calibration import send_waiting_again, work_out_calibration
from assessments.actions.desk.runs import close_left_runs
from assessments.actions.integrity import check_session, check_waiting_sessions
from assessments.actions.ratings import let_lapse
from assessments.actions.recordings import forget_recordings
from assessments.actions.works import forget_written_work


@shared_task(name="assessments.close_left_runs", ignore_result=True)
def close_left_runs_task() -> None:
    """Close desk runs that nobody came back to."""
    close_left_runs(now=timezone.now())


@shared_task(name="assessments.sweep_ratings", ignore_result=True)
def sweep_ratings_task() -> None:
    """Give back what raters held for too long, and remind staff of what is overdue."""
    now = timezone.now()
    let_lapse(now=now)
    remind_of_overdue(now=now)


@shared_task(name="assessments.forget_recordings", ignore_result=True)
def forget_recordings_task() -> None:
    """Delete recorded sound that has served."""
    forget_recordings(now=timezone.now())


@shared_task(name="assessments.forget_written_work", ignore_result=True)
def forget_written_work_task() -> None:
    """Delete texts of rated tests that have served."""
    forget_written_work(now=timezone.now())


@shared_task(name="assessments.check_session", ignore_result=True)
def check_session_task(session_id: int) -> None:
    """Look through the answers of a finished session."""
    check_session(session_id=session_id, now=timezone.now())


@shared_task(name="assessments.check_waiting_sessions", ignore_result=True)
def check_waiting_sessions_task() -> None:
    """Look through sessions whose message was lost."""
    check_waiting_sessions(now=timezone.now())


@shared_task(
    name="assessments.calibrate_bank",
    ignore_result=True,
    acks_late=True,
    soft_time_limit=1500,
    time_limit=1560,
)
def calibrate_bank_task(*, run_id: int) -> None:
    """Work out what the answers to a bank say of its items."""
    work_out_calibration(run_id=run_id, now=timezone.now())


@shared_task(name="assessments.sweep_calibrations", ignore_result=True)
def sweep_calibrations_task() -> None:
    """Send what a lost message left behind once more."""
    send_waiting_again(now=timezone.now())
