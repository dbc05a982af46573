"""From the ratings of a round to a result: a third rater, a measurement, or the outcome of an appeal."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.urls import reverse

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from assessments.actions.measurements import append_measurement, revoke_measurement
from assessments.actions.rater_news import tell_raters
from assessments.engine.rating import (
    FEWEST_RATERS,
    MOST_RATERS,
    level_of,
    margin_bands,
    rater_spread,
    settled,
    too_far_apart,
)
from assessments.enums import (
    WORK_MOVES,
    AppealOutcome,
    MeasurementSource,
    RatingRound,
    RatingState,
    WorkState,
)
from assessments.models import Appeal, Measurement, Work
from assessments.queries.rated_results import marks_of_recent_works
from assessments.rules.policy import RATED_VALID_MONTHS, add_months
from common.states import move_state
from reference.enums import CEFRLevel


def conclude_round(*, work: Work, now: datetime) -> None:
    """After a rating: nothing yet, a third rater, or the result. The caller holds the lock of the work."""
    given = work.ratings.filter(round=work.round, state=RatingState.GIVEN).order_by("given_at", "pk")
    marks = [one for one in given.values_list("mark", flat=True) if one is not None]
    if len(marks) < work.raters_wanted:
        return
    if len(marks) == FEWEST_RATERS and too_far_apart(marks):
        work.raters_wanted = MOST_RATERS
        work.save(update_fields=["raters_wanted"])
        tell_raters(work=work, now=now)
        return
    spread = rater_spread(marks_of_recent_works(work.activity))
    value, margin = settled(marks), margin_bands(marks, spread)
    if work.round == RatingRound.APPEAL:
        _decide_appeal(work, marks, value, margin, now)
    else:
        _result(work, marks, value, margin, now)


def _result(work: Work, marks: Sequence[float], value: float, margin: float, now: datetime) -> None:
    measurement = _measure(work, marks, value, now)
    move_state(
        work,
        to=WorkState.RATED,
        table=WORK_MOVES,
        rated_at=now,
        value=value,
        margin=margin,
        measurement=measurement,
    )
    notify(
        to=work.candidate.user,
        kind=NotificationKind.ASSESSMENT,
        template="assessments/mail/rated_result",
        context={"work": work, "measurement": measurement},
        url=reverse("assessments:rated_result", args=[work.number]),
        key=f"work-rated:{work.pk}",
        now=now,
    )


def _measure(work: Work, marks: Sequence[float], value: float, now: datetime) -> Measurement:
    """Of the day on which the work was handed in."""
    assert work.submitted_at is not None
    measured_on = work.submitted_at.astimezone(UTC).date()
    said = ", ".join(f"{CEFRLevel(level_of(one)).label} ({one:.2f})" for one in marks)
    return append_measurement(
        candidate=work.candidate,
        now=now,
        language=work.language,
        activity=work.activity,
        level=level_of(value),
        source=MeasurementSource.RATED_WORK,
        evidence=f"{work.get_activity_display()}, work {work.short_number}; marks of independent raters: {said}.",
        measured_on=measured_on,
        expires_on=add_months(measured_on, RATED_VALID_MONTHS),
    )


def _decide_appeal(work: Work, marks: Sequence[float], value: float, margin: float, now: datetime) -> None:
    """A higher level replaces the old result; the same or a lower one leaves it as it is."""
    appeal = Appeal.objects.select_for_update().get(work=work)
    appeal.value_found, appeal.decided_at = value, now
    changes: dict[str, object] = {}
    if level_of(value) > appeal.level_before:
        appeal.outcome = AppealOutcome.CORRECTED
        changes = {"value": value, "margin": margin, "measurement": _replace(work, marks, value, now)}
    else:
        appeal.outcome = AppealOutcome.STANDS
    appeal.save(update_fields=["value_found", "decided_at", "outcome"])
    move_state(work, to=WorkState.RATED, table=WORK_MOVES, **changes)
    notify(
        to=work.candidate.user,
        kind=NotificationKind.ASSESSMENT,
        template="assessments/mail/appeal_decided",
        context={"work": work, "appeal": appeal, "measurement": work.measurement},
        url=reverse("assessments:rated_result", args=[work.number]),
        key=f"appeal-decided:{appeal.pk}",
        now=now,
    )


def _replace(work: Work, marks: Sequence[float], value: float, now: datetime) -> Measurement:
    old = work.measurement
    if old is not None and old.revoked_at is None:
        revoke_measurement(
            measurement=old, reason=f"Corrected on appeal, work {work.short_number}.", by=None, now=now
        )
    return _measure(work, marks, value, now)
