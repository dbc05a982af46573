"""From "publish" to the shortlist on the screen: a real Celery worker, the broker, PostgreSQL and the page.

A recruiter approves a vacancy; the message goes to the worker, which ranks and stores; the employer asks for the page,
which is rendered by the same code as on the web. Reported as a whole and in its parts.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.inside import measure_inside
from benchmarks.timing import Row, rows_of

ROOT: Final = Path(__file__).resolve().parent.parent
VACANCIES: Final = 22
FIRST: Final = 2
"""The worker's first ones, which open the pool, are not counted."""
DEADLINE: Final = 300.0
PAUSE: Final = 0.002
PLAIN_FILES: Final = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def measure(sizes: Sequence[int]) -> list[Row]:
    """At every size."""
    return measure_inside("publish", "from publishing to the shortlist on the screen", sizes)


def inside(size: int) -> tuple[list[Row], str]:
    """Publish one vacancy after another."""
    from django.test.utils import override_settings

    from benchmarks.shop import vacancies_in_review

    recruiter, owner, vacancies = vacancies_in_review(VACANCIES)
    parts: dict[str, list[float]] = {"ours": [], "publish": [], "queue, rank, store": [], "page": []}
    with override_settings(STORAGES=PLAIN_FILES), _worker():
        for number, vacancy in enumerate(vacancies):
            times = _publish(vacancy, recruiter, owner)
            if number >= FIRST:
                for name, taken in zip(parts, (sum(times), *times), strict=True):
                    parts[name].append(taken)
    rows = rows_of("publish", size, "publish to page", parts)
    return rows, f"p95 {rows[0].p95_ms:,.0f} ms over {len(parts['ours'])} vacancies, one worker process"


def _publish(vacancy: Any, recruiter: Any, owner: Any) -> tuple[float, float, float]:
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from benchmarks.shop import today
    from matching.models import RankingState
    from vacancies.actions.lifecycle import approve_vacancy

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    start = time.perf_counter()
    with transaction.atomic():
        approve_vacancy(vacancy=vacancy, by=recruiter, today=today(), now=timezone.now())
    published = time.perf_counter()
    ranked = RankingState.objects.filter(vacancy=vacancy, current__isnull=False)
    while not ranked.exists():
        if time.perf_counter() - published > DEADLINE:
            raise TimeoutError(f"vacancy {vacancy.pk} was not ranked within {DEADLINE:.0f} s")
        time.sleep(PAUSE)
    there = time.perf_counter()
    page = browser.get(reverse("placements:shortlist", args=[vacancy.pk]))
    if page.status_code != 200 or f"/vacancies/{vacancy.pk}/people/".encode() not in page.content:
        raise AssertionError("the shortlist is not on the page")
    shown = time.perf_counter()
    return (published - start) * 1000, (there - published) * 1000, (shown - there) * 1000


@contextmanager
def _worker() -> Iterator[None]:
    """A worker process of one child on an empty queue."""
    import redis
    from django.conf import settings

    redis.Redis.from_url(settings.REDIS_URL).delete("celery")
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "marketplace.celery",
        "worker",
        "-c",
        "1",
        "-l",
        "WARNING",
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
