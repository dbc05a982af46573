"""One step of a session: score what was answered, then stop or give the next item."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import F

from assessments.actions.measurements import append_measurement
from assessments.engine.levels import StopReason, band, stop_reason
from assessments.engine.response_model import Parameters, parameter_rows
from assessments.engine.scoring import score_one
from assessments.engine.selection import FIRST_THETA, item_rng, next_item
from assessments.enums import SESSION_MOVES, BankKind, ItemState, MeasurementSource, SessionState
from assessments.models import Item, Measurement, Response, Session
from assessments.rules.policy import add_months
from common.states import move_state


class _Pool(NamedTuple):
    """The session's items as rows in order of code: frozen parameters, content areas, ids, and which are still live."""

    params: Parameters
    areas: list[str]
    ids: list[int]
    live: set[int]


def give_first_item(session: Session, now: datetime) -> None:
    """Give the first item of a new session."""
    pool = _pool(session)
    _give(session, pool, FIRST_THETA, [], pool.live, now)


def take_step(session: Session, now: datetime) -> None:
    """After an answer: finish with a measurement, or give the next item. The caller holds the session's lock."""
    pool = _pool(session)
    row_of = {item_id: row for row, item_id in enumerate(pool.ids)}
    answered = list(session.responses.order_by("position").values_list("item_id", "credit"))
    given = [row_of[item_id] for item_id, _ in answered]
    theta, standard_error = score_one(pool.params[given], [credit or 0 for _, credit in answered])
    unseen = pool.live - set(given)
    reason = stop_reason(
        theta,
        standard_error,
        session.bank.cuts,
        answered=len(given),
        unseen=len(unseen),
        min_items=session.bank.min_items,
        max_items=session.bank.max_items,
    )
    if reason:
        _finish(session, theta, standard_error, reason, now)
    else:
        _give(session, pool, theta, given, unseen, now)


def _pool(session: Session) -> _Pool:
    area = "skill" if session.bank.kind == BankKind.LANGUAGE else "topic"
    items = list(
        Item.objects.filter(bank_id=session.bank_id, code__in=session.parameters)
        .order_by("code")
        .values_list("code", "pk", area, "state")
    )
    return _Pool(
        params=parameter_rows([session.parameters[code] for code, *_ in items]),
        areas=[area for _, _, area, _ in items],
        ids=[pk for _, pk, _, _ in items],
        live={row for row, (*_, state) in enumerate(items) if state == ItemState.LIVE},
    )


def _give(
    session: Session, pool: _Pool, theta: float, given: list[int], unseen: set[int], now: datetime
) -> None:
    position = len(given) + 1
    row = next_item(
        pool.params,
        theta,
        unseen=unseen,
        given=given,
        areas=pool.areas,
        rng=item_rng(session.seed, position),
    )
    Response.objects.create(session=session, item_id=pool.ids[row], position=position, given_at=now)
    Item.objects.filter(pk=pool.ids[row]).update(times_given=F("times_given") + 1)


def _finish(
    session: Session, theta: float, standard_error: float, reason: StopReason, now: datetime
) -> Measurement:
    move_state(
        session,
        to=SessionState.FINISHED,
        table=SESSION_MOVES,
        finished_at=now,
        stopped_because=reason,
        theta=theta,
        standard_error=standard_error,
    )
    today = now.astimezone(UTC).date()
    return append_measurement(
        candidate=session.candidate,
        now=now,
        language_id=session.bank.language_id,
        skill_id=session.bank.skill_id,
        level=band(theta, session.bank.cuts),
        theta=theta,
        standard_error=standard_error,
        source=MeasurementSource.ADAPTIVE_TEST,
        session=session,
        measured_on=today,
        expires_on=add_months(today, session.bank.valid_months),
    )
