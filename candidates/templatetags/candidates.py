"""Profiles in words for templates: `{% load candidates %}`."""

from django import template

from candidates import words

register = template.Library()

register.filter("week_lines", words.week_lines)
register.filter("week_hours", words.week_hours)
