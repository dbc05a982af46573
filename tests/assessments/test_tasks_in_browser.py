"""Typing with real keys, office tasks, and an interview written down and answered, on a narrow phone in a real browser."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.models import Measurement, Scorecard, TaskRun, TypingRun
from assessments.rules.computer_tasks import tasks_of
from assessments.rules.typing_test import typing_test
from tests.browsing import DESK, PHONE, sideways
from tests.factories.assessments import scorecard
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.walks import assert_well, lose_line, open_page, press, press_main, tab_to
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


REPLY = "I would add that I also led the team."


@pytest.fixture
def candidate() -> Any:
    return CandidateFactory(listed=True)


def age(run: TypingRun, seconds: int) -> None:
    """Let the run have begun longer ago, so that the test need not type for minutes."""
    TypingRun.objects.filter(pk=run.pk).update(
        started_at=run.started_at - timedelta(seconds=seconds),
        shown_at=(run.shown_at or run.started_at) - timedelta(seconds=seconds),
    )


def test_typing_with_real_keys_through_a_dropped_line(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/typing/")
    assert_well(page)
    tab_to(page, "input[name=language]")
    page.keyboard.press("Space")
    press_main(page)
    field = page.locator("#id_typed")
    expect(field).to_be_focused()
    run = TypingRun.objects.get()
    text = typing_test().find(run.passage).text  # type: ignore[union-attr]
    assert page.locator("[data-passage]").inner_text() == text
    for window in (DESK, PHONE):
        page.set_viewport_size(window)
        assert_well(page)

    page.keyboard.type("Some ")
    expect(page.locator("[data-passage] s")).to_have_text(text.split()[0])
    expect(page.locator("[data-passage] u")).to_have_text(text.split()[1])
    for _ in "Some ":
        page.keyboard.press("Backspace")
    expect(page.locator("[data-passage] u")).to_have_text(text.split()[0])
    page.keyboard.type(text[:60])
    with page.expect_response(lambda answer: "/report/" in answer.url and answer.status == 204):
        page.keyboard.type(text[60:120])
    page.evaluate(
        "field => field.dispatchEvent(new ClipboardEvent('paste', {cancelable: true, bubbles: true}))",
        field.element_handle(),
    )
    expect(page.locator("[data-said]")).to_contain_text("Pasting is switched off")

    run.refresh_from_db()
    age(run, 60)
    page.route("**/report/", lambda route: route.fulfill(status=502))  # a server that starts anew
    page.keyboard.type(text[120:200])
    expect(page.locator("[data-said]")).to_contain_text("The line is down", timeout=15_000)
    page.context.set_offline(True)
    press_main(page)
    page.context.set_offline(False)
    expect(page.locator("h1")).to_contain_text("words a minute", timeout=15_000)
    assert_well(page)
    run.refresh_from_db()
    assert (run.typed, run.errors) == (text[:200], 0)
    assert run.level == (run.measurement.level if run.measurement else 0)
    # A line or a server that is down is what the browser complains of, and nothing else.
    gone = ("ERR_INTERNET_DISCONNECTED", "status of 502")
    assert all(any(word in line for word in gone) for line in page.problems)  # type: ignore[attr-defined]
    page.context.close()


def test_a_time_that_is_up_says_what_it_waits_for(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/typing/")
    page.get_by_label("English").check()
    with page.expect_response(lambda answer: "/report/" in answer.url):
        press_main(page)
    run = TypingRun.objects.get()
    age(run, 400)
    page.reload()
    expect(page.locator("[data-said]")).to_contain_text("as soon as it has 100 characters")
    assert_well(page)
    page.keyboard.type(typing_test().find(run.passage).text[:120])  # type: ignore[union-attr]
    expect(page.locator("h1")).to_contain_text("words a minute", timeout=15_000)
    page.context.close()


def test_typing_without_javascript(chromium: Browser, live_server: Any, candidate: Any) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto("/tests/typing/")
    page.get_by_label("English").check()
    page.get_by_role("button", name="Start the test").click()
    run = TypingRun.objects.get()
    text = typing_test().find(run.passage).text  # type: ignore[union-attr]
    page.locator("#id_typed").fill(text[:50])
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".field-error")).to_contain_text("at least 100 characters")
    age(run, 120)
    page.locator("#id_typed").fill(text[:500])
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_contain_text("words a minute")
    assert Measurement.objects.get().skill_id == "touch_typing"
    page.context.close()


def test_a_phone_is_told_that_a_keyboard_is_needed(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, has_touch=True, is_mobile=True)
    page.goto("/tests/typing/")
    expect(page.get_by_text("Is there a keyboard?")).to_be_visible()
    assert_well(page)
    page.context.close()


def answer(page: Page, task: Any) -> None:
    """Answer one task rightly, by the kind of its answer."""
    if task.answer == "choice":
        page.get_by_role("radio").nth(task.key).check()
    elif task.answer == "choices":
        for at in sorted(task.key):
            page.get_by_role("checkbox").nth(at).check()
    else:
        wanted = f"{task.key / 100:.2f}" if task.answer == "money" else str(task.key)
        page.locator("#id_answer").fill(wanted)
    page.locator("main .button-main").click()


def test_office_tasks_without_javascript_on_a_phone(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto("/tests/tasks/")
    page.get_by_role("link", name="Try four practice tasks").click()
    answer(page, tasks_of(0)[0])
    expect(page.locator(".notice-title")).to_have_text("Right")
    page.goto("/tests/tasks/")
    page.get_by_role("button", name="Start the test").click()
    tasks = tasks_of(TaskRun.objects.get().seed)
    page.locator("main .button-main").click()
    expect(page.locator(".field-error")).to_contain_text("Type your answer.")
    for number, task in enumerate(tasks, start=1):
        expect(page.locator("h1")).to_contain_text(f"Task {number}:")
        answer(page, task)
    expect(page.locator("h1")).to_have_text("12 of 12 right")
    assert Measurement.objects.get().level == 3
    page.context.close()


def answer_by_keyboard(page: Page, task: Any) -> None:
    """The same without a mouse."""
    if task.answer == "choice":
        tab_to(page, "input[name=answer]")
        page.keyboard.press("Space")
        for _ in range(task.key):
            page.keyboard.press("ArrowDown")
    elif task.answer == "choices":
        for at in sorted(task.key):
            tab_to(page, f"#id_answer_{at}")
            page.keyboard.press("Space")
    else:
        tab_to(page, "#id_answer")
        page.keyboard.type(f"{task.key / 100:.2f}" if task.answer == "money" else str(task.key))
    press_main(page)


def test_office_tasks_with_the_keyboard_on_a_phone_through_a_dropped_line(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    page = open_page(chromium, live_server, candidate)
    page.goto("/tests/tasks/")
    assert_well(page)
    press_main(page)
    expect(page.locator("h1")).to_contain_text("Task 1:")
    tasks = tasks_of(TaskRun.objects.get().seed)
    for number, task in enumerate(tasks, start=1):
        expect(page.locator("h1")).to_contain_text(f"Task {number}:")
        if number in (1, 3, 7, 10):
            assert_well(page)
        if number == 5:
            assert page.problems == []  # type: ignore[attr-defined]
            lose_line(page, partial(answer_by_keyboard, page, task), back="/tests/tasks/")
            press_main(page)
            expect(page.locator("h1")).to_contain_text("Task 5:")
        answer_by_keyboard(page, task)
    expect(page.locator("h1")).to_have_text("12 of 12 right")
    assert_well(page)
    page.context.close()


def test_an_interview_is_read_and_answered_with_the_keyboard(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    member = MembershipFactory(employer__accepted=True)
    card = scorecard(candidate, employer=member.employer, by=member.user)
    page = open_page(chromium, live_server, candidate)
    page.goto(f"/tests/interviews/{card.pk}/")
    assert_well(page)
    press(page, "button[name=agrees]")
    expect(page.get_by_text("Thank you. A recruiter looks at it next.")).to_be_visible()
    reply(page)
    assert_replied(page, card)
    assert_well(page)
    page.context.close()


def reply(page: Page) -> None:
    tab_to(page, "#id_reply")
    page.keyboard.insert_text(REPLY)
    press_main(page)


def assert_replied(page: Page, card: Scorecard) -> None:
    expect(page.get_by_text("Your reply stands beside the card now.")).to_be_visible()
    card.refresh_from_db()
    assert card.reply == REPLY
    assert card.agreed_at is not None


def test_an_interview_is_read_and_answered_without_javascript_through_a_dropped_line(
    chromium: Browser, live_server: Any, candidate: Any
) -> None:
    member = MembershipFactory(employer__accepted=True)
    card = scorecard(candidate, employer=member.employer, by=member.user)
    address = f"/tests/interviews/{card.pk}/"
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    page.goto(address)
    assert sideways(page) == 0
    lose_line(page, partial(press, page, "button[name=agrees]"), back=address)
    press(page, "button[name=agrees]")
    expect(page.get_by_text("Thank you. A recruiter looks at it next.")).to_be_visible()
    lose_line(page, partial(reply, page), back=address)
    card.refresh_from_db()
    assert card.reply == ""
    reply(page)
    assert_replied(page, card)
    page.context.close()


def test_an_employer_writes_an_interview_down_on_a_phone(chromium: Browser, live_server: Any) -> None:
    world = World()
    address = f"/vacancies/{world.ranked.pk}/people/{world.candidate.public_id}/"
    page = open_page(chromium, live_server, world.membership)
    page.goto(address)
    press(page, "main a", "Write down an interview")
    page.wait_for_url(lambda url: not url.endswith(address))
    assert_well(page)
    tab_to(page, "input[name=rating_listening]")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    press_main(page)
    expect(page.locator(".field-error")).to_have_text(
        "Say what the person said or did, in a sentence or two."
    )
    assert_well(page)
    tab_to(page, "#id_evidence_listening")
    page.keyboard.type("Asked three questions before she answered mine.")
    press_main(page)
    expect(page.get_by_text("The interview is kept. The person can read it and reply.")).to_be_visible()
    assert Scorecard.objects.get().ratings.get().rating == 4
    page.context.close()


def test_an_interview_is_written_down_without_javascript_through_a_dropped_line(
    chromium: Browser, live_server: Any
) -> None:
    world = World()
    address = f"/vacancies/{world.ranked.pk}/people/{world.candidate.public_id}/"
    page = open_page(chromium, live_server, world.membership, java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Write down an interview").click()
    card = page.url

    def write() -> None:
        page.locator("input[name=rating_listening][value='4']").check()
        page.locator("#id_evidence_listening").fill("Asked three questions before she answered mine.")
        page.locator("main .button-main").click()

    lose_line(page, write, back=card)
    assert not Scorecard.objects.exists()
    write()
    expect(page.get_by_text("The interview is kept. The person can read it and reply.")).to_be_visible()
    assert Scorecard.objects.get().ratings.get().rating == 4
    page.context.close()
