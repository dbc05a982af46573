"""The pages of the desk without JavaScript: start, work, drafts, mistakes, the end, the result, and visitors."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.desk.runs import start_run
from assessments.engine.desk.reply import choice_order
from assessments.enums import RunPurpose, RunState
from assessments.forms.desk import line_at
from assessments.models import Accommodation, RunEvent, ScenarioRun
from assessments.queries.desk import script_of
from tests.assessments.desk_play import choices, contact, play, scenario, turn

pytestmark = pytest.mark.django_db

MEASURED = "assessments:desk_measured"
BEST = {"action": "inform", "order": "", "opening": "hello", "care": 0, "substance": 0, "closing": "bye"}


@pytest.fixture
def browser(candidate_client: Client) -> Client:
    return candidate_client


def address(name: str, run: ScenarioRun) -> str:
    return reverse(f"assessments:desk_{name}", args=[run.pk])


def start(browser: Client, purpose: str = "training", **changes: Any) -> ScenarioRun:
    made = scenario(measured=purpose == "measured", **changes)
    measured, other = reverse(MEASURED, args=["en"]), reverse("assessments:desk_start", args=[made.code])
    answer = browser.post(measured if made.measured else other, {"purpose": purpose})
    run = ScenarioRun.objects.get()
    assert answer.url == address("run", run)
    return run


def act(browser: Client, name: str, run: ScenarioRun, **sent: Any) -> str:
    """Press a button; returns the page that follows. Lines are given as the script numbers them."""
    sent = {"key": str(uuid4()), **as_sent(run, sent)}
    return browser.post(address(name, run), sent, follow=True).content.decode()


def as_sent(run: ScenarioRun, sent: dict[str, Any]) -> dict[str, Any]:
    """With the numbers of lines replaced by what the page sends for them."""
    return {
        name: value_of(run, name, value, sent["contact"]) if isinstance(value, int) else value
        for name, value in sent.items()
    }


def value_of(run: ScenarioRun, slot: str, index: int, code: str = "c1") -> str:
    """What the first message of a contact sends for a line; something impossible for a line that is not there."""
    turn = script_of(run.version.content).contacts[code].turns[0]
    order = choice_order(run.seed, code, 0, slot, len(getattr(turn, slot)))
    return line_at(order.index(index)) if index in order else "line-99"


def test_a_whole_shift(browser: Client) -> None:
    run = start(browser, "measured", contacts=[contact("c1", subject="Where", channel="mail")])
    page = browser.get(address("run", run)).content.decode()
    assert "Whom do you help first?" in page
    assert "A hint" not in page
    page = act(browser, "open", run, open="c1")
    assert "c1@mail.example" in page
    assert "Do it and send" in page
    for told_too_early in ("Worth ", "Say where it is.", "Look.", "credit", "urgency"):
        assert told_too_early not in page
    page = act(
        browser, "answer", run, contact="c1", turn="0", **BEST | {"opening": "dear", "closing": "regards"}
    )
    assert "100 of 100" in page
    assert "Level 3, strong" in page
    assert "all right" in page
    assert ScenarioRun.objects.get().measurement is not None
    assert browser.get(address("run", run)).url == address("result", run)
    assert f'href="{address("result", run)}">What it means' in browser.get("/tests/").content.decode()
    desks = browser.get(reverse("assessments:desk_overview")).content.decode()
    assert "Your last shift: 100 of 100" in desks


def test_what_a_line_sends_tells_nothing_of_its_worth(browser: Client) -> None:
    """The small desk lists its best line first, as scenarios may; on the page it stands anywhere."""
    run = start(browser, "measured")
    page = act(browser, "open", run, open="c1")
    for slot in ("care", "substance"):
        values = re.findall(rf'name="{slot}" value="([^"]*)"', page)
        assert values == ["line-1", "line-2", "line-3"]
    best = {value_of(ScenarioRun(version=run.version, seed=seed), "care", 0) for seed in range(40)}
    assert best == {"line-1", "line-2", "line-3"}


def test_looking_things_up_keeps_what_was_chosen(browser: Client) -> None:
    run = start(browser)
    act(browser, "open", run, open="c1")
    page = act(
        browser,
        "look_up",
        run,
        contact="c1",
        turn="0",
        words="parcels late",
        action="inform",
        care=1,
        note="soon",
    )
    assert "1 found for “parcels late”" in page
    assert 'value="inform" selected' in page
    assert "soon</textarea>" in page
    page = act(browser, "look_up", run, contact="c1", what="article:late", shown_words="parcels")
    assert "Wait a week." in page
    page = act(browser, "look_up", run, contact="c1", what="order:12")
    assert "Ada Moss" in page
    assert "Order 11" in page
    assert list(RunEvent.objects.values_list("kind", flat=True)) == [
        "opened",
        "searched",
        "article",
        "record",
    ]
    draft = {"action": "inform", "care": value_of(run, "care", 1), "note": "soon"}
    assert ScenarioRun.objects.get().drafts == {"c1:0": draft}


def test_what_is_missing_is_said_at_its_field_and_nothing_is_sent(browser: Client) -> None:
    run = start(browser)
    act(browser, "open", run, open="c1")
    page = act(
        browser,
        "answer",
        run,
        contact="c1",
        turn="0",
        action="refund",
        opening="hello",
        closing="bye",
        care=1,
    )
    assert "Choose the order that this is done to." in page
    assert "Choose what you tell them." in page
    assert "Choose how the reply begins." not in page
    assert not RunEvent.objects.filter(kind="action").exists()
    page = act(browser, "answer", run, contact="c1", turn="0", **BEST | {"substance": 7, "note": "x" * 1001})
    assert "Select a valid choice" in page
    assert not RunEvent.objects.filter(kind="action").exists()


def test_the_same_press_twice_and_another_tab_count_once(browser: Client) -> None:
    run, key = start(browser), str(uuid4())
    act(browser, "open", run, open="c1")
    for _ in range(2):
        act(browser, "answer", run, contact="c1", turn="0", key=key, **BEST)
    page = act(browser, "answer", run, contact="c1", turn="0", **BEST | {"care": 2})
    assert "That was not counted" in page
    assert RunEvent.objects.filter(kind="action").count() == 1


def test_a_late_second_press_fills_in_nothing_of_the_next_answer(browser: Client) -> None:
    run = start(
        browser, contacts=[contact("c1", turns=[turn(actions={"ask": 2}, goes_on_with="ask"), turn()])]
    )
    act(browser, "open", run, open="c1")
    for _ in range(2):
        act(browser, "answer", run, contact="c1", turn="0", **BEST | {"action": "ask"})
    page = act(browser, "open", run, open="c1")
    assert "Where is it?" in page
    assert 'value="ask" selected' not in page
    assert " checked" not in page


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("open", {"open": "nobody"}), ("open", {"open": "c2"}), ("open", {}), ("open", {"open": "c1", "key": "x"}),
        ("look_up", {"what": "article:x"}), ("answer", {"contact": "c1", "turn": "0"}), ("answer", {}),
        ("answer", {"contact": "c1", "turn": "-1"}), ("answer", {"contact": "\u2028", "turn": "²"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_counted(browser: Client, name: str, sent: dict[str, str]) -> None:
    run = start(browser)
    assert "That was not counted" in act(browser, name, run, **sent)
    assert not RunEvent.objects.exists()


def test_training_shows_hints_and_a_good_way(browser: Client) -> None:
    run = start(browser)
    assert run.time_factor == 0
    assert "A hint" in act(browser, "open", run, open="c1")
    page = act(browser, "answer", run, contact="c1", turn="0", **BEST)
    assert "A good way:" in page
    assert "Say where it is." in page
    assert "no time limit" in page


def test_extra_time_of_the_person_holds_at_the_desk(browser: Client) -> None:
    Accommodation.objects.create(candidate=browser.user.candidate, extra_time=50, recorded_at=timezone.now())  # type: ignore[attr-defined]
    run = start(browser, "measured")
    page = browser.get(reverse(MEASURED, args=["en"])).content.decode()
    assert "15 minutes at most. Your extra time is in it." in " ".join(page.split())
    assert run.time_factor == Decimal("1.5")
    assert "15 minutes left" in browser.get(address("run", run)).content.decode()


def test_the_queue_reports_and_says_who_is_new(browser: Client) -> None:
    run = start(browser, "measured")
    asks = {"data": {"known": "c1"}, "headers": {"HX-Request": "true"}}
    page = browser.get(address("queue", run), **asks).content.decode()
    assert "Person c1" in page
    assert "has written" not in page
    ScenarioRun.objects.update(clock_ms=31_000)
    page = browser.get(address("queue", run), **asks).content.decode()
    assert "Person c2 has written." in page
    ScenarioRun.objects.update(clock_ms=720_000)
    answer = browser.get(address("queue", run), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address("result", run)


def test_who_opens_the_address_of_the_queue_gets_the_whole_desk(browser: Client) -> None:
    run = start(browser, "measured")
    assert browser.get(address("queue", run)).url == address("run", run)


def test_a_finished_run_leads_away_whole(browser: Client) -> None:
    run = start(browser, contacts=[contact("c1")])
    act(browser, "open", run, open="c1")
    sent = as_sent(run, {"key": str(uuid4()), "contact": "c1", "turn": "0", **BEST})
    answer = browser.post(address("answer", run), sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, address("result", run))
    for name in ("open", "look_up", "answer", "wait", "leave"):
        assert browser.post(address(name, run), {"key": str(uuid4())}).url == address("result", run)


def test_ending_asks_once_more(browser: Client) -> None:
    run = start(browser)
    page = act(browser, "leave", run, to="end", contact="c1", turn="0", action="inform")
    assert "1 person still waits for an answer." in page
    assert "More contacts are still to come." in page
    assert ScenarioRun.objects.get().drafts == {"c1:0": {"action": "inform"}}
    page = browser.post(address("end", run), follow=True).content.decode()
    assert "0 of 100" in page
    assert browser.post(address("end", run)).url == address("result", run)


def test_a_pause_leads_back_to_where_it_was(browser: Client) -> None:
    run = start(browser)
    assert "Go on with your shift" in act(browser, "leave", run, to="pause")
    page = browser.get(reverse("assessments:desk_start", args=["small"])).content.decode()
    assert "Your shift is open" in page
    scenario("other", measured=False)
    page = browser.get(reverse("assessments:desk_start", args=["other"])).content.decode()
    assert "You have another shift open" in page
    assert (
        browser.post(reverse("assessments:desk_start", args=["other"]), {"purpose": "training"}).status_code
        == 302
    )
    assert (
        browser.post(reverse("assessments:desk_start", args=["other"]), {"purpose": "x"}).status_code == 302
    )
    assert ScenarioRun.objects.get() == run


def test_the_result_explains_contact_by_contact(browser: Client) -> None:
    refund = turn(
        lookups=["article:late"], actions={"refund": 2}, order="11", harm=["ask"], better="Refund it.",
        substance=[*choices(2, 1, 0), {"text": "Never.", "credit": 0, "why": "It hurts.", "harm": True}],
    )  # fmt: skip
    run = start(browser, contacts=[contact("c1", turns=[refund]), contact("c2"), contact("c3")])
    act(browser, "open", run, open="c1")
    act(
        browser,
        "answer",
        run,
        contact="c1",
        turn="0",
        **BEST | {"action": "ask", "substance": 3, "opening": "dear"},
    )
    act(browser, "open", run, open="c2")
    act(browser, "answer", run, contact="c2", turn="0", **BEST)
    browser.post(address("end", run))
    page = browser.get(address("result", run)).content.decode()
    for text in (
        "must never happen", "“Ask who it is” must never happen here.", "It hurts.", "Late parcels", "Refund it.",
        "“Dear you,” is not the best line in this chat.", "not answered", "all right", "What to learn next",
        "This shift was not measured",
    ):  # fmt: skip
        assert text in page, text


def test_nobody_else_gets_near_a_run(browser: Client, other_candidate_client: Client) -> None:
    run = start(browser)
    for name in ("open", "look_up", "answer", "wait", "leave", "end"):
        assert other_candidate_client.post(address(name, run), {"key": str(uuid4())}).status_code == 404
    assert not RunEvent.objects.exists()


class TestVisitors:
    """Anybody may try the work; only the browser that began sees the preview."""

    def test_a_visitor_works_and_is_invited(self, client: Client) -> None:
        made = scenario(measured=False, contacts=[contact("c1")])
        page = client.get(reverse("assessments:desk_preview", args=[made.code])).content.decode()
        assert "Sit down at the desk" in page
        client.post(reverse("assessments:desk_preview", args=[made.code]))
        client.post(reverse("assessments:desk_preview", args=[made.code]))
        run = ScenarioRun.objects.get()  # the second press went on with the first
        assert (run.candidate, run.purpose, run.time_factor) == (None, RunPurpose.PREVIEW, 1)
        act(client, "open", run, open="c1")
        page = act(client, "answer", run, contact="c1", turn="0", **BEST)
        assert "100 of 100" in page
        assert "Sign up" in page
        assert ScenarioRun.objects.get().measurement is None

    def test_another_browser_sees_nothing_of_it(self, client: Client, candidate_client: Client) -> None:
        made = scenario(measured=False)
        client.post(reverse("assessments:desk_preview", args=[made.code]))
        run = ScenarioRun.objects.get()
        assert Client().get(address("run", run)).url.startswith(reverse("account_login"))
        assert candidate_client.get(address("run", run)).status_code == 404

    def test_one_address_begins_only_so_many(self, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"desk_preview": "2/h/ip"}
        url = reverse("assessments:desk_preview", args=[scenario(measured=False).code])
        found = [Client(REMOTE_ADDR="203.0.113.77").post(url).status_code for _visitor in range(3)]
        assert found == [302, 302, 429]
        assert ScenarioRun.objects.count() == 2

    def test_a_measured_desk_is_not_shown(self, client: Client) -> None:
        made = scenario(measured=True)
        assert client.get(reverse("assessments:desk_preview", args=[made.code])).status_code == 404
        assert client.post(reverse("assessments:desk_preview", args=[made.code])).status_code == 404


def words(browser: Client, url: str) -> str:
    return " ".join(browser.get(url).content.decode().split())


def test_the_page_says_how_often_and_what_if_every_desk_was_seen(browser: Client) -> None:
    for code in ("a", "b"):
        scenario(code, contacts=[contact("c1")])
    scenario("dutch", language="nl")
    page, desks = reverse(MEASURED, args=["en"]), reverse("assessments:desk_overview")
    for url in (page, desks):
        found = words(browser, url)
        assert "2 desks measure in English, all of the same length and weight" in found
        assert "So you have 1 retake after the first shift." in found
        assert "A small desk" not in found  # what may still measure them says nothing of itself
    now, seen = timezone.now(), []
    for number in range(2):
        run = ScenarioRun.objects.get(pk=browser.post(page).url.split("/")[-2])
        seen.append(run.version.scenario.code)
        result = address("result", play(run, "c1", now))
        if not number:
            assert "From " in words(browser, result)
            assert "So you have 1 retake left." in words(browser, result)
            assert "You can take it again from" in words(browser, page)
            assert browser.post(page).url == page
            assert browser.get(reverse("assessments:desk_start", args=[seen[0]])).status_code == 200
            unseen = "b" if seen == ["a"] else "a"
            assert browser.get(reverse("assessments:desk_start", args=[unseen])).url == page
            ScenarioRun.objects.update(finished_at=now - timedelta(days=15))
    assert sorted(seen) == ["a", "b"]
    found = words(browser, page)
    assert "You have seen all our measured desks in English" in found
    assert "You can take the shift again as soon as there is a new desk" in found
    assert f'href="{reverse(MEASURED, args=["nl"])}">Measured shift in Dutch</a>' in found
    assert browser.post(page).url == page
    assert "As soon as there is a new one, you can take the shift again." in words(browser, result)
    assert words(browser, desks).count("behind you") == 2
    scenario("c")
    ScenarioRun.objects.update(finished_at=now - timedelta(days=15))
    assert "Start the measured shift" in words(browser, page)


def test_a_language_without_a_measured_desk_says_so_and_one_without_any_is_not_there(browser: Client) -> None:
    scenario(measured=False)
    assert "Nothing is measured here at the moment" in words(browser, reverse(MEASURED, args=["en"]))
    assert browser.get(reverse(MEASURED, args=["fr"])).status_code == 404


def test_a_desk_is_described_in_the_language_of_the_page(browser: Client) -> None:
    told = {"nl": {"title": "Een klein bureau", "summary": "Twee mensen schrijven."}}
    scenario(measured=False, described=told)
    url = reverse("assessments:desk_start", args=["small"])
    assert '<div lang="en">' in words(browser, url)
    assert "A small desk" in words(browser, url)
    browser.cookies["django_language"] = "nl"
    browser.user.language = "nl"  # type: ignore[attr-defined]
    browser.user.save()  # type: ignore[attr-defined]
    for at in (url, reverse("assessments:desk_overview"), reverse("assessments:desk_rules")):
        assert "Een klein bureau" in words(browser, at)
        assert "A small desk" not in words(browser, at)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_desks_asks_the_same_at_1_and_at_30(
    browser: Client, django_assert_num_queries: Any, rows: int
) -> None:
    now = timezone.now() - timedelta(days=400)
    for n in range(rows):
        made = scenario(f"s{n}", measured=False, contacts=[contact("c1")])
        run = start_run(
            candidate=browser.user.candidate,
            scenario=made,
            purpose="preview",
            time_factor=Decimal(1),
            seed=1,
            now=now,  # type: ignore[attr-defined]
        )
        assert play(run, "c1", now).state == RunState.FINISHED
    browser.get(reverse("assessments:desk_overview"))
    with django_assert_num_queries(DESKS_QUERIES):
        assert (
            browser.get(reverse("assessments:desk_overview")).content.decode().count("To this desk:") == rows
        )


@pytest.mark.parametrize("answered", [0, 20])
def test_the_desk_asks_the_same_however_much_was_done(
    browser: Client, django_assert_num_queries: Any, answered: int
) -> None:
    run = start(browser, contacts=[contact("c0"), *(contact(f"d{n}") for n in range(20))])
    for n in range(answered):
        play(run, f"d{n}", timezone.now())
    with django_assert_num_queries(DESK_QUERIES):
        browser.get(address("run", run))


DESKS_QUERIES = 6
DESK_QUERIES = 11
