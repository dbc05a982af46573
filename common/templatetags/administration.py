"""What pages of the administration leave out."""

from django import template
from django.forms import Media
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FOR_SLUGS = ("/urlify.", "/prepopulate.", "/xregexp.")
"""Scripts that make a slug out of a title as it is typed: half of what a list would load, and no page has such a field."""


@register.simple_tag
def scripts_needed(media: Media) -> SafeString:
    """The script elements of an admin page, without those for slugs."""
    scripts = (str(one) for one in media.render_js())
    return mark_safe("\n".join(one for one in scripts if not any(part in one for part in FOR_SLUGS)))  # noqa: S308
