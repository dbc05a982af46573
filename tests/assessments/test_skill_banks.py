"""The banks of skills as they ship: what can be counted of judgement and local knowledge."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import assessments
from assessments.engine.levels import Z_90
from assessments.engine.response_model import parameter_rows
from assessments.engine.selection import area_numbers
from assessments.engine.sessions import NO_ITEM, Form, simulate_sessions
from assessments.enums import BankKind, Interaction
from assessments.rules.bank_sheet import ItemSheet, read_bank, read_items
from assessments.rules.interactions import guessing, question_of

FOLDER = Path(assessments.__file__).parent / "data"
HEADS = [read_bank(head, "banks.json") for head in json.loads((FOLDER / "banks.json").read_text("utf-8"))]
SKILL_BANKS = [head for head in HEADS if head.kind != BankKind.LANGUAGE]
KNOWLEDGE = [head for head in SKILL_BANKS if head.kind == BankKind.LOCAL_KNOWLEDGE]


def items_of(head, name="items") -> list[ItemSheet]:
    path = FOLDER / head.code / f"{name}.json"
    return list(read_items(json.loads(path.read_text("utf-8")), f"{head.code}/{name}.json", head.kind))


def pytest_id(head):
    return head.code


JUDGEMENT = next(head for head in SKILL_BANKS if head.kind == BankKind.SERVICE_JUDGEMENT)


def test_there_is_judgement_and_knowledge_of_places_and_manners():
    assert len(KNOWLEDGE) == 12
    assert {head.skill for head in KNOWLEDGE} == {
        *(f"{country}_shopping" for country in ("netherlands", "germany", "france", "spain", "italy")),
        *(f"etiquette_{country}" for country in ("nl", "de", "fr", "es", "it")),
        "rome_art",
        "spain_travel",
    }


@pytest.mark.parametrize("head", SKILL_BANKS, ids=pytest_id)
def test_sessions_are_as_long_as_the_bank_allows_and_can_be_practised(head):
    assert len(items_of(head)) == 66
    assert (head.min_items, head.max_items) == (8, 18)
    assert items_of(head, "practice")


@pytest.mark.parametrize("head", SKILL_BANKS, ids=pytest_id)
def test_every_level_and_area_is_covered_with_difficulties_in_its_band(head):
    items = items_of(head)
    assert Counter(item.level for item in items) == {1: 22, 2: 22, 3: 22}
    assert 4 <= len({item.topic for item in items}) <= 5
    bands = {1: (-3.0, -1.0), 2: (-1.0, 1.0), 3: (1.0, 3.0)}
    for item in items:
        low, high = bands[item.level]
        graded = (
            head == JUDGEMENT and item.interaction == Interaction.CHOICE
        )  # by what finding the best takes
        assert low <= round(item.b + (item.steps[-1] if graded else 0), 2) <= high, item.code
    assert {item.parameters_source for item in items} == {"expert prior"}


@pytest.mark.parametrize("head", SKILL_BANKS, ids=pytest_id)
def test_no_question_stands_twice_and_no_answer_gives_itself_away_by_its_place(head):
    items = items_of(head)
    assert len({(item.text, item.prompt) for item in items}) == len(items)
    keys = Counter(item.key for item in items if item.interaction == Interaction.CHOICE)
    assert max(keys.values()) <= 0.5 * sum(keys.values())


@pytest.mark.parametrize("head", KNOWLEDGE, ids=pytest_id)
def test_knowledge_is_asked_evenly_over_areas_difficulties_and_places_of_the_key(head):
    items = items_of(head)
    areas = Counter(item.topic for item in items)
    assert len(areas) == 4
    assert max(areas.values()) - min(areas.values()) <= 2
    difficulties = sorted(item.b for item in items)
    assert max(harder - easier for easier, harder in pairwise(difficulties)) <= 0.11
    choices = [item for item in items if item.interaction == Interaction.CHOICE]
    places = Counter(item.key for item in choices)
    assert max(places.values()) - min(places[place] for place in range(4)) <= 3
    others = [
        [len(option) for place, option in enumerate(item.options) if place != item.key] for item in choices
    ]
    keys = [len(item.options[item.key]) for item in choices]
    assert sum(key > max(rest) for key, rest in zip(keys, others, strict=True)) <= 0.3 * len(choices)
    assert sum(key < min(rest) for key, rest in zip(keys, others, strict=True)) <= 0.25 * len(choices)


@pytest.mark.parametrize("head", KNOWLEDGE, ids=pytest_id)
def test_every_fact_names_its_source_and_says_why(head):
    for item in items_of(head):
        assert len(item.content["source"]) >= 4, item.code
        assert len(item.rationale) >= 15, item.code
    assert len({item.interaction for item in items_of(head)}) >= 3


def test_judgement_is_graded_with_a_reason_for_every_option():
    items = items_of(JUDGEMENT)
    assert Counter(item.topic for item in items) == {
        **dict.fromkeys(("upset_customer", "refund_limits", "escalation", "privacy"), 13),
        "fraud": 14,
    }
    choices = [item for item in items if item.interaction == Interaction.CHOICE]
    assert len(choices) == 57
    for item in choices:
        assert sorted(item.content["credits"]) == [0, 1, 2, 3], item.code
        assert all(len(why) >= 15 for why in item.content["why"]), item.code
    assert all(item.steps and guessing(question_of(item)) == 0 for item in items)


@pytest.mark.parametrize("heads", [[JUDGEMENT], KNOWLEDGE], ids=["judgement", "knowledge"])
def test_the_best_answer_is_neither_the_longest_nor_the_shortest_by_rule(heads):
    every = [item for head in heads for item in items_of(head)]
    choices = [item for item in every if item.interaction == Interaction.CHOICE]
    ranks = Counter(
        sum(len(option) < len(item.options[item.key]) for option in item.options) for item in choices
    )
    assert ranks[3] <= 0.3 * len(choices)
    assert ranks[0] <= 0.3 * len(choices)


def form_of(head) -> Form:
    items = sorted(items_of(head), key=lambda item: item.code)
    rows = [[item.a, item.b, guessing(question_of(item)), *item.steps] for item in items]
    areas = area_numbers([item.topic for item in items])
    return Form(parameter_rows(rows), areas, head.cuts, head.min_items, head.max_items)


@pytest.mark.parametrize("head", SKILL_BANKS, ids=pytest_id)
def test_sessions_measure_well_stay_short_and_spread_over_the_bank(head):
    """1,500 people spread evenly over the levels; the benchmark shows 86 % and more over 10,000."""
    form, true = form_of(head), np.random.default_rng(1).permutation(np.linspace(-3.0, 3.0, 1500))
    found = simulate_sessions(true, form, np.arange(1500), np.random.default_rng(20261122))
    off, error = np.abs(np.searchsorted(form.cuts, true, "right") + 1 - found.level), found.theta - true
    assert (off == 0).mean() >= 0.85
    assert (off <= 1).mean() >= 0.995
    assert abs(error.mean()) <= 0.05
    assert 0.88 <= (np.abs(error) <= Z_90 * found.standard_error).mean() <= 0.93
    assert found.length.mean() <= 14
    exposure = np.bincount(found.rows[found.rows != NO_ITEM], minlength=len(form.params))
    assert exposure.max() <= 0.3 * 1500
    assert (exposure > 0).all()


def test_who_chooses_at_random_is_not_taken_for_somebody_who_judges_well():
    """Any of the four options as often as any other; orders and matches as somebody at the foot of the scale."""
    form = form_of(JUDGEMENT)
    blind = form.params.copy()
    graded = [
        item.interaction == Interaction.CHOICE for item in sorted(items_of(JUDGEMENT), key=lambda i: i.code)
    ]
    blind[graded, 0] = 1e-9
    people = np.full(1500, -3.0)
    found = simulate_sessions(people, form, np.arange(1500), np.random.default_rng(4), true_params=blind)
    levels = np.bincount(found.level, minlength=4) / 1500
    assert levels[1] >= 0.93
    assert levels[3] <= 0.01
