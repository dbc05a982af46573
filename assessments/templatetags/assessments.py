"""Items on a page: `{% load assessments %}`."""

from django import template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

GAP = "____"


@register.filter
def with_gap(prompt: str, language: str) -> SafeString:
    """A prompt whose gap is drawn as a line and read out as a word, in the item's own language."""
    with translation.override(language):
        word = _("blank")
    gap = format_html('<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', GAP, word)
    return format_html_join(gap, "{}", ((part,) for part in prompt.split(GAP)))
