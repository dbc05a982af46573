"""The bench for an employer's own systems. Nothing is stored, whatever is asked."""

from typing import Any

from django.utils import timezone
from rest_framework.metadata import SimpleMetadata
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.problems import wrong_fields
from common.crowds import CROWD
from employers.api.schema import described
from employers.api.views import EmployerView
from employers.enums import ApiScope
from matching.api.limits import PreviewThrottle
from matching.api.shapes import QuestionFields, WhatIfAnswer
from matching.engine import SCALE
from matching.engine.what_if import EDGES
from matching.forms import Typed
from matching.queries.known import known
from matching.queries.told import Told, told
from matching.queries.what_if import Price
from matching.words.figures import skill_names
from matching.words.what_if import change_words
from vacancies.api.content import UNCOUNTED, CountedContent, as_posted
from vacancies.forms import VacancyEditorForms

HOURLY = 10_000
TAG = "What if"


class WhatIf(EmployerView):
    """Who is eligible for a vacancy that need not exist, and what each requirement costs. docs/what-if.md describes it."""

    scopes = {"GET": ApiScope.WHAT_IF, "POST": ApiScope.WHAT_IF}
    editors = frozenset({ApiScope.WHAT_IF})
    rate = "what-if"
    throttle_classes = [*EmployerView.throttle_classes, PreviewThrottle]

    @described(
        "List the fields of a question", QuestionFields, id="list_what_if_fields", tag=TAG, scope=ApiScope.WHAT_IF,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The fields that a question may have, with their kinds and bounds."""
        return Response({"fields": SimpleMetadata().get_serializer_info(CountedContent())})

    @described(
        "Count who could do it", WhatIfAnswer, id="ask_what_if", tag=TAG, scope=ApiScope.WHAT_IF, body=CountedContent,
        text="Who is eligible for a vacancy that need not exist, and what each requirement costs. Nothing is stored and "
        "nobody is named. Counts are whole fives, rounded down, and 0 stands for fewer than five, so that they tell no single "
        "person. Every field may be left out while it is not known yet.",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """The counts, also for a content with gaps."""
        sent = CountedContent(data=request.data)
        if not sent.is_valid():
            raise wrong_fields(sent.errors)
        posted = as_posted(sent.validated_data, UNCOUNTED)
        typed = Typed.of(VacancyEditorForms(posted, today=timezone.localdate()))
        if typed.wrong:
            raise wrong_fields({name: [words] for name, words in typed.wrong.items()})
        today = timezone.now().date()  # the pool's day, the same for all who ask; the form's is the caller's
        return Response(_answer(told(typed.content, self.employer, known(today))))


def _answer(found: Told) -> dict[str, Any]:
    names = skill_names()
    return {
        "rounded_to": CROWD,
        "eligible": found.eligible,
        "everyone": found.everyone,
        "not_counted": [str(gate) for gate in found.open_gates],
        "needed": found.needed,
        "waterfall": [{"gate": str(gate), "lost": lost} for gate, lost in found.falls.items()],
        "scores": _scores(found),
        "changes": [_price(price, names) for price in found.prices],
    }


def _scores(found: Told) -> dict[str, Any] | None:
    if not found.histogram:
        return None
    return {"edges": [edge / SCALE for edge in EDGES], "people": found.histogram}


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
