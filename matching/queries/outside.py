"""People outside a ranking who could be added to its list: near misses, and whoever suits but stands below the last place."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from candidates.models import Candidate
from matching.engine import Code, InvalidQuery
from matching.models import Ranking
from matching.queries.matches import explained
from matching.words.gates import REASONS
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows

SHOWN = 10
SHORT = 6


class Unsuitable(Exception):
    """The person does not suit the vacancy; the message says why."""


@dataclass(frozen=True, slots=True)
class NearMissGroup:
    """People for whom the same is still open: how many there are, and some of them, the lowest ids."""

    code: Code
    words: str
    count: int
    people: tuple[Candidate, ...]


def near_miss_groups(vacancy: Vacancy, ranking: Ranking, on_list: set[int]) -> list[NearMissGroup]:
    """Near misses of a vacancy's ranking by what is open, without those already `on_list`; one query."""
    wanted = {
        miss.code: [one for one in miss.candidate_ids if one not in on_list][:SHOWN]
        for miss in ranking.result.near_misses
    }
    ids = [one for some in wanted.values() for one in some]
    willing = Candidate.objects.listed().open_to(
        employer=vacancy.employer_id, sector=ranking.version.sector_id
    )
    people = {one.pk: one for one in willing.filter(pk__in=ids).order_by("pk")}
    return [
        NearMissGroup(
            miss.code,
            str(REASONS[miss.code]),
            miss.count,
            tuple(people[one] for one in wanted[miss.code] if one in people),
        )
        for miss in ranking.result.near_misses
    ]


def person_called(text: str) -> Candidate:
    """The listed person of a whole id, or of its first characters as pages show them. Raises Unsuitable."""
    digits = text.strip().replace("-", "").lower()
    if len(digits) < SHORT or len(digits) > 32 or set(digits) - set("0123456789abcdef"):
        raise Unsuitable(_("Give the short id of a person, six characters such as 3F9A0C, or the whole id."))
    low, high = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
    found = list(Candidate.objects.filter(public_id__gte=low, public_id__lte=high, listed=True)[:2])
    if not found:
        raise Unsuitable(_("Nobody who is listed has this id."))
    if len(found) > 1:
        raise Unsuitable(_("Several people have an id that starts like this; give more of it."))
    return found[0]


def figures_now(vacancy: Vacancy, candidate: Candidate, on: date) -> dict[str, Any]:
    """How somebody suits today, all in 1/10**7, with the code of what is still open. Raises Unsuitable."""
    read = with_version_rows(Vacancy.objects.filter(pk=vacancy.pk)).prefetch_related("employer__staff").get()
    try:
        found = explained(read, [candidate], on).get(candidate.pk)
    except (InvalidQuery, NoRate) as error:
        raise Unsuitable(_("This vacancy cannot be ranked: %(why)s") % {"why": error}) from error
    if found is None:
        raise Unsuitable(_("This person has not said where they live yet."))
    one = found.explanation
    if one.code == Code.RESERVED:
        raise Unsuitable(_("This person is not open to this vacancy."))
    if not one.eligible and not one.near_miss:
        why = REASONS[one.code] if one.code else ""
        raise Unsuitable(_("This person does not suit the vacancy: %(why)s.") % {"why": why})
    return {
        "score": one.score,
        "employer_score": one.employer_score,
        "candidate_score": one.candidate_score,
        "fits": [part.fit for part in one.parts],
        "contributions": [part.contribution for part in one.parts],
        "open": "" if one.eligible else str(one.code),
    }
