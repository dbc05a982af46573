"""Whether the facts that queries are compiled from are still the same: a short text that changes whenever they do."""

from datetime import date
from hashlib import sha256
from typing import Final

from django.db import connection

from matching.engine import ENGINE_VERSION, tz_version

# Asked for by every page with a score, so it is one statement, written out: composing it from parts takes longer than
# the database does. Weight policies are only ever added, so how many there are says whether there are new ones. The
# last one's key alone does not: the key is given before the row is committed, and an earlier one may come after a
# later one.
FACTS: Final = """
SELECT
    (SELECT concat_ws(',', count(*), max(id), count(valid_to), extract(epoch FROM max(confirmed_at)),
        sum(id) FILTER (WHERE confirmed_at IS NOT NULL), '/', sum(id) FILTER (WHERE withdrawn_at IS NOT NULL))
        FROM reference_wagefloor),
    (SELECT concat_ws(',', count(*), max(id)) FROM reference_exchangerate),
    (SELECT count(*) FROM matching_weightpolicy),
    (SELECT concat_ws(',', count(*), max(id)) FROM reference_factsversion)
"""


def facts_fingerprint(on: date) -> str:
    """The day, its floors, rates, data files and weight policies, and the engine that reads them; one query."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        row = cursor.fetchone()
    assert row is not None
    return _digest(on, ENGINE_VERSION, tz_version(), *row)


def _digest(*values: object) -> str:
    return sha256("|".join(map(str, values)).encode()).hexdigest()
