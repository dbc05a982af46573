"""The published rules, worked out by hand, and what must hold of every run."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.engine.desk.scoring import PARTS, level_of, possible_points, score
from assessments.engine.desk.script import Script
from assessments.engine.desk.search import search
from assessments.engine.desk.timeline import Event, timeline
from assessments.queries.desk import script_of
from tests.assessments.desk_play import best, choices, contact, script, shipped, turn

REFUND = turn(
    lookups=["article:late", "order:11"], actions={"refund": 2, "inform": 1}, order="11", harm=["ask"],
    substance=[*choices(2, 1, 0), {"text": "Never.", "credit": 0, "why": "No.", "harm": True}],
)  # fmt: skip


def answered(code: str, at: int, number: int = 0, **changes: Any) -> list[Event]:
    """The best answer of the small desk at a second, changed."""
    facts = {"action": "inform", "order": "", "opening": "hello", "care": 0, "substance": 0, "closing": "bye"}
    facts |= {"note": "", **changes}
    action = {name: facts.pop(name) for name in ("action", "order")}
    return [
        Event("action", code, at * 1000, {"turn": number, **action}),
        Event("reply", code, at * 1000, {"turn": number, **facts}),
        Event("closed", code, at * 1000, {}),
    ]


def opened(code: str, at: int) -> Event:
    return Event("opened", code, at * 1000, {})


def read(what: str, at: int) -> Event:
    return Event("article" if what.startswith("article") else "record", "", at * 1000, {"what": what})


def one_refund() -> Script:
    return script(contacts=[contact("c1", turns=[REFUND])])


def test_everything_right_is_a_hundred() -> None:
    events = [opened("c2", 31), *answered("c2", 40), opened("c1", 41), *answered("c1", 50)]
    card = score(script(), events)
    assert (dict(card.parts), card.total, card.level, card.harms) == (dict.fromkeys(PARTS, 100), 100, 3, 0)


def test_nothing_done_is_nothing() -> None:
    card = score(script(), [])
    assert (dict(card.parts), card.total, card.level) == (dict.fromkeys(PARTS, 0), 0, 0)


def test_points_of_one_contact_by_hand() -> None:
    """Possible: resolution 2, correctness 2 + 1 order + 2 lookups, priority 2, tone 6."""
    events = [
        opened("c1", 1), read("article:late", 2),
        *answered("c1", 150, action="refund", order="12", substance=1, care=1, opening="dear"),
    ]  # fmt: skip
    card = score(one_refund(), events)
    found = card.contacts[0]
    assert found.possible == {"resolution": 2, "correctness": 5, "priority": 2, "tone": 6}
    # the wrong order; the rule but not the record; too late (patience 100 s); 1 + 1 + 2 of tone
    assert found.earned == {"resolution": 2, "correctness": 2, "priority": 1, "tone": 4}
    assert dict(card.parts) == {"resolution": 100, "correctness": 40, "priority": 50, "tone": 66}
    # 40·1 + 30·2/5 + 10·1/2 + 20·4/6 = 40 + 12 + 5 + 13.3
    assert (card.total, card.level) == (70, 2)


def test_what_is_looked_up_after_the_answer_does_not_count() -> None:
    early = [opened("c1", 1), read("order:12", 2), *answered("c1", 9, action="refund", order="11")]
    assert (
        score(one_refund(), early).contacts[0].earned["correctness"] == 4
    )  # a record shows all orders of the person
    late = [opened("c1", 1), *answered("c1", 9, action="refund", order="11"), read("order:11", 10)]
    assert score(one_refund(), late).contacts[0].earned["correctness"] == 3


@pytest.mark.parametrize("changes", [{"action": "ask"}, {"action": "refund", "order": "11", "substance": 3}])
def test_what_must_never_happen_takes_the_contact_and_the_top_level(changes: dict[str, Any]) -> None:
    two = script(contacts=[contact("c1", turns=[REFUND]), *(contact(f"d{n}") for n in range(9))])
    events = [opened("c1", 1), *answered("c1", 2, **changes)]
    for n in range(9):
        events += [opened(f"d{n}", 3 + n), *answered(f"d{n}", 3 + n)]
    card = score(two, events)
    assert set(card.contacts[0].earned.values()) == {0}
    assert card.contacts[0].harm == (("action",) if "substance" not in changes else ("substance",))
    assert (card.total, card.level, card.harms) == (86, 2, 1)


def test_levels_begin_at_their_cuts() -> None:
    assert [level_of(total, (40, 60, 80), 0) for total in (0, 39, 40, 59, 60, 79, 80, 100)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
    ]
    assert [level_of(total, (40, 60, 80), 1) for total in (39, 40, 60, 80, 100)] == [0, 1, 2, 2, 2]


def test_who_takes_up_the_less_urgent_first_loses_one_point() -> None:
    """c1 is there from the start, c2 is more urgent and comes at 30."""

    def orders(events: list[Event]) -> list[bool]:
        return [found.in_order for found in score(script(), events).contacts]

    both = answered("c1", 50), answered("c2", 60)
    assert orders([opened("c1", 29), *both[0], opened("c2", 55), *both[1]]) == [True, True]
    assert orders([opened("c1", 30), *both[0], opened("c2", 55), *both[1]]) == [False, True]
    # read it, go to the other one first, come back
    reading = [opened("c1", 31), opened("c2", 35), *answered("c2", 45), opened("c1", 46), *both[0]]
    assert orders(reading) == [True, True]


def test_an_answer_is_in_time_until_the_patience_ends() -> None:
    for at, in_time in ((99, True), (100, False)):
        card = score(script(), [opened("c1", 1), *answered("c1", at)])
        assert card.contacts[0].in_time is in_time
    assert score(script(), [opened("c1", 1), *answered("c1", 9999)], timed=False).contacts[0].in_time


def test_a_second_message_comes_only_after_the_action_that_brings_it() -> None:
    turns = [turn(actions={"ask": 2}, goes_on_with="ask"), turn(after=20)]
    two = script(contacts=[contact("c1", turns=turns)])
    asked = [opened("c1", 1), *answered("c1", 10, action="ask")[:2]]
    line = timeline(two, asked)["c1"]
    assert [line.standing(ms) for ms in (29_999, 30_000, 129_999, 130_000)] == [
        "expected",
        "waiting",
        "waiting",
        "due",
    ]
    whole = score(two, [*asked, *answered("c1", 40, number=1)])
    assert whole.total == 100
    closed = score(two, [opened("c1", 1), *answered("c1", 10)])
    assert (closed.parts["resolution"], closed.parts["correctness"], closed.parts["priority"]) == (0, 50, 66)


def test_searching_finds_titles_first_and_needs_every_word() -> None:
    tea = script_of(shipped("tea-shop"))
    assert search(tea, "address").articles[0].code == "address"
    assert [person.code for person in search(tea, "ines dua").customers] == ["duarte"]
    assert [order.number for order in search(tea, "3107").orders] == ["3107"]
    assert search(tea, "teapot zebra") == ([], [], [])
    assert search(tea, "  ") == ([], [], [])


# --- What must hold of every run ---------------------------------------------------------------------------------------

TEA = script_of(shipped("tea-shop"))
CODES = list(TEA.contacts)


@st.composite
def runs(draw: Any) -> list[Event]:
    """Somebody who opens, reads and answers as they please."""
    events: list[Event] = []
    moment = 0
    left = draw(st.permutations(CODES))[: draw(st.integers(0, len(CODES)))]
    for code in left:
        moment += draw(st.integers(1, 200_000))
        moment = max(moment, TEA.contacts[code].arrives_at * 1000)
        events.append(Event("opened", code, moment, {}))
        for what in draw(
            st.lists(st.sampled_from(["article:late", "article:who-writes", "order:3107"]), max_size=2)
        ):
            events.append(read(what, moment // 1000))
        one = TEA.contacts[code].turns[0]
        facts = {
            "turn": 0, "opening": draw(st.sampled_from(sorted(TEA.openings))), "note": "",
            "closing": draw(st.sampled_from(sorted(TEA.closings))), "care": draw(st.integers(0, len(one.care) - 1)),
            "substance": draw(st.integers(0, len(one.substance) - 1)),
        }  # fmt: skip
        action = {
            "turn": 0,
            "action": draw(st.sampled_from(sorted(TEA.actions))),
            "order": draw(st.sampled_from(["", "3107"])),
        }
        events += [
            Event("action", code, moment, action),
            Event("reply", code, moment, facts),
            Event("closed", code, moment, {}),
        ]
    return events


def bettered(events: list[Event], code: str) -> list[Event]:
    """The same run with the best answer to one contact, everything it needs having been looked up at the start."""
    reply = best(TEA.contacts[code].turns[0], TEA, TEA.contacts[code])._asdict()
    action = {"action": reply.pop("action"), "order": reply.pop("order")}
    found = [read(what, 0) for what in TEA.contacts[code].turns[0].lookups]
    for event in events:
        new = {"action": action, "reply": reply}.get(event.kind, {}) if event.contact == code else {}
        found.append(event._replace(facts={**event.facts, **new}))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runs(), st.sampled_from(CODES))
def test_a_better_or_a_further_answer_never_lowers_the_score(events: list[Event], code: str) -> None:
    before = score(TEA, events)
    after = score(TEA, bettered(events, code))
    last = max((event.clock_ms for event in events), default=0) // 1000 + 400
    further = events
    if code not in {event.contact for event in events}:
        further = [*events, opened(code, last), *answered(code, last, opening="hello", closing="anything")]
    more = score(TEA, further)
    for other in (after, more):
        assert other.total >= before.total
        assert all(other.parts[part] >= before.parts[part] for part in PARTS)
    assert after.level >= before.level


@settings(max_examples=100, deadline=None)
@given(runs())
def test_figures_stay_in_their_range_and_add_up(events: list[Event]) -> None:
    card = score(TEA, events)
    assert all(0 <= card.parts[part] <= 100 for part in PARTS)
    assert 0 <= card.total <= 100
    assert card.total <= sum(TEA.weights[part] * (card.parts[part] + 1) for part in PARTS) / 100
    for found in card.contacts:
        assert found.possible == possible_points(TEA.contacts[found.contact])
        assert all(0 <= found.earned[part] <= found.possible[part] for part in PARTS)
    assert score(TEA, json_round_trip(events)) == card


def json_round_trip(events: list[Event]) -> list[Event]:
    """As they come back from the database."""
    return [Event(*json.loads(json.dumps(event))) for event in events]
