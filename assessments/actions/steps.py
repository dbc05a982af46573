"""One step of a session: score what was answered, then stop or give the next item."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import F

from assessments.actions.measurements import append_measurement
from assessments.actions.outcomes import settle_confirmation
from assessments.engine.levels import StopReason, stop_reason, sure_enough
from assessments.engine.response_model import Parameters, parameter_rows
from assessments.engine.scoring import Estimate, estimate
from assessments.engine.selection import FIRST_THETA, next_item
from assessments.enums import SESSION_MOVES, ItemState, MeasurementSource, SessionKind, SessionState
from assessments.models import Item, Response, Session
from assessments.rules.confirmation import length_of
from assessments.rules.policy import add_months
from common.queue import enqueue
from common.states import move_state


class _Pool(NamedTuple):
    """What the session may give, as rows in order of code: frozen parameters and content areas."""

    codes: list[str]
    params: Parameters
    areas: list[str]


def give_first_item(session: Session, now: datetime, theta: float = FIRST_THETA) -> None:
    """Give the first item of a new session, chosen for an ability."""
    if not _give(session, _pool(session), theta, [], 1, now):
        raise ValueError("a session starts with items that are live")


def take_step(session: Session, now: datetime) -> None:
    """After an answer: finish with a measurement, or give the next item. The caller holds the session's lock."""
    everything = list(session.responses.order_by("position").values_list("item__code", "credit", "scored"))
    position = len(everything) + 1
    if _try_out(session, position, now):
        return
    pool = _pool(session)
    row_of = {code: row for row, code in enumerate(pool.codes)}
    answered = [(code, credit) for code, credit, scored in everything if scored]
    given = [row_of[code] for code, _ in answered]
    earned = [credit or 0 for _, credit in answered]
    found = estimate(pool.params[given], earned, session.cuts, session.rules_version)
    length = length_of(session.kind, session.bank.min_items, session.bank.max_items)
    reason = stop_reason(
        bool(sure_enough(found.theta, found.standard_error, found.certainty, session.cuts)),
        answered=len(given),
        unseen=len(pool.codes) - len(given),
        min_items=length.fewest,
        max_items=length.most,
    )
    if reason is None and not _give(session, pool, found.theta, given, position, now):
        reason = "no_items"
    if reason:
        _finish(session, found, reason, now)


def _try_out(session: Session, position: int, now: datetime) -> bool:
    """Give the item that is tried out at this position; False where none is, or where it was retired since."""
    code = session.pilots.get(str(position))
    item = code and Item.objects.filter(code=code, state=ItemState.PILOT).only("pk").first()
    if not item:
        return False
    _hand_out(session, item.pk, position, now, scored=False)
    return True


def _pool(session: Session) -> _Pool:
    codes = sorted(session.parameters)
    return _Pool(
        codes=codes,
        params=parameter_rows([session.parameters[code] for code in codes]),
        areas=[session.areas[code] for code in codes],
    )


def _give(
    session: Session, pool: _Pool, theta: float, given: list[int], position: int, now: datetime
) -> bool:
    """Give the best item that is still live; False when none is. Items that retired since the start are passed over."""
    unseen = set(range(len(pool.codes))) - set(given)
    while unseen:
        row = next_item(pool.params, theta, unseen=unseen, given=given, areas=pool.areas, seed=session.seed)
        live = Item.objects.filter(bank=session.bank_id, code=pool.codes[row], state=ItemState.LIVE)
        item_id = live.values_list("pk", flat=True).first()
        if item_id is not None:
            _hand_out(session, item_id, position, now)
            return True
        unseen.remove(row)
    return False


def _hand_out(session: Session, item_id: int, position: int, now: datetime, *, scored: bool = True) -> None:
    Response.objects.create(session=session, item_id=item_id, position=position, given_at=now, scored=scored)
    Item.objects.filter(pk=item_id).update(times_given=F("times_given") + 1)


def _finish(session: Session, found: Estimate, reason: StopReason, now: datetime) -> None:
    move_state(
        session,
        to=SessionState.FINISHED,
        table=SESSION_MOVES,
        finished_at=now,
        stopped_because=reason,
        theta=found.theta,
        standard_error=found.standard_error,
    )
    if session.kind == SessionKind.CONFIRMATION:
        settle_confirmation(session=session, now=now)
    else:
        _measure(session, found, now)
    enqueue("assessments.check_session", session_id=session.pk)


def _measure(session: Session, found: Estimate, now: datetime) -> None:
    today = now.astimezone(UTC).date()
    append_measurement(
        candidate=session.candidate,
        now=now,
        language_id=session.bank.language_id,
        skill_id=session.bank.skill_id,
        level=found.level,
        theta=found.theta,
        standard_error=found.standard_error,
        source=MeasurementSource.ADAPTIVE_TEST,
        session=session,
        measured_on=today,
        expires_on=add_months(today, session.bank.valid_months),
    )
