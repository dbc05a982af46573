"""Reading the pool from PostgreSQL: everyone whose profile says where they live, as the engine's narrow columns.

Nothing about who a person is passes here: no name, contact, nationality, birth date, gender or photo is read.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import BooleanField, F, Func, QuerySet, Value

from candidates.models import Candidate
from matching.engine import Pool
from matching.engine import columns as spec
from matching.queries.pool_copy import Statement, beside, groups, one_snapshot, records
from matching.queries.pool_dense import DenseColumns
from matching.queries.pool_fields import FIELDS
from matching.queries.pool_sparse import Groups, SparseColumns, sparse_statements
from reference.queries.rates import exchange_rates
from reference.rules.rates import RateTable

PEOPLE = "people"
THEIRS = "{ids}"
"""Stands in statements where the ids of those who are read come."""


def read_pool(on: date, candidates: Iterable[int] | None = None, rates: RateTable | None = None) -> Pool:
    """The pool of a day: of everyone, or of some candidates (primary keys). Twelve queries in one snapshot, eleven with
    the day's `rates` given, and one more for each thing in which somebody was measured twice.

    Of everyone, what the candidates' own rows say and all the rest are read at the same time on two connections.
    Whoever has not said yet where they live, or on which clock, is not in it.
    """
    ids = None if candidates is None else f"{{{','.join(map(str, sorted(candidates)))}}}"
    asked = _statements(on, ids is None)
    if ids is not None:
        asked = {name: statement.replaced(THEIRS, ids) for name, statement in asked.items()}
    with one_snapshot() as alone, ThreadPoolExecutor(1) as executor:

        def others() -> Groups:
            return {name: groups(statement) for name, statement in asked.items() if name != PEOPLE}

        meanwhile = beside(executor, others) if alone and ids is None else None
        collected = DenseColumns(rates or exchange_rates(on))
        records(asked[PEOPLE], FIELDS, collected.take)
        dense = collected.columns()
        order = np.argsort(dense["candidate_id"], kind="stable")
        dense = {name: values[order] for name, values in dense.items()}
        found = meanwhile.result() if meanwhile else others()
        sparse = SparseColumns(dense["candidate_id"], found, on)
        reserved_sectors, reserved_employers = sparse.reserved()
        sector_months, channel_months, dense["experience_months"] = sparse.months()
        return Pool.from_columns(
            places=list(collected.places.codes),
            zones=list(collected.zones.codes),
            week_masks=np.frombuffer(b"".join(collected.weeks.codes), dtype=np.uint8).reshape(
                -1, spec.MASK_BYTES
            ),
            languages=sparse.languages(),
            skills=sparse.skills(),
            localities=sparse.localities(),
            sector_months=sector_months,
            channel_months=channel_months,
            reserved_sectors=reserved_sectors,
            reserved_employers=reserved_employers,
            **dense,
        )


@lru_cache(maxsize=8)
def _statements(on: date, everybody: bool) -> dict[str, Statement]:
    """What is asked for the pool of a day, of everybody or of THEIRS."""

    def theirs(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows if everybody else rows.filter(_among("candidate_id", THEIRS))

    people = Candidate.objects.exclude(country=None).exclude(zone="")
    people = people if everybody else people.filter(_among("pk", THEIRS))
    return {PEOPLE: Statement.of_fields(people, FIELDS), **sparse_statements(theirs, on)}


def _among(name: str, ids: str) -> Func:
    """Whether a column is one of some ids, as PostgreSQL writes an array: a text that is put together once for all
    queries, where `__in` or a list would have each id prepared for each of them."""
    return Func(
        F(name),
        Value(ids),
        arg_joiner=" = ANY(",
        template="%(expressions)s::bigint[])",
        output_field=BooleanField(),
    )
