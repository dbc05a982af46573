"""Reads of the typing test."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from assessments.enums import SessionState
from assessments.models import TypingRun
from assessments.rules.typing_test import (
    FEWEST_CHARACTERS,
    GOES_ON_FOR,
    Attempt,
    Passage,
    next_day,
    typing_test,
)
from candidates.models import Candidate, CandidateLanguage
from candidates.queries import own_date
from reference.models import Language


@dataclass(frozen=True, slots=True)
class TypingStanding:
    """The test in one language. `again_on` is set while the person waits; `spoken` whether it stands in their profile."""

    language: Language
    spoken: bool
    last: TypingRun | None
    again_on: date | None


def is_over(run: TypingRun, now: datetime) -> bool:
    """Whether an open run was left for too long."""
    return now - run.started_at > GOES_ON_FOR


def open_typing_run(candidate: Candidate, now: datetime) -> TypingRun | None:
    """The run in progress, with its language."""
    runs = TypingRun.objects.filter(candidate=candidate, state=SessionState.OPEN).select_related("language")
    run = runs.first()
    return None if run is None or is_over(run, now) else run


def finished_typing_runs(candidate: Candidate) -> list[TypingRun]:
    """What the person finished, without practice, the newest first."""
    return list(
        TypingRun.objects.filter(candidate=candidate, state=SessionState.FINISHED, practice=False)
        .select_related("language", "measurement")
        .order_by("-finished_at")
    )


def typing_again_on(candidate: Candidate, language: str, now: datetime) -> date | None:
    """First day, on the person's own clock, for the next test in that language; None when it may be now."""
    return next_day(_attempts(candidate, now).get(language, []), own_date(candidate, now))


def _attempts(candidate: Candidate, now: datetime) -> dict[str, list[Attempt]]:
    """The tests of a person that are over, by language; one query. One that is open and can be gone on with is none yet."""
    attempts: dict[str, list[Attempt]] = {}
    for run in TypingRun.objects.filter(candidate=candidate, practice=False).defer("draft", "typed"):
        if run.state == SessionState.OPEN and not is_over(run, now):
            continue
        seen = run.state == SessionState.FINISHED or (run.characters or 0) >= FEWEST_CHARACTERS
        attempt = Attempt(own_date(candidate, run.finished_at or run.started_at), seen)
        attempts.setdefault(run.language_id, []).append(attempt)
    return attempts


def typing_standings(candidate: Candidate, now: datetime) -> list[TypingStanding]:
    """Every language that has texts: those of the person's profile first, then by name. Four queries."""
    spoken = set(CandidateLanguage.objects.filter(candidate=candidate).values_list("language_id", flat=True))
    attempts, today = _attempts(candidate, now), own_date(candidate, now)
    newest: dict[str, TypingRun] = {}
    for run in finished_typing_runs(candidate):
        newest.setdefault(run.language_id, run)
    standings = []
    for language in Language.objects.filter(pk__in=typing_test().passages):
        last = newest.get(language.pk)
        again_on = next_day(attempts.get(language.pk, []), today)
        standings.append(TypingStanding(language, language.pk in spoken, last, again_on))
    return sorted(standings, key=lambda row: (not row.spoken, str(row.language)))


def least_seen(candidate: Candidate, language: str) -> list[Passage]:
    """The texts of a language that the person was given least often, in the order of the file."""
    given = TypingRun.objects.filter(candidate=candidate, language=language, practice=False)
    times = Counter(given.values_list("passage", flat=True))
    passages = typing_test().passages[language]
    fewest = min(times[one.code] for one in passages)
    return [one for one in passages if times[one.code] == fewest]
