"""The REST API: what an employer's own systems may read. Every view asks who calls."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from employers.access import accepted_employer
from matching.api.what_if import WhatIf
from matching.engine import SCALE
from matching.queries.shortlist import ShortlistRow, shortlist_of
from vacancies.queries.vacancies import vacancies_of

MOST = 500


class ApiRoot(APIView):
    """Names what this API offers."""

    def get(self, request: Request) -> Response:
        """Links to the collections."""
        return Response({name: reverse(f"api:{name}", request=request) for name in ("vacancies", "what_if")})


class Vacancies(APIView):
    """The caller's vacancies."""

    def get(self, request: Request) -> Response:
        """Id, title, state and the address of the shortlist, the last changed first."""
        found = vacancies_of(accepted_employer(request.user))[:MOST]
        return Response([self._one(vacancy, request) for vacancy in found])

    def _one(self, vacancy: Any, request: Request) -> dict[str, Any]:
        ranked = vacancy.current is not None
        return {
            "id": vacancy.pk,
            "title": str(vacancy),
            "state": vacancy.state,
            "shortlist": reverse("api:shortlist", args=[vacancy.pk], request=request) if ranked else None,
        }


class ShortlistOfVacancy(APIView):
    """The shortlist of one of the caller's vacancies, without names."""

    def get(self, request: Request, pk: int) -> Response:
        """The ranked people as shown, with the parts of each score; scores as fractions of 1."""
        own = vacancies_of(accepted_employer(request.user)).exclude(current=None)
        vacancy = get_object_or_404(own, pk=pk)
        found = shortlist_of(vacancy)
        if found is None:
            return Response({"ranked_at": None, "eligible": None, "input_digest": None, "people": []})
        rows = found.rows(0, len(found))
        return Response(
            {
                "ranked_at": found.ranking.made_at,
                "eligible": found.ranking.eligible,
                "input_digest": found.ranking.input_digest,
                "people": [self._person(row) for row in rows],
            }
        )

    def _person(self, row: ShortlistRow) -> dict[str, Any]:
        return {
            "place": row.place,
            "rank": row.rank,
            "person": row.candidate.public_id,
            "country": row.candidate.country_id,
            "score": row.score / SCALE,
            "parts": {part.part: part.contribution / SCALE for part in row.parts},
            "curated": row.entry.kind if row.entry else None,
        }


app_name = "api"
urlpatterns = [
    path("", ApiRoot.as_view(), name="root"),
    path("vacancies/", Vacancies.as_view(), name="vacancies"),
    path("vacancies/<int:pk>/shortlist/", ShortlistOfVacancy.as_view(), name="shortlist"),
    path("v1/what-if/", WhatIf.as_view(), name="what_if"),
]
