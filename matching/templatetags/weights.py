"""What the bounds do to the weights that an employer chose, as sentences: `{% load weights %}`."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.queries.weights import weight_policies
from matching.rules.weights import clips
from matching.words import PART_LABELS

register = template.Library()


@register.simple_tag
def editor_weight_notes(facts: Any) -> list[str]:
    """Sentences about the choices in the vacancy editor's form of facts, as it stands; none costs no query."""
    chosen = {}
    for field in facts.weight_fields():
        value = str(field.value() or "")
        if value.isdigit():
            chosen[field.name.removeprefix("weight_")] = min(int(value), 1000)
    return weight_notes(str(facts["occupation"].value() or ""), chosen)


@register.simple_tag
def weight_notes(occupation: str | None, chosen: dict[str, int]) -> list[str]:
    """A sentence for each choice that today's bounds for that kind of work do not let through."""
    if not chosen:
        return []
    policy = weight_policies(timezone.now().date()).of(occupation)
    return [
        (
            _("%(part)s would weigh %(asked)s; for this kind of work at least %(counted)s is counted.")
            if clip.counted > clip.asked
            else _("%(part)s would weigh %(asked)s; for this kind of work at most %(counted)s is counted.")
        )
        % {"part": PART_LABELS[clip.part], "asked": clip.asked, "counted": clip.counted}
        for clip in clips(chosen, policy)
    ]
