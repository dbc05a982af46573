"""Looking for what changed, as a round does, in tests."""

from datetime import date
from pathlib import Path
from typing import Any

from candidates.models.change import CandidateChange
from matching.actions.looking import look_round
from matching.queries.held_pool import let_go
from matching.queries.known import known
from matching.queries.waiting import waiting_vacancies


def begin_log(settings: Any, pool_dir: Path) -> None:
    """Nothing is known and the log of changed people is complete, whatever other databases of the server are doing.

    Emptying the tables after the last test cut the log. As long as a transaction is open that began before that, and
    be it of another database, everybody would count as changed.
    """
    settings.POOL_DIR = pool_dir
    let_go()
    CandidateChange.objects.filter(candidate_id=0).update(xid=1)


def waiting(on: date) -> list[int]:
    """Vacancies that a round finds, or found, to be ranked again."""
    look_round(known_now=known(on))
    return list(waiting_vacancies().values_list("pk", flat=True))
