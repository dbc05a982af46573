"""Speaking: hear or read what a customer says, record, listen, send. Chunks arrive one by one and survive a dropped line."""

import json
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.recordings import (
    ChunkMissing,
    NoTakeLeft,
    NotASound,
    NotWhole,
    TooLarge,
    begin_take,
    complete_take,
    send_take,
    store_chunk,
)
from assessments.actions.works import UnableToWrite
from assessments.enums import Activity, RecordingState
from assessments.models import Recording, Reply
from assessments.queries.works import recording_seconds
from assessments.rules.recording import MOST_CHUNK_BYTES, MOST_TAKES
from assessments.views.sound import sound_response
from assessments.views.writing import find_work, page_of, work_is_over, work_over
from candidates.access import CandidateRequest, candidate_required
from common.devices import may_use

CONFLICT, GONE, TOO_LARGE, UNSUPPORTED, UNPROCESSABLE = 409, 410, 413, 415, 422
PLAYS_SOUND = {"media-src": ["'self'", "blob:"]}
MOST_CHUNKS = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_use("microphone")
@csp_update(PLAYS_SOUND)
@candidate_required
def speaking(request: CandidateRequest, number: Any, position: int) -> HttpResponse:
    """One case: record, listen, and send the take that is to be rated."""
    work = find_work(request, number, Activity.SPOKEN_INTERACTION)
    if work_is_over(work):
        return work_over(request, work)
    pages, page = page_of(work, position)
    if request.method == "POST":
        return _send(request, page.replies[0], position, len(pages))
    takes = list(
        Recording.objects.filter(reply=page.replies[0], state=RecordingState.COMPLETE).order_by("pk")
    )
    context = {
        "work": work,
        "page": page,
        "of": len(pages),
        "takes": takes,
        "takes_left": MOST_TAKES - len(takes),
        "seconds": recording_seconds(request.candidate),
        "onward": _onward(work.number, position, len(pages)),
    }
    return render(request, "assessments/work_speaking.html", context)


def _onward(number: Any, position: int, of: int) -> str:
    if position < of:
        return reverse("assessments:speaking", args=[number, position + 1])
    return reverse("assessments:work_check", args=[number])


def _send(request: CandidateRequest, reply: Reply, position: int, of: int) -> HttpResponse:
    work = reply.work
    recording = _take(reply, request.POST.get("take", ""))
    if recording is None:
        messages.warning(request, _("Record your answer first."))
        return redirect("assessments:speaking", number=work.number, position=position)
    try:
        send_take(key=recording.key, candidate=request.candidate, now=timezone.now())
    except NotWhole:
        messages.warning(
            request, _("This recording has not arrived whole yet. Keep the page open until it has.")
        )
        return redirect("assessments:speaking", number=work.number, position=position)
    except UnableToWrite:
        return redirect("assessments:speaking", number=work.number, position=position)
    return redirect(_onward(work.number, position, of))


def _take(reply: Reply, pk: str) -> Recording | None:
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return Recording.objects.filter(reply=reply, pk=int(pk)).first()


@require_http_methods(["POST"])
@candidate_required
def begin_recording(request: CandidateRequest, number: Any, position: int, key: Any) -> HttpResponse:
    """Begin the take of that key: 200 with the number of the next chunk, 409 when both takes were used, 410 when it is over."""
    work = find_work(request, number, Activity.SPOKEN_INTERACTION)
    _pages, page = page_of(work, position)
    try:
        recording = begin_take(
            reply=page.replies[0], candidate=request.candidate, key=key, now=timezone.now()
        )
    except NoTakeLeft:
        return JsonResponse({}, status=CONFLICT)
    except UnableToWrite:
        return JsonResponse({}, status=GONE)
    return JsonResponse({"chunks": recording.chunks, "state": recording.state})


@require_http_methods(["POST"])
@candidate_required
def recording_chunk(request: CandidateRequest, key: Any, chunk: int) -> HttpResponse:
    """Store one numbered chunk, the raw body: 200 with the next number; 409 with it when another one is missing first."""
    if int(request.headers.get("Content-Length") or 0) > MOST_CHUNK_BYTES:
        return JsonResponse({}, status=TOO_LARGE)
    try:
        recording = store_chunk(
            key=key, candidate=request.candidate, number=chunk, content=request.body, now=timezone.now()
        )
    except Recording.DoesNotExist:
        return JsonResponse({}, status=404)
    except ChunkMissing as error:
        return JsonResponse({"chunks": error.expected}, status=CONFLICT)
    except NotASound:
        return JsonResponse({}, status=UNSUPPORTED)
    except TooLarge:
        return JsonResponse({}, status=TOO_LARGE)
    except UnableToWrite:
        return JsonResponse({}, status=GONE)
    return JsonResponse({"chunks": recording.chunks})


@require_http_methods(["POST"])
@candidate_required
def recording_complete(request: CandidateRequest, key: Any) -> HttpResponse:
    """Say how many chunks there were: 200 when all are here, 409 with the number of the next one."""
    try:
        chunks = int(json.loads(request.body or b"{}").get("chunks", 0))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return JsonResponse({}, status=UNPROCESSABLE)
    if not 0 < chunks <= MOST_CHUNKS:
        return JsonResponse({}, status=UNPROCESSABLE)
    try:
        complete_take(key=key, candidate=request.candidate, chunks=chunks, now=timezone.now())
    except Recording.DoesNotExist:
        return JsonResponse({}, status=404)
    except NotWhole as error:
        return JsonResponse({"chunks": error.expected}, status=CONFLICT)
    except UnableToWrite:
        return JsonResponse({}, status=GONE)
    return JsonResponse({})


@require_safe
@candidate_required
def recording(request: CandidateRequest, key: Any) -> HttpResponse:
    """One's own recording, to listen to."""
    found = get_object_or_404(
        Recording.objects.exclude(state=RecordingState.UPLOADING),
        key=key,
        reply__work__candidate=request.candidate,
        deleted_at=None,
    )
    return sound_response(request, found)
