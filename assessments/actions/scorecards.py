"""Interview scorecards: record, reply, agree, confirm, take back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions.audit import record
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from assessments.actions.measurements import append_measurements
from assessments.enums import MeasurementSource
from assessments.models import Scorecard, ScorecardRating
from assessments.rules.evidence import Flaw
from assessments.rules.policy import add_months
from assessments.rules.scorecard import MOST_REPLY_CHARACTERS, Rated, flaws_of_card, scorecard_sheet
from candidates.models import Candidate
from employers.models import Employer


class UnableToScore(Exception):
    """The card cannot be kept; `flaws` say why, field by field."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{flaw.field}: {flaw.text}" for flaw in flaws))
        self.flaws = flaws


class NotListed(Exception):
    """The person did not agree to be listed for employers, so none may record anything about them."""


class UnableToChangeCard(Exception):
    """The card is not in the state for that any more; the message says why."""


@transaction.atomic
def record_scorecard(
    *,
    candidate: Candidate,
    employer: Employer | None,
    key: UUID,
    interviewed_on: date,
    ratings: Mapping[str, Rated],
    by: User,
    now: datetime,
) -> Scorecard:
    """Keep a card, once for each `key`, and tell the person. Without an employer it is a recruiter's and counts at once.

    That the person stands on a shortlist of the employer is for the caller to see to. Raises UnableToScore, NotListed.
    """
    candidate = _held(candidate)
    kept = Scorecard.objects.filter(key=key).first()
    if kept and (kept.candidate_id, kept.recorded_by_id) == (candidate.pk, by.pk):
        return kept
    if kept:
        raise UnableToScore([Flaw("", _("This form was used before. Open it anew."))])
    if employer and not candidate.listed:
        raise NotListed
    if found := list(flaws_of_card(ratings, interviewed_on, now.astimezone(UTC).date())):
        raise UnableToScore(found)
    card = Scorecard.objects.create(
        key=key,
        candidate=candidate,
        employer=employer,
        version=scorecard_sheet().version,
        interviewed_on=interviewed_on,
        recorded_at=now,
        recorded_by=by,
    )
    _rate(card, ratings)
    record(
        verb="scorecard.recorded", target=card, by=by, now=now, candidate=str(candidate.public_id), rated=len(ratings)
    )  # fmt: skip
    if employer is None:
        _count(card, by, now)
    notify(
        to=candidate.user,
        kind=NotificationKind.ASSESSMENT,
        template="assessments/mail/scorecard_recorded",
        context={"card": card},
        url=reverse("assessments:interview", args=[card.pk]),
        key=f"scorecard:{card.pk}",
        now=now,
    )
    return card


def _held(candidate: Candidate) -> Candidate:
    people = Candidate.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    found = people.filter(pk=candidate.pk).first()
    if found is None:
        left = _("This person has left the platform meanwhile. Nothing was kept.")
        raise UnableToScore([Flaw("", left)])
    return found


def _rate(card: Scorecard, ratings: Mapping[str, Rated]) -> None:
    """Keep what was rated, in the order of the sheet."""
    order = list(scorecard_sheet().competences)
    ScorecardRating.objects.bulk_create(
        ScorecardRating(
            scorecard=card,
            position=order.index(code) + 1,
            competence=code,
            rating=rated.rating,
            evidence=rated.evidence.strip(),
        )
        for code, rated in ratings.items()
    )


def _count(card: Scorecard, by: User, now: datetime) -> None:
    """Append a measurement for each rating that is evidence of a skill level. The caller holds the card's lock."""
    sheet = scorecard_sheet()
    Scorecard.objects.filter(pk=card.pk).update(confirmed_at=now, confirmed_by=by)
    evident = [
        (rating, what, sheet.levels[rating.rating])
        for rating in card.ratings.all()
        if (what := rating.what) and what.skill and rating.rating in sheet.levels
    ]
    rows = append_measurements(
        candidate=card.candidate,
        now=now,
        found=[
            {
                "skill_id": what.skill,
                "level": level,
                "source": MeasurementSource.INTERVIEW_SCORECARD,
                "evidence": f"{what.names['en']}, rated {rating.rating} of 5 in a structured interview; scorecard {card.pk}.",
                "measured_on": card.interviewed_on,
                "expires_on": add_months(card.interviewed_on, sheet.valid_months),
                "recorded_by": by,
            }
            for rating, what, level in evident
        ],
    )
    for (rating, _what, _level), row in zip(evident, rows, strict=True):
        rating.measurement = row
        rating.save(update_fields=["measurement"])
    card.confirmed_at, card.confirmed_by = now, by


def reply_to_scorecard(*, scorecard: Scorecard, reply: str, now: datetime) -> None:
    """What the person has to say, once; everybody who sees the card sees it. Raises UnableToChangeCard."""
    words = reply.strip()
    if not words or len(words) > MOST_REPLY_CHARACTERS:
        raise UnableToChangeCard("a reply has 1 to 4,000 characters")
    if not Scorecard.objects.filter(pk=scorecard.pk, replied_at=None).update(reply=words, replied_at=now):
        raise UnableToChangeCard("there is a reply already")


def agree_to_scorecard(*, scorecard: Scorecard, agrees: bool, now: datetime) -> None:
    """The person wants an employer's card to count elsewhere, or no longer; until a recruiter confirmed it.

    Raises UnableToChangeCard.
    """
    waiting = Scorecard.objects.filter(pk=scorecard.pk, confirmed_at=None, withdrawn_at=None)
    if not waiting.exclude(employer=None).update(agreed_at=now if agrees else None):
        raise UnableToChangeCard("it is confirmed or was taken back")


@transaction.atomic
def confirm_scorecard(*, scorecard: Scorecard, by: User, now: datetime) -> Scorecard:
    """A recruiter stands for an employer's card that the person agreed to; its skills count. Raises UnableToChangeCard."""
    card = (
        Scorecard.objects.select_for_update(of=("candidate", "self"), no_key=True)
        .select_related("candidate")
        .filter(pk=scorecard.pk, agreed_at__isnull=False, confirmed_at=None, withdrawn_at=None)
        .first()
    )
    if card is None:
        raise UnableToChangeCard(
            "the person did not agree or has left, or it is confirmed or taken back already"
        )
    _count(card, by, now)
    record(verb="scorecard.confirmed", target=card, by=by, now=now, candidate=str(card.candidate.public_id))
    return card


@transaction.atomic
def withdraw_scorecard(*, scorecard: Scorecard, reason: str, by: User, now: datetime) -> None:
    """Take back a card that does not count yet; the person still sees it, with the reason. Raises UnableToChangeCard."""
    words = reason.strip()
    if not words:
        raise UnableToChangeCard("a reason is needed")
    waiting = Scorecard.objects.filter(pk=scorecard.pk, confirmed_at=None, withdrawn_at=None)
    if not waiting.update(withdrawn_at=now, withdrawn_because=words):
        raise UnableToChangeCard("it counts already, or was taken back")
    record(
        verb="scorecard.withdrawn",
        target=scorecard,
        by=by,
        now=now,
        reason=words,
        candidate=str(scorecard.candidate.public_id),
    )
