"""Entity tags (RFC 9110): the same representation is not sent twice, and nobody overwrites what they have not seen."""

import hashlib
from typing import Any

from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from common.api.problems import Problem


def etag_of(data: Any) -> str:
    """The tag of a representation: a digest of its JSON."""
    return f'"{hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:32]}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether If-None-Match says that the caller holds this very representation."""
    return _matches(request.headers.get("If-None-Match", ""), etag)


def require_match(request: Request, data: Any, *, needed: bool = False) -> None:
    """Raise a Problem when If-Match names another representation than `data`, or, where it is `needed`, is missing.

    A weak tag counts as its strong one: compressing the answer on its way made it weak.
    """
    sent = request.headers.get("If-Match")
    if sent is None and needed:
        sentence = _(
            "Send the ETag of what you read as If-Match, so that nobody's change is overwritten unseen."
        )
        raise Problem("if-match", sentence)
    if sent is not None and not _matches(sent, etag_of(data)):
        raise Problem("changed", _("Read it again, look at what is new, and send the new ETag."))


def _matches(header: str, etag: str) -> bool:
    found = parse_etags(header)
    return found == ["*"] or etag in (one.removeprefix("W/") for one in found)
