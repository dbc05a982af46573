"""What texts of mails need: `{% load mail_text %}`. How they are built stands in `accounts.rules.mail_text`."""

from django import template

register = template.Library()


@register.filter
def said(words: str) -> str:
    """What somebody wrote, each line marked, so that it can be told from our own words and never becomes a link."""
    return "\n".join(f"> {line}".rstrip() for line in str(words).strip().splitlines())
