"""Where a person stands: each language with what they claim and what was measured, and each test with its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assessments.engine.levels import Margin, ladder_place, margin
from assessments.enums import SessionKind, SessionState
from assessments.models import Bank, Measurement, Session
from assessments.queries.unseen import unseen_counts
from assessments.rules.policy import is_stale, retake_on
from candidates.models import Candidate, CandidateLanguage
from candidates.queries import own_date
from reference.enums import CEFRLevel
from reference.models import Language

BankState = Literal["ready", "open", "wait", "used_up"]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A measurement on the ladder: places run from 0 (foot of A1) to 6 (top of C2); to 3 for a skill."""

    level: str
    position: float | None = None
    low: float | None = None
    high: float | None = None
    margin: Margin | None = None


def ladder_of(measurement: Measurement, cuts: Sequence[float]) -> Ladder:
    """Where a measurement stands; without an ability (evidence of people) only its level is known.

    A session brings the cuts that it was measured by; `cuts` are those of the bank today, for what no session stands behind.
    """
    cuts = (measurement.session.cuts if measurement.session else None) or cuts
    level = measurement.level_name
    if measurement.theta is None or measurement.standard_error is None or not cuts:
        return Ladder(level)
    found = margin(measurement.theta, measurement.standard_error, cuts)
    return Ladder(
        level=level,
        position=ladder_place(measurement.theta, cuts),
        low=ladder_place(found.low, cuts),
        high=ladder_place(found.high, cuts),
        margin=found,
    )


@dataclass(frozen=True, slots=True)
class BankStanding:
    """One test and whether the person can take it now. `again_on` is set while they wait."""

    bank: Bank
    state: BankState
    session: Session | None
    last: Session | None
    again_on: date | None


@dataclass(frozen=True, slots=True)
class LanguageStanding:
    """One language of a person. `test` is None where none exists yet; a mother tongue is never a claimed level."""

    language: Language
    claimed: str
    mother_tongue: bool
    measurement: Measurement | None
    ladder: Ladder | None
    test: BankStanding | None


def language_standings(
    candidate: Candidate, measured: Sequence[Measurement], tests: Sequence[BankStanding]
) -> list[LanguageStanding]:
    """Claimed and measured languages: those with a test first, then the measured ones, then by name. One query."""
    claims = {
        claim.language_id: claim
        for claim in CandidateLanguage.objects.filter(candidate=candidate).select_related("language")
    }
    found = {row.language_id: row for row in measured if row.language_id}
    by_language = {test.bank.language_id: test for test in tests if test.bank.language_id}
    standings = [
        _language_standing(claims.get(code), found.get(code), by_language.get(code))
        for code in claims.keys() | found.keys()
    ]
    return sorted(standings, key=lambda row: (row.test is None, row.measurement is None, str(row.language)))


def _language_standing(
    claim: CandidateLanguage | None, row: Measurement | None, test: BankStanding | None
) -> LanguageStanding:
    language = claim.language if claim else row.language if row else None
    assert language is not None
    mother_tongue = bool(claim and claim.mother_tongue)
    return LanguageStanding(
        language=language,
        claimed=CEFRLevel(claim.claimed_level).label if claim and not mother_tongue else "",
        mother_tongue=mother_tongue,
        measurement=row,
        ladder=ladder_of(row, test.bank.cuts if test else ()) if row else None,
        test=test,
    )


def bank_standings(candidate: Candidate, banks: Sequence[Bank], now: datetime) -> list[BankStanding]:
    """Each bank with the state it has for the person. Two queries."""
    sessions = list(
        Session.objects.filter(candidate=candidate).defer("parameters", "areas").order_by("-started_at")
    )
    unseen = unseen_counts(candidate, banks, sessions)
    return [
        _bank_standing(
            candidate, bank, [s for s in sessions if s.bank_id == bank.pk], unseen.get(bank.pk, 0), now
        )
        for bank in banks
    ]


def _bank_standing(
    candidate: Candidate, bank: Bank, sessions: Sequence[Session], unseen: int, now: datetime
) -> BankStanding:
    open_now = next((s for s in sessions if s.state == SessionState.OPEN), None)
    if open_now and is_stale(open_now.started_at, now):
        open_now = None
    finished = [
        s
        for s in sessions
        if s.kind == SessionKind.TEST and s.state == SessionState.FINISHED and s.finished_at
    ]
    last = max(finished, key=lambda s: s.finished_at or s.started_at, default=None)
    again_on = retake_on(own_date(candidate, last.finished_at)) if last and last.finished_at else None
    state: BankState = "ready"
    if open_now:
        state = "open"
    elif again_on and own_date(candidate, now) < again_on:
        state = "wait"
    elif unseen < bank.min_items:
        state = "used_up"
    return BankStanding(bank, state, open_now, last, again_on if state == "wait" else None)
