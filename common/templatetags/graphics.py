"""Graphics as inline SVG with a text that says the same: `{% load graphics %}`. They take plain data."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def graphics_patterns() -> SafeString:
    """The marks that graphics draw with; once a page, base.html prints it."""
    return render_to_string("components/graphics/patterns.html")
