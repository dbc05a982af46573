"""Writing and speaking in a real browser, on a phone: drafts, a fake microphone, a line that drops in the middle."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from assessments.enums import RecordingState, WorkState
from assessments.models import Recording, Reply, Work
from tests.browsing import PATIENCE_MS, PHONE, launched, sideways
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import WORDS, RaterFactory, draft, handed_in, rate, rated_tasks, spoken_tasks
from tests.walks import assert_well, enter, lose_line, press, press_main, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def microphone(playwright: Playwright) -> Iterator[Browser]:
    """A browser with a microphone and a camera that are not real, and allowed."""
    with launched(playwright, *FAKE) as browser:
        yield browser


@pytest.fixture
def page(microphone: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone's tab; at the end nothing may have gone wrong but what a line, a server or a session that is gone causes."""
    options = getattr(request, "param", {})
    context = microphone.new_context(base_url=live_server.url, viewport=PHONE, **options)
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    expected = ("ERR_INTERNET_DISCONNECTED", "status of 403", "status of 502")
    assert [one for one in problems if not any(word in one for word in expected)] == []


def test_what_is_typed_is_kept_while_the_line_is_gone(page: Page, live_server: Any) -> None:
    candidate = CandidateFactory()
    rated_tasks()
    work = draft(candidate)
    enter(page, candidate, live_server)
    page.goto("/tests/writing/en/")
    assert_well(page)
    page.goto(f"/tests/writing/work/{work.number}/1/")
    assert_well(page)
    answer, status = page.get_by_label("Your answer"), page.locator("[data-status]")
    answer.fill("Dear Meera,")
    expect(status).to_have_text("Saved")
    page.route("**/draft/", lambda route: route.fulfill(status=502), times=1)  # a server that starts anew
    answer.fill("Dear Meera, hello")
    expect(status).to_contain_text("the line is gone")
    answer.fill("Dear Meera, hello,")
    expect(status).to_have_text("Saved")
    page.context.set_offline(True)
    answer.press("End")
    answer.press_sequentially(" sorry.")
    expect(status).to_contain_text("the line is gone")
    page.context.set_offline(False)
    expect(status).to_have_text("Saved")
    assert Reply.objects.get(work=work, position=1).text == "Dear Meera, hello, sorry."
    answer.evaluate(
        "field => { const data = new DataTransfer(); data.setData('text', 'twelve signs');"
        " field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data })); field.value += ' Bye.';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    press(page, "main button", "Save and go on")
    page.get_by_role("heading", name="Task 2 of 2").wait_for()
    stored = Reply.objects.get(work=work, position=1)
    assert (stored.text, stored.pasted) == ("Dear Meera, hello, sorry. Bye.", 12)
    assert_well(page)
    for message in ("Thursday.", "Nothing."):
        write(page, message)
        expect(page.get_by_text(message, exact=True)).to_be_visible()
    assert_well(page)
    press_main(page)
    expect(page.locator("h1")).to_have_text("Your work is being rated")
    assert_well(page)
    assert Work.objects.get().state == WorkState.SUBMITTED


def write(page: Page, answer: str) -> None:
    """Fill in the answer and send it, with the keyboard."""
    tab_to(page, "textarea")
    page.keyboard.insert_text(answer)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_writing_needs_neither_javascript_nor_a_mouse(page: Page, live_server: Any) -> None:
    candidate = CandidateFactory()
    rated_tasks()
    enter(page, candidate, live_server)
    page.goto("/tests/writing/en/practice/")
    write(page, "Dear Lena, Wednesday.")
    expect(page.get_by_role("heading", name="One good answer of many")).to_be_visible()
    press_main(page)
    expect(page.locator("h1")).to_have_text("Writing English to customers")
    press_main(page)
    for number, answer in enumerate(("Dear Meera, Thursday.", "Thursday.", "Nothing."), start=1):
        page.get_by_role("heading", name=f"Task {min(number, 2)} of 2").wait_for()
        expect(page.get_by_label("Your answer")).to_have_value("")
        assert sideways(page) == 0
        if number == 2:
            lose_line(page, partial(write, page, answer), back=page.url)
        write(page, answer)
    expect(page.locator("h1")).to_have_text("Before you hand in")
    press_main(page)
    expect(page.locator("h1")).to_have_text("Your work is being rated")
    texts = list(Reply.objects.order_by("position", "turn").values_list("text", flat=True))
    assert texts == ["Dear Meera, Thursday.", "Thursday.", "Nothing."]


def test_an_answer_is_recorded_while_the_line_drops_listened_to_and_sent(
    page: Page, live_server: Any, settings: Any, tmp_path: Any
) -> None:
    settings.RECORDINGS_DIR = tmp_path
    candidate = CandidateFactory()
    spoken_tasks()
    enter(page, candidate, live_server)
    page.goto("/tests/speaking/en/")
    assert_well(page)
    practise(page)
    press_main(page)
    expect(page.locator("h1")).to_have_text("Check your equipment")
    press(page, "[data-try=microphone]")
    expect(page.locator("[data-microphone]")).to_contain_text("We hear you")
    press(page, "[data-try=line]")
    expect(page.locator("[data-line]")).to_contain_text("Mbit/s down")
    expect(page.locator("[data-try=line]")).to_be_focused()
    assert_well(page)
    press_main(page)
    expect(page.locator("h1")).to_have_text("Task 1 of 2")
    record_offline(page)
    first = Recording.objects.get()
    assert first.state == RecordingState.COMPLETE
    assert first.media_type == "audio/webm"
    assert first.path.stat().st_size == first.size > 1_000
    assert page.locator("audio[controls]:not([hidden])").evaluate(
        "async sound => { sound.muted = true; await sound.play(); return sound.readyState >= 2; }"
    )
    assert_well(page)
    record(page)
    expect(page.get_by_text("You have recorded twice.")).to_be_visible()
    press(page, "main button", "Recording 2")
    expect(page.locator("h1")).to_have_text("Task 2 of 2")
    sent = Recording.objects.get()
    assert sent.state == RecordingState.SENT
    assert [path.name for path in tmp_path.glob("??/*")] == [sent.key.hex]
    record_signed_out(page, candidate, live_server)
    press(page, "main button", "Recording 1")
    expect(page.locator("h1")).to_have_text("Before you hand in")
    assert_well(page)
    press_main(page)
    expect(page.locator("h1")).to_have_text("Your work is being rated")
    assert_well(page)


def practise(page: Page) -> None:
    """Records, listens and sees an example, all with the keyboard; nothing leaves the device."""
    sent: list[str] = []
    press(page, "main a", "Practise first")
    expect(page.locator("h1")).to_have_text("Practice task")
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    press(page, "[data-start]")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.get_by_text("Recording. Press Stop when you are done.")).to_be_visible()
    expect(page.locator("[data-clock]")).to_have_text("1 / 180 s")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Listen to yourself.")).to_be_visible()
    assert page.locator("audio[controls]:not([hidden])").evaluate(
        "async sound => { sound.muted = true; await sound.play(); return sound.readyState >= 2; }"
    )
    assert (sent, Recording.objects.count()) == ([], 0)
    assert_well(page)
    press_main(page)
    expect(page.get_by_role("heading", name="One good answer of many")).to_be_visible()
    assert_well(page)
    press_main(page)
    expect(page.locator("h1")).to_have_text("Speaking English with customers")


def begin(page: Page) -> None:
    """Start a take with the keyboard; after that Stop has the focus."""
    press(page, "[data-start]")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.locator("[data-clock]")).to_contain_text("1 / 120 s")


def record(page: Page) -> None:
    """One take of a little more than a second."""
    takes = page.get_by_role("button", name="Send this one").count()
    begin(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Send this one")).to_have_count(takes + 1)


def record_signed_out(page: Page, candidate: Any, live_server: Any) -> None:
    """The session ends while it is recorded; after signing in again the page goes on with what it has kept."""
    begin(page)
    page.context.clear_cookies()
    page.keyboard.press("Enter")
    expect(page.locator("[data-recorder] [data-status]")).to_contain_text("You were signed out")
    enter(page, candidate, live_server)
    page.reload()
    expect(page.get_by_role("button", name="Send this one")).to_be_visible()


def record_offline(page: Page) -> None:
    """The line drops while it is recorded and comes back after the end; in between one can listen already."""
    begin(page)
    page.context.set_offline(True)
    expect(page.locator("[data-clock]")).to_contain_text("3 / 120 s")
    page.keyboard.press("Enter")
    expect(page.locator("[data-recorder] [data-status]")).to_contain_text("The line is gone")
    expect(page.locator("[data-player]")).to_be_focused()
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Send this one")).to_be_visible()


def test_a_result_is_read_and_work_is_rated(page: Page, live_server: Any) -> None:
    work = handed_in(CandidateFactory())
    rate(work, 3)
    rate(work, 4)
    enter(page, work.candidate, live_server)
    page.goto(f"/tests/rated/{work.number}/")
    assert_well(page)
    page.get_by_role("link", name="Appeal this result").click()
    page.wait_for_url(lambda url: not url.endswith(f"/{work.number}/"))
    assert_well(page)
    page.get_by_label("What do you think was judged wrongly?").fill("I answered every question.")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_text("Your appeal is being decided")).to_be_visible()
    page.context.clear_cookies()
    enter(page, RaterFactory(), live_server)
    page.goto("/admin/assessments/rating/queue/")
    page.get_by_role("button", name="Take the next").click()
    expect(page.locator("#content h1")).to_contain_text("Rate work")
    assert sideways(page) == 0
    for anchor in page.get_by_role("radio", name="C1:").all():
        anchor.check()
    page.get_by_label("To the person").fill(WORDS)
    page.get_by_role("button", name="Give this rating").click()
    expect(page.get_by_text("Your rating counts.")).to_be_visible()
    assert work.ratings.get(round=2).mark == 5.0
