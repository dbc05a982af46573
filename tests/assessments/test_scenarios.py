"""Scenarios: what is refused and where, loading them, and editing one in the administration."""

import json
import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEntry
from assessments.actions.desk.scenarios import UnableToRevise, load_scenarios, revise_scenario
from assessments.engine.desk.scoring import score
from assessments.engine.desk.script import FULL, Script
from assessments.engine.desk.timeline import Event
from assessments.models import Scenario, ScenarioVersion
from assessments.queries.desk import newest_version
from assessments.rules.json_lines import JSONLineError, read_json_lines
from assessments.rules.scenario_sheet import ScenarioError, read_script
from tests.assessments.desk_play import DATA, SHOP, contact, scenario, shop, turn
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
def test_the_longest_line_is_not_always_the_best(code: str) -> None:
    script = read_script((DATA / f"{code}.json").read_text(encoding="utf-8"))
    turns = [turn for one in script.contacts.values() for turn in one.turns]
    longest = [max(turn.care, key=lambda choice: len(choice.text)).credit == FULL for turn in turns]
    assert sum(longest) < len(turns)


@pytest.mark.parametrize("code", MEASURED)
@pytest.mark.parametrize("longest", [False, True])
def test_who_chooses_at_random_or_by_length_reaches_no_level(code: str, longest: bool) -> None:
    """Although everything is answered in order and in time."""
    script = read_script((DATA / f"{code}.json").read_text(encoding="utf-8"))
    totals = [score(script, guessed(script, random.Random(seed), longest)).total for seed in range(40)]
    assert max(totals) < script.cuts[0]
    assert sum(totals) / len(totals) < 30


def guessed(script: Script, chance: random.Random, longest: bool) -> list[Event]:
    events = []
    for number, (code, one) in enumerate(script.contacts.items()):
        moment = max(90_000 * number, one.arrives_at * 1000)
        events.append(Event("opened", code, moment, {}))
        for at in one.turns:
            action = chance.choice(list(script.actions.values()))
            order = chance.choice(list(script.orders)) if action.on_order else ""
            facts: dict[str, Any] = {"note": ""}
            for slot, lines in (("care", at.care), ("substance", at.substance)):
                sizes = [len(line.text) for line in lines]
                facts[slot] = sizes.index(max(sizes)) if longest else chance.randrange(len(lines))
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
