"""The peer of building the pool: a server-side cursor over everybody, each value turned by its rule in Python.

The gathering of sparse columns is left to PostgreSQL, as whoever knows it would do. It makes the very same pool.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from assessments.models import Measurement
from benchmarks.cursor_read.dense import FACTS, Dictionary, dense_columns
from benchmarks.cursor_read.sparse import languages, localities, measured, months, reserved, skills
from candidates.models import Candidate
from matching.engine import Pool
from matching.engine import columns as spec
from matching.engine.zones import zone_names
from reference.queries.rates import exchange_rates
from reference.rules.rates import RateTable

ZONE = FACTS.index("zone")
CHUNK = 50_000


def read_by_cursor(on: date, candidates: Iterable[int] | None = None, rates: RateTable | None = None) -> Pool:
    """The pool of a day."""
    people = Candidate.objects.exclude(country=None).exclude(zone="")
    if candidates is not None:
        people = people.filter(pk__in=list(candidates))
    with _one_snapshot():
        places, zones, weeks = Dictionary(), Dictionary(), Dictionary()
        rates = rates or exchange_rates(on)
        parts = [dense_columns(rows, rates, places, zones, weeks) for rows in _in_chunks(people)]
        dense = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        ids = dense["candidate_id"]
        measurements = Measurement.objects.all()
        if candidates is not None:
            measurements = measurements.filter(candidate__in=people)
        found = measured(measurements.current(on), ids)
        sector_months, channel_months, dense["experience_months"] = months(people, ids)
        reserved_sectors, reserved_employers = reserved(people, ids)
        return Pool.from_columns(
            places=list(places.codes),
            zones=list(zones.codes),
            week_masks=np.frombuffer(b"".join(weeks.codes), dtype=np.uint8).reshape(-1, spec.MASK_BYTES),
            languages=languages(people, ids, found),
            skills=skills(people, ids, found),
            localities=localities(people, ids, found),
            sector_months=sector_months,
            channel_months=channel_months,
            reserved_sectors=reserved_sectors,
            reserved_employers=reserved_employers,
            **dense,
        )


def _in_chunks(people: QuerySet[Candidate]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of FACTS by candidate id, at most CHUNK at once and at least one chunk, so that memory stays bounded."""
    rows = people.order_by("pk").values_list(*FACTS).iterator(CHUNK)
    known = (row for row in rows if row[ZONE] in zone_names())
    yield list(islice(known, CHUNK))
    while chunk := list(islice(known, CHUNK)):
        yield chunk


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """All queries inside see one moment of the database, unless the caller holds a transaction already."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
