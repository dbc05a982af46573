"""Applications in the background. Each task is one action; doubled and late messages change nothing."""

from celery import shared_task
from django.utils import timezone

from common.queue import enqueue
from placements.actions.new_matches import BATCH as LISTS
from placements.actions.new_matches import tell_new_matches
from placements.actions.news import BATCH, tell_news
from placements.actions.settling import settle_candidate, settle_vacancy, sweep_promises


@shared_task(name="placements.settle_vacancy", ignore_result=True)
def settle_vacancy_task(*, vacancy_id: int) -> None:
    """Answer everybody on a vacancy that closed."""
    settle_vacancy(vacancy_id=vacancy_id, now=timezone.now())


@shared_task(name="placements.settle_candidate", ignore_result=True)
def settle_candidate_task(*, candidate_id: int) -> None:
    """Answer every employer of somebody who is no longer listed."""
    settle_candidate(candidate_id=candidate_id, now=timezone.now())


@shared_task(name="placements.sweep_promises", ignore_result=True)
def sweep_promises_task() -> None:
    """Keep the promises: reminders, overdue answers, silent vacancies, and whatever a lost message left behind."""
    if sweep_promises(now=timezone.now()):
        enqueue("placements.sweep_promises")


@shared_task(name="placements.tell_news", ignore_result=True)
def tell_news_task() -> None:
    """Tell people whose profile was opened, whose vacancy changed, or whose shortlist is ready."""
    if tell_news(now=timezone.now()) >= BATCH:
        enqueue("placements.tell_news")


@shared_task(name="placements.tell_new_matches", ignore_result=True)
def tell_new_matches_task() -> None:
    """Tell people of vacancies that newly suit them well."""
    if tell_new_matches(now=timezone.now()) >= LISTS:
        enqueue("placements.tell_new_matches")
