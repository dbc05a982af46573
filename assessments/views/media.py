"""Images and sounds of items: to whoever was given the item, and in practice to everybody who takes tests."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assessments.enums import ItemState
from assessments.models import Item, ItemMedia, Response
from assessments.queries import live_banks
from candidates.access import CandidateRequest, candidate_required

PLAYS_SOUND = {"media-src": ["'self'"]}


class ShownMedia(NamedTuple):
    """One file of an item as a page shows it."""

    url: str
    alt: str
    is_image: bool


def shown_media(item: Item, url_of: Callable[[str], str]) -> list[ShownMedia]:
    """Files of an item with their addresses; no query for the many items that have none."""
    if not item.media_count:
        return []
    rows = ItemMedia.objects.filter(item=item).defer("content").order_by("place")
    return [ShownMedia(url_of(row.name), row.alt, row.is_image) for row in rows]


def media_response(found: ItemMedia) -> HttpResponse:
    """The bytes, as what they were found to be and as nothing else."""
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_safe
@candidate_required
def media(request: CandidateRequest, session: int, position: int, name: str) -> HttpResponse:
    """A file of an item that this person was given."""
    own = Response.objects.filter(
        session=session, session__candidate=request.candidate, position=position
    ).values("item")
    return media_response(get_object_or_404(ItemMedia, item__in=own, name=name))


@require_safe
@candidate_required
def practice_media(request: CandidateRequest, bank: str, number: int, name: str) -> HttpResponse:
    """A file of a practice item."""
    found = get_object_or_404(live_banks(), code=bank)
    items = list(Item.objects.filter(bank=found, state=ItemState.PRACTICE).order_by("code"))
    if not 1 <= number <= len(items):
        raise Http404
    return media_response(get_object_or_404(ItemMedia, item=items[number - 1], name=name))
