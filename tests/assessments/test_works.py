"""Writing to customers: starting, drafts, handing in."""

from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from assessments.actions.appeals import file_appeal
from assessments.actions.measurements import revoke_measurement
from assessments.actions.works import (
    AlreadySent,
    BadReply,
    ChangedElsewhere,
    NotFinished,
    UnableToStartWork,
    WorkIsOver,
    forget_written_work,
    save_reply,
    submit_work,
)
from assessments.enums import Activity, WorkState
from assessments.models import RatedTask, Reply, Work
from assessments.queries.works import rated_standings, task_pages
from assessments.rules.task_choice import TaskFacts, choose_tasks
from reference.rules.working_days import working_days_after
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import RatedTaskFactory, answered, draft, handed_in, rate, rated_tasks

pytestmark = pytest.mark.django_db

WRITTEN = Activity.WRITTEN_INTERACTION


@pytest.fixture
def candidate(db):
    rated_tasks()
    return CandidateFactory()


def first(work, kind):
    return work.replies.filter(task__kind=kind).order_by("turn").first()


def save(reply, text, now, **changes):
    facts = {"pasted": 0, "revision": reply.revision, "send": False, "candidate": reply.work.candidate}
    return save_reply(reply=reply, text=text, now=now, **{**facts, **changes})


# --- tasks ----------------------------------------------------------------------------------------------------


def test_the_shipped_tasks_load_once_and_cover_six_languages():
    out = StringIO()
    call_command("load_rated_tasks", stdout=out)
    call_command("load_rated_tasks", stdout=out)
    first_line, second_line = out.getvalue().splitlines()
    total = RatedTask.objects.count()
    assert first_line == f"rated tasks: {total} new, 0 changed, 0 unchanged, 0 retired"
    assert second_line == f"rated tasks: 0 new, 0 changed, {total} unchanged, 0 retired"
    for language in ("de", "en", "es", "fr", "it", "nl"):
        kinds = list(
            RatedTask.objects.filter(language=language, activity=WRITTEN)
            .order_by("kind", "level")
            .values_list("kind", "level")
        )
        assert kinds == [("chat", 2), ("chat", 4), ("email", 3), ("email", 5)]


TASK = {
    "code": "t-1",
    "kind": "email",
    "level": "B1",
    "title": "A",
    "situation": "B",
    "facts": ["C"],
    "turns": ["D"],
    "expects": ["E"],
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"level": "B3"}, "t-1: level 'B3' is not one of"),
        ({"kind": "spoken"}, "t-1: kind 'spoken' is not one of email, chat"),
        ({"turns": ["D", "E"]}, "only a chat has more than one turn"),
        ({"kind": "chat"}, "a chat has 2 to 8 turns"),
        ({"facts": []}, "facts is empty"),
        ({"facts": [3]}, "holds something that is no text"),
        ({"more": 1}, "unknown more"),
    ],
)
def test_a_broken_task_is_named_and_nothing_is_loaded(tmp_path, change, said):
    import json

    (tmp_path / "writing").mkdir()
    good = {**TASK, "code": "t-0"}
    (tmp_path / "writing" / "en.json").write_text(json.dumps([good, {**TASK, **change}]))
    with pytest.raises(CommandError, match=said):
        call_command("load_rated_tasks", folder=tmp_path)
    assert RatedTask.objects.count() == 0


def test_what_people_were_given_does_not_change_and_what_is_gone_retires(tmp_path):
    import json

    folder = tmp_path / "writing"
    folder.mkdir()
    (folder / "en.json").write_text(json.dumps([TASK]))
    call_command("load_rated_tasks", folder=tmp_path, stdout=StringIO())
    RatedTask.objects.update(times_given=1)
    (folder / "en.json").write_text(json.dumps([{**TASK, "turns": ["Other"]}]))
    with pytest.raises(CommandError, match="turns changed after people were given this task"):
        call_command("load_rated_tasks", folder=tmp_path)
    (folder / "en.json").unlink()
    call_command("load_rated_tasks", folder=tmp_path, stdout=StringIO())
    assert RatedTask.objects.get().state == "retired"


def test_an_attempt_has_an_easy_and_a_demanding_case():
    tasks = [
        TaskFacts(1, "email", 3),
        TaskFacts(2, "email", 5),
        TaskFacts(3, "chat", 2),
        TaskFacts(4, "chat", 4),
    ]
    drawn = {tuple(choose_tasks(tasks, WRITTEN, Random(seed))) for seed in range(20)}
    # 3 and 5: the chat at 2 or 4 lies one away from 3, at 3 or 1 from 5.
    assert drawn == {(1, 3), (1, 4), (2, 3)}
    assert choose_tasks(tasks[:2], WRITTEN, Random(1)) == []


# --- starting -------------------------------------------------------------------------------------------------


def test_starting_twice_leads_to_the_same_attempt(candidate, now):
    work = draft(candidate, now)
    assert draft(candidate, now + timedelta(days=3), seed=9).pk == work.pk
    pages = task_pages(work)
    assert [(page.task.kind, len(page.replies)) for page in pages] == [("email", 1), ("chat", 2)]
    assert sum(RatedTask.objects.values_list("times_given", flat=True)) == 2


def test_an_attempt_left_for_too_long_is_closed_and_other_tasks_come(candidate, now):
    old = draft(candidate, now)
    new = draft(candidate, now + timedelta(days=15))
    old.refresh_from_db()
    assert old.state == WorkState.LEFT
    seen = {reply.task_id for reply in old.replies.all()}
    assert not seen & {reply.task_id for reply in new.replies.all()}


def test_again_after_fourteen_days_and_not_while_it_is_rated(candidate, now):
    work = handed_in(candidate, now)
    with pytest.raises(UnableToStartWork, match="being rated"):
        draft(candidate, now)
    rate(work, 4, now)
    rate(work, 4, now)
    with pytest.raises(UnableToStartWork) as refused:
        draft(candidate, now + timedelta(days=13))
    assert refused.value.again_on == date(2026, 12, 6)
    assert draft(candidate, now + timedelta(days=14)).pk != work.pk


def test_without_unseen_tasks_nothing_starts(now):
    person = CandidateFactory()
    RatedTaskFactory()
    with pytest.raises(UnableToStartWork, match="no tasks"):
        draft(person, now)
    assert Work.objects.count() == 0


# --- writing --------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_and_pasted_characters_are_counted(candidate, now):
    reply = first(draft(candidate, now), "email")
    reply = save(reply, "Dear Meera,", now, pasted=4)
    reply = save(reply, "Dear Meera, sorry", now, pasted=5)
    kept = Reply.objects.get(pk=reply.pk)
    assert (kept.text, kept.revision, kept.pasted, kept.sent_at) == ("Dear Meera, sorry", 2, 9, None)


def test_another_window_never_overwrites_what_it_has_not_seen(candidate, now):
    reply = first(draft(candidate, now), "email")
    save(reply, "first", now)
    with pytest.raises(ChangedElsewhere):
        save(reply, "second", now, revision=0)
    assert Reply.objects.get(pk=reply.pk).text == "first"
    again = save(reply, "first", now, revision=0, pasted=7)  # the same save sent twice
    assert (again.revision, again.pasted) == (1, 0)


def test_a_sent_message_stands(candidate, now):
    reply = first(draft(candidate, now), "chat")
    with pytest.raises(BadReply, match="Write your answer first"):
        save(reply, "  ", now, send=True)
    save(reply, "Thursday.", now, send=True)
    with pytest.raises(AlreadySent):
        save(reply, "Friday.", now, revision=1, send=True)
    assert Reply.objects.get(pk=reply.pk).text == "Thursday."


@pytest.mark.parametrize(("kind", "most"), [("email", 5000), ("chat", 1000)])
def test_a_text_has_a_limit(candidate, now, kind, most):
    reply = first(draft(candidate, now), kind)
    save(reply, "x" * most, now)
    with pytest.raises(BadReply, match="at most"):
        save(reply, "x" * (most + 1), now, revision=1)


def test_another_persons_reply_is_out_of_reach(candidate, now):
    reply = first(draft(candidate, now), "email")
    with pytest.raises(Work.DoesNotExist):
        save(reply, "mine", now, candidate=CandidateFactory())


# --- handing in -----------------------------------------------------------------------------------------------


def test_handing_in_needs_every_answer_and_happens_once(candidate, now):
    work = draft(candidate, now)
    with pytest.raises(NotFinished) as refused:
        submit_work(work=work, candidate=candidate, now=now)
    assert refused.value.position == 1
    answered(work, now)
    done = submit_work(work=work, candidate=candidate, now=now)
    again = submit_work(work=work, candidate=candidate, now=now + timedelta(hours=1))
    assert done.submitted_at == again.submitted_at == now
    # Sunday 22 November and five working days: Friday 27 November.
    assert done.due_on == date(2026, 11, 27)
    with pytest.raises(WorkIsOver):
        save(first(work, "email"), "changed", now, revision=1)


def test_working_days_leave_out_weekends_and_holidays():
    # Monday 21 December: 22, 23, 24, 28, 29, 30, 31 December, 4, 5, 6 January; Christmas and New Year are free.
    assert working_days_after(date(2026, 12, 21), 10, "NL") == date(2027, 1, 6)
    assert working_days_after(date(2026, 11, 20), 1, "NL") == date(2026, 11, 23)


def test_the_tests_of_ones_languages_stand_with_their_state(candidate, now, django_assert_num_queries):
    rated_tasks("nl")
    with django_assert_num_queries(2):
        found = rated_standings(candidate, now)
    assert [(str(row.language.pk), row.state) for row in found] == [("en", "ready")]
    handed_in(candidate, now)
    assert [row.state for row in rated_standings(candidate, now)] == ["being_rated"]


def test_a_result_that_was_taken_back_is_not_shown_as_ones_level(candidate, staff_client, now):
    work = handed_in(candidate, now)
    rate(work, 4, now)
    rate(work, 4, now)
    assert rated_standings(candidate, now)[0].last == work
    work.refresh_from_db()
    revoke_measurement(measurement=work.measurement, reason="Not their own.", by=staff_client.user, now=now)
    assert rated_standings(candidate, now)[0].last is None


# --- how long it stays ----------------------------------------------------------------------------------------


def test_texts_are_deleted_half_a_year_after_the_result_and_not_before(candidate, now):
    work, beside = handed_in(candidate, now), handed_in(CandidateFactory(), now)
    texts = {reply.pk: reply.text for reply in Reply.objects.all()}
    assert all(texts.values())
    assert forget_written_work(now=now + timedelta(days=400)) == 0  # nobody has rated it yet
    rate(work, 4, now)
    rate(work, 4, now)
    assert forget_written_work(now=now + timedelta(days=180)) == 0
    later = now + timedelta(days=181)
    assert forget_written_work(now=later) == work.replies.count()
    assert set(work.replies.values_list("text", "deleted_at")) == {("", later)}
    assert {reply.text for reply in beside.replies.all()} == {
        texts[reply.pk] for reply in beside.replies.all()
    }
    assert forget_written_work(now=later + timedelta(days=1)) == 0
    work.refresh_from_db()
    assert (work.state, work.measurement.level) == (WorkState.RATED, 4)


def test_what_is_rated_again_after_an_appeal_stays(candidate, now):
    work = handed_in(candidate, now)
    rate(work, 4, now)
    rate(work, 4, now)
    file_appeal(work=work, candidate=candidate, reason="The mail was read too quickly.", now=now)
    assert forget_written_work(now=now + timedelta(days=400)) == 0


def test_texts_of_an_attempt_that_was_left_are_deleted_when_it_cannot_be_gone_on_with(candidate, now):
    work = draft(candidate, now)
    reply = first(work, "email")
    save(reply, "Dear Ms Costa, thank you", now)
    assert forget_written_work(now=now + timedelta(days=15)) == 0
    assert forget_written_work(now=now + timedelta(days=15, minutes=1)) == 1
    reply.refresh_from_db()
    assert reply.text == ""
