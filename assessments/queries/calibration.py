"""The answers that a bank is calibrated from, and what a calibration found."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assessments.engine.response_model import Parameters, parameter_rows
from assessments.enums import ItemState, SessionState
from assessments.models import Bank, Item, Response, Session
from assessments.queries.banks import item_parameters
from assessments.rules.item_life import CALIBRATED

MOST_SESSIONS: Final = 4000
"""The newest finished sessions that are read: as many as a worker can hold and fit within minutes."""


class Answers(NamedTuple):
    """`items` of a bank with `rows` of their parameters; `given` (sessions, items) credits, −1 not given, and `right`
    whether that was all; the ability and the coarse facts of each session. `anchors` (items,) were calibrated before."""

    items: list[Item]
    rows: Parameters
    anchors: NDArray[np.bool_]
    given: NDArray[np.int8]
    right: NDArray[np.bool_]
    theta: NDArray[np.float64]
    facts: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """Of everything that a calibration depends on."""
        text = json.dumps(
            [[item.code, item.state, item_parameters(item)] for item in self.items]
            + [self.anchors.tolist(), self.facts],
            sort_keys=True,
        )
        found = hashlib.sha256(text.encode())
        for part in (self.given, self.right, self.theta):
            found.update(np.ascontiguousarray(part).tobytes())
        return found.hexdigest()


def answers_to(bank: Bank) -> Answers:
    """The newest 4,000 finished sessions of a bank, with the items that are tried out in them. Three queries."""
    items = list(
        Item.objects.filter(bank=bank)
        .exclude(state__in=[ItemState.DRAFT, ItemState.REVIEWED, ItemState.PRACTICE])
        .order_by("code")
    )
    sessions = list(
        Session.objects.filter(bank=bank, state=SessionState.FINISHED)
        .order_by("-finished_at", "-pk")
        .values("pk", "theta", "device_class", "interface_language", "with_accommodation")[:MOST_SESSIONS]
    )
    row_of = {session["pk"]: row for row, session in enumerate(sessions)}
    column_of = {item.pk: column for column, item in enumerate(items)}
    given = np.full((len(sessions), len(items)), -1, dtype=np.int8)
    right = np.zeros((len(sessions), len(items)), dtype=np.bool_)
    answered = Response.objects.filter(session__in=list(row_of), answered_at__isnull=False)
    for session, item, credit, correct in answered.values_list(
        "session_id", "item_id", "credit", "correct"
    ).iterator():
        if item in column_of:
            given[row_of[session], column_of[item]] = -1 if credit is None else credit
            right[row_of[session], column_of[item]] = bool(correct)
    return Answers(
        items=items,
        rows=parameter_rows([item_parameters(item) for item in items]),
        anchors=np.array([item.parameters_source.startswith(CALIBRATED) for item in items], dtype=np.bool_),
        given=given,
        right=right,
        theta=np.array([session["theta"] for session in sessions], dtype=np.float64),
        facts=[
            {name: session[name] for name in ("device_class", "interface_language", "with_accommodation")}
            for session in sessions
        ],
    )


class Split(NamedTuple):
    """Two groups to compare: `focal` and `reference` (sessions,) true or false, with their names."""

    fact: str
    focal_name: str
    reference_name: str
    focal: NDArray[np.bool_]
    reference: NDArray[np.bool_]


def splits(facts: Sequence[dict[str, Any]]) -> list[Split]:
    """Phones against other devices, with against without an accommodation, each language of the pages against the most
    frequent one; sessions of which the fact is not known belong to neither."""
    devices = np.array([fact["device_class"] for fact in facts], dtype=object)
    with_one = np.array([fact["with_accommodation"] for fact in facts], dtype=np.bool_)
    languages = np.array([fact["interface_language"] for fact in facts], dtype=object)
    found = [
        Split("device_class", "phone", "other", devices == "phone", devices == "other"),
        Split("with_accommodation", "with", "without", with_one, ~with_one),
    ]
    known = sorted({language for language in languages if language})
    if len(known) > 1:
        most = max(known, key=lambda language: int((languages == language).sum()))
        found += [
            Split("interface_language", language, most, languages == language, languages == most)
            for language in known
            if language != most
        ]
    return found
