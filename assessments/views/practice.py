"""Trying out what a question looks like; nothing is kept."""

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.enums import ItemState
from assessments.forms import answer_form
from assessments.models import Item
from assessments.queries import live_banks
from assessments.rules.credit import credit_of
from assessments.rules.interactions import question_of
from assessments.rules.key_words import key_text
from assessments.views.media import PLAYS_SOUND, shown_media
from candidates.access import candidate_required

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update(PLAYS_SOUND)
@candidate_required
def practice(request: HttpRequest, bank: str, number: int) -> HttpResponse:
    """Practice item `number` (from 1); after an answer, the key and why."""
    found = get_object_or_404(live_banks(), code=bank)
    items = list(Item.objects.filter(bank=found, state=ItemState.PRACTICE).order_by("code"))
    if not 1 <= number <= len(items):
        raise Http404
    item = items[number - 1]
    form = answer_form(item, request.POST or None)
    answered = form.is_valid()
    context = {
        "bank": found,
        "item": item,
        "form": form,
        "number": number,
        "of": len(items),
        "answered": answered,
        "media": shown_media(
            item, lambda name: reverse("assessments:practice_media", args=[bank, number, name])
        ),
        "right": answered and credit_of(question_of(item), form.given) == item.most_credit,
        "key_text": key_text(item) if answered else "",
        "next_number": number + 1 if number < len(items) else None,
    }
    status = UNPROCESSABLE if form.is_bound and not answered else 200
    return render(request, "assessments/item_practice.html", context, status=status)
