"""Profiles in words for templates: `{% load candidates %}`."""

from django import template

from candidates import wording

register = template.Library()

register.filter("week_lines", wording.week_lines)
register.filter("week_hours", wording.week_hours)
