"""Two addresses for machines: whether this process lives, and whether the whole installation can do its work.

They are public and say yes or no only: no names, no versions, no addresses, no error texts.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from marketplace.heartbeat import a_worker_is_alive
from reference.models import FactsVersion
from vacancies.models import Vacancy

logger = logging.getLogger(__name__)


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; asks nobody else."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part answers and its data is there, else 503; the parts by name, each true or false."""
    parts = {name: _holds(name, check) for name, check in _checks().items()}
    ready = all(parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def _checks() -> dict[str, Callable[[], bool]]:
    checks = {"database": _database, "broker": _broker, "worker": a_worker_is_alive, "facts": _facts}
    return checks | {"population": _population} if settings.DEMO else checks


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("not ready: %s (%s)", name, type(error).__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _broker() -> bool:
    from celery import current_app

    with current_app.connection_for_read() as broker:
        broker.ensure_connection(max_retries=0, timeout=2)
        return True


def _facts() -> bool:
    return FactsVersion.objects.exists()


def _population() -> bool:
    return Vacancy.objects.exists()
