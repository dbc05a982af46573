"""Where a person's attempts stand."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, QuerySet

from assessments.enums import SessionKind, SessionState
from assessments.models import Bank, Response, Session
from assessments.rules.policy import retake_on
from candidates.models import Candidate
from candidates.queries import own_date


def open_session(candidate: Candidate, bank: Bank) -> Session | None:
    """The attempt in progress."""
    return Session.objects.filter(candidate=candidate, bank=bank, state=SessionState.OPEN).first()


def retake_day(candidate: Candidate, bank: Bank) -> date | None:
    """First day, on the person's own clock, on which they may take the test again; None when they never finished it."""
    tests = Session.objects.filter(candidate=candidate, bank=bank, kind=SessionKind.TEST)
    last = (
        tests.filter(state=SessionState.FINISHED)
        .order_by("-finished_at")
        .values_list("finished_at", flat=True)
        .first()
    )
    return retake_on(own_date(candidate, last)) if last else None


def seen_item_ids(candidate: Candidate, bank: Bank) -> QuerySet[Response, int]:
    """Ids of the bank's items that the person was ever given."""
    return Response.objects.filter(session__candidate=candidate, session__bank=bank).values_list(
        "item_id", flat=True
    )


class GivenLately(NamedTuple):
    """How often each item (by id) was given in the newest sessions of a bank, and how many sessions those are."""

    times: dict[int, int]
    sessions: int


def given_lately(bank: Bank, sessions: int) -> GivenLately:
    """Of the newest `sessions` sessions of the bank, finished or not; two queries."""
    newest = Session.objects.filter(bank=bank).order_by("-started_at", "-pk")
    ids = list(newest.values_list("pk", flat=True)[:sessions])
    counted = Response.objects.filter(session__in=ids).order_by().values_list("item").annotate(n=Count("pk"))
    return GivenLately(times=dict(counted), sessions=len(ids))


def given_items(session: Session) -> list[Response]:
    """The session's responses in order, with their items."""
    return list(session.responses.select_related("item").order_by("position"))
