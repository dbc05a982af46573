"""How matching works, for everybody: what counts, how much, what never does, and who can change it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.engine import describe
from matching.words import PART_LABELS, gate_label
from matching.words.definitions import COLUMNS
from matching.words.gates import REASONS
from placements.queries.published_weights import published_policies


@require_safe
@login_not_required
def how_matching_works(request: HttpRequest) -> HttpResponse:
    """Rendered from the engine's own definitions, so that it cannot say anything else than what is done."""
    definitions = describe()
    context = {
        "definitions": definitions,
        "gates": [
            (gate_label(gate.gate), gate.question, [(REASONS[one.code], one.open) for one in gate.reasons])
            for gate in definitions.gates
        ],
        "parts": [(PART_LABELS[part.part], part) for part in definitions.parts],
        "columns": COLUMNS.values(),
        "lists_a_person": settings.SHORTLISTS_PER_PERSON,
        "places_an_opening": settings.SHOWN_PER_OPENING,
        "policies": published_policies(timezone.now().date()),
    }
    return render(request, "placements/how_matching_works.html", context)
