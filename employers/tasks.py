"""Work done outside the request."""

from celery import shared_task
from django.utils import timezone

from employers.actions.api_calls import forget_old_calls
from employers.actions.members import forget_expired_invitations


@shared_task(name="employers.forget_invitations", ignore_result=True)
def forget_invitations() -> None:
    """Delete the addresses of people who did not answer in time."""
    forget_expired_invitations(now=timezone.now())


@shared_task(name="employers.forget_calls", ignore_result=True)
def forget_calls() -> None:
    """Delete answers of the API that were kept for a day."""
    forget_old_calls(now=timezone.now())
