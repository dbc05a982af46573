"""How well the banks of languages measure, on simulated people with known abilities; and that real sessions do the same."""

import json
from collections import Counter
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from assessments.actions.banks import load_banks
from assessments.actions.sessions import answer_item, start_session
from assessments.engine.levels import STANDARD_CUTS, Z_90
from assessments.engine.response_model import parameter_rows, parameters
from assessments.engine.selection import area_numbers
from assessments.engine.sessions import NO_ITEM, Form, simulate_sessions
from assessments.engine.simulation import simulate
from assessments.enums import SessionState
from assessments.models import Bank, Item, Response
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory

DATA = Path(__file__).resolve().parents[2] / "assessments" / "data"
LEVELS = ("a1", "a2", "b1", "b2", "c1", "c2")
HEADS = [
    head
    for head in json.loads((DATA / "banks.json").read_text("utf-8"))
    if head.get("kind", "language") == "language"
]
PEOPLE = 1500


def form_of(head: dict) -> Form:
    items = [
        item
        for level in LEVELS
        for item in json.loads((DATA / head["code"] / f"{level}.json").read_text("utf-8"))
    ]
    params = parameters(
        [item["discrimination"] for item in items], [item["difficulty"] for item in items], [4] * len(items)
    )
    areas = area_numbers([item["skill"] for item in items])
    return Form(params, areas, head["cuts"], head.get("min_items", 8), head["max_items"])


@pytest.fixture(scope="module", params=HEADS, ids=lambda head: head["code"])
def taken(request):
    """1,500 people spread evenly from A1 to C2, in an order that tells nothing; fixed seeds."""
    form = form_of(request.param)
    true = np.random.default_rng(1).permutation(np.linspace(-4.8, 4.8, PEOPLE))
    return form, true, simulate_sessions(true, form, np.arange(PEOPLE), np.random.default_rng(20261122))


def test_results_lie_within_one_level(taken):
    """The benchmark shows 85 % over 10,000 people; 1,500 leave 2 % to chance."""
    form, true, found = taken
    off = np.abs(np.searchsorted(form.cuts, true, "right") + 1 - found.level)
    assert (off <= 1).mean() >= 0.995
    assert (off == 0).mean() >= 0.83
    assert (off >= 3).mean() <= 0.002


def test_nobody_is_favoured(taken):
    """Nor either end of the scale: where the prior reaches far beyond, the highest level comes out 0.08 too high."""
    form, true, found = taken
    errors = found.theta - true
    assert abs(errors.mean()) <= 0.03
    lowest, highest = errors[true < form.cuts[0]].mean(), errors[true >= form.cuts[-1]].mean()
    assert abs(highest - lowest) / 2 <= 0.06
    assert np.sqrt((errors**2).mean()) <= 0.5


def test_the_margin_keeps_its_promise(taken):
    _, true, found = taken
    inside = np.abs(found.theta - true) <= Z_90 * found.standard_error
    assert 0.88 <= inside.mean() <= 0.94


def test_sessions_stay_short_and_spread_over_the_bank(taken):
    form, _, found = taken
    assert found.length.mean() <= 22
    assert found.length.min() >= 8
    assert found.length.max() == form.max_items
    exposure = np.bincount(found.rows[found.rows != NO_ITEM], minlength=len(form.params))
    assert exposure.max() <= 0.3 * PEOPLE
    assert (exposure > 0).mean() >= 0.95


def test_half_of_every_session_reads(taken):
    form, _, found = taken
    for rows, length in zip(found.rows, found.length, strict=True):
        assert abs(2 * form.areas[rows[:length]].sum() - length) <= 1
        assert len(set(rows[:length].tolist())) == length


@pytest.mark.parametrize(
    "head", [head for head in HEADS if "language" in head], ids=lambda head: head["code"]
)
def test_items_rest_when_everybody_stands_near_one_cut(head):
    """Without rest a third of the items would be given to 40 % and more; the first sessions cannot know it yet."""
    form = form_of(head)
    true = np.random.default_rng(2).normal(1.6, 1.0, 2000)
    found = simulate_sessions(true, form, np.arange(2000), np.random.default_rng(3))
    later = found.rows[300:]
    exposure = np.bincount(later[later != NO_ITEM], minlength=len(form.params)) / len(later)
    assert 0.24 < exposure.max() <= 0.3


@pytest.mark.django_db
def test_a_real_session_is_the_simulated_one(now):
    """The same seeds and the same answers: the same items in the same order, the same result."""
    load_banks(folder=DATA, now=now)
    bank = Bank.objects.get(code="english")
    items = list(Item.objects.filter(bank=bank, state="live").order_by("code"))
    seeds, true = np.array([11, 2**62, 5]), np.array([-3.9, 0.2, 2.6])
    params = parameter_rows([[item.a, item.b, 0.25] for item in items])
    form = Form(
        params, area_numbers([item.skill for item in items]), bank.cuts, bank.min_items, bank.max_items
    )
    found = simulate_sessions(true, form, seeds, np.random.default_rng(6))
    for line in range(3):
        length = int(found.length[line])
        session = _take(bank, int(seeds[line]), found.credit[line, :length].tolist(), now)
        codes = list(session.responses.order_by("position").values_list("item__code", flat=True))
        assert codes == [items[row].code for row in found.rows[line, :length]]
        simulated = (found.theta[line], found.standard_error[line])
        assert (session.theta, session.standard_error) == pytest.approx(simulated, abs=1e-12)
        assert session.measurement.level == found.level[line]


def _take(bank, seed, credit, now):
    candidate = CandidateFactory()
    session = start_session(candidate=candidate, bank=bank, seed=seed, now=now)
    for position, earned in enumerate(credit, start=1):
        item = Response.objects.select_related("item").get(session=session, position=position).item
        answer = item.key if earned else (item.key + 1) % 4
        session = answer_item(session=session, candidate=candidate, position=position, answer=answer, now=now)
    assert session.state == SessionState.FINISHED
    return session


@pytest.mark.django_db
def test_items_given_often_of_late_rest_in_the_next_session(now):
    bank = BankFactory(items=80, max_items=10)
    first = start_session(candidate=CandidateFactory(), bank=bank, seed=1, now=now)
    assert len(first.parameters) == 80
    worn = first.responses.get().item
    for _ in range(30):
        copy = start_session(candidate=CandidateFactory(), bank=bank, seed=2, now=now)
        copy.responses.update(item=worn)
    for seed in range(5):
        again = start_session(candidate=CandidateFactory(), bank=bank, seed=seed, now=now)
        assert worn.code not in again.parameters
        assert len(again.parameters) >= 75


def test_people_of_the_demo_are_measured_as_well_as_others():
    form = form_of(HEADS[0])
    true = np.random.default_rng(1).normal(0.3, 2.2, 10_000)
    start = process_time()
    found = simulate(true, form.params, np.random.default_rng(2))
    assert process_time() - start < 10
    off = np.abs(
        np.searchsorted(STANDARD_CUTS, true, "right") - np.searchsorted(STANDARD_CUTS, found.theta, "right")
    )
    assert (off <= 1).mean() >= 0.99
    assert (off == 0).mean() >= 0.77
    assert abs((found.theta - true).mean()) <= 0.05
    inside = np.abs(found.theta - true) <= Z_90 * found.standard_error
    assert 0.88 <= inside.mean() <= 0.93
    assert Counter(found.items.tolist()) == {30: 10_000}
    again = simulate(true[:3000], form.params, np.random.default_rng(2))
    once_more = simulate(true[:3000], form.params, np.random.default_rng(2))
    assert (again.theta == once_more.theta).all()
    assert (again.standard_error == once_more.standard_error).all()


def test_a_small_bank_and_nobody_are_simulated_too():
    params = form_of(HEADS[0]).params
    small = simulate(np.array([0.0, 1.0]), params[:6], np.random.default_rng(2))
    assert small.items.tolist() == [6, 6]
    assert simulate(np.empty(0), params, np.random.default_rng(2)).theta.shape == (0,)
