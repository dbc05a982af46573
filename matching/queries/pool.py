"""Reading the pool from PostgreSQL: everyone whose profile says where they live, as the engine's narrow columns.

Nothing about who a person is passes here: no name, contact, nationality, birth date, gender or photo is read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import connection, transaction

from assessments.models import Measurement
from candidates.models import Candidate
from matching.engine import Pool
from matching.engine import columns as spec
from matching.queries.pool_dense import FACTS, Dictionary, dense_columns
from matching.queries.pool_sparse import Measured, languages, localities, months, skills
from reference.queries.rates import exchange_rates


@dataclass(frozen=True, slots=True)
class PoolReading:
    """A pool, the day whose facts it holds and the moment before which it was read."""

    pool: Pool
    on: date
    read_at: datetime


def read_pool(on: date, read_at: datetime, candidates: Iterable[int] | None = None) -> PoolReading:
    """The pool of a day: of everyone, or of some candidates (primary keys). Nine queries in one snapshot."""
    people = Candidate.objects.exclude(country=None).exclude(zone="")
    if candidates is not None:
        people = people.filter(pk__in=list(candidates))
    with _one_snapshot():
        rows = list(people.order_by("pk").values_list(*FACTS))
        places, zones, weeks = Dictionary(), Dictionary(), Dictionary()
        dense = dense_columns(rows, exchange_rates(on), places, zones, weeks)
        position = {row[0]: at for at, row in enumerate(rows)}
        current = (
            Measurement.objects.filter(candidate__in=people)
            if candidates is not None
            else Measurement.objects
        )
        measured = Measured.read(current.current(on), position)
        sector_months, channel_months, dense["experience_months"] = months(people, position)
        pool = Pool.from_columns(
            places=list(places.codes),
            zones=list(zones.codes),
            week_masks=np.frombuffer(b"".join(weeks.codes), dtype=np.uint8).reshape(-1, spec.MASK_BYTES),
            languages=languages(people, position, measured),
            skills=skills(people, position, measured),
            localities=localities(people, position, measured),
            sector_months=sector_months,
            channel_months=channel_months,
            **dense,
        )
    return PoolReading(pool, on, read_at)


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """All queries inside see one moment of the database, unless the caller holds a transaction already."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
