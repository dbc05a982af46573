"""Taking a test: start, answer, finish."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction

from assessments.actions.scored_tasks import leave
from assessments.actions.steps import give_first_item, take_step
from assessments.engine.exposure import RECENT, free_items, shares
from assessments.engine.pilots import place_pilots
from assessments.engine.scoring import RULES_VERSION
from assessments.engine.selection import FIRST_THETA
from assessments.enums import BankKind, ItemState, SessionKind, SessionState
from assessments.models import Bank, Item, Response, Session
from assessments.queries import given_lately, item_parameters, open_session, retake_day, seen_item_ids
from assessments.queries.items import unseen_pilots
from assessments.queries.unseen import unseen_counts
from assessments.rules.credit import credit_of, is_possible
from assessments.rules.interactions import question_of
from assessments.rules.policy import is_stale
from candidates.models import Candidate
from candidates.queries import own_date


class UnableToStart(Exception):
    """The test cannot be taken now: before `again_on`, or, when that is None, for want of unseen items."""

    def __init__(self, again_on: date | None) -> None:
        super().__init__(f"not before {again_on}" if again_on else "not enough unseen items")
        self.again_on = again_on


class UnableToAnswer(Exception):
    """Nothing was counted."""


class SessionIsOver(UnableToAnswer):
    """The session is finished or was left."""


class SessionIsStale(UnableToAnswer):
    """The session was left for too long; it has been closed."""


class NotTheCurrentItem(UnableToAnswer):
    """The answer is for an item that was never given, or was answered with another option before."""


class AnsweredBefore(UnableToAnswer):
    """The very same answer came twice."""


class ImpossibleAnswer(UnableToAnswer):
    """The item cannot be answered so."""


class StartFacts(NamedTuple):
    """Coarse facts of the start of a session, by which items are compared between groups; "" where unknown."""

    device_class: str = ""
    interface_language: str = ""
    with_accommodation: bool = False


UNKNOWN = StartFacts()


@transaction.atomic
def start_session(
    *, candidate: Candidate, bank: Bank, seed: int, now: datetime, facts: StartFacts = UNKNOWN
) -> Session:
    """The session to go on with: the open one, or a new one with items that the person never saw.

    `seed` (0 to 2⁶³-1) fixes everything random in it. A session left for too long is closed. Raises UnableToStart.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    session = open_session(candidate, bank)
    if session and not is_stale(session.started_at, now):
        return session
    if session:
        leave(session)
    again_on = retake_day(candidate, bank)
    if again_on and own_date(candidate, now) < again_on:
        raise UnableToStart(again_on)
    taken = Session.objects.filter(candidate=candidate, bank=bank).defer("parameters", "areas")
    if unseen_counts(candidate, [bank], list(taken)).get(bank.pk, 0) < bank.min_items:
        raise UnableToStart(None)
    return begin_session(
        candidate=candidate, bank=bank, kind=SessionKind.TEST, seed=seed, now=now, facts=facts
    )


def begin_session(
    *,
    candidate: Candidate,
    bank: Bank,
    kind: SessionKind,
    seed: int,
    now: datetime,
    first_theta: float = FIRST_THETA,
    facts: StartFacts = UNKNOWN,
) -> Session:
    """A new session with unseen items, its first item chosen for an ability.

    The caller holds the candidate's lock and knows that no session of the bank is open and that enough items are left.
    """
    items = _free_items(candidate, bank, seed)
    standard = bank.cut_scores.first()
    area = "skill" if bank.kind == BankKind.LANGUAGE else "topic"
    session = Session.objects.create(
        candidate=candidate,
        bank=bank,
        kind=kind,
        seed=seed,
        parameters={item.code: item_parameters(item) for item in items},
        areas={item.code: getattr(item, area) for item in items},
        cuts=standard.cuts if standard else bank.cuts,
        cut_scores=standard,
        pilots=_pilots(candidate, bank, seed) if kind == SessionKind.TEST else {},
        rules_version=RULES_VERSION,
        started_at=now,
        **facts._asdict(),
    )
    give_first_item(session, now, first_theta)
    return session


def _free_items(candidate: Candidate, bank: Bank, seed: int) -> list[Item]:
    """The unseen items that do not rest in a session of that seed, in order of code."""
    items = list(Item.objects.filter(bank=bank, state=ItemState.LIVE).order_by("code"))
    seen = set(seen_item_ids(candidate, bank))
    lately = given_lately(bank, RECENT)
    share = shares([lately.times.get(item.pk, 0) for item in items], lately.sessions)
    unseen = np.array([[item.pk not in seen for item in items]], dtype=np.bool_)
    free = free_items(share, [seed], unseen, max_items=bank.max_items)[0]
    return [item for item, may in zip(items, free, strict=True) if may]


def _pilots(candidate: Candidate, bank: Bank, seed: int) -> dict[str, str]:
    """Position → code of the items that the session tries out."""
    items = list(unseen_pilots(candidate, bank).values_list("code", "times_given"))
    places = place_pilots(seed, [times for _, times in items], min_items=bank.min_items)
    return {str(place): items[row][0] for place, row in places.items()}


Answer = int | list[int] | list[str]
"""As the item's interaction has it, in the item's own indices."""


def answer_item(
    *,
    session: Session,
    candidate: Candidate,
    position: int,
    answer: Answer,
    now: datetime,
    noted: Mapping[str, int] | None = None,
) -> Session:
    """Count the answer at `position`, then give the next item or finish. `noted` is kept beside it.

    An answer counts once: the first one stands, whatever is sent again. Raises a kind of UnableToAnswer;
    nothing is counted then.
    """
    try:
        with transaction.atomic():
            return _answer(session, candidate, position, answer, dict(noted or {}), now)
    except SessionIsStale:
        leave(session)
        raise


def _answer(
    session: Session,
    candidate: Candidate,
    position: int,
    answer: Answer,
    noted: dict[str, int],
    now: datetime,
) -> Session:
    session = (
        Session.objects.select_for_update(of=("candidate", "self"), no_key=True)
        .select_related("bank", "candidate")
        .get(pk=session.pk, candidate=candidate)
    )
    if session.state != SessionState.OPEN:
        raise SessionIsOver
    if is_stale(session.started_at, now):
        raise SessionIsStale
    response = session.responses.select_related("item").filter(position=position).first()
    if response is None:
        raise NotTheCurrentItem
    if response.answered_at is not None:
        raise AnsweredBefore if response.answer == answer else NotTheCurrentItem
    question = question_of(response.item)
    if not is_possible(question, answer):
        raise ImpossibleAnswer
    credit = credit_of(question, answer)
    counted = Response.objects.filter(pk=response.pk, answered_at=None).update(
        answer=answer,
        credit=credit,
        correct=credit == response.item.most_credit,
        answered_at=now,
        noted=noted,
    )
    if counted != 1:
        raise NotTheCurrentItem
    take_step(session, now)
    return session
