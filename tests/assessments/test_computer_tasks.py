"""Tasks at the computer: keys worked out a second time from what is shown, answers as people write them, and the runs."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from assessments.actions.task_runs import (
    NotTheCurrentTask,
    TasksAreOver,
    UnableToStartTasks,
    answer_task,
    start_tasks,
)
from assessments.engine.computer_tasks import make_tasks
from assessments.enums import MeasurementSource, SessionState
from assessments.models import Measurement, TaskAnswer, TaskRun
from assessments.rules.computer_tasks import cents_of, computer_test, is_right, level_for, tasks_of
from assessments.rules.task_words import PROMPTS, key_words, prompt_of
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory

MATERIAL = computer_test().material


def values(table):
    return [[cell.value for cell in row] for row in table.rows]


def fact(task, name):
    return task.facts[name].value


def key_again(task):  # noqa: C901
    """The key, worked out from the tables and facts alone, as a person would."""
    rows = values(task.tables[0])
    if task.code == "order_of_customer":
        (found,) = [row[0] for row in rows if row[1] == fact(task, "name")]
    elif task.code == "order_of_customer_with_status":
        own = [row for row in rows if row[1] == fact(task, "name")]
        assert len(own) == 4
        (found,) = [row[0] for row in own if row[5] == fact(task, "status")]
    elif task.code == "oldest_above":
        fits = [row for row in rows if row[5] == fact(task, "status") and row[4] > fact(task, "amount")]
        found = min(fits, key=lambda row: row[2])[0]
        assert len({row[2] for row in rows}) == len(rows)
    elif task.code == "copy_exactly":
        (found,) = [row[1] for row in rows if row[0] == fact(task, "what")]
    elif task.code == "which_line_differs":
        (found,) = [at for at, row in enumerate(rows) if row[1] != row[2]]
    elif task.code == "which_fields_differ":
        found = frozenset(at for at, row in enumerate(rows) if row[1] != row[2])
    elif task.code == "charged_too_much":
        prices = dict(rows)
        found = sum((row[2] - prices[row[0]]) * row[1] for row in values(task.tables[1]))
    elif task.code == "total_with_delivery":
        found = dict(rows)[fact(task, "product")] * fact(task, "count") + fact(task, "delivery")
    elif task.code == "total_with_discount":
        prices = dict(rows)
        whole = prices[fact(task, "one")] * fact(task, "first") + prices[fact(task, "other")] * fact(
            task, "second"
        )
        off = whole * fact(task, "percent") if whole >= fact(task, "above") else 0
        assert off % 100 == 0
        found = whole - off // 100
    elif task.code == "refund":
        each = {row[0]: row[2] for row in rows}[fact(task, "product")]
        got = each * fact(task, "pieces") * (100 - fact(task, "percent"))
        assert got % 100 == 0
        found = got // 100 - fact(task, "costs")
    else:
        own = [row for row in rows if row[1] == fact(task, "name") and row[5] == fact(task, "status")]
        assert len(own) > 1
        found = sum(row[4] for row in own)
    return found


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_every_key_follows_from_what_is_shown(start):
    for seed in range(start, start + 100):
        tasks = make_tasks(seed, MATERIAL)
        assert [task.kind for task in tasks] == [
            "find", "copy", "compare", "calculate", "find", "copy", "compare", "calculate",
            "find", "compare", "calculate", "calculate",
        ]  # fmt: skip
        for task in tasks:
            assert key_again(task) == task.key, (seed, task.code)
            if task.answer == "money":
                assert task.key > 0


def test_the_same_seed_is_the_same_test_and_another_one_is_not():
    assert make_tasks(7, MATERIAL) == make_tasks(7, MATERIAL)
    different = [
        one.key != other.key
        for one, other in zip(make_tasks(7, MATERIAL), make_tasks(8, MATERIAL), strict=True)
    ]
    assert sum(different) >= 10


def test_known_tasks_of_a_known_seed():
    """What makes tasks may only change with its version, or open runs would get others half-way."""
    assert [str(task.key) for task in make_tasks(11, MATERIAL)[:6]] == KNOWN


def test_a_slip_is_always_a_difference():
    for seed in range(200):
        for task in make_tasks(seed, MATERIAL):
            if task.code == "which_fields_differ":
                assert len(task.key) in (2, 3)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("12.50", 1250), ("12,50", 1250), ("12,5", 1250), ("12", 1200), ("12.", 1200), ("€ 12,50", 1250),
        ("12.50 EUR", 1250), ("12,50 euro", 1250), ("1,234.50", 123450), ("1.234,50", 123450), ("1 234,50", 123450),
        ("1.234", 123400), ("1,234", 123400), ("1234.5", 123450), ("0.05", 5), ("-3.00", -300),
        ("", None), ("abc", None), ("12.345.6", None), ("1,23,4.00", None), ("12..5", None), ("1e3", None),
        ("12.50.", None), ("--3", None), ("9" * 40, None), ("²", None),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(written, cents):
    assert cents_of(written) == cents


def test_what_counts_as_the_same_answer():
    by_code = {}
    for task in make_tasks(5, MATERIAL):
        by_code.setdefault(task.code, task)
    number = by_code["order_of_customer"]
    assert is_right(number, f" {str(number.key).lower().replace('-', ' ')} ")
    assert not is_right(number, number.key[:-1])
    mail = by_code["copy_exactly"]
    assert is_right(mail, mail.key)
    assert not is_right(mail, mail.key.upper())
    fields = by_code["which_fields_differ"]
    assert is_right(fields, sorted(fields.key))
    assert not is_right(fields, sorted(fields.key)[:-1])
    assert not is_right(fields, [*sorted(fields.key), 3])


@pytest.mark.parametrize(
    ("right", "level"), [(0, 0), (4, 0), (5, 1), (7, 1), (8, 2), (10, 2), (11, 3), (12, 3)]
)
def test_levels_by_the_cuts_of_the_data(right, level):
    assert level_for(right) == level
    assert set(computer_test().cuts_set) == {"by", "on", "method"}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_task_can_be_said_in_every_language(language):
    with override(language):
        asked = {task.code: prompt_of(task) for task in make_tasks(3, MATERIAL)}
        assert set(asked) == set(PROMPTS)
        assert not any("%(" in words or "%%" in words for words in asked.values())
        assert all(key_words(task) for task in make_tasks(3, MATERIAL))


# --- runs -----------------------------------------------------------------------------------------------------


@pytest.fixture
def candidate(db):
    return CandidateFactory()


def given(task, right=True):
    key = sorted(task.key) if isinstance(task.key, frozenset) else task.key
    if right:
        return key
    return {"choices": [3], "choice": (task.key + 1) % 6 if task.answer == "choice" else 0, "money": 1}.get(
        task.answer, "nothing"
    )


def work(run, now, wrong=()):
    for position, task in enumerate(tasks_of(run.seed), start=1):
        run = answer_task(run=run, position=position, answer=given(task, position not in wrong), now=now)
    return run


@pytest.mark.parametrize(("wrong", "level"), [((), 3), ((12,), 3), ((1, 12), 2), (range(6, 13), 1)])
def test_a_run_ends_in_a_level(candidate, now, wrong, level):
    run = work(start_tasks(candidate=candidate, seed=21, now=now), now, wrong)
    right = 12 - len(list(wrong))
    assert (run.state, run.right, run.level) == (SessionState.FINISHED, right, level)
    measured = Measurement.objects.get()
    assert (measured.skill_id, measured.level, measured.source) == (
        "computer_skills",
        level,
        MeasurementSource.SCORED_TASK,
    )
    assert measured.evidence == f"Tasks at the computer, version 1: {right} of 12 right."


def test_below_the_first_level_nothing_is_recorded(candidate, now):
    run = work(start_tasks(candidate=candidate, seed=21, now=now), now, range(5, 13))
    assert (run.right, run.level, run.measurement) == (4, 0, None)


def test_the_first_answer_stands(candidate, now):
    run = start_tasks(candidate=candidate, seed=21, now=now)
    first = tasks_of(21)[0]
    answer_task(run=run, position=1, answer=given(first), now=now)
    answer_task(run=run, position=1, answer=given(first), now=now)  # a doubled click
    for position, answer in [(1, "other"), (3, "early"), (13, "beyond"), (0, "before")]:
        with pytest.raises(NotTheCurrentTask):
            answer_task(run=run, position=position, answer=answer, now=now)
    assert TaskAnswer.objects.get().right is True


def test_a_run_left_for_too_long_or_made_by_an_older_version_is_closed(candidate, now):
    run = start_tasks(candidate=candidate, seed=21, now=now)
    with pytest.raises(TasksAreOver):
        answer_task(run=run, position=1, answer="x", now=now + timedelta(days=15))
    run.refresh_from_db()
    assert run.state == SessionState.LEFT
    old = start_tasks(candidate=candidate, seed=22, now=now)
    TaskRun.objects.filter(pk=old.pk).update(made_by="0")
    fresh = start_tasks(candidate=candidate, seed=23, now=now)
    old.refresh_from_db()
    assert (old.state, fresh.seed) == (SessionState.LEFT, 23)


def test_a_retake_waits_two_weeks(candidate, now):
    work(start_tasks(candidate=candidate, seed=21, now=now), now)
    with pytest.raises(UnableToStartTasks) as refused:
        start_tasks(candidate=candidate, seed=22, now=now + timedelta(days=13))
    assert refused.value.again_on.isoformat() == "2026-12-06"
    assert start_tasks(candidate=candidate, seed=22, now=now + timedelta(days=14)).seed == 22


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_count_one_answer(now):
    run = start_tasks(candidate=CandidateFactory(), seed=21, now=now)

    def answer(text):
        try:
            answer_task(run=run, position=1, answer=text, now=now)
            return "counted"
        except NotTheCurrentTask:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(answer, ["a", "b", "c", "d"]))
    assert sorted(said) == ["counted", "refused", "refused", "refused"]
    assert TaskAnswer.objects.count() == 1


# --- pages ----------------------------------------------------------------------------------------------------


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def as_written(task, right=True):
    answer = given(task, right)
    return f"{answer // 100},{answer % 100:02}" if task.answer == "money" else answer


def test_a_whole_run_through_the_pages(candidate):
    browser = signed_in(candidate.user)
    assert "Level 2 from 8 right." in words_of(browser.get("/tests/tasks/"))
    address = browser.post("/tests/tasks/").url
    run = TaskRun.objects.get()
    tasks = tasks_of(run.seed)
    assert browser.get(f"{address}result/").url == address
    for position, task in enumerate(tasks, start=1):
        page = browser.get(address)
        assert prompt_of(task) in words_of(page)
        if task.answer in ("money", "choices"):
            assert (
                key_words(task) not in words_of(page).replace(prompt_of(task), "") or task.answer == "choices"
            )
        sent = browser.post(address, {"position": position, "answer": as_written(task, position != 3)})
    assert "The last task" in words_of(page)
    assert sent.url == f"{address}result/"
    result = words_of(browser.get(sent.url))
    assert "11 of 12 right" in result
    assert "3 of 3, strong" in result
    assert "Compare 2 of 3" in result
    assert "Cover what you have checked" in result
    assert browser.get(address).url == sent.url
    assert "You can take it again from" in words_of(browser.get("/tests/tasks/"))
    assert "has not been started" in words_of(browser.post("/tests/tasks/", follow=True))
    assert TaskRun.objects.count() == 1


def test_bad_answers_are_said_and_nothing_is_counted(candidate):
    browser = signed_in(candidate.user)
    address = browser.post("/tests/tasks/").url
    empty = browser.post(address, {"position": 1, "answer": "  "})
    assert (empty.status_code, "Type your answer." in words_of(empty)) == (422, True)
    long = browser.post(address, {"position": 1, "answer": "x" * 121})
    assert long.status_code == 422
    for position in ("", "0", "13", "x", "²", "999"):
        page = browser.post(address, {"position": position, "answer": "x"}, follow=True)
        assert "it was not counted" in words_of(page)
    assert not TaskAnswer.objects.exists()


def test_an_amount_that_is_none_is_asked_for_again(candidate, now):
    run = start_tasks(candidate=candidate, seed=21, now=timezone.now())
    for position, task in enumerate(tasks_of(21)[:3], start=1):
        answer_task(run=run, position=position, answer=given(task), now=timezone.now())
    page = signed_in(candidate.user).post(f"/tests/tasks/runs/{run.pk}/", {"position": 4, "answer": "ten"})
    assert page.status_code == 422
    assert "Type an amount, such as 12.50." in words_of(page)


def test_practice_says_the_key_and_keeps_nothing(candidate):
    browser, task = signed_in(candidate.user), tasks_of(0)[3]
    assert key_words(task) not in words_of(browser.get("/tests/tasks/practice/4/"))
    assert "Right" in words_of(browser.post("/tests/tasks/practice/4/", {"answer": as_written(task)}))
    wrong = words_of(browser.post("/tests/tasks/practice/4/", {"answer": "1"}))
    assert f"The answer is: {key_words(task)}" in wrong
    assert browser.get("/tests/tasks/practice/5/").status_code == 404
    assert not TaskRun.objects.exists()


KNOWN = ["DK-8813", "c.eriksen95@borgo-post.example", "3", "5145", "WX-3896", "DF4501/8352-KW.3913"]
