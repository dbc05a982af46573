"""Sending recorded sound, whole or a range of it."""

from django.http import Http404, HttpRequest, HttpResponse

from assessments.models import Recording
from assessments.rules.recording import byte_range

PARTIAL, NOT_SATISFIABLE = 206, 416


def sound_response(request: HttpRequest, recording: Recording) -> HttpResponse:
    """The sound as the player asks for it: 200, 206 for a range, 416 for one that lies outside, 404 when it was deleted."""
    size = recording.size
    try:
        wanted = byte_range(request.headers.get("Range", ""), size)
    except ValueError:
        return HttpResponse(status=NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"})
    first, last = wanted or (0, size - 1)
    try:
        with recording.path.open("rb") as file:
            file.seek(first)
            content = file.read(last - first + 1)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=recording.media_type, status=PARTIAL if wanted else 200)
    if wanted:
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = "inline"
    # Sound is compressed already, and a range of it must not be compressed on the way.
    response.headers["Content-Encoding"] = "identity"
    return response
