"""Pages of a list that stay right while rows come and go: each begins after the last row of the one before."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from common.api.bodies import Strict
from common.api.problems import Problem, wrong_parameters

PAGE: Final = 50
MOST: Final = 200
LONGEST: Final = 400
_SIGNER: Final = Signer(salt="common.api.cursor")
Row = TypeVar("Row", bound=Model)


class PageQuery(Strict):
    """Which page of a list: how many rows, and after which."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=PAGE)
    cursor = serializers.CharField(max_length=LONGEST, required=False)


def page_after(rows: QuerySet[Row], asked: dict[str, Any]) -> tuple[list[Row], str | None]:
    """The rows, newest first by their id, which never changes; and the cursor of the next page, if there is one.

    So every row that was there at the beginning comes exactly once, whatever is added, changed or removed meanwhile.
    """
    if asked.get("cursor"):
        (after,) = read_cursor(asked["cursor"], 1)
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: asked["limit"] + 1])
    shown = found[: asked["limit"]]
    return shown, make_cursor([shown[-1].pk]) if len(found) > len(shown) else None


def make_cursor(place: Sequence[int | str]) -> str:
    """Text that stands for a place in a list; signed, so that nobody depends on what is in it."""
    packed = base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")
    return _SIGNER.sign(packed)


def read_cursor(cursor: str, length: int) -> list[Any]:
    """The place. Raises a Problem for anything that was not made here for such a list."""
    try:
        packed = _SIGNER.unsign(cursor)
        place = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    except (BadSignature, ValueError, binascii.Error) as error:
        raise _no_cursor() from error
    if not isinstance(place, list) or len(place) != length:
        raise _no_cursor()
    return place


def _no_cursor() -> Problem:
    return wrong_parameters({"cursor": [_("Take the cursor from the answer before, as it stands there.")]})


def next_address(request: Request, cursor: str | None) -> str | None:
    """The address of the next page, with the other parameters of this one."""
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
