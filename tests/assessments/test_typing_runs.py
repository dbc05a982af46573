"""Typing runs: the clock of the server, one open run, handing in once, what is refused, and the pages around them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from assessments.actions.typing_runs import (
    NotTyped,
    TooLittleTyped,
    TypingIsOver,
    UnableToStartTyping,
    finish_typing,
    leave_typing,
    report_typing,
    start_typing,
)
from assessments.enums import ExtraTime, MeasurementSource, SessionState
from assessments.models import Accommodation, Measurement, TypingRun
from assessments.queries.typing_tests import typing_standings
from assessments.rules.typing_test import typing_test
from candidates.queries import own_date
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate():
    return CandidateFactory()


def begin(candidate, now, **changes):
    facts = {"language": "en", "practice": False, "limit_seconds": 300, "seed": 1, **changes}
    return start_typing(candidate=candidate, now=now, **facts)


def text_of(run):
    return typing_test().find(run.passage).text


def after(now, seconds):
    return now + timedelta(seconds=seconds)


# --- the clock ------------------------------------------------------------------------------------------------


def test_a_right_copy_in_time_is_a_level(candidate, now):
    run = begin(candidate, now)
    text = text_of(run)
    done = finish_typing(run=run, typed=text, now=after(now, len(text) / 5))  # 60 words a minute
    assert (done.state, done.level, done.errors, done.credit_seconds) == (SessionState.FINISHED, 3, 0, 0)
    assert done.speed.net_wpm == pytest.approx(60)
    measured = Measurement.objects.get()
    assert (measured.skill_id, measured.level, measured.source) == (
        "touch_typing",
        3,
        MeasurementSource.SCORED_TASK,
    )
    assert measured == done.measurement
    assert measured.evidence == (
        f"Copied the text {run.passage}: 60.0 words a minute net, 60.0 gross, 100.0 % right,"
        f" 0 errors in {len(text)} characters."
    )
    assert (measured.measured_on.isoformat(), measured.expires_on.isoformat()) == ("2026-11-22", "2028-11-22")


def test_the_clock_starts_when_the_page_appeared(candidate, now):
    run = begin(candidate, now)
    assert report_typing(run=run, text="", number=0, now=after(now, 12))
    report_typing(run=run, text="", number=0, now=after(now, 20))  # a reload does not set it again
    done = finish_typing(run=run, typed=text_of(run)[:500], now=after(now, 132))
    assert done.seconds == 120
    assert done.speed.net_wpm == 50


def test_a_page_that_appears_very_late_counts_from_half_a_minute(candidate, now):
    run = begin(candidate, now)
    report_typing(run=run, text="", number=0, now=after(now, 500))
    assert finish_typing(run=run, typed=text_of(run), now=after(now, 630)).seconds == 600


def test_waiting_for_a_failed_line_is_given_back(candidate, now):
    run = begin(candidate, now)
    text = text_of(run)
    report_typing(run=run, text=text[:400], number=3, now=after(now, 100))
    done = finish_typing(run=run, typed=text[:500], now=after(now, 165))  # 65 s, of which 25 s for typing
    assert (done.credit_seconds, done.seconds) == (40, 125)
    assert done.speed.net_wpm == 48


def test_no_more_than_a_minute_is_given_back(candidate, now):
    run = begin(candidate, now)
    text = text_of(run)
    report_typing(run=run, text=text[:500], number=3, now=after(now, 100))
    assert finish_typing(run=run, typed=text[:500], now=after(now, 1000)).credit_seconds == 60


def test_an_ordinary_interval_gives_nothing_back(candidate, now):
    run = begin(candidate, now)
    report_typing(run=run, text=text_of(run)[:500], number=3, now=after(now, 100))
    done = finish_typing(run=run, typed=text_of(run)[:500], now=after(now, 110))
    assert (done.credit_seconds, done.seconds) == (0, 110)


def test_reports_out_of_turn_change_nothing(candidate, now):
    run = begin(candidate, now)
    report_typing(run=run, text="second", number=2, now=after(now, 10))
    report_typing(run=run, text="first", number=1, now=after(now, 11))
    report_typing(run=run, text="again", number=2, now=after(now, 12))
    run.refresh_from_db()
    assert (run.draft, run.draft_number, run.draft_at) == ("second", 2, after(now, 10))


# --- below a level, practice, and what is no typing -----------------------------------------------------------


def test_below_the_first_level_nothing_is_recorded(candidate, now):
    run = begin(candidate, now)
    done = finish_typing(run=run, typed=text_of(run)[:150], now=after(now, 300))  # 6 words a minute
    assert (done.level, done.measurement) == (0, None)
    assert not Measurement.objects.exists()


def test_practice_is_never_a_measurement_and_can_be_repeated(candidate, now):
    for _ in range(2):
        run = begin(candidate, now, practice=True)
        assert run.passage == "en-practice"
        done = finish_typing(run=run, typed=text_of(run), now=after(now, 30))
        assert done.level == 3
    assert not Measurement.objects.exists()


def test_what_came_faster_than_anybody_types_is_closed_without_a_result(candidate, now):
    run = begin(candidate, now)
    with pytest.raises(NotTyped):
        finish_typing(run=run, typed=text_of(run), now=after(now, 20))
    run.refresh_from_db()
    assert (run.state, run.measurement) == (SessionState.LEFT, None)
    assert begin(candidate, now).pk != run.pk  # at once, another text


def test_too_little_text_goes_on(candidate, now):
    run = begin(candidate, now)
    with pytest.raises(TooLittleTyped):
        finish_typing(run=run, typed=text_of(run)[:99], now=after(now, 60))
    assert finish_typing(run=run, typed=text_of(run)[:100], now=after(now, 90)).state == SessionState.FINISHED


def test_handing_in_twice_counts_once(candidate, now):
    run = begin(candidate, now)
    finish_typing(run=run, typed=text_of(run), now=after(now, 200))
    with pytest.raises(TypingIsOver):
        finish_typing(run=run, typed=text_of(run), now=after(now, 201))
    assert Measurement.objects.count() == 1
    assert not report_typing(run=run, text="more", number=9, now=after(now, 202))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_hand_in_once(now):
    run = begin(CandidateFactory(), now)

    def hand_in(characters):
        try:
            return finish_typing(run=run, typed=text_of(run)[:characters], now=after(now, 200)).characters
        except TypingIsOver:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counted = [found for found in pool.map(hand_in, [600, 610, 620, 630]) if found]
    run.refresh_from_db()
    assert counted == [run.characters]
    assert Measurement.objects.count() == 1


# --- which run, which text ------------------------------------------------------------------------------------


def test_starting_again_goes_on_with_the_open_run(candidate, now):
    run = begin(candidate, now)
    assert begin(candidate, after(now, 60)).pk == run.pk
    later = begin(candidate, after(now, 31 * 60))
    run.refresh_from_db()
    assert (run.state, later.state) == (SessionState.LEFT, SessionState.OPEN)
    assert later.passage != run.passage


def stop(run, now, text=""):
    if text:
        report_typing(run=run, text=text, number=1, now=now)
    leave_typing(run=run)


def test_a_test_that_was_stopped_counts_once_enough_was_seen(candidate, now):
    run = begin(candidate, now)
    report_typing(run=run, text=text_of(run)[:100], number=1, now=after(now, 20))
    report_typing(run=run, text="", number=2, now=after(now, 25))  # emptied again: it was seen all the same
    leave_typing(run=run)
    with pytest.raises(UnableToStartTyping) as refused:
        begin(candidate, after(now, 40))
    assert refused.value.again_on.isoformat() == "2026-12-06"
    assert begin(candidate, after(now, 40), practice=True).practice
    assert begin(candidate, now + timedelta(days=14)).state == SessionState.OPEN


def test_a_test_of_which_nothing_was_seen_can_be_begun_once_more_and_no_more(candidate, now):
    first = begin(candidate, now)
    stop(first, after(now, 30), text_of(first)[:99])
    second = begin(candidate, after(now, 60))
    assert second.passage != first.passage
    stop(second, after(now, 90))
    with pytest.raises(UnableToStartTyping) as refused:
        begin(candidate, after(now, 120))
    assert refused.value.again_on.isoformat() == "2026-12-06"
    assert begin(candidate, after(now, 120), language="nl").state == SessionState.OPEN


def test_a_test_left_open_is_an_attempt_when_its_half_hour_is_over(candidate, now):
    run = begin(candidate, now)
    report_typing(run=run, text=text_of(run)[:300], number=1, now=after(now, 60))
    assert begin(candidate, after(now, 29 * 60)).pk == run.pk
    with pytest.raises(UnableToStartTyping):
        begin(candidate, after(now, 31 * 60))


def test_practice_closes_a_test_and_does_not_hide_it(candidate, now):
    run = begin(candidate, now)
    report_typing(run=run, text=text_of(run)[:300], number=1, now=after(now, 60))
    begin(candidate, after(now, 70), practice=True)
    with pytest.raises(UnableToStartTyping):
        begin(candidate, after(now, 80))


def test_another_language_closes_the_open_run(candidate, now):
    run = begin(candidate, now)
    begin(candidate, now, language="nl")
    run.refresh_from_db()
    assert run.state == SessionState.LEFT


def test_a_retake_waits_two_weeks_and_brings_another_text(candidate, now):
    seen = []
    for turn in range(3):
        at = now + timedelta(days=14 * turn)
        run = begin(candidate, at)
        seen.append(run.passage)
        finish_typing(run=run, typed=text_of(run), now=after(at, 200))
    assert sorted(seen) == ["en-bill", "en-parcel", "en-team"]
    with pytest.raises(UnableToStartTyping) as refused:
        begin(candidate, now + timedelta(days=41))
    assert refused.value.again_on.isoformat() == "2027-01-03"
    begin(candidate, now + timedelta(days=41), language="de")  # another language is another test
    assert begin(candidate, now + timedelta(days=42)).passage in seen  # all were seen: from the start


# --- the pages ------------------------------------------------------------------------------------------------


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_a_run_through_the_pages(candidate):
    browser = signed_in(candidate.user)
    page = words_of(browser.get("/tests/typing/"))
    assert "Stop after 5 minutes" in page
    assert "Level 2: 35 words a minute net and 94 % right." in page
    to_run = browser.post("/tests/typing/", {"language": "en", "test": "1"})
    run = TypingRun.objects.get()
    assert to_run.url == f"/tests/typing/runs/{run.pk}/"
    assert text_of(run) in words_of(browser.get(to_run.url))
    assert browser.get(f"{to_run.url}result/").url == to_run.url
    run.started_at = timezone.now() - timedelta(seconds=240)
    run.save()
    done = browser.post(to_run.url, {"typed": text_of(run)[:400] + "#" * 5})
    assert done.url == f"{to_run.url}result/"
    result = words_of(browser.get(done.url))
    assert "5 mistakes in 405 characters" in result
    assert "Level 1 of 3" not in result
    assert "No level yet." in result
    assert browser.post(to_run.url, {"typed": text_of(run)}).url == done.url
    assert browser.get("/tests/typing/").status_code == 200


def test_a_level_leads_to_what_it_means(candidate):
    now = timezone.now()
    run = begin(candidate, now)
    finish_typing(run=run, typed=text_of(run), now=after(now, 200))
    page = signed_in(candidate.user).get("/tests/").content.decode()
    assert f'href="/tests/typing/runs/{run.pk}/result/"' in page


def test_text_is_kept_when_something_is_wrong(candidate, now):
    browser, run = signed_in(candidate.user), begin(candidate, timezone.now())
    page = browser.post(f"/tests/typing/runs/{run.pk}/", {"typed": "Too short <b>"})
    assert page.status_code == 422
    assert "at least 100 characters" in words_of(page)
    assert "Too short &lt;b&gt;" in page.content.decode()
    empty = browser.post(f"/tests/typing/runs/{run.pk}/", {"typed": ""})
    assert (empty.status_code, "Nothing is typed yet." in words_of(empty)) == (422, True)
    long = browser.post(f"/tests/typing/runs/{run.pk}/", {"typed": "a" * 4001})
    assert (long.status_code, "longer than the text" in words_of(long)) == (422, True)
    run.refresh_from_db()
    assert run.state == SessionState.OPEN


def test_a_pasted_text_is_told_apart_and_forgiven_once(candidate):
    browser = signed_in(candidate.user)
    for said in (
        "You can start again at once, with another text",
        "You can take this test in this language again from",
    ):
        run = begin(candidate, timezone.now())
        page = browser.post(f"/tests/typing/runs/{run.pk}/", {"typed": text_of(run)}, follow=True)
        assert "faster than anybody types" in words_of(page)
        assert said in words_of(page)
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("number", ["", "-1", "x", "9999999", "²"])
def test_a_forged_report_is_refused(candidate, number):
    browser, run = signed_in(candidate.user), begin(candidate, timezone.now())
    sent = {"number": number, "typed": "abc"}
    assert browser.post(f"/tests/typing/runs/{run.pk}/report/", sent).status_code == 422


def test_a_draft_comes_back_after_a_reload(candidate):
    browser, run = signed_in(candidate.user), begin(candidate, timezone.now())
    sent = {"number": "1", "typed": "Last Tuesday a"}
    assert browser.post(f"/tests/typing/runs/{run.pk}/report/", sent).status_code == 204
    page = browser.get(f"/tests/typing/runs/{run.pk}/").content.decode()
    assert "Last Tuesday a</textarea>" in page
    assert browser.post(f"/tests/typing/runs/{run.pk}/leave/").url == "/tests/typing/"
    page = words_of(browser.get("/tests/typing/"))
    assert "You can start again at once, with another text; once only" in page
    assert "A test that you stop counts as taken." in page
    assert browser.post(f"/tests/typing/runs/{run.pk}/report/", sent).status_code == 410


@pytest.mark.parametrize(
    ("needs", "limit", "said"),
    [
        ({"extra_time": ExtraTime.HALF}, 450, "Stop after 7.5 minutes"),
        ({"no_time_limit": True}, None, "You have no time limit"),
    ],
)
def test_accommodations_hold(candidate, needs, limit, said):
    Accommodation.objects.create(candidate=candidate, recorded_at=timezone.now(), **needs)
    browser = signed_in(candidate.user)
    assert said in words_of(browser.get("/tests/typing/"))
    browser.post("/tests/typing/", {"language": "en", "test": "1"})
    assert TypingRun.objects.get().limit_seconds == limit


@pytest.mark.parametrize("language", ["", "pt", "xx"])
def test_a_language_without_texts_is_refused(candidate, language):
    page = signed_in(candidate.user).post("/tests/typing/", {"language": language, "test": "1"})
    assert page.status_code == 422
    assert not TypingRun.objects.exists()


def test_each_language_waits_for_itself_and_the_pages_say_so(candidate):
    now = timezone.now()
    english = begin(candidate, now - timedelta(days=3))
    finish_typing(run=english, typed=text_of(english), now=after(now - timedelta(days=3), 200))
    dutch = begin(candidate, now, language="nl")
    finish_typing(run=dutch, typed=text_of(dutch), now=after(now, 200))
    waits = {
        row.language.pk: row.again_on for row in typing_standings(candidate, now) if row.last or row.again_on
    }
    today = own_date(candidate, now)
    assert waits == {"en": today + timedelta(days=11), "nl": today + timedelta(days=14)}
    browser = signed_in(candidate.user)
    start = words_of(browser.get("/tests/typing/"))
    assert (
        "In the same language after 14 days, with another text. Each language is a test of its own" in start
    )
    again = date_format(waits["en"])
    assert f"In this language from {again}" in words_of(
        browser.get(f"/tests/typing/runs/{english.pk}/result/")
    )
    refused = words_of(browser.post("/tests/typing/", {"language": "en", "test": "1"}))
    assert f"You can take it again from {again}, practise now, or choose another language." in refused
    assert browser.post("/tests/typing/", {"language": "de", "test": "1"}).status_code == 302


def test_too_early_is_refused_with_the_day_and_practice_is_open(candidate):
    now = timezone.now()
    run = begin(candidate, now)
    finish_typing(run=run, typed=text_of(run), now=after(now, 200))
    browser = signed_in(candidate.user)
    page = browser.post("/tests/typing/", {"language": "en", "test": "1"})
    assert page.status_code == 422
    assert "You can take it again from" in words_of(page)
    assert browser.post("/tests/typing/", {"language": "en", "practice": "1"}).status_code == 302
