"""Who fits a vacancy and why in this order: the list of the pages, for an employer's own systems."""

import hashlib
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.bodies import parameters_of
from common.api.cursors import make_cursor, next_address, read_cursor
from common.api.problems import Problem
from employers.api.schema import described
from employers.api.views import EmployerView
from employers.enums import ApiScope
from matching.queries.known import known_facts
from matching.queries.matches import content_now
from matching.queries.shortlist import Shortlist, shortlist_of
from matching.words.figures import skill_names
from placements.actions.profile_views import record_profile_view
from placements.api.shapes import (
    NOTHING_YET,
    PersonWhole,
    ShortlistPage,
    ShortlistQuery,
    list_head,
    person_line,
    person_whole,
)
from placements.queries.explained_rows import explained_person, explained_rows
from placements.queries.near_misses import near_misses_of
from placements.queries.vacancies import with_current
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of

SCOPE = ApiScope.SHORTLISTS_READ
TAG = "Shortlists"


class ShortlistView(EmployerView):
    """The shortlist of one of the employer's vacancies that was published at least once."""

    scopes = {"GET": SCOPE}

    def vacancy(self, pk: int) -> Vacancy:
        """404 where it is not this employer's, or was never published."""
        return get_object_or_404(with_current(vacancies_of(self.employer)), pk=pk)


class ShortlistOfVacancy(ShortlistView):
    """The list."""

    @described(
        "Read a shortlist", ShortlistPage, id="read_shortlist", tag=TAG, scope=SCOPE, query=ShortlistQuery,
        problems=("not-found", "conflict"),
        text="The people who fit, in the order of the list, each with the parts of the score and the reasons. No names: they "
        "come with an application in which both sides are interested. When the list was made anew between two pages the "
        "next one answers 409: begin again at the first.",
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        """One page of it."""
        vacancy = self.vacancy(pk)
        asked = parameters_of(request.query_params, ShortlistQuery)
        found = shortlist_of(vacancy)
        if found is None:
            return Response(NOTHING_YET)
        mark = _mark(found)
        start = _start(asked.get("cursor"), mark)
        end = start + asked["limit"]
        facts = known_facts(timezone.now().date())
        missing = near_misses_of(found.ranking.result, content_now(vacancy, facts), facts.on, skill_names())
        rows = explained_rows(vacancy, found, found.order[start:end], facts)
        cursor = make_cursor([mark, end]) if end < len(found) else None
        page = {"items": [person_line(row) for row in rows], "next": next_address(request, cursor)}
        return Response({**list_head(found, missing), **page})


class PersonOnShortlist(ShortlistView):
    """One person of it."""

    @described(
        "Read one person of a shortlist", PersonWhole, id="read_shortlisted_person", tag=TAG, scope=SCOPE,
        problems=("not-found",),
        text="With what would change the score. The person sees that your company looked, as on the page.",
    )  # fmt: skip
    def get(self, request: Request, pk: int, person: UUID) -> Response:
        """Only people who are shown on the list now."""
        vacancy, now = self.vacancy(pk), timezone.now()
        found = shortlist_of(vacancy)
        row = explained_person(vacancy, found, person, now.date()) if found else None
        if row is None:
            raise Http404
        member = self.token.membership.user
        record_profile_view(candidate=row.row.candidate, vacancy=vacancy, by=member, now=now)
        return Response(person_whole(row))


def _mark(found: Shortlist) -> str:
    """Which list it is: changes with every change of its order."""
    return hashlib.sha256(repr(found.order).encode()).hexdigest()[:16]


def _start(cursor: str | None, mark: str) -> int:
    if cursor is None:
        return 0
    seen, place = read_cursor(cursor, 2)
    if seen != mark:
        raise Problem("conflict", _("The list was made anew meanwhile. Begin again at its first page."))
    return int(place)
