"""Taking a test: start, answer, finish."""

from contextlib import suppress
from datetime import date, datetime

from django.db import transaction

from assessments.actions.steps import give_first_item, take_step
from assessments.engine.levels import MIN_ITEMS
from assessments.engine.response_model import parameters
from assessments.enums import SESSION_MOVES, SessionState
from assessments.models import Bank, Item, Response, Session
from assessments.queries import open_session, retake_day, unseen_items
from assessments.rules.policy import is_stale
from candidates.models import Candidate
from candidates.queries import own_date
from common.states import UnableToMove, move_state


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
    """The item has no such option."""


@transaction.atomic
def start_session(*, candidate: Candidate, bank: Bank, seed: int, now: datetime) -> Session:
    """The session to go on with: the open one, or a new one with items that the person never saw.

    `seed` (0 to 2⁶³-1) fixes everything random in it. A session left for too long is closed. Raises UnableToStart.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    session = open_session(candidate, bank)
    if session and not is_stale(session.started_at, now):
        return session
    if session:
        _leave(session)
    again_on = retake_day(candidate, bank)
    if again_on and own_date(candidate, now) < again_on:
        raise UnableToStart(again_on)
    items = list(unseen_items(candidate, bank))
    if len(items) < MIN_ITEMS:
        raise UnableToStart(None)
    session = Session.objects.create(
        candidate=candidate, bank=bank, seed=seed, parameters=_frozen(items), started_at=now
    )
    give_first_item(session, now)
    return session


def _frozen(items: list[Item]) -> dict[str, list[float]]:
    rows = parameters(
        [item.a for item in items], [item.b for item in items], [len(item.options) for item in items]
    )
    return dict(zip([item.code for item in items], rows.tolist(), strict=True))


def answer_item(
    *, session: Session, candidate: Candidate, position: int, chosen: int, now: datetime
) -> Session:
    """Count the answer `chosen` (the item's own index) at `position`, then give the next item or finish.

    An answer counts once: the first one stands, whatever is sent again. Raises a kind of UnableToAnswer;
    nothing is counted then.
    """
    try:
        with transaction.atomic():
            return _answer(session, candidate, position, chosen, now)
    except SessionIsStale:
        _leave(session)
        raise


def _leave(session: Session) -> None:
    """Close a session without a result; somebody may have closed it a moment before."""
    with suppress(UnableToMove):
        move_state(session, to=SessionState.LEFT, table=SESSION_MOVES)


def _answer(session: Session, candidate: Candidate, position: int, chosen: int, now: datetime) -> Session:
    session = (
        Session.objects.select_for_update(of=("self",))
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
    if response.chosen is not None:
        raise AnsweredBefore if response.chosen == chosen else NotTheCurrentItem
    if not 0 <= chosen < len(response.item.options):
        raise ImpossibleAnswer
    counted = Response.objects.filter(pk=response.pk, chosen=None).update(
        chosen=chosen, correct=chosen == response.item.key, answered_at=now
    )
    if counted != 1:
        raise NotTheCurrentItem
    take_step(session, now)
    return session
