"""A sign of life that every worker leaves in the broker, so that a page can tell whether work gets done."""

from celery.signals import heartbeat_sent
from django.core.cache import cache

KEY = "worker-heartbeat"
LIFETIME_SECONDS = 15  # a worker renews it every 2 seconds


@heartbeat_sent.connect(dispatch_uid=KEY)
def leave_heartbeat(**_: object) -> None:
    cache.set(KEY, 1, timeout=LIFETIME_SECONDS)


def a_worker_is_alive() -> bool:
    return bool(cache.get(KEY))


def forget_heartbeat() -> None:
    """Before a start: a worker of the last run may have left a sign of life that still lasts some seconds."""
    cache.delete(KEY)
