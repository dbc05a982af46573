"""Whether what was ranked is still what is known."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Extract

from candidates.models import Candidate
from reference.models import ExchangeRate, FactsVersion, WageFloor
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The state of all people and of all facts, each as a short text. Any change gives another text."""

    people: str
    facts: str

    def __str__(self) -> str:
        return f"{self.people}|{self.facts}"


def fingerprint(on: date) -> Fingerprint:
    """What people and facts look like on a day; four queries.

    People by number and by the sum of their times of change, so that a change that commits late, with an
    earlier time than one already seen, is noticed too.
    """
    people = Candidate.objects.aggregate(
        n=Count("pk"), moved=Sum(Extract("changed_at", "epoch")), last=Max("changed_at")
    )
    floors = WageFloor.objects.aggregate(
        n=Count("pk"), last=Max("pk"), confirmed=Max("confirmed_at"), ended=Count("valid_to")
    )
    rates = ExchangeRate.objects.aggregate(n=Count("pk"), last=Max("pk"))
    loaded = FactsVersion.objects.aggregate(last=Max("pk"))
    facts = [on, *floors.values(), *rates.values(), *loaded.values()]
    return Fingerprint(f"{people['n']}.{people['moved']}", ".".join(str(each) for each in facts))


def stale_vacancies(now_is: Fingerprint) -> QuerySet[Vacancy]:
    """Published vacancies whose ranking was not made for what is known now, the longest waiting first."""
    state = "ranking_state__read_at"
    return (
        published_vacancies()
        .filter(
            Q(ranking_state=None)
            | ~Q(ranking_state__fingerprint=str(now_is))
            | Q(changed_at__gt=F(state))
            | Q(employer__facts_changed_at__gt=F(state))
        )
        .order_by(F(state).asc(nulls_first=True), "pk")
    )
