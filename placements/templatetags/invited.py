"""Invitations to tests beside the near misses of the curation screen."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from candidates.models import Candidate
from matching.queries.shortlist import Shortlist
from placements.queries.invited import InvitedPerson, invited_people
from vacancies.models import Vacancy

register = template.Library()


@dataclass(frozen=True, slots=True)
class InvitedWords:
    """Somebody who was invited, and all that there is to say about it."""

    person: Candidate
    words: str


@register.simple_tag
def invited_to_tests(vacancy: Vacancy, found: Shortlist) -> list[InvitedWords]:
    """Everybody whom the employer invited to a test of late, the newest first."""
    invited = invited_people(vacancy, found, timezone.now())
    return [InvitedWords(one.candidate, _words(one)) for one in invited]


@register.filter
def about(invited: list[InvitedWords], person: Candidate) -> list[str]:
    """What there is to say about one person."""
    return [one.words for one in invited if one.person.pk == person.pk]


def _words(one: InvitedPerson) -> str:
    values: dict[str, Any] = {
        "test": one.label,
        "day": date_format(localtime(one.at), "DATE_FORMAT"),
        "came": one.came.label,
    }
    return _("invited to the %(test)s test on %(day)s: %(came)s") % values
