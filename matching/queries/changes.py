"""Reading the log of changed candidates by what a snapshot could see: no clock and no order of commits hides a change.

Every transaction below a snapshot's xmin had ended when it was taken, so whoever read people in that snapshot has all
of its changes. Of the others some may have been seen already; they count as changed once more.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from candidates.models.change import EVERYBODY

# Rows of a dump from elsewhere may bear ids that this server has yet to give; no row that it wrote itself does.
_HISTORY = "(xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint OR xid = %(mine)s)"
_UNSEEN = "(%(before)s::pg_snapshot IS NULL OR NOT pg_visible_in_snapshot(xid::text::xid8, %(before)s::pg_snapshot))"
_SINCE = f"""
SELECT coalesce((SELECT max(xid) FROM candidates_change WHERE candidate_id = {EVERYBODY} AND {_HISTORY}) < %(seen)s, false),
       array(SELECT DISTINCT candidate_id FROM candidates_change WHERE xid >= %(seen)s AND {_HISTORY} AND {_UNSEEN}),
       array(SELECT candidate_id FROM candidates_change WHERE xid = %(mine)s)
"""  # noqa: S608
_OWN = """
SELECT array(SELECT candidate_id FROM candidates_change WHERE xid = pg_current_xact_id_if_assigned()::text::bigint)
"""
# A restored copy, a promoted standby or a table made anew has another name here: its transactions are others.
_MOMENT = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
       pg_current_snapshot()::text,
       pg_current_xact_id_if_assigned()::text::bigint,
       concat_ws('.', (SELECT system_identifier FROM pg_control_system()),
         (SELECT timeline_id FROM pg_control_checkpoint()),
         (SELECT oid FROM pg_database WHERE datname = current_database()),
         'candidates_candidate'::regclass::oid)
"""


class LogCut(Exception):
    """The log does not reach back to that moment, or another database's history stands here: read everybody anew."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a reading of the database could see.

    `xmin`: every transaction below it. `snapshot`: all of it, as PostgreSQL writes it; empty when the reader's own
    transaction had written something, as that may still be taken back. `database`: which one, in which history.
    """

    xmin: int
    snapshot: str
    database: str


@dataclass(frozen=True, slots=True)
class Log:
    """Candidate ids that changed between two moments, and of those the ones that this open transaction changed."""

    now: Moment
    changed: list[int]
    own: list[int]


def changed_since(seen: int) -> list[int]:
    """Ids of candidates whose matched facts changed in transactions >= `seen`, deleted ones too. Raises LogCut."""
    return log_since(Moment(seen, "", "")).changed


def log_since(before: Moment) -> Log:
    """What the log says since a moment, in one statement, so that a purge at the same time is seen whole or not.

    Raises LogCut.
    """
    now, mine = moment()
    if before.xmin > now.xmin or before.database not in ("", now.database):
        raise LogCut
    values = {"seen": before.xmin, "mine": mine, "before": before.snapshot or None}
    reaches, changed, own = _row(_SINCE, values)
    if not reaches or EVERYBODY in own:
        raise LogCut
    return Log(now, changed, own)


def moment() -> tuple[Moment, int | None]:
    """What the next reading can see at least, and the id of this transaction if it wrote something already."""
    xmin, snapshot, mine, database = _row(_MOMENT)
    return Moment(xmin, "" if mine else snapshot, database), mine


def own_changes() -> list[int]:
    """Ids of candidates that this transaction, still open, changed."""
    (own,) = _row(_OWN)
    return list(own)


def _row(sql: str, values: dict[str, Any] | None = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
