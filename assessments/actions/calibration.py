"""Working out what answers say of items, and accepting it, item by item."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import F

from accounts.models import User
from assessments.enums import CalibrationState, ItemAct, ItemState
from assessments.models import Bank, CalibrationRun, Item, ItemLog
from assessments.queries.banks import item_parameters
from assessments.queries.calibration import answers_to
from assessments.queries.item_study import TooFewAnswers, study
from assessments.rules.item_life import CALIBRATED, parameters_possible
from common.queue import enqueue

SEND_AGAIN: Final = timedelta(minutes=30)
MOST_TRIES: Final = 3
TOO_FEW, NO_WORKER = "too_few", "no_worker"
"""Failures that the page has words for; any other is the error itself."""


class UnableToAccept(Exception):
    """The run says nothing of this item, or its parameters are not what they were when it was worked out."""


@transaction.atomic
def ask_for_calibration(*, bank: Bank, by: User, now: datetime) -> CalibrationRun:
    """A run that waits for a worker; asked for twice it is one."""
    Bank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    waiting = CalibrationRun.objects.filter(bank=bank, state=CalibrationState.WAITING).first()
    if waiting:
        return waiting
    run = CalibrationRun.objects.create(bank=bank, asked_by=by, asked_at=now, sent_at=now)
    enqueue("assessments.calibrate_bank", run_id=run.pk)
    return run


@transaction.atomic
def work_out_calibration(*, run_id: int, now: datetime) -> CalibrationRun | None:
    """Work out a waiting run; None where it is done, or another worker has it. Nothing of the bank changes."""
    waiting = CalibrationRun.objects.filter(pk=run_id, state=CalibrationState.WAITING)
    run = waiting.select_for_update(of=("self",), skip_locked=True).select_related("bank").first()
    if run is None:
        return None
    answers = answers_to(run.bank)
    run.digest, run.sessions = answers.digest, len(answers.given)
    run.responses, run.done_at = int((answers.given >= 0).sum()), now
    try:
        run.found, run.state = study(answers), CalibrationState.DONE
    except TooFewAnswers as error:
        run.found, run.state, run.failure = error.found, CalibrationState.FAILED, TOO_FEW
    except (ValueError, ArithmeticError, np.linalg.LinAlgError) as error:
        run.state, run.failure = CalibrationState.FAILED, f"{type(error).__name__}: {error}"
    run.save()
    return run


@transaction.atomic
def send_waiting_again(*, now: datetime) -> int:
    """Send runs whose message was lost once more, and give up after the third time; how many were sent."""
    late = CalibrationRun.objects.filter(state=CalibrationState.WAITING, sent_at__lt=now - SEND_AGAIN)
    late = late.select_for_update(skip_locked=True)
    CalibrationRun.objects.filter(pk__in=[run.pk for run in late if run.tries >= MOST_TRIES]).update(
        state=CalibrationState.FAILED, done_at=now, failure=NO_WORKER
    )
    again = [run.pk for run in late if run.tries < MOST_TRIES]
    CalibrationRun.objects.filter(pk__in=again).update(sent_at=now, tries=F("tries") + 1)
    for run_id in again:
        enqueue("assessments.calibrate_bank", run_id=run_id)
    return len(again)


@transaction.atomic
def accept_parameters(*, run: CalibrationRun, code: str, by: User, now: datetime) -> Item:
    """Give an item the parameters that a run found, for sessions that start from now on. Raises UnableToAccept."""
    row = found_row(run, code)
    item = Item.objects.select_for_update(no_key=True).filter(bank=run.bank_id, code=code).first()
    if item is None or row is None or row["after"] is None or item.state not in CALIBRATED_STATES:
        raise UnableToAccept
    if _numbers(item_parameters(item)) != _numbers(row["before"]):
        raise UnableToAccept
    a, b, _guessing, *steps = row["after"]
    if not parameters_possible(a, b):
        raise UnableToAccept
    words = f"a {item.a:.3f} → {a:.3f}, b {item.b:.3f} → {b:.3f} (calibration {run.pk})"
    item.a, item.b, item.steps = a, b, steps
    item.parameters_source = f"{CALIBRATED} {now.astimezone(UTC):%Y-%m-%d}, n={row['answers']}"
    item.save(update_fields=["a", "b", "steps", "parameters_source"])
    ItemLog.objects.create(
        item=item, act=ItemAct.CALIBRATED, state=item.state, edition=item.edition, at=now, by=by, reason=words
    )
    return item


CALIBRATED_STATES: Final = (ItemState.PILOT, ItemState.LIVE)


def found_row(run: CalibrationRun, code: str) -> Mapping[str, Any] | None:
    """What a run found of one item."""
    return next((row for row in run.found.get("items", []) if row["code"] == code), None)


def _numbers(row: list[float]) -> list[float]:
    return [round(number, 9) for number in row]
