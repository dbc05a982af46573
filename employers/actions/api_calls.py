"""Requests that may be sent again: what they did is done once, and the answer is kept for a day."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from employers.actions.errors import KeyReused
from employers.models import ApiCall, ApiToken

KEPT: Final = timedelta(hours=24)


def begin_call(*, token: ApiToken, key: str, request_digest: str, now: datetime) -> tuple[ApiCall, bool]:
    """The call of that key, and whether it is new. To be called in the transaction of what the call does.

    Somebody who sends the same at the same moment waits here until that transaction ends: then finds its answer, or, when
    it did not come to its end, is the new one. Raises KeyReused when the key stood for another request.
    """
    ApiCall.objects.filter(token=token, key=key, at__lte=now - KEPT).delete()
    call = ApiCall(token=token, key=key, request_digest=request_digest, at=now)
    ApiCall.objects.bulk_create([call], ignore_conflicts=True)
    found = ApiCall.objects.get(token=token, key=key)
    if found.request_digest != request_digest:
        raise KeyReused
    return found, found.pk == call.pk


def finish_call(*, call: ApiCall, status: int, headers: dict[str, Any], body: str) -> None:
    """Keep the answer, in the same transaction."""
    call.status, call.headers, call.body = status, headers, body
    call.save(update_fields=["status", "headers", "body"])


def forget_old_calls(*, now: datetime) -> int:
    """Delete answers that nobody can ask for any more; the number."""
    return ApiCall.objects.filter(at__lte=now - KEPT).delete()[0]


def forget_calls_naming(*, employers: QuerySet[Any], text: str) -> int:
    """Delete kept answers to these employers (ids) that hold a text, as of somebody who left; the number."""
    return ApiCall.objects.filter(token__membership__employer__in=employers, body__contains=text).delete()[0]
