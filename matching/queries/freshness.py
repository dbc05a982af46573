"""Whether what was ranked is still what is known: short texts that change whenever people or facts do."""

from datetime import date
from hashlib import sha256

from django.db.models import BigIntegerField, Count, F, Func, Max, Q, QuerySet, Subquery, Sum

from candidates.models import Candidate
from matching.engine import ENGINE_VERSION, tz_version
from matching.models import WeightPolicy
from reference.models import ExchangeRate, FactsVersion, WageFloor
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies


def facts_fingerprint(on: date) -> str:
    """The day, its floors, rates, data files and weight policies, and the engine that reads them; three queries."""
    floors = WageFloor.objects.aggregate(
        Count("pk"),
        Max("pk"),
        Count("valid_to"),
        Max("confirmed_at"),
        confirmed=Sum("pk", filter=Q(confirmed_at__isnull=False)),
        withdrawn=Sum("pk", filter=Q(withdrawn_at__isnull=False)),
    )
    rates = ExchangeRate.objects.aggregate(Count("pk"), Max("pk"))
    # Weight policies are only ever added, so the last one's key says whether there are new ones.
    last_policy = Subquery(WeightPolicy.objects.order_by("-pk").values("pk")[:1])
    loaded = FactsVersion.objects.annotate(policy=last_policy).aggregate(Max("pk"), Max("policy"))
    versions = (ENGINE_VERSION, tz_version())
    return _digest(on, *versions, *floors.values(), *rates.values(), *loaded.values())


def people_fingerprint() -> str:
    """Everybody's profile; one query.

    By the sum of all times of change, so that a change that commits late, with an earlier time than one already
    seen, is noticed too.
    """
    people = Candidate.objects.aggregate(Count("pk"), Sum("pk"), moved=Sum(_microseconds("changed_at")))
    return _digest(*people.values())


def _microseconds(column: str) -> Func:
    """A moment as whole microseconds; Django's own extraction of the epoch drops what is below a second."""
    return Func(
        F(column),
        template="(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint",
        output_field=BigIntegerField(),
    )


def fingerprint(on: date) -> str:
    """People and facts together; four queries."""
    return joined(facts_fingerprint(on), people_fingerprint())


def joined(facts: str, people: str) -> str:
    """Two fingerprints as one."""
    return _digest(facts, people)


def _digest(*values: object) -> str:
    return sha256("|".join(map(str, values)).encode()).hexdigest()


def stale_vacancies(now_is: str) -> QuerySet[Vacancy]:
    """Published vacancies that were not ranked as they are now for the people and facts of now (a `fingerprint`).

    Nothing is compared by time, so no order of commits and no clock can hide a change. The longest waiting first.
    """
    state = "ranking_state"
    return (
        published_vacancies()
        .filter(
            Q(ranking_state=None)
            | ~Q(ranking_state__fingerprint=now_is)
            | ~Q(current=F(f"{state}__version"))
            | ~Q(employer__facts_changed_at=F(f"{state}__team_as_of"))
        )
        .order_by(F(f"{state}__read_at").asc(nulls_first=True), "pk")
    )
