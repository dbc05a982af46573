"""From stored answers to accepted parameters: asked for once, worked out once, accepted by a person, item by item."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from assessments.actions.calibration import (
    UnableToAccept,
    accept_parameters,
    ask_for_calibration,
    found_row,
    send_waiting_again,
    work_out_calibration,
)
from assessments.models import CalibrationRun, Item, ItemLog
from assessments.queries.calibration import answers_to, splits
from assessments.tasks import calibrate_bank_task, sweep_calibrations_task
from tests.factories.accounts import UserFactory
from tests.factories.answers import answered_bank
from tests.factories.assessments import BankFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def worked_out(bank):
    run = ask_for_calibration(bank=bank, by=UserFactory(), now=NOW)
    return work_out_calibration(run_id=run.pk, now=NOW)


def test_asked_for_twice_is_asked_once(django_capture_on_commit_callbacks):
    bank = BankFactory(items=1)
    first = ask_for_calibration(bank=bank, by=UserFactory(), now=NOW)
    assert ask_for_calibration(bank=bank, by=UserFactory(), now=NOW) == first
    assert CalibrationRun.objects.count() == 1


def test_too_few_answers_are_said_with_how_many_are_missing():
    bank = answered_bank(sessions=20, items=3)
    run = worked_out(bank)
    assert (run.state, run.failure, run.sessions, run.responses) == ("failed", "too_few", 20, 60)
    assert run.found["free"] == 0
    assert run.found["fewest"] == 10
    assert {row["needed"] for row in run.found["items"]} == {180}
    assert worked_out(BankFactory(items=0)).failure == "too_few"


def test_a_first_calibration_keeps_the_scale_and_changes_nothing_by_itself():
    bank = answered_bank()
    before = list(Item.objects.order_by("code").values_list("code", "a", "b", "parameters_source"))
    run = worked_out(bank)
    assert run.state == "done"
    assert (run.sessions, run.responses, run.found["anchored"]) == (260, 3120, False)
    assert len(run.digest) == 64
    assert answers_to(bank).digest == run.digest
    assert list(Item.objects.order_by("code").values_list("code", "a", "b", "parameters_source")) == before
    free = [row for row in run.found["items"] if row["after"]]
    assert len(free) >= 10
    old, new = (np.array([row[side][1] for row in free]) for side in ("before", "after"))
    assert new.mean() == pytest.approx(old.mean())
    assert new.std() == pytest.approx(old.std())
    assert np.abs(new - old).max() < 1.2
    assert all(0 < row["se_b"] < 1.5 and 0.6 < row["infit"] < 1.4 for row in free)
    assert sum(bar["people"] for bar in run.found["people"]) == 260
    assert work_out_calibration(run_id=run.pk, now=NOW) is None


def test_a_person_accepts_item_by_item_and_later_runs_hold_these_as_anchors():
    bank = answered_bank()
    run = worked_out(bank)
    by = UserFactory()
    codes = [row["code"] for row in run.found["items"] if row["after"]]
    for code in codes[:10]:
        accept_parameters(run=run, code=code, by=by, now=NOW)
    item, row = Item.objects.get(code=codes[0]), found_row(run, codes[0])
    assert [item.a, item.b] == row["after"][:2]
    assert item.parameters_source == f"calibrated {NOW:%Y-%m-%d}, n=260"
    log = ItemLog.objects.get(item=item)
    assert (log.act, log.by) == ("calibrated", by)
    assert f"b {row['before'][1]:.3f} → {row['after'][1]:.3f}" in log.reason
    with pytest.raises(UnableToAccept):
        accept_parameters(run=run, code=codes[0], by=by, now=NOW)
    again = worked_out(bank)
    assert again.found["anchored"] is True
    assert again.found["anchors"] == 10
    assert {row["code"] for row in again.found["items"] if row["after"]} == set(codes[10:])
    assert again.digest != run.digest


def test_what_has_changed_since_is_not_accepted():
    bank = answered_bank()
    run = worked_out(bank)
    code = next(row["code"] for row in run.found["items"] if row["after"])
    item = Item.objects.get(code=code)
    Item.objects.filter(pk=item.pk).update(b=0.123)
    with pytest.raises(UnableToAccept):
        accept_parameters(run=run, code=code, by=UserFactory(), now=NOW)
    Item.objects.filter(pk=item.pk).update(b=item.b, state="retired")
    for wrong in (code, "nothing-like-it"):
        with pytest.raises(UnableToAccept):
            accept_parameters(run=run, code=wrong, by=UserFactory(), now=NOW)
    assert ItemLog.objects.count() == 0


def test_an_item_that_is_harder_on_phones_is_flagged_and_stays_until_somebody_decides():
    bank = answered_bank(sessions=400, harder_on_phones=5)
    found = worked_out(bank).found["differences"]
    code = Item.objects.filter(bank=bank, state="live").order_by("code")[5].code
    by_code = {row["code"]: row for row in found if row["fact"] == "device_class"}
    assert by_code[code]["class"] == "C"
    assert by_code[code]["delta"] < -1.5
    assert by_code[code]["people"] == [200, 200]
    assert by_code[code]["flagged"]
    assert sum(row["class"] == "C" for row in by_code.values()) == 1
    assert {row["fact"] for row in found} == {"device_class", "interface_language"}
    assert Item.objects.get(code=code).state == "live"


def test_small_groups_are_not_compared():
    facts = [{"device_class": "", "interface_language": "en", "with_accommodation": False}] * 5
    assert [split.fact for split in splits(facts)] == ["device_class", "with_accommodation"]
    assert worked_out(answered_bank(sessions=150, items=3)).found.get("differences") is None


def test_a_lost_message_is_sent_again_three_times_and_then_given_up():
    run = ask_for_calibration(bank=BankFactory(items=1), by=UserFactory(), now=NOW)
    assert send_waiting_again(now=NOW + timedelta(minutes=29)) == 0
    later = NOW
    for tries in (2, 3):
        later += timedelta(minutes=31)
        assert send_waiting_again(now=later) == 1
        run.refresh_from_db()
        assert run.tries == tries
    assert send_waiting_again(now=later + timedelta(minutes=31)) == 0
    run.refresh_from_db()
    assert (run.state, run.failure) == ("failed", "no_worker")


def test_the_task_works_a_run_out_and_a_doubled_message_changes_nothing():
    run = ask_for_calibration(bank=BankFactory(items=1), by=UserFactory(), now=NOW)
    calibrate_bank_task(run_id=run.pk)
    run.refresh_from_db()
    first = (run.state, run.done_at)
    assert first[0] == "failed"
    calibrate_bank_task(run_id=run.pk)
    sweep_calibrations_task()
    run.refresh_from_db()
    assert (run.state, run.done_at) == first
