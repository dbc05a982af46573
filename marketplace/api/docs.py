"""The page for people who connect their systems: made of the schema, nothing else is loaded."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.api.bodies import MOST_BYTES
from common.api.cursors import MOST, PAGE
from common.api.problems import KINDS
from employers.enums import ApiScope, WebhookEvent
from marketplace.api.reading import operations_by_tag, shapes
from marketplace.api.schema import LANGUAGE, description


@cache
def read() -> dict[str, Any]:
    """Operations and shapes as the page shows them, made once."""
    schema = description()
    return {"tags": operations_by_tag(schema), "shapes": shapes(schema)}


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """How to call, what there is, what can go wrong, how to check webhooks."""
    context = {
        **read(),
        "origin": settings.SITE_ORIGIN,
        "problems": [(kind, *facts) for kind, facts in KINDS.items()],
        "scopes": ApiScope.choices,
        "events": WebhookEvent.choices,
        "rates": settings.API_RATES,
        "page_size": PAGE,
        "most_rows": MOST,
        "most_bytes": MOST_BYTES,
        "schema_language": LANGUAGE,
    }
    return render(request, "api/docs.html", context)
