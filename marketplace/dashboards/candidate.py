"""What the home page of a candidate shows: reads over all floors, a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import User
from assessments.enums import ConfirmationState, FlagState, SessionState
from assessments.models import ConfirmationTest, IntegrityFlag, Measurement, Session
from assessments.queries import live_banks
from assessments.queries.measurements import current_measurements
from candidates.enums import UnlistedBecause
from candidates.models import Candidate
from candidates.queries import own_date, progress, with_profile_facts
from candidates.rules.progress import NEEDED_FOR_LISTING, Progress
from matching.queries.matches import Match, matches_of, shown_matches
from matching.words import PART_LABELS
from matching.words.figures import skill_names
from placements.enums import Side
from placements.models import Application, ProfileView
from placements.queries.applications import own_applications
from placements.queries.invitations import open_invitations
from placements.queries.remembered import remembered_by
from reference.names import language_name

SHOWN: Final = 5
OPEN_SHOWN: Final = 50
"""Open applications that are read; the list of applications has the rest."""
EXPIRING: Final = timedelta(days=60)
"""How long before its end a measurement is something to do."""
STAY_SOON: Final = timedelta(days=14)
"""How long before its end being listed is something to do."""
VIEWED: Final = timedelta(days=30)
"""How far back opened profiles are counted."""


@dataclass(frozen=True, slots=True)
class ResultQuestion:
    """An open question about a result: the key of what asks it, and the language or skill in the reader's language."""

    pk: int
    what: str


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One of the best matches, with the parts of the score that speak for it most."""

    match: Match
    why: str


def home_candidate(user: User, now: datetime) -> Candidate | None:
    """The user's profile with what else the home page asks about it, in one query.

    Adds the profile's facts, `flags` and `confirmations` (open questions about results: `pk`, and `language` or `skill`)
    and `opened`, how many times companies opened the profile in the last thirty days.
    """
    own = OuterRef("pk")
    flags = IntegrityFlag.objects.filter(session__candidate=own, state=FlagState.OPEN).order_by("pk")
    asked = ConfirmationTest.objects.filter(measurement__candidate=own, state=ConfirmationState.ASKED)
    opened = ProfileView.objects.filter(candidate=own, at__gt=now - VIEWED).order_by().values("candidate")
    people = with_profile_facts(Candidate.objects.filter(user=user).select_related("country", "region"))
    return people.annotate(
        flags=ArraySubquery(flags.values(json=_measured_by("session__bank"))),
        confirmations=ArraySubquery(asked.order_by("pk").values(json=_measured_by("measurement"))),
        opened=Coalesce(Subquery(opened.annotate(n=Count("pk")).values("n")), 0),
    ).first()


def _measured_by(path: str) -> JSONObject:
    return JSONObject(pk="pk", language=f"{path}__language", skill=f"{path}__skill")


def _result_questions(candidate: Candidate, asked: str) -> list[ResultQuestion]:
    names = skill_names()
    return [
        ResultQuestion(row["pk"], language_name(row["language"]) if row["language"] else names[row["skill"]])
        for row in getattr(candidate, asked)
    ]


def candidate_home(candidate: Candidate, now: datetime) -> dict[str, Any]:
    """For a candidate of `home_candidate`: what is due, applications, matches, levels and what to measure next."""
    found = matches_of(candidate, now.date())
    best = shown_matches(candidate, found, found.eligible[:SHOWN])
    measured = list(current_measurements(candidate, now.date()))
    mine = list(own_applications(candidate).open()[:OPEN_SHOWN])
    waiting = [one for one in mine if one.owed_by == Side.CANDIDATE]
    sessions = _open_sessions(candidate)
    done, today = progress(candidate), own_date(candidate, now)
    untested, remembered = _untested(candidate, measured), list(remembered_by(candidate))
    can_be_matched = done.completed.issuperset(NEEDED_FOR_LISTING)
    chosen = [one for one in remembered if one.open and can_be_matched]
    unseen = [one for one in chosen if candidate.listed or one.seen_at is None]
    return {
        "candidate": candidate,
        "progress": done,
        "today": today,
        "waiting": waiting,
        "under_way": [one for one in mine if one.owed_by != Side.CANDIDATE],
        "open_sessions": sessions,
        "confirmations": _result_questions(candidate, "confirmations"),
        "flags": _result_questions(candidate, "flags"),
        "test_invitations": open_invitations(candidate, now),
        "stay_soon": candidate.listed and candidate.listed_until <= today + STAY_SOON,
        "untested": untested,
        "measurements": measured,
        "expiring": [one for one in measured if one.expires_on <= now.date() + EXPIRING],
        "matches": [MatchLine(match, _why(match)) for match in best],
        "match_count": len(found.eligible),
        "near_miss_count": len(found.near),
        "remembered": remembered,
        "main_vacancy": next(iter(unseen or chosen), None),
        "can_be_matched": can_be_matched,
        "main": main_step(
            candidate,
            waiting,
            sessions,
            done,
            to_look_at=bool(unseen),
            looked_at=bool(chosen),
            untested=bool(untested),
        ),
    }


def main_step(
    candidate: Candidate,
    waiting: list[Application],
    sessions: list[Session],
    done: Progress,
    *,
    to_look_at: bool,
    looked_at: bool,
    untested: bool,
) -> str:
    """The one thing to do first, as the page's main button: what others wait for, then what keeps most doors shut.

    Of the vacancies that the person came for, some are still to be looked at, or all were, and only whoever is listed can
    show interest in one.
    """
    if candidate.quiet_until:
        return "here"
    if waiting:
        return "answer"
    if candidate.unlisted_because == UnlistedBecause.LAPSED:
        return "stay"
    if sessions:
        return "test"
    if to_look_at:
        return "remembered"
    if looked_at and not candidate.listed and not candidate.unlisted_because:
        return "listing"
    if done.next_step:
        return "profile"
    return "measure" if untested else "matches"


def _open_sessions(candidate: Candidate) -> list[Session]:
    sessions = Session.objects.filter(candidate=candidate, state=SessionState.OPEN)
    return list(sessions.select_related("bank__language", "bank__skill").defer("parameters"))


def _untested(candidate: Candidate, measured: list[Measurement]) -> list[Any]:
    """Tests of the languages that the person named and has no level in yet."""
    languages = [one.language_id for one in measured if one.language_id]
    named = live_banks().filter(language__in=candidate.languages.values("language"))
    return list(named.exclude(language__in=languages))


def _why(match: Match) -> str:
    """The two parts that give most of the score."""
    parts = sorted(zip(match.contributions, PART_LABELS.values(), strict=False), key=lambda one: -one[0])
    return ", ".join(str(label) for points, label in parts[:2] if points)
