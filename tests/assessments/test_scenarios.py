"""Scenarios: what is refused and where, loading them, and editing one in the administration."""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEntry
from assessments.actions.desk.scenarios import UnableToRevise, load_scenarios, revise_scenario
from assessments.engine.desk.scoring import PARTS, possible_points, score
from assessments.engine.desk.script import FULL, SLOTS, Choice, Script
from assessments.engine.desk.timeline import Event
from assessments.models import Scenario, ScenarioVersion
from assessments.queries.desk import newest_version, script_of
from assessments.rules.json_lines import JSONLineError, read_json_lines
from assessments.rules.scenario_sheet import ScenarioError, read_script
from tests.assessments.desk_play import DATA, SHOP, best, contact, scenario, shop, turn
from tests.factories.accounts import UserFactory

HEADS = json.loads((DATA / "scenarios.json").read_text())
SHIPPED = [head["code"] for head in HEADS]
MEASURED = [head["code"] for head in HEADS if head["measured"]]


# --- Reading -----------------------------------------------------------------------------------------------------------


def test_every_value_knows_its_line() -> None:
    value, lines = read_json_lines('{\n "a": [1,\n  {"b": "x\\n"}\n ]\n}')
    assert value == {"a": [1, {"b": "x\n"}]}
    assert lines == {(): 1, ("a",): 2, ("a", 0): 2, ("a", 1): 3, ("a", 1, "b"): 3}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("{\n", 2, "a name in double quotes is expected here"),
        ('{"a": 1,\n\n "a": 2}', 3, "'a' stands here twice"),
        ("[1\n2]", 2, "',' or ']' is expected here"),
        ('{"a"\n1}', 2, "':' is expected here"),
        ("[\nNaN]", 2, "NaN is no number"),
        ("{}\n{}", 2, "something stands after the end"),
        ("\n" + "[" * 30, 2, "nested more than 20 deep"),
        ("[\n" + "9" * 5000 + "]", 2, None),
        ("", 1, None),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text: str, line: int, reason: str | None) -> None:
    with pytest.raises(JSONLineError) as caught:
        read_json_lines(text)
    assert caught.value.line == line
    assert reason in (None, caught.value.reason)


def changed(path: tuple[Any, ...], value: Any) -> str:
    """The small desk with one value changed, written with a line for each value."""
    content = deepcopy(SHOP)
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(content, indent=1)


TURN = ("contacts", 0, "turns", 0)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("title",), "", "title: must be a text that is not empty"),
        (("minutes",), True, "minutes: must be a whole number from 3 to 120"),
        (("today",), "12 March", "today: must be a day as 2026-03-12"),
        (("colour",), 1, "colour: is unknown here; known are title"),
        (("described",), {"NL": {"title": "x", "summary": "y"}}, "NL: is no code of a language, as nl"),
        (("described",), {"nl": {"title": "x"}}, "nl: misses summary"),
        (("cuts",), [80, 60, 90], "cuts: must be three rising whole numbers up to 100"),
        (("weights", "tone"), 21, "weights: must add up to 100"),
        (("articles",), [], "articles: must be a list of at least 1"),
        (("orders", 0, "customer"), "eve", "customer: is no customer of this scenario"),
        (("orders", 1, "number"), "11", "'11' is used twice in orders"),
        (("contacts", 0, "code"), "A b", "code: must be lower-case letters, digits and hyphens"),
        (("contacts", 0, "channel"), "fax", "channel: must be chat or mail"),
        (("contacts", 0, "phrase_credit"), {"hello": 0, "dear": 0}, "no opening is worth 2 points here"),
        ((*TURN, "actions"), {"sell": 2}, "sell: is no action of this scenario"),
        ((*TURN, "actions"), {"inform": 1}, "actions: no action is worth 2 points"),
        ((*TURN, "actions"), {"inform": 3}, "inform: must be a whole number from 0 to 2"),
        ((*TURN, "order"), "99", "order: is no order of this scenario"),
        ((*TURN, "order"), "11", "order: the best action must be one on an order"),
        ((*TURN, "lookups"), ["article:x"], "lookups: 'article:x' is nothing that can be looked up here"),
        ((*TURN, "harm"), ["inform"], "harm: an action that does harm earns no points"),
        ((*TURN, "goes_on_with"), "inform", "goes_on_with stands on every turn that has another after it"),
        ((*TURN, "care", 0, "credit"), 1, "care: no choice is worth 2 points"),
        ((*TURN, "care", 2, "harm"), True, "care: only an action or the substance can do harm"),
        ((*TURN, "substance", 0, "harm"), True, "a line that does harm earns no points"),
        (("title",), "Half a sign \ud800", "title: must be a plain text of at most 120 characters"),
        ((*TURN, "text"), "x" * 4001, "text: must be a plain text of at most 4000 characters"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_line(path: tuple[Any, ...], value: Any, reason: str) -> None:
    text = changed(path, value)
    with pytest.raises(ScenarioError) as caught:
        read_script(text)
    assert caught.value.reason.startswith(reason)
    assert 1 <= caught.value.line <= text.count("\n") + 1
    if path[-1] in ("title", "today", "channel"):
        assert f'"{path[-1]}"' in text.splitlines()[caught.value.line - 1]


def test_what_is_missing_is_named() -> None:
    content = shop()
    del content["contacts"][0]["turns"]
    with pytest.raises(ScenarioError, match="misses turns"):
        read_script(json.dumps(content))


def test_a_huge_text_is_refused() -> None:
    with pytest.raises(ScenarioError, match="longer than 400000 characters"):
        read_script(" " * 400_001)


# --- The scenarios that come along ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_scenario_can_be_won_in_time(code: str) -> None:
    """A full score is possible, and the last contact comes well before the end."""
    script = read_script((DATA / f"{code}.json").read_text(encoding="utf-8"))
    arrivals = [one.arrives_at for one in script.contacts.values()]
    assert arrivals[0] == 0
    assert max(arrivals) < script.minutes * 60 / 2
    assert {one.urgency for one in script.contacts.values()} == {1, 2, 3}
    assert any(len(one.turns) > 1 for one in script.contacts.values())
    turns = [turn for one in script.contacts.values() for turn in one.turns]
    assert any(turn.harm or any(choice.harm for choice in turn.substance) for turn in turns)
    assert all(turn.lookups for turn in turns)


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_scenario_is_described_in_every_language_of_the_pages(code: str, settings: Any) -> None:
    own = next(head["language"] for head in HEADS if head["code"] == code)
    assert {own, *shipped_script(code).described} == {language for language, _name in settings.LANGUAGES}


def shape(script: Script) -> dict[str, Any]:
    """What has to be the same at all desks that measure in one language: length, mix, points, rules."""
    contacts = script.contacts.values()
    turns = [(one, turn) for one in contacts for turn in one.turns]
    return {
        "minutes": script.minutes,
        "weights": script.weights,
        "cuts": script.cuts,
        "contacts": Counter((one.channel, one.urgency, len(one.turns)) for one in contacts),
        "arrivals": sorted(one.arrives_at for one in contacts),
        "patience": Counter((one.channel, one.urgency, turn.patience) for one, turn in turns),
        "points": {part: sum(possible_points(one)[part] for one in contacts) for part in PARTS},
        "harmful lines": sum(choice.harm for _one, turn in turns for choice in turn.substance),
        "lines": Counter((len(turn.care), len(turn.substance)) for _one, turn in turns),
        "to look up": (len(script.articles), len(script.customers)),
        "to do": (len(script.actions), len(script.openings), len(script.closings)),
    }


@pytest.mark.parametrize("language", sorted({head["language"] for head in HEADS if head["measured"]}))
def test_three_desks_measure_in_a_language_and_all_weigh_the_same(language: str) -> None:
    """Two retakes, and nobody is luckier than others; the words differ by a sixth at most."""
    codes = [head["code"] for head in HEADS if head["measured"] and head["language"] == language]
    scripts = [shipped_script(code) for code in codes]
    assert len(codes) == 3
    assert shape(scripts[0]) == shape(scripts[1]) == shape(scripts[2])
    assert len({script.shop for script in scripts}) == 3
    sizes = [len((DATA / f"{code}.json").read_text(encoding="utf-8")) for code in codes]
    assert max(sizes) < min(sizes) * 7 / 6


@pytest.mark.parametrize("code", MEASURED)
def test_the_sums_add_up_and_no_day_lies_in_the_future(code: str) -> None:
    script = shipped_script(code)
    for order in script.orders.values():
        assert sum(line.quantity * Decimal(line.price) for line in order.lines) == Decimal(order.total)
        known = script.customers[order.customer]
        assert known.since <= order.placed_on <= (order.delivered_on or script.today) <= script.today
    numbers = [order.number for order in script.orders.values()]
    texts = [turn.better + turn.text for one in script.contacts.values() for turn in one.turns]
    assert all(found in numbers for text in texts for found in re.findall(r"order (\d{4})", text))
    assert all(one.sender.endswith(".example") for one in script.contacts.values())
    assert all(one.email.endswith(".example") for one in script.customers.values())


@pytest.mark.parametrize("code", MEASURED)
def test_perfect_work_gets_everything_and_none_gets_nothing(code: str) -> None:
    script = shipped_script(code)
    card = score(script, perfect(script))
    assert (card.total, card.level, set(card.parts.values())) == (100, 3, {100})
    card = score(script, [])
    assert (card.total, card.level, set(card.parts.values())) == (0, 0, {0})


def perfect(script: Script) -> list[Event]:
    """Whoever is most urgent first, then who waited longest; everything looked up, the best of everything; 55 s each."""
    events: list[Event] = []
    waiting = [(one.arrives_at, code, 0) for code, one in script.contacts.items()]
    clock = 0
    while waiting:
        clock = max(clock, min(waiting)[0])
        here = [entry for entry in waiting if entry[0] <= clock]
        chosen = min(here, key=lambda entry: (-script.contacts[entry[1]].urgency, entry[0]))
        waiting.remove(chosen)
        _arrived, code, number = chosen
        one = script.contacts[code]
        turn, moment = one.turns[number], clock * 1000
        clock += 55
        events.append(Event("opened", code, moment, {}))
        for what in turn.lookups:
            kind = "article" if what.startswith("article") else "record"
            events.append(Event(kind, code, moment, {"what": what}))
        reply = best(turn, script, one)
        done = clock * 1000
        events.append(Event("action", code, done, {"action": reply.action, "order": reply.order}))
        events.append(Event("reply", code, done, {slot: getattr(reply, slot) for slot in (*SLOTS, "note")}))
        if turn.goes_on_with:
            waiting.append((clock + one.turns[number + 1].after, code, number + 1))
        else:
            events.append(Event("closed", code, done, {}))
    assert clock < script.minutes * 60
    return events


def by_length(lines: Sequence[Choice]) -> tuple[Choice, Choice, Choice]:
    """The shortest line, one in the middle, the longest."""
    ranked = sorted(lines, key=lambda line: len(line.text))
    return ranked[0], ranked[1], ranked[-1]


@pytest.mark.parametrize("code", MEASURED)
@pytest.mark.parametrize("slot", ["care", "substance"])
def test_the_best_line_is_not_found_by_its_length(code: str, slot: str) -> None:
    """Shortest, middle or longest: none of them is the best in more than six of ten messages."""
    script = shipped_script(code)
    turns = [turn for one in script.contacts.values() for turn in one.turns]
    for place in range(3):
        found = sum(by_length(getattr(turn, slot))[place].credit == FULL for turn in turns)
        assert found <= 0.6 * len(turns), place


@pytest.mark.parametrize("code", MEASURED)
@pytest.mark.parametrize("place", [None, 0, 1, 2])
def test_who_chooses_at_random_or_by_length_reaches_no_level(code: str, place: int | None) -> None:
    """Although everything is answered in order and in time."""
    script = shipped_script(code)
    totals = [score(script, guessed(script, random.Random(seed), place)).total for seed in range(40)]
    assert max(totals) < script.cuts[0]
    assert sum(totals) / len(totals) < 30


def shipped_script(code: str) -> Script:
    return script_of((DATA / f"{code}.json").read_text(encoding="utf-8"))


def guessed(script: Script, chance: random.Random, place: int | None) -> list[Event]:
    events = []
    for number, (code, one) in enumerate(script.contacts.items()):
        moment = max(90_000 * number, one.arrives_at * 1000)
        events.append(Event("opened", code, moment, {}))
        for at in one.turns:
            action = chance.choice(list(script.actions.values()))
            order = chance.choice(list(script.orders)) if action.on_order else ""
            facts: dict[str, Any] = {"note": ""}
            for slot, lines in (("care", at.care), ("substance", at.substance)):
                facts[slot] = (
                    chance.randrange(len(lines)) if place is None else lines.index(by_length(lines)[place])
                )
            facts |= {
                "opening": chance.choice(list(script.openings)),
                "closing": chance.choice(list(script.closings)),
            }
            events.append(Event("action", code, moment, {"action": action.code, "order": order}))
            events.append(Event("reply", code, moment, facts))
            if action.code != at.goes_on_with:
                break
        events.append(Event("closed", code, moment, {}))
    return events


# --- Loading and editing -------------------------------------------------------------------------------------------------


class Folder:
    """A folder with one scenario."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heads([{"code": "small", "language": "en", "measured": True, "valid_months": 24}])
        self.content(json.dumps(shop()))

    def heads(self, heads: Any) -> None:
        (self.path / "scenarios.json").write_text(json.dumps(heads))

    def content(self, text: str) -> None:
        (self.path / "small.json").write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_a_new_content_makes_a_version(folder: Folder, now: Any) -> None:
    assert load_scenarios(folder=folder.path, now=now) == [("small", 1, True)]
    assert load_scenarios(folder=folder.path, now=now) == [("small", 1, False)]
    folder.content(json.dumps(shop(title="Another")))
    assert load_scenarios(folder=folder.path, now=now) == [("small", 2, True)]


@pytest.mark.django_db
def test_an_edit_by_staff_stays_when_the_files_are_loaded_again(folder: Folder, now: Any) -> None:
    load_scenarios(folder=folder.path, now=now)
    made, text = Scenario.objects.get(), json.dumps(shop(title="By staff"))
    revise_scenario(scenario=made, content=text, based_on=1, live=True, by=UserFactory(staff=True), now=now)
    load_scenarios(folder=folder.path, now=now)
    assert (newest_version(made).number, newest_version(made).content) == (2, text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heads", "content", "reason"),
    [
        (None, "{\n\n", "small.json: line 3: is not JSON"),
        ({"code": "small"}, None, "scenarios.json: must hold a list"),
        ([{"code": "small"}], None, "scenarios.json: entry 1: must have code, language, measured, valid_months"),
        ([{"code": "x", "language": "en", "measured": 1, "valid_months": 2}], None, "measured is of the wrong type"),
        ([{"code": "x", "language": "xx", "measured": True, "valid_months": 2}], None, "'xx' is not on file"),
        ([{"code": "x", "language": "en", "measured": True, "valid_months": 2}], None, "x.json: "),
    ],
)  # fmt: skip
def test_a_bad_file_loads_nothing(folder: Folder, heads: Any, content: str | None, reason: str) -> None:
    if heads is not None:
        folder.heads(heads)
    if content is not None:
        folder.content(content)
    with pytest.raises(CommandError, match="Nothing was loaded") as caught:
        call_command("load_scenarios", folder=folder.path)
    assert reason in str(caught.value)
    assert not Scenario.objects.exists()


@pytest.mark.django_db
def test_two_editors_at_once_lose_nothing(now: Any) -> None:
    made, staff = scenario(), UserFactory(staff=True)
    revise_scenario(
        scenario=made, content=json.dumps(shop(title="One")), based_on=1, live=True, by=staff, now=now
    )
    with pytest.raises(UnableToRevise):
        revise_scenario(scenario=made, content=json.dumps(shop()), based_on=1, live=True, by=staff, now=now)
    assert ScenarioVersion.objects.count() == 2


CHANGE = "admin:assessments_scenario_change"
VERSIONS = {"versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0"}


@pytest.mark.django_db
def test_staff_edit_a_scenario_and_see_line_and_reason(staff_client: Any) -> None:
    made = scenario()
    url = reverse(CHANGE, args=[made.pk])
    page = staff_client.get(url).content.decode()
    assert "A small desk" in page
    broken = json.dumps(shop(minutes=1), indent=1).replace("\n", "\r\n")
    sent = {"content": broken, "based_on": "1", "live": "on", **VERSIONS}
    page = staff_client.post(url, sent).content.decode()
    line = next(n for n, text in enumerate(broken.splitlines(), start=1) if '"minutes"' in text)
    assert (
        f"Line {line}: minutes: must be a whole number from 3 to 120. It begins with: &quot;minutes&quot;: 1,"
        in page
    )
    page = staff_client.post(url, {**sent, "content": "{\n"}).content.decode()
    assert "Line 2: is not JSON" in page
    assert ScenarioVersion.objects.count() == 1
    good = json.dumps(shop(contacts=[contact("c9", turns=[turn(text="New")])]))
    assert staff_client.post(url, {**sent, "content": good, "live": ""}).status_code == 302
    made.refresh_from_db()
    assert (newest_version(made).number, newest_version(made).made_by, made.live) == (
        2,
        staff_client.user,
        False,
    )
    assert AuditEntry.objects.filter(verb="scenario.revised").count() == 1
    page = staff_client.post(url, sent | {"content": good}).content.decode()
    assert "Somebody saved version 2 meanwhile." in page


@pytest.mark.django_db
def test_staff_write_a_new_scenario_and_sit_down_at_it(staff_client: Any, employer_client: Any) -> None:
    sent = {
        "code": "new", "language": "en", "measured": "on", "valid_months": "12", "live": "", "content": json.dumps(shop()),
        **VERSIONS,
    }  # fmt: skip
    assert staff_client.post(reverse("admin:assessments_scenario_add"), sent).status_code == 302
    made = Scenario.objects.get()
    assert (made.code, made.measured, made.live, newest_version(made).number) == ("new", True, False, 1)
    preview = reverse("assessments:desk_preview", args=["new"])
    assert employer_client.get(preview).status_code == 404
    assert staff_client.get(preview).status_code == 200
    desk = staff_client.post(preview, follow=True)
    assert "Whom do you help first?" in desk.content.decode()
