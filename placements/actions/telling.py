"""Telling the other side of a step, the side that owes of its date, and everybody concerned of an end: each once."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from accounts.rules.time_zones import clock_of
from placements.enums import OWED_BY, ApplicationState, EndReason, Side
from placements.models import Application, ApplicationLog
from placements.queries.editors import editors_of, who_answers
from vacancies.models import Vacancy

LETTER = "placements/mail/letter"
"""What every mail about an application looks like; its words are those of an event."""


class News(NamedTuple):
    """Whom an event is told, as what kind of news, and the name of its words."""

    to: str
    kind: str
    words: str


STATE, KIND = ApplicationState, NotificationKind

STEPS: dict[tuple[str, str], tuple[News, ...]] = {
    (STATE.INVITED, Side.EMPLOYER): (News(Side.CANDIDATE, KIND.INVITATION, "invited"),),
    (STATE.INTERESTED, Side.CANDIDATE): (News(Side.EMPLOYER, KIND.APPLICATION_MOVED, "interested"),),
    (STATE.BOTH_INTERESTED, Side.CANDIDATE): (
        News(Side.EMPLOYER, KIND.APPLICATION_MOVED, "invitation_accepted"),
    ),
    (STATE.BOTH_INTERESTED, Side.EMPLOYER): (
        News(Side.CANDIDATE, KIND.APPLICATION_MOVED, "interest_accepted"),
    ),
    (STATE.IN_INTERVIEW, Side.EMPLOYER): (News(Side.CANDIDATE, KIND.APPLICATION_MOVED, "in_interview"),),
    (STATE.OFFERED, Side.EMPLOYER): (News(Side.CANDIDATE, KIND.INVITATION, "offered"),),
    (STATE.HIRED, Side.CANDIDATE): (
        News(Side.EMPLOYER, KIND.APPLICATION_MOVED, "offer_accepted"),
        News(Side.CANDIDATE, KIND.APPLICATION_MOVED, "hired"),
    ),
}
"""What is told of a step to a state by a side; whoever took it knows."""

_TO_CANDIDATE = News(Side.CANDIDATE, KIND.APPLICATION_ENDED, "ended_for_candidate")
_TO_EMPLOYER = News(Side.EMPLOYER, KIND.APPLICATION_ENDED, "ended_for_employer")

ENDS: dict[str, tuple[News, ...]] = {
    EndReason.POSITION_FILLED: (_TO_CANDIDATE,),
    EndReason.VACANCY_CLOSED: (_TO_CANDIDATE,),
    EndReason.EMPLOYER_GONE: (_TO_CANDIDATE,),
    EndReason.EMPLOYER_SILENT: (News(Side.CANDIDATE, KIND.APPLICATION_ENDED, "released"),),
    EndReason.CANDIDATE_SILENT: (
        News(Side.CANDIDATE, KIND.APPLICATION_ENDED, "time_passed"),
        _TO_EMPLOYER,
    ),
    EndReason.HIRED_ELSEWHERE: (_TO_EMPLOYER,),
    EndReason.UNLISTED: (_TO_EMPLOYER,),
    EndReason.LEFT: (_TO_EMPLOYER,),
}
"""What is told of an end for a reason of the platform's. Of a vacancy that paused itself its editors hear by `tell_paused`."""


def tell_step(application: Application, log: ApplicationLog) -> None:
    """Tell whoever has to know of a step that was just written down."""
    if log.reason in ENDS:
        news = ENDS[log.reason]
    elif log.state in OWED_BY or log.state == STATE.HIRED:
        news = STEPS[log.state, log.side]
    else:
        news = (_TO_EMPLOYER if log.side == Side.CANDIDATE else _TO_CANDIDATE,)
    for one in news:
        key, people = f"application-step:{log.pk}", _people(application, one.to)
        _tell(application, one, people, key, log.at, quoted=_quoted(log), **_talk(application, log))


def tell_due(application: Application, now: datetime) -> None:
    """Remind the side that owes the answer of its date."""
    side = application.owed_by
    words = "due_for_employer" if side == Side.EMPLOYER else "due_for_candidate"
    news = News(side, KIND.ANSWER_DUE, words)
    key = f"application-due:{application.pk}:{application.promise_on}"
    _tell(application, news, _people(application, side), key, now)


def tell_overdue(application: Application, last_day: date, now: datetime) -> None:
    """Tell every editor of the employer that an answer is overdue, and what happens after `last_day`."""
    news = News(Side.EMPLOYER, KIND.ANSWER_DUE, "overdue")
    key = f"application-overdue:{application.pk}:{application.promise_on}"
    _tell(application, news, editors_of(application.employer), key, now, last_day=last_day, ends_at=None)


def tell_paused(vacancy: Vacancy, released: int, key: str, now: datetime) -> None:
    """Tell every editor that the vacancy paused itself, and how many people it had left without an answer."""
    for editor in editors_of(vacancy.employer):
        notify(
            to=editor,
            kind=KIND.ANSWER_DUE,
            template=LETTER,
            context={**_words("vacancy_paused"), "vacancy": vacancy, "released": released},
            url=reverse("vacancies:detail", args=[vacancy.pk]),
            key=key,
            now=now,
        )


def _people(application: Application, side: str) -> Iterable[User]:
    if side == Side.EMPLOYER:
        return who_answers(application)
    return [application.candidate.user] if application.candidate else []


def _tell(
    application: Application, news: News, people: Iterable[User], key: str, now: datetime, **more: Any
) -> None:
    context = {**_words(news.words), **_facts(application), **more}
    context["mine"] = application.owed_by == news.to
    named = application.candidate.user_id if application.candidate and news.to == Side.EMPLOYER else 0
    for person in people:
        notify(
            to=person,
            kind=news.kind,
            template=LETTER,
            context=context,
            url=reverse("placements:open_application", args=[application.public_id]),
            key=key,
            now=now,
            about=named,
        )


def _words(name: str) -> dict[str, str]:
    return {"heading": f"placements/mail/{name}.subject.txt", "words": f"placements/mail/{name}.txt"}


def _facts(application: Application) -> dict[str, Any]:
    """What the words speak about. `ends_at` is the last minute of the promise, on the clocks of who owes and who waits."""
    facts = {
        "application": application,
        "vacancy": application.vacancy,
        "title": application.version.title,
        "employer": application.employer,
        "person": application.candidate,
        "who": partial(called, application),
    }
    if not application.promise_on:
        return facts
    zones = [application.zone_of(side) for side in (application.owed_by, _other(application.owed_by))]
    midnight = datetime.combine(application.promise_on + timedelta(days=1), time(), clock_of(zones[0]))
    return facts | {"ends_at": midnight - timedelta(minutes=1), "zone": zones[0], "other_zone": zones[1]}


def _quoted(log: ApplicationLog) -> str:
    """What was written at a step, as a mail quotes it."""
    return "\n".join(f"> {line}" for line in log.message.splitlines())


def _talk(application: Application, log: ApplicationLog) -> dict[str, Any]:
    """When the two talk, where the step said so, on the clock of the person and on that of the vacancy, as on the pages."""
    zone = application.zone_of(Side.CANDIDATE)
    return {"talk_at": log.talk_at, "talk_zone": zone, "talk_other": application.version.zone or zone}


def _other(side: str) -> str:
    return Side.EMPLOYER if side == Side.CANDIDATE else Side.CANDIDATE


def called(application: Application) -> str:
    """What the employer calls the person, in the language of now: by name once both are interested, else by number."""
    person = application.candidate
    if person is None:
        return _("Somebody who has left")
    if application.names_shown:
        return str(person.user.identity.display_name)
    return _("Candidate %(id)s") % {"id": person.short_name}
