"""What is wrong with words, for templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms.boundfield import BoundField

from reference.enums import WordingGround
from reference.rules.wording import Finding, find_in

register = template.Library()


def grouped(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings with one reason together, what stops first: {label, reason, stops, words}."""
    groups: dict[WordingGround, dict[str, Any]] = {}
    for finding in findings:
        ground = finding.ground
        group = groups.setdefault(
            ground,
            {"label": ground.label, "reason": finding.reason, "stops": finding.stops, "words": []},
        )
        if finding.words not in group["words"]:
            group["words"].append(finding.words)
    return sorted(groups.values(), key=lambda group: not group["stops"])


@register.simple_tag
def wording_of(bound: BoundField) -> list[dict[str, Any]]:
    """What is wrong with what stands in a field now."""
    return grouped(find_in(str(bound.value() or "")))


@register.simple_tag
def wording_in(text: str) -> list[dict[str, Any]]:
    """What is wrong with a text."""
    return grouped(find_in(text))
