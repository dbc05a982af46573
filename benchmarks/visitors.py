"""Who visits the pages of `benchmarks.pages`, and what they look at. Only inside a process with Django set up."""

from functools import cached_property
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from candidates.models import Candidate
from employers.addresses import company_slug
from marketplace.administration.imports import IMPORTERS
from matching.actions.ranking import refresh_ranking
from matching.models import RankingState
from matching.queries.matches import matches_of
from matching.queries.shortlist import shortlist_of
from placements.enums import ApplicationState
from placements.models import Application
from vacancies.addresses import job_slug
from vacancies.models import Vacancy


def ready(people: int) -> None:
    """Rank as many vacancies, each of another employer, as there are visitors of an employer."""
    now = timezone.now()
    ranked = RankingState.objects.filter(current__isnull=False, vacancy__state="published").count()
    for vacancy in _one_an_employer(people)[ranked:]:
        refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now)


def _one_an_employer(people: int) -> list[Vacancy]:
    found = Vacancy.objects.filter(state="published").order_by("employer", "pk").distinct("employer")
    return list(found.select_related("employer", "current")[:people])


class Visitor:
    """One of `people` visitors of a role, signed in."""

    def __init__(self, role: str, number: int, people: int, seed: int) -> None:
        self.role, self.number, self.people = role, number, people
        self.stream = Random(f"{seed} {role} {number}")
        self.client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
        user = self._user()
        if user:
            self.client.force_login(user)

    def _user(self) -> User | None:
        if self.role == "candidate":
            return self.candidate.user
        if self.role == "employer":
            return self.own.employer.memberships.select_related("user").order_by("pk")[0].user
        return User.objects.get(email="recruiter@demo.example") if self.role == "recruiter" else None

    @cached_property
    def candidate(self) -> Candidate:
        """Somebody listed, drawn by their id, so that a million need not be read; every other one with an application."""
        people = Candidate.objects.select_related("user").filter(listed=True).order_by("pk")
        last = Candidate.objects.order_by("-pk").values_list("pk", flat=True)[0]
        drawn = self.stream.randrange(last)
        applied = Application.objects.filter(candidate__listed=True).order_by("candidate")
        if self.number % 2 and (found := applied.filter(candidate__gt=drawn % self._last_applied).first()):
            return people.get(pk=found.candidate_id)
        return people.filter(pk__gt=drawn)[0]

    @cached_property
    def _last_applied(self) -> int:
        """The highest id of anybody with an application, 1 when there is none."""
        found = Application.objects.filter(candidate__listed=True).order_by("-candidate")
        return found.values_list("candidate", flat=True).first() or 1

    @cached_property
    def own(self) -> Vacancy:
        return _one_an_employer(self.people)[self.number]

    def vacancy(self) -> dict[str, Any]:
        """A vacancy of the visitor's own, with a ranking."""
        return {"pk": self.own.pk}

    def ranked(self) -> dict[str, Any]:
        """Any vacancy with a ranking."""
        return {"pk": _one_an_employer(self.people)[self.number].pk}

    def shortlisted(self) -> dict[str, Any]:
        """Somebody on the shortlist of the own vacancy."""
        found = shortlist_of(Vacancy.objects.select_related("current").get(pk=self.own.pk))
        assert found is not None
        person = found.listed[found.order[self.stream.randrange(min(20, len(found.order)))]]
        return {"pk": self.own.pk, "person": person.public_id}

    def match(self) -> dict[str, Any] | None:
        """One of the candidate's first matches, or near misses, when they have any."""
        found = matches_of(self.candidate, timezone.now().date())
        first = (*found.eligible, *found.near)[:10]
        if not first:
            return None
        return {"pk": first[self.stream.randrange(len(first))].vacancy_id}

    def application(self) -> dict[str, Any] | None:
        """The candidate's latest application, when they have one."""
        found = Application.objects.filter(candidate=self.candidate).order_by("-changed_at").first()
        return {"application": found.public_id} if found else None

    def job(self) -> dict[str, Any]:
        """Any open vacancy."""
        version = self.own.current
        assert version is not None
        return {"pk": self.own.pk, "slug": job_slug(version.title)}

    def company(self) -> dict[str, Any]:
        """Any company that has an open vacancy."""
        return {"pk": self.own.employer_id, "slug": company_slug(self.own.employer.name)}

    def table(self) -> dict[str, Any]:
        """One of the tables that can be imported."""
        return {"name": sorted(IMPORTERS)[self.number % len(IMPORTERS)]}

    def signed_in(self) -> dict[str, str]:
        """The cookies of a browser that has signed in, and its token against forged requests."""
        token = get_random_string(32)
        pairs = {name: morsel.value for name, morsel in self.client.cookies.items()}
        pairs[settings.CSRF_COOKIE_NAME] = token
        return {"cookies": "; ".join(f"{name}={value}" for name, value in pairs.items()), "token": token}

    def deeds(self) -> list[tuple[str, dict[str, str]]]:
        """What the visitor can decide, each once: the address and what is sent."""
        if self.role == "candidate":
            return [
                (reverse("placements:interest", args=[one.vacancy_id]), {"message": ""})
                for one in matches_of(self.candidate, timezone.now().date()).eligible[:10]
            ]
        return self._decisions() if self.role == "employer" else []

    def _decisions(self) -> list[tuple[str, dict[str, str]]]:
        """Inviting the best of the shortlist, and a yes and a no to people who are interested in the own vacancy."""
        shortlist = shortlist_of(Vacancy.objects.select_related("current").get(pk=self.own.pk))
        assert shortlist is not None
        best = [shortlist.listed[one].public_id for one in shortlist.order[:4]]
        told = Application.objects.filter(
            vacancy=self.own, state=ApplicationState.INTERESTED, candidate__listed=True
        )
        yes, no = (
            list(told.order_by("pk").values_list("candidate__public_id", flat=True)[at : at + 3])
            for at in (0, 3)
        )
        refusal = {
            "reason": "experience",
            "message": "We look for more years with this kind of customers.",
            "send": "1",
        }
        deeds = [
            ("invite_person", best, {"message": ""}),
            ("accept", yes, {"message": ""}),
            ("decline", no, refusal),
        ]
        return [
            (reverse(f"placements:{name}", args=[self.own.pk, person]), fields)
            for name, people, fields in deeds
            for person in people
        ]

    def address(self, name: str, of: str, query: str) -> str | None:
        """None where there is nothing of that for the visitor."""
        what = getattr(self, of)() if of else None
        return None if of and what is None else reverse(name, kwargs=what) + query

    def get(self, address: str) -> tuple[int, HttpResponse]:
        """The number of queries, and the answer, which has to be a page."""
        count = _Count()
        with connection.execute_wrapper(count):
            answer = self.client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{answer.status_code} at {address} for {self.role} {self.number}")
        return count.queries, answer


class _Count:
    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries += not sql.startswith(("SAVEPOINT", "RELEASE"))
        return execute(sql, params, many, context)
