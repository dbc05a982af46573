"""What runs by itself, and how often. `expires` keeps work from piling up while no worker runs."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver-mail": {"task": "accounts.deliver_mail", "schedule": timedelta(seconds=30)},
    # Mornings begin on the quarter-hour all over the world.
    "write-digests": {
        "task": "accounts.write_digests",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 840},
    },
    "forget-old-mail-and-sessions": {
        "task": "accounts.forget_old",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "forget-invitations": {
        "task": "employers.forget_invitations",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "sweep-listings": {
        "task": "candidates.sweep_listings",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3300},
    },
    "tell-ending-tokens": {
        "task": "employers.tell_ending_tokens",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3300},
    },
    "deliver-webhooks": {
        "task": "employers.deliver_webhooks",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 25},
    },
    "forget-answered-calls": {
        "task": "employers.forget_calls",
        "schedule": timedelta(hours=1),
        "options": {"expires": 1800},
    },
    "close-left-desk-runs": {
        "task": "assessments.close_left_runs",
        "schedule": timedelta(hours=1),
        "options": {"expires": 1800},
    },
    # A sweep that waited for its successor is of no use: without an end they would pile up while no worker runs.
    "sweep-rankings": {
        "task": "matching.sweep_rankings",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    # Before the first second of the next day, when every query is another.
    "compile-ahead": {
        "task": "matching.compile_ahead",
        "schedule": crontab(minute=35),
        "options": {"expires": 1800},
    },
    "rank-everything-daily": {
        "task": "matching.refresh_all",
        "schedule": crontab(hour=2, minute=30),
        "options": {"expires": 3600},
    },
    "purge-pools": {
        "task": "matching.purge_pools",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "prune-rankings": {
        "task": "matching.prune_rankings",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3300},
    },
    "prune-rounds": {
        "task": "matching.prune_rounds",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "share-out-places": {
        "task": "matching.refresh_allocation",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "report-market": {
        "task": "marketplace.report_market",
        "schedule": crontab(hour=3, minute=45),
        "options": {"expires": 3600},
    },
    "find-lists-to-look-at": {
        "task": "matching.refresh_looks",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "report-exposure": {
        "task": "matching.report_exposure",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
    "forget-recordings": {
        "task": "assessments.forget_recordings",
        "schedule": crontab(hour=4, minute=30),
        "options": {"expires": 3600},
    },
    "forget-written-work": {
        "task": "assessments.forget_written_work",
        "schedule": crontab(hour=4, minute=35),
        "options": {"expires": 3600},
    },
    "check-waiting-sessions": {
        "task": "assessments.check_waiting_sessions",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "sweep-calibrations": {
        "task": "assessments.sweep_calibrations",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "sweep-promises": {
        "task": "placements.sweep_promises",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3300},
    },
    "tell-news": {
        "task": "placements.tell_news",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    # A few minutes before each quarter-hour, when daily mails are written: what holds no more stays out of them.
    "tell-new-matches": {
        "task": "placements.tell_new_matches",
        "schedule": crontab(minute="10,25,40,55"),
        "options": {"expires": 840},
    },
    "sweep-ratings": {
        "task": "assessments.sweep_ratings",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3300},
    },
}
