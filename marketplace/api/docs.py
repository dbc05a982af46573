"""The page for people who connect their systems: made of the schema, nothing else is loaded."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.api.problems import KINDS


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """How to call, what there is, what can go wrong, how to check webhooks."""
    return render(request, "api/docs.html", {"problems": [(kind, *facts) for kind, facts in KINDS.items()]})
