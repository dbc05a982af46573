"""Copying a text: start, report, hand in."""

import random
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.actions.scored_tasks import NotBefore, leave, measure_skill
from assessments.engine.typing_score import Copy, Speed, compare, plain_text, silence_credit, speed_of
from assessments.enums import SESSION_MOVES, SessionState
from assessments.models import Measurement, TypingRun
from assessments.queries.typing_tests import is_over, least_seen, typing_again_on
from assessments.rules.typing_test import (
    FASTEST_WPM,
    FEWEST_CHARACTERS,
    MOST_CREDIT_SECONDS,
    MOST_LOADING,
    SILENT_AFTER,
    SKILL,
    level_of,
    typing_test,
)
from candidates.models import Candidate
from common.states import move_state


class UnableToStartTyping(NotBefore):
    """The test in that language was taken a short while ago."""


class UnableToHandIn(Exception):
    """Nothing was counted."""


class TypingIsOver(UnableToHandIn):
    """The run was handed in or left before."""


class TooLittleTyped(UnableToHandIn):
    """Nothing can be said of so few characters; the run goes on."""


class NotTyped(UnableToHandIn):
    """Nobody types that fast; the run has been closed without a result."""


@transaction.atomic
def start_typing(
    *,
    candidate: Candidate,
    language: str,
    practice: bool,
    limit_seconds: int | None,
    seed: int,
    now: datetime,
) -> TypingRun:
    """The run to go on with, or a new one with a text that the person was given least often.

    `language` is one that has texts; `seed` chooses among equally new ones. An open run of something else, or one that
    was left for too long, is closed, and is an attempt as `next_day` has it. Raises UnableToStartTyping.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    running = TypingRun.objects.filter(candidate=candidate, state=SessionState.OPEN).first()
    if (
        running
        and (running.language_id, running.practice) == (language, practice)
        and not is_over(running, now)
    ):
        return running
    again_on = None if practice else typing_again_on(candidate, language, now)
    if again_on:
        raise UnableToStartTyping(again_on)
    if running:
        leave_typing(run=running)
    choices = [typing_test().practice[language]] if practice else least_seen(candidate, language)
    passage = random.Random(seed).choice(choices)  # noqa: S311
    return TypingRun.objects.create(
        candidate=candidate,
        language_id=language,
        passage=passage.code,
        practice=practice,
        limit_seconds=limit_seconds,
        started_at=now,
    )


def report_typing(*, run: TypingRun, text: str, number: int, now: datetime) -> bool:
    """Keep what stands on the page: number 0 says that it has appeared, higher ones carry the text so far.

    A late or doubled report changes nothing. Returns whether the run is still open.
    """
    open_runs = TypingRun.objects.filter(pk=run.pk, state=SessionState.OPEN)
    if number == 0:
        open_runs.filter(shown_at=None).update(shown_at=min(now, run.started_at + MOST_LOADING))
    else:
        open_runs.filter(draft_number__lt=number).update(
            draft=text,
            draft_number=number,
            draft_at=now,
            characters=Greatest(Coalesce("characters", 0), len(plain_text(text))),
        )
    return open_runs.exists()


def finish_typing(*, run: TypingRun, typed: str, now: datetime) -> TypingRun:
    """Score what was typed; a measured run that reaches a level appends the measurement. Raises UnableToHandIn."""
    try:
        with transaction.atomic():
            return _finish(run, plain_text(typed), now)
    except NotTyped:
        leave_typing(run=run)
        raise


def leave_typing(*, run: TypingRun) -> None:
    """Close a run without a result and forget its draft. Once it is over this changes nothing."""
    leave(run, draft="")


def _finish(run: TypingRun, typed: str, now: datetime) -> TypingRun:
    run = (
        TypingRun.objects.select_for_update(of=("candidate", "self"), no_key=True)
        .select_related("candidate", "language")
        .get(pk=run.pk)
    )
    passage = typing_test().find(run.passage)
    if run.state != SessionState.OPEN or passage is None:
        raise TypingIsOver
    if len(typed) < min(FEWEST_CHARACTERS, len(passage.text)):
        raise TooLittleTyped
    credit = _credit(run, len(typed), now)
    seconds = (now - (run.shown_at or run.started_at)).total_seconds() - credit
    copy = compare(passage.text, typed)
    if seconds <= 0 or speed_of(copy, seconds).gross_wpm > FASTEST_WPM:
        raise NotTyped
    speed = speed_of(copy, seconds)
    level = level_of(speed) or 0
    counts = level > 0 and not run.practice
    move_state(
        run,
        to=SessionState.FINISHED,
        table=SESSION_MOVES,
        finished_at=now,
        credit_seconds=credit,
        typed=typed,
        draft="",
        seconds=seconds,
        level=level,
        measurement=_measure(run, copy, speed, level, now) if counts else None,
        **copy._asdict(),
    )
    return run


def _credit(run: TypingRun, typed: int, now: datetime) -> float:
    """Seconds given back because the line was silent before the text could be handed in."""
    if run.draft_at is None or now - run.draft_at <= SILENT_AFTER:
        return 0.0
    credit = silence_credit(
        before=(run.draft_at - (run.shown_at or run.started_at)).total_seconds(),
        typed_before=len(plain_text(run.draft)),
        typed_after=typed,
        silence=(now - run.draft_at).total_seconds(),
    )
    return min(credit, MOST_CREDIT_SECONDS)


def _measure(run: TypingRun, copy: Copy, speed: Speed, level: int, now: datetime) -> Measurement:
    with override("en"):
        evidence = _(
            "Copied the text %(text)s: %(net).1f words a minute net, %(gross).1f gross, %(share).1f %% right,"
            " %(errors)s errors in %(characters)s characters."
        )
    return measure_skill(
        candidate=run.candidate,
        skill=SKILL,
        level=level,
        evidence=evidence
        % {
            "text": run.passage,
            "net": speed.net_wpm,
            "gross": speed.gross_wpm,
            "share": 100 * speed.accuracy,
            "errors": copy.errors,
            "characters": copy.characters,
        },
        valid_months=typing_test().valid_months,
        now=now,
    )
