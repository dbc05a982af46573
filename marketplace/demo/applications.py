"""Applications of the demo: in every state, begun in the last weeks, with the steps that led there."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from candidates.enums import UnlistedBecause
from candidates.models import Candidate, CandidateLanguage
from marketplace.demo.application_ways import WAYS, Step, Way, written
from placements.enums import MET_STATES, OWED_BY, ApplicationState, Side
from placements.models import Application, ApplicationLog
from placements.rules.promises import became_of, promise_date, remind_from
from vacancies.enums import VacancyState
from vacancies.models import Vacancy, VacancyStatusLog

Rng = np.random.Generator

PER_VACANCY: Final = 10
PEOPLE_EACH: Final = 20
"""So many people are read for each vacancy, of whom those are taken who speak its languages where it hires."""
BATCH: Final = 2_000
STARRED: Final = ("invited", "interested", "in_interview", "declined by the employer")
"""What the candidate of the sign-ins has going on."""


def make_applications(star: Candidate | None, rng: Rng, *, now: datetime) -> int:
    """Some for every published vacancy, and the `STARRED` ones of one person; returns how many."""
    vacancies = list(_vacancies())
    people = _People.read(len(vacancies) * PEOPLE_EACH, but=star)
    starred = list(STARRED) if star else []
    hired: set[int] = set()
    count, found, logs = 0, [], []
    for vacancy in vacancies:
        ways = [WAYS[one] for one in rng.choice(len(WAYS), PER_VACANCY, p=_SHARES)]
        pairs = list(zip(people.fitting(vacancy, rng, PER_VACANCY), ways, strict=False))
        if star and starred and _speaks(star, vacancy):
            pairs = [(star, _way(starred.pop())), *pairs]
        for person, way in _possible(pairs, vacancy, hired):
            application, steps = _told(vacancy, person, way, rng, now)
            found.append(application)
            logs.append(steps)
        if len(found) >= BATCH or vacancy is vacancies[-1]:
            count += _store(found, logs)
            found, logs = [], []
    Candidate.objects.filter(pk__in=hired).update(
        listed=False, unlisted_because=UnlistedBecause.PAUSED, paused_until=None
    )
    return count


_SHARES: Final = np.array([way.share for way in WAYS]) / sum(way.share for way in WAYS)


class _People:
    """Some listed people by country, with the languages that they name: all but one, whose applications are set."""

    def __init__(self, by_country: dict[str, list[Candidate]], spoken: dict[int, set[str]]) -> None:
        self.by_country, self.spoken = by_country, spoken

    @classmethod
    def read(cls, most: int, *, but: Candidate | None) -> "_People":
        rows = Candidate.objects.listed().exclude(pk__in=[but.pk] if but else []).order_by("public_id")
        rows = rows.only("pk", "country_id", "zone")[:most]
        by_country, spoken = defaultdict(list), defaultdict(set)
        for one in rows:
            by_country[one.country_id or ""].append(one)
        keys = [one.pk for some in by_country.values() for one in some]
        for start in range(0, len(keys), 20_000):
            named = CandidateLanguage.objects.filter(candidate__in=keys[start : start + 20_000])
            for person, language in named.values_list("candidate", "language"):
                spoken[person].add(language)
        return cls(by_country, spoken)

    def fitting(self, vacancy: Vacancy, rng: Rng, most: int) -> list[Candidate]:
        """People where it hires who name its languages, in a drawn order."""
        version = vacancy.current
        assert version is not None
        wanted = {row.language_id for row in version.languages.all() if row.must}
        hires = sorted(row.country_id for row in version.countries.all())
        pools = [self.by_country.get(country, []) for country in hires]
        sizes = [len(pool) for pool in pools]
        found: dict[int, Candidate] = {}
        for at in rng.permutation(sum(sizes))[: most * 40].tolist() if sum(sizes) else ():
            pool = int(np.searchsorted(np.cumsum(sizes), at, side="right"))
            one = pools[pool][at - sum(sizes[:pool])]
            if wanted <= self.spoken[one.pk]:
                found[one.pk] = one
            if len(found) == most:
                break
        return list(found.values())


def _vacancies() -> QuerySet[Vacancy]:
    rows = Vacancy.objects.filter(state=VacancyState.PUBLISHED, employer__is_demo=True)
    rows = rows.select_related("current", "employer__country")
    return rows.prefetch_related("current__languages", "current__countries").order_by("pk")


def _speaks(star: Candidate, vacancy: Vacancy) -> bool:
    version = vacancy.current
    assert version is not None
    named = {row.language_id for row in star.languages.all()}
    hires = {row.country_id for row in version.countries.all()}
    return (
        star.country_id in hires and {row.language_id for row in version.languages.all() if row.must} <= named
    )


def _way(name: str) -> Way:
    return next(way for way in WAYS if way.name == name)


def _possible(
    pairs: Sequence[tuple[Candidate, Way]], vacancy: Vacancy, hired: set[int]
) -> Iterator[tuple[Candidate, Way]]:
    """Leave out what cannot be: more offers than openings, a vacancy filled but open, somebody hired and still applying."""
    assert vacancy.current is not None
    taken = Counter({"left": vacancy.current.openings})
    for person, way in pairs:
        last = way.steps[-1].state
        if person.pk in hired or (last == ApplicationState.HIRED and taken["left"] < 2):
            continue
        if last in (ApplicationState.HIRED, ApplicationState.OFFERED):
            if taken["left"] < 1:
                continue
            taken["left"] -= 1
        if last == ApplicationState.HIRED:
            hired.add(person.pk)
        yield person, way


def _moments(steps: Sequence[Step], rng: Rng, now: datetime) -> list[datetime]:
    """When each step was taken: the last some days ago, each before it earlier by as long as an answer took."""
    last = steps[-1]
    owed = OWED_BY.get(last.state, "")
    longest = 40.0 if not owed else 11.5 if owed == Side.EMPLOYER else 5.5
    at = now - timedelta(days=float(rng.uniform(0.02, longest)))
    found = [at]
    for step in reversed(steps[1:]):
        slow = step.waited or (9.0 if rng.random() < 0.12 else 0.0)
        at -= timedelta(days=slow + float(rng.uniform(0.3, 4.5)))
        found.append(at)
    return found[::-1]


def _told(
    vacancy: Vacancy, person: Candidate, way: Way, rng: Rng, now: datetime
) -> tuple[Application, list[ApplicationLog]]:
    """An application as its steps leave it, with its log."""
    made = Application(
        candidate=person, vacancy=vacancy, employer=vacancy.employer, version=vacancy.current,
        started_by=way.steps[0].side,
    )  # fmt: skip
    logs: list[ApplicationLog] = []
    for step, at in zip(way.steps, _moments(way.steps, rng, now), strict=True):
        logs.append(_take(made, step, at, written(step, rng)))
    made.created_at = logs[0].at
    _mark(made, now)
    return made, logs


def _take(made: Application, step: Step, at: datetime, message: str) -> ApplicationLog:
    """Put a step on the application; its log row."""
    owed, promised = made.owed_by, made.promise_on
    today = made.today_of(owed, at) if owed else at.date()
    answer = became_of(owed=owed, side=step.side, today=today, promise_on=promised)
    made.state, made.changed_at, made.message = step.state, at, message
    made.owed_by = OWED_BY.get(step.state, "")
    made.promise_on = _promise(made, at)
    if step.state in MET_STATES and made.met_at is None:
        made.met_at = at
    if not made.owed_by:
        made.ended_at, made.ended_by, made.reason = at, step.side, step.reason
    return ApplicationLog(
        employer=made.employer,
        state=step.state,
        at=at,
        side=step.side,
        reason=step.reason,
        by_id=made.vacancy.created_by_id if step.side == Side.EMPLOYER else None,
        message=message,
        promise_on=made.promise_on,
        answer_of=owed if answer else "",
        answer=answer or "",
    )


def _promise(made: Application, at: datetime) -> date | None:
    if not made.owed_by:
        return None
    days, side = settings.PROMISE_DAYS[made.state], made.owed_by
    return promise_date(made.today_of(side, at), days, made.country_of(side))


def _mark(made: Application, now: datetime) -> None:
    """Reminded and found overdue as the sweep would have done by now: nobody is written to about the past."""
    if made.promise_on is None:
        return
    today = made.today_of(made.owed_by, now)
    if remind_from(made.promise_on, settings.REMIND_DAYS, made.country_of(made.owed_by)) <= today:
        made.reminded_at = max(now - timedelta(days=1), made.changed_at)
    if made.owed_by == Side.EMPLOYER and made.promise_on < today:
        made.overdue_at = now


def _store(found: list[Application], logs: list[list[ApplicationLog]]) -> int:
    """Write them down, and let their vacancies have been published before the first of them."""
    Application.objects.bulk_create(found, batch_size=BATCH)
    for application, steps in zip(found, logs, strict=True):
        for step in steps:
            step.application = application
    ApplicationLog.objects.bulk_create([step for steps in logs for step in steps], batch_size=BATCH)
    first: dict[int, datetime] = {}
    for application in found:
        known = first.get(application.vacancy_id, application.created_at)
        first[application.vacancy_id] = min(known, application.created_at)
    rows = {one.vacancy_id: one.vacancy for one in found}
    for key, vacancy in rows.items():
        vacancy.published_at = vacancy.created_at = first[key] - timedelta(days=1)
    Vacancy.objects.bulk_update(rows.values(), ["published_at", "created_at"], batch_size=BATCH)
    log = list(VacancyStatusLog.objects.filter(vacancy__in=rows))
    for row in log:
        row.at = rows[row.vacancy_id].created_at
    VacancyStatusLog.objects.bulk_update(log, ["at"], batch_size=BATCH)
    return len(found)
