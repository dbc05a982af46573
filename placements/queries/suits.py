"""Whether one person suits one vacancy now."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from candidates.models import Candidate
from matching.engine import InvalidQuery
from matching.queries.matches import explained
from matching.words.gates import reason_words
from placements.queries.vacancies import with_current
from reference.rules.rates import NoRate
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class Suits:
    """`open_code` is the gate code of what is still to be measured or confirmed.

    `why_not` is empty for who suits; it is said to the person themselves.
    """

    open_code: str = ""
    why_not: str = ""


def suits_now(vacancy: Vacancy, candidate: Candidate, on: date) -> Suits:
    """By the gates of today: eligible, or with nothing in the way but what is not measured or confirmed yet."""
    read = with_current(Vacancy.objects.filter(pk=vacancy.pk)).get()
    try:
        found = explained(read, [candidate], on, with_changes=False).get(candidate.pk)
    except (InvalidQuery, NoRate):
        return Suits(why_not=_("This vacancy cannot be compared with profiles at the moment."))
    if found is None:
        return Suits(why_not=_("Your profile does not say yet where you live."))
    told = found.explanation
    if told.eligible:
        return Suits()
    why = reason_words(told.code, to_person=True) if told.code else ""
    if told.near_miss:
        return Suits(open_code=str(told.code))
    return Suits(why_not=_("What is asked and what you offer do not meet: %(why)s.") % {"why": why})
