"""Rated tests.

`rated_tasks()` makes two mails and two chats in English; `draft(candidate)` starts an attempt, `handed_in(candidate)` answers
and submits it; `RaterFactory()` is staff who rate English; `rate(work, level)` gives the next rating that is wanted, each
criterion at `level`, by a new rater.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assessments.actions.ratings import give_rating, take_next
from assessments.actions.recordings import begin_take, complete_take, send_take, store_chunk
from assessments.actions.works import save_reply, start_work, submit_work
from assessments.enums import Activity, RatedKind
from assessments.models import RatedTask, Rater, Rating, Recording, Work
from assessments.queries.works import task_pages
from assessments.rules.rubrics import RUBRICS
from reference.models import Language
from tests.factories.accounts import UserFactory

WORDS = "You greet well; next, answer every question."


class RatedTaskFactory(DjangoModelFactory):
    """A mail in English, at B1."""

    class Meta:
        model = RatedTask

    code = factory.Sequence(lambda n: f"task-{n}")
    language_id = "en"
    activity = Activity.WRITTEN_INTERACTION
    kind = RatedKind.EMAIL
    level = 3
    title = "A lamp that did not come"
    situation = "You work for a shop that sells lamps."
    facts = ["The lamp comes on Thursday."]
    turns = factory.LazyAttribute(
        lambda made: (
            ["Where is my lamp?", "And what does it cost?"] if made.kind == "chat" else ["Where is my lamp?"]
        )
    )
    expects = ["Says Thursday"]


def rated_tasks(language: str = "en") -> list[RatedTask]:
    """Two mails and two chats, an easy one and a demanding one each."""
    return [
        RatedTaskFactory(kind=kind, level=level, language_id=language)
        for kind in (RatedKind.EMAIL, RatedKind.CHAT)
        for level in (2, 5)
    ]


class RaterFactory(DjangoModelFactory):
    """Staff who rate English, or the `languages` that are named."""

    class Meta:
        model = Rater
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory, staff=True)

    @factory.post_generation
    def languages(self, create: bool, named: list[str] | None, **kwargs: Any) -> None:
        """Codes of languages."""
        self.languages.set(named or ["en"])  # type: ignore[attr-defined]


def draft(candidate: Any, at: datetime | None = None, seed: int = 1) -> Work:
    """An attempt in English that was started."""
    return start_work(
        candidate=candidate,
        language=Language.objects.get(pk="en"),
        activity=Activity.WRITTEN_INTERACTION,
        seed=seed,
        now=at or timezone.now(),
    )


def answered(work: Work, at: datetime) -> Work:
    """Every turn answered."""
    for page in task_pages(work):
        for reply in page.replies:
            save_reply(
                reply=reply,
                candidate=work.candidate,
                text=f"Answer {reply.position}.{reply.turn}",
                pasted=0,
                revision=0,
                send=True,
                now=at,
            )
    return work


def handed_in(candidate: Any, at: datetime | None = None) -> Work:
    """An attempt that waits for raters."""
    at = at or timezone.now()
    if not RatedTask.objects.exists():
        rated_tasks()
    return submit_work(work=answered(draft(candidate, at), at), candidate=candidate, now=at)


def levels(work: Work, level: int) -> dict[str, int]:
    """Each criterion of a work at one level."""
    return {criterion.code: level for criterion in RUBRICS[work.activity].criteria}


def rate(work: Work, level: int, at: datetime | None = None, rater: Rater | None = None) -> Rating:
    """The next rating of the work, which must be what waits first for the rater."""
    at = at or timezone.now()
    rater = rater or RaterFactory(languages=[work.language_id])
    rating = take_next(by=rater.user, now=at)
    assert rating is not None
    assert rating.work_id == work.pk
    return give_rating(rating=rating, levels=levels(work, level), words=WORDS, by=rater.user, now=at)


SOUND = b"\x1a\x45\xdf\xa3" + bytes(range(200))
"""The first bytes of a WebM file, and 200 more."""


def spoken_tasks(language: str = "en") -> list[RatedTask]:
    """Two spoken cases, an easy one and a demanding one."""
    kind = {"kind": RatedKind.SPOKEN, "activity": Activity.SPOKEN_INTERACTION, "language_id": language}
    return [RatedTaskFactory(level=level, **kind) for level in (2, 5)]


def spoken_draft(candidate: Any, at: datetime | None = None) -> Work:
    """An attempt at speaking English that was started."""
    if not RatedTask.objects.filter(kind=RatedKind.SPOKEN).exists():
        spoken_tasks()
    return start_work(
        candidate=candidate,
        language=Language.objects.get(pk="en"),
        activity=Activity.SPOKEN_INTERACTION,
        seed=1,
        now=at or timezone.now(),
    )


def take(work: Work, position: int, at: datetime | None = None, content: bytes = SOUND) -> Recording:
    """A recording of one reply that has arrived, in two chunks."""
    at, key = at or timezone.now(), uuid4()
    reply = work.replies.get(position=position)
    begin_take(reply=reply, candidate=work.candidate, key=key, now=at)
    for number, chunk in enumerate((content[:100], content[100:])):
        store_chunk(key=key, candidate=work.candidate, number=number, content=chunk, now=at)
    return complete_take(key=key, candidate=work.candidate, chunks=2, now=at)


def spoken_in(candidate: Any, at: datetime | None = None) -> Work:
    """An attempt at speaking that waits for raters."""
    at = at or timezone.now()
    work = spoken_draft(candidate, at)
    for position in (1, 2):
        send_take(key=take(work, position, at).key, candidate=candidate, now=at)
    return submit_work(work=work, candidate=candidate, now=at)
