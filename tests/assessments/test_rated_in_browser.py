"""Writing and speaking in a real browser, on a phone: drafts, a fake microphone, a line that drops in the middle."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from assessments.enums import RecordingState, WorkState
from assessments.models import Recording, Reply, Work
from tests.axe import axe_finds
from tests.browsing import PATIENCE_MS, PHONE, launched, sideways
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import WORDS, RaterFactory, draft, handed_in, rate, rated_tasks, spoken_tasks

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


def sign_in(page: Page, candidate: Any, live_server: Any) -> None:
    session = signed_in(candidate.user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def assert_usable(page: Page) -> None:
    """No sideways scrolling, nothing that axe objects to."""
    assert sideways(page) == 0, page.url
    assert axe_finds(page) == [], page.url


def test_what_is_typed_is_kept_while_the_line_is_gone(page: Page, live_server: Any) -> None:
    candidate = CandidateFactory()
    rated_tasks()
    work = draft(candidate)
    sign_in(page, candidate, live_server)
    page.goto("/tests/writing/en/")
    assert_usable(page)
    page.goto(f"/tests/writing/work/{work.number}/1/")
    assert_usable(page)
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
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="Task 2 of 2").wait_for()
    stored = Reply.objects.get(work=work, position=1)
    assert (stored.text, stored.pasted) == ("Dear Meera, hello, sorry. Bye.", 12)
    assert_usable(page)
    for message in ("Thursday.", "Nothing."):
        page.get_by_label("Your answer").fill(message)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text(message, exact=True)).to_be_visible()
    assert_usable(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_have_text("Your work is being rated")
    assert_usable(page)
    assert Work.objects.get().state == WorkState.SUBMITTED


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_writing_needs_neither_javascript_nor_a_mouse(page: Page, live_server: Any) -> None:
    candidate = CandidateFactory()
    rated_tasks()
    sign_in(page, candidate, live_server)
    page.goto("/tests/writing/en/practice/")
    tab_to(page, "textarea")
    page.keyboard.insert_text("Dear Lena, Wednesday.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="One good answer of many")).to_be_visible()
    tab_to(page, "main .button-main")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Writing English to customers")
    tab_to(page, "main .button-main")
    page.keyboard.press("Enter")
    for number, answer in enumerate(("Dear Meera, Thursday.", "Thursday.", "Nothing."), start=1):
        page.get_by_role("heading", name=f"Task {min(number, 2)} of 2").wait_for()
        expect(page.get_by_label("Your answer")).to_have_value("")
        tab_to(page, "textarea")
        page.keyboard.insert_text(answer)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Before you hand in")
    tab_to(page, "main .button-main")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your work is being rated")
    texts = list(Reply.objects.order_by("position", "turn").values_list("text", flat=True))
    assert texts == ["Dear Meera, Thursday.", "Thursday.", "Nothing."]


def test_an_answer_is_recorded_while_the_line_drops_listened_to_and_sent(
    page: Page, live_server: Any, settings: Any, tmp_path: Any
) -> None:
    settings.RECORDINGS_DIR = tmp_path
    candidate = CandidateFactory()
    spoken_tasks()
    sign_in(page, candidate, live_server)
    page.goto("/tests/speaking/en/")
    practise(page)
    page.get_by_role("button", name="Start the test").click()
    expect(page.locator("h1")).to_have_text("Check your equipment")
    page.get_by_role("button", name="Try the microphone").click()
    expect(page.locator("[data-microphone]")).to_contain_text("We hear you")
    page.get_by_role("button", name="Measure the line").click()
    expect(page.locator("[data-line]")).to_contain_text("Mbit/s down")
    assert_usable(page)
    page.get_by_role("button", name="It works, go on to the test").click()
    expect(page.locator("h1")).to_have_text("Task 1 of 2")
    record_offline(page)
    first = Recording.objects.get()
    assert first.state == RecordingState.COMPLETE
    assert first.media_type == "audio/webm"
    assert first.path.stat().st_size == first.size > 1_000
    assert page.locator("audio[controls]:not([hidden])").evaluate(
        "async sound => { sound.muted = true; await sound.play(); return sound.readyState >= 2; }"
    )
    assert_usable(page)
    record(page, "Record once more")
    expect(page.get_by_text("You have recorded twice.")).to_be_visible()
    page.get_by_role("button", name="Send this one").last.click()
    expect(page.locator("h1")).to_have_text("Task 2 of 2")
    sent = Recording.objects.get()
    assert sent.state == RecordingState.SENT
    assert [path.name for path in tmp_path.glob("??/*")] == [sent.key.hex]
    record_signed_out(page, candidate, live_server)
    page.get_by_role("button", name="Send this one").click()
    expect(page.locator("h1")).to_have_text("Before you hand in")
    assert_usable(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_have_text("Your work is being rated")


def practise(page: Page) -> None:
    """Records, listens and sees an example, all with the keyboard; nothing leaves the device."""
    sent: list[str] = []
    page.get_by_role("link", name="Practise first").click()
    expect(page.locator("h1")).to_have_text("Practice task")
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.get_by_role("button", name="Record", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.get_by_text("Recording. Press Stop when you are done.")).to_be_visible()
    expect(page.locator("[data-clock]")).to_have_text("1 / 180 s")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Listen to yourself.")).to_be_visible()
    assert page.locator("audio[controls]:not([hidden])").evaluate(
        "async sound => { sound.muted = true; await sound.play(); return sound.readyState >= 2; }"
    )
    assert (sent, Recording.objects.count()) == ([], 0)
    assert_usable(page)
    page.get_by_role("button", name="See an example").click()
    expect(page.get_by_role("heading", name="One good answer of many")).to_be_visible()
    assert_usable(page)
    page.get_by_role("link", name="To the test").click()


def record(page: Page, name: str) -> None:
    """One take of a little more than a second."""
    takes = page.get_by_role("button", name="Send this one").count()
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-clock]")).to_contain_text("1 / 120 s")
    page.keyboard.press("Enter")  # Stop has the focus
    expect(page.get_by_role("button", name="Send this one")).to_have_count(takes + 1)


def record_signed_out(page: Page, candidate: Any, live_server: Any) -> None:
    """The session ends while it is recorded; after signing in again the page goes on with what it has kept."""
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[data-clock]")).to_contain_text("1 / 120 s")
    page.context.clear_cookies()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-recorder] [data-status]")).to_contain_text("You were signed out")
    sign_in(page, candidate, live_server)
    page.reload()
    expect(page.get_by_role("button", name="Send this one")).to_be_visible()


def record_offline(page: Page) -> None:
    """The line drops while it is recorded and comes back after the end; in between one can listen already."""
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[data-clock]")).to_contain_text("1 / 120 s")
    page.context.set_offline(True)
    expect(page.locator("[data-clock]")).to_contain_text("3 / 120 s")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-recorder] [data-status]")).to_contain_text("The line is gone")
    expect(page.locator("[data-player]")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Send this one")).to_be_visible()


def test_a_result_is_read_and_work_is_rated(page: Page, live_server: Any) -> None:
    work = handed_in(CandidateFactory())
    rate(work, 3)
    rate(work, 4)
    sign_in(page, work.candidate, live_server)
    page.goto(f"/tests/rated/{work.number}/")
    assert_usable(page)
    page.get_by_role("link", name="Appeal this result").click()
    page.wait_for_url(lambda url: not url.endswith(f"/{work.number}/"))
    assert_usable(page)
    page.get_by_label("What do you think was judged wrongly?").fill("I answered every question.")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_text("Your appeal is being decided")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, RaterFactory(), live_server)
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
