"""Answers that were given before there were other kinds of questions stay what they were, both ways."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from common.migrating import options_in_place
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("assessments", "0002_activity")]
AFTER = [("assessments", "0003_interactions")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """The models as they are after migrating."""
    with options_in_place():
        return MigrationExecutor(connection).migrate(targets).apps


def with_answers(old: Any, candidate: Any, now: datetime) -> dict[str, Any]:
    """A bank of three items as they were, answered rightly, wrongly and not at all; the facts of its items."""
    bank = old.get_model("assessments", "Bank").objects.create(
        code="old", language_id="en", name="Old", version="1", cuts=[-2, -1, 0, 1, 2]
    )
    facts = {
        "bank": bank, "level": 3, "skill": "reading", "topic": "orders", "prompt": "?", "options": ["a", "b", "c"],
        "rationale": "!", "descriptor": {}, "a": 1.0, "b": 0.0, "parameters_source": "expert prior",
    }  # fmt: skip
    items = [
        old.get_model("assessments", "Item").objects.create(code=f"old-{key}", key=key, **facts)
        for key in range(3)
    ]
    session = old.get_model("assessments", "Session").objects.create(
        candidate_id=candidate.pk, bank=bank, seed=1, parameters={}, started_at=now
    )
    response = old.get_model("assessments", "Response").objects.create
    response(
        session=session, item=items[0], position=1, given_at=now, chosen=0, correct=True, answered_at=now
    )
    response(
        session=session, item=items[1], position=2, given_at=now, chosen=2, correct=False, answered_at=now
    )
    response(session=session, item=items[2], position=3, given_at=now)
    return facts


def test_answers_and_keys_are_kept_forwards_and_backwards_and_nothing_is_lost():
    candidate, now = CandidateFactory(), timezone.now()
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        old = migrate(BEFORE)
        facts = with_answers(old, candidate, now)
        new = migrate(AFTER)
        kept = new.get_model("assessments", "Response").objects.order_by("position")
        assert list(kept.values_list("answer", "credit", "correct")) == [
            (0, 1, True),
            (2, 0, False),
            (None, None, None),
        ]
        assert list(
            new.get_model("assessments", "Item").objects.order_by("code").values_list("key", flat=True)
        ) == [0, 1, 2]
        head = new.get_model("assessments", "Bank").objects.get()
        assert (head.kind, head.written_in_id, head.skill_id) == ("language", "en", None)

        typed = new.get_model("assessments", "Item").objects.create(
            code="old-typed", interaction="text_entry", key=[["x"]], **{**facts, "bank": head}
        )
        with pytest.raises(
            RuntimeError, match="delete the banks of skills and the items of other interactions"
        ):
            migrate(BEFORE)
        typed.delete()

        back = migrate(BEFORE)
        rows = back.get_model("assessments", "Response").objects.order_by("position")
        assert list(rows.values_list("chosen", "correct")) == [(0, True), (2, False), (None, None)]
        assert list(
            back.get_model("assessments", "Item").objects.order_by("code").values_list("key", flat=True)
        ) == [0, 1, 2]
    finally:
        migrate(newest)
