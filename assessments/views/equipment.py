"""Checking microphone, camera, line and browser before anything is recorded. Only the day is kept."""

import os
from datetime import UTC
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.recordings import note_equipment_check
from assessments.enums import Activity, WorkState
from assessments.models import EquipmentCheck, Work
from assessments.queries.works import own_work
from candidates.access import CandidateRequest, candidate_required
from common.devices import may_use

SAMPLE_BYTES = 256_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_use("camera", "microphone")
@candidate_required
def equipment(request: CandidateRequest) -> HttpResponse:
    """Try out the equipment; the button notes that it was checked, and leads to the test that waits for it."""
    waiting = _waiting_work(request, request.GET.get("then", ""))
    if request.method == "POST":
        today = timezone.now().astimezone(UTC).date()
        note_equipment_check(candidate=request.candidate, on=today)
        if waiting:
            return redirect("assessments:speaking", number=waiting.number, position=1)
        messages.success(request, _("Noted that you checked your equipment today."))
        return redirect("assessments:equipment")
    context = {
        "check": EquipmentCheck.objects.filter(candidate=request.candidate).first(),
        "waiting": waiting,
    }
    return render(request, "assessments/equipment.html", context)


def _waiting_work(request: CandidateRequest, number: Any) -> Work | None:
    """The person's own attempt that goes on after the check."""
    try:
        wanted = UUID(number)
    except ValueError:
        return None
    return (
        own_work(request.candidate)
        .filter(number=wanted, state=WorkState.DRAFT, activity=Activity.SPOKEN_INTERACTION)
        .first()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def equipment_sample(request: CandidateRequest) -> HttpResponse:
    """Bytes to measure the line with: downwards by a GET, upwards by a POST whose body is thrown away."""
    if request.method == "POST":
        return JsonResponse({"bytes": len(request.body)})
    content = os.urandom(SAMPLE_BYTES)
    return HttpResponse(
        content, content_type="application/octet-stream", headers={"Content-Encoding": "identity"}
    )
