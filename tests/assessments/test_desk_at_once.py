"""Two tabs at the same moment: real connections, one outcome."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from assessments.actions.desk.acts import answer_contact, open_contact
from assessments.actions.desk.hand import UnableToAct
from assessments.actions.desk.runs import end_run, start_measured_run
from assessments.models import Measurement, RunEvent, ScenarioRun
from assessments.queries.desk import script_of
from tests.assessments.desk_play import best, contact, scenario
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], Any], others: int = 3) -> list[Any]:
    """What several connections get that do the same at once; an error as its class."""
    barrier, outcomes = threading.Barrier(others), []

    def one() -> None:
        barrier.wait()
        try:
            outcomes.append(act())
        except UnableToAct as error:
            outcomes.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == others
    return outcomes


def test_start_answer_and_end_happen_once(now: datetime) -> None:
    candidate, seeds = CandidateFactory(), count()
    for code in ("small", "second", "third"):
        scenario(code, contacts=[contact("c1"), contact("c2")])

    def start() -> int:
        """Each with a seed of its own, which alone would pick another desk."""
        return start_measured_run(
            candidate=candidate, language="en", time_factor=Decimal(1), seed=next(seeds), now=now
        ).pk

    assert len(set(at_once(start))) == 1
    run, later = ScenarioRun.objects.select_related("version").get(), now + timedelta(seconds=5)
    script = script_of(run.version.content)
    open_contact(run=run, contact="c1", key=uuid4(), now=later)
    reply = best(script.contacts["c1"].turns[0], script, script.contacts["c1"])

    def answer() -> str:
        return answer_contact(run=run, contact="c1", turn=0, reply=reply, key=uuid4(), now=later).state

    outcomes = at_once(answer)
    assert outcomes.count("open") == 1
    assert RunEvent.objects.filter(kind="action").count() == 1
    script_at_end = at_once(lambda: end_run(run=run, now=later).state)
    assert script_at_end == ["finished"] * 3
    assert list(RunEvent.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert Measurement.objects.count() <= 1
    assert ScenarioRun.objects.get().total == 50
