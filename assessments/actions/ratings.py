"""Raters: who rates, taking work from the queue, giving a rating, giving it back."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.actions.audit import record
from accounts.models import User
from assessments.actions.results import conclude_round
from assessments.engine.rating import mark
from assessments.enums import RATING_MOVES, RatingState
from assessments.models import Rater, Rating, Work
from assessments.queries.rating_queue import rater_of, taken_rating, works_for
from assessments.rules.evidence import Flaw
from assessments.rules.policy import RATING_HOLD_HOURS
from assessments.rules.rating import flaws_of_rating
from assessments.rules.rubrics import RUBRICS
from common.states import UnableToMove, move_state
from reference.models import Language


class UnableToRate(Exception):
    """Who asks may not rate, or does not hold that work any more."""


class BadRating(UnableToRate):
    """The rating is not complete; `flaws` say why, field by field."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{flaw.field}: {flaw.text}" for flaw in flaws))
        self.flaws = flaws


@transaction.atomic
def set_rater(*, user: User, languages: Iterable[Language], active: bool, by: User, now: datetime) -> Rater:
    """Let somebody of the staff rate in these languages, or no longer."""
    rater, _made = Rater.objects.update_or_create(user=user, defaults={"active": active})
    rater.languages.set(languages)
    codes = sorted(language.pk for language in rater.languages.all())
    record(verb="rater.set", target=rater, by=by, now=now, languages=codes, active=active)
    return rater


@transaction.atomic
def take_next(*, by: User, now: datetime) -> Rating | None:
    """The rating that the rater holds, or one of the work that is due first; None when nothing waits for them.

    Two raters at once never take the same place: the row is locked, and passed by when somebody else has locked it.
    Raises UnableToRate.
    """
    rater = _rater(by)
    if held := taken_rating(rater):
        return held
    work = works_for(rater).select_for_update(of=("self",), skip_locked=True).first()
    if work is None:
        return None
    Work.objects.filter(pk=work.pk).update(raters_active=F("raters_active") + 1)
    rating, made = Rating.objects.get_or_create(
        work=work, rater=rater, defaults={"round": work.round, "taken_at": now}
    )
    if not made:
        move_state(rating, to=RatingState.TAKEN, table=RATING_MOVES, taken_at=now)
    return rating


def _rater(by: User) -> Rater:
    """The rater, locked, so that one person with two windows takes one thing."""
    rater = rater_of(by)
    if rater is None:
        raise UnableToRate("this person does not rate")
    return Rater.objects.select_for_update(no_key=True).get(pk=rater.pk)


@transaction.atomic
def give_rating(*, rating: Rating, levels: Mapping[str, int], words: str, by: User, now: datetime) -> Rating:
    """Give a rating, once; the last one that is wanted makes the result. Raises UnableToRate or BadRating."""
    rater = _rater(by)
    works = Work.objects.select_for_update(of=("candidate", "self"), no_key=True).select_related("candidate")
    work = works.filter(pk=rating.work_id).first()
    if work is None:
        raise UnableToRate("the person has left the platform")
    if rating.rater_id != rater.pk:
        raise UnableToRate("somebody else holds this")
    rubric = RUBRICS[work.activity]
    if flaws := list(flaws_of_rating(rubric, levels, words)):
        raise BadRating(flaws)
    try:
        move_state(
            rating,
            to=RatingState.GIVEN,
            table={RatingState.TAKEN: frozenset({RatingState.GIVEN})},
            given_at=now,
            rubric_version=rubric.version,
            levels=dict(levels),
            mark=mark(list(levels.values())),
            words=words.strip(),
        )
    except UnableToMove as error:
        raise UnableToRate("it was given or went back before") from error
    conclude_round(work=work, now=now)
    return rating


@transaction.atomic
def decline_rating(*, rating: Rating, reason: str, by: User, now: datetime) -> None:
    """Hand work back because one knows who it is or cannot judge it; it goes to somebody else. Raises UnableToRate."""
    rater = _rater(by)
    if rating.rater_id != rater.pk or not reason.strip():
        raise UnableToRate("not theirs, or without a reason")
    _give_back(rating, RatingState.DECLINED, declined_because=reason.strip()[:200])
    record(verb="rating.declined", target=rating, by=by, now=now, reason=reason.strip()[:200])


def _give_back(rating: Rating, to: RatingState, **changes: str) -> None:
    if Work.objects.select_for_update().filter(pk=rating.work_id).first() is None:
        raise UnableToRate("the person has left the platform")
    try:
        move_state(rating, to=to, table={RatingState.TAKEN: frozenset({to})}, **changes)
    except UnableToMove as error:
        raise UnableToRate("it was given or went back before") from error
    Work.objects.filter(pk=rating.work_id).update(raters_active=F("raters_active") - 1)


def let_lapse(*, now: datetime) -> int:
    """Give back what raters have held for too long; how many."""
    late = Rating.objects.filter(
        state=RatingState.TAKEN, taken_at__lt=now - timedelta(hours=RATING_HOLD_HOURS)
    )
    lapsed = 0
    for rating in late:
        try:
            with transaction.atomic():
                _give_back(rating, RatingState.LAPSED)
        except UnableToRate:  # given a moment before
            continue
        lapsed += 1
    return lapsed
