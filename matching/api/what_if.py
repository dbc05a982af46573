"""The bench for an employer's own systems. Nothing is stored, whatever is asked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from rest_framework.metadata import SimpleMetadata
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from employers.access import EDITORS, accepted_employer
from employers.models import Membership
from matching.api.content import ContentInput, as_posted
from matching.api.limits import BoundedJSONParser, PreviewThrottle
from matching.engine import SCALE
from matching.engine.what_if import EDGES
from matching.forms import Typed
from matching.queries.compiled import Team
from matching.queries.known import known
from matching.queries.what_if import Preview, Price, preview
from matching.words.figures import skill_names
from matching.words.what_if import change_words
from vacancies.forms import VacancyEditorForms

HOURLY = 10_000


class WhatIf(APIView):
    """Who is eligible for a vacancy that need not exist, and what each requirement costs. docs/what-if.md describes it."""

    parser_classes = [BoundedJSONParser]
    throttle_classes = [PreviewThrottle]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Those who may write a vacancy of an accepted employer only, as in the editor."""
        super().initial(request, *args, **kwargs)
        self.employer = accepted_employer(request.user)
        if not Membership.objects.filter(
            user=request.user.pk, employer=self.employer, role__in=EDITORS
        ).exists():
            raise PermissionDenied

    def get(self, request: Request) -> Response:
        """The fields that a question may have, with their kinds and bounds."""
        return Response({"fields": SimpleMetadata().get_serializer_info(ContentInput())})

    def post(self, request: Request) -> Response:
        """200 with the counts, also for a content with gaps; 400 with the fields that are wrong."""
        sent = ContentInput(data=request.data)
        sent.is_valid(raise_exception=True)
        typed = Typed.of(VacancyEditorForms(as_posted(sent.validated_data), today=timezone.localdate()))
        if typed.wrong:
            raise ValidationError({name: [words] for name, words in typed.wrong.items()})
        today = timezone.now().date()  # the pool's day, the same for all who ask; the form's is the caller's
        return Response(_answer(preview(typed.content, Team.of(self.employer), known(today))))


def _answer(found: Preview) -> dict[str, Any]:
    fall = found.found.waterfall
    histogram = found.found.histogram
    names = skill_names()
    return {
        "eligible": fall.eligible,
        "everyone": fall.everyone,
        "not_counted": [str(gate) for gate in found.open_gates],
        "needed": found.needed,
        "waterfall": [
            {"gate": str(gate), "lost": lost}
            for gate, lost in fall.by_gate().items()
            if gate not in found.open_gates
        ],
        "scores": {"edges": [edge / SCALE for edge in EDGES], "people": histogram} if histogram else None,
        "changes": [_price(price, names) for price in found.prices],
    }


def _price(price: Price, names: dict[str, str]) -> dict[str, Any]:
    details = dict(price.details)
    if "eur_hour" in details:
        details |= {"amount": str(details["amount"]), "eur_hour": details["eur_hour"] / HOURLY}
    return {
        "kind": price.kind,
        "gate": str(price.gate),
        "words": change_words(price, names),
        "details": details,
        "more": price.more,
        "eligible": price.eligible,
    }
