"""Invitations to tests, as who invites sees them: who was invited when, and what came of it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from assessments.models import Measurement
from candidates.models import Candidate
from matching.engine.open_facts import LANGUAGE, SKILL
from matching.queries.shortlist import Shortlist
from placements.enums import CameOfIt
from placements.models import TestInvitation
from placements.queries.fact_tests import Fact
from placements.queries.near_misses import PeopleGroup
from placements.rules.inviting import AGAIN_AFTER, SHOWN_FOR
from vacancies.models import Vacancy, VersionLanguage, VersionSkill


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """The latest invitation of somebody (read with their number alone) to have one thing measured, named by `label`."""

    candidate: Candidate
    fact: Fact
    label: str
    at: datetime
    came: CameOfIt


@dataclass(frozen=True, slots=True)
class InvitedDay:
    """Those who were invited to one test on one day: how many of them are where; who of them is listed, with the place."""

    label: str
    on: date
    people: int
    came: tuple[tuple[CameOfIt, int], ...]
    listed: tuple[tuple[int, Candidate], ...]


class GroupToInvite(NamedTuple):
    """Near misses who lack one fact: how many are `invited`, how many `free` to be; from `again_on` the first is again."""

    group: PeopleGroup
    invited: int
    again_on: date | None
    free: int


def invited_people(vacancy: Vacancy, found: Shortlist, now: datetime) -> list[InvitedPerson]:
    """Whom a vacancy invited to a test of late, the newest first. Two queries; one where it invited nobody."""
    latest = {
        (row.candidate_id, _fact(row.language_id, row.skill_id)): (row, needed)
        for row, needed in _latest(vacancy, now)
    }
    if not latest:
        return []
    measured = Measurement.objects.filter(candidate__any_of={candidate for candidate, _ in latest})
    levels = {
        (candidate, _fact(language, skill)): level
        for candidate, language, skill, level in measured.current(now.date()).values_list(
            "candidate", "language", "skill", "level"
        )
    }
    misses = found.ranking.result.near_misses
    near = {one for miss in misses for one in miss.candidate_ids}
    cut = sum(miss.count for miss in misses) > len(near)
    waits = near.union(found.order)
    people = [
        InvitedPerson(
            row.candidate,
            fact,
            row.measures,
            row.at,
            _came(
                levels.get((candidate, fact)),
                needed,
                candidate in found.order,
                cut or candidate in waits,
            ),
        )
        for (candidate, fact), (row, needed) in latest.items()
    ]
    return sorted(people, key=lambda one: (one.at, one.candidate.pk), reverse=True)


def _latest(vacancy: Vacancy, now: datetime) -> list[tuple[TestInvitation, int]]:
    """The latest to each person about each thing, with the level that the vacancy must have of it, 0 for none."""
    wanted = {"version": vacancy.current_id, "must": True}
    languages = VersionLanguage.objects.filter(language=OuterRef("language"), **wanted)
    skills = VersionSkill.objects.filter(skill=OuterRef("skill"), **wanted)
    rows = (
        TestInvitation.objects.filter(vacancy=vacancy, at__gt=now - SHOWN_FOR)
        .annotate(
            needed=Coalesce(Subquery(languages.values("level")), Subquery(skills.values("minimum")), Value(0))
        )
        .order_by("candidate_id", "language_id", "skill_id", "-at", "-pk")
        .distinct("candidate_id", "language_id", "skill_id")
        .select_related("language", "skill", "candidate")
        .only("at", "vacancy", "language", "skill", "candidate__public_id")
    )
    return [(row, row.needed) for row in rows]


def _fact(language: str | None, skill: str | None) -> Fact:
    return (LANGUAGE, language) if language else (SKILL, skill or "")


def _came(level: int | None, needed: int, listed: bool, waits: bool) -> CameOfIt:
    """`waits`: whether the measurement is all that is missing, as far as is known."""
    if level is None:
        return CameOfIt.NOT_TAKEN if waits else CameOfIt.CHANGED
    if level < needed:
        return CameOfIt.BELOW
    return CameOfIt.LISTED if listed else CameOfIt.REACHED


def days_of(people: Sequence[InvitedPerson], found: Shortlist) -> list[InvitedDay]:
    """Added up by test and day, so that nobody is told apart who is not on the list; the newest first."""
    groups: dict[tuple[date, str], list[InvitedPerson]] = {}
    for one in people:
        groups.setdefault((localdate(one.at), one.label), []).append(one)
    places = {candidate: place for place, candidate in enumerate(found.order, start=1)}
    days = []
    for (on, label), some in groups.items():
        counts = Counter(one.came for one in some)
        listed = sorted(places[one.candidate.pk] for one in some if one.came == CameOfIt.LISTED)
        days.append(
            InvitedDay(
                label,
                on,
                len(some),
                tuple((came, counts[came]) for came in CameOfIt if came in counts),
                tuple((place, found.listed[found.order[place - 1]]) for place in listed),
            )
        )
    return days


def groups_to_invite(
    groups: Collection[PeopleGroup], people: Collection[InvitedPerson], now: datetime
) -> list[GroupToInvite]:
    """The near misses by what they lack, with how many of them an invitation stands for that is not repeated yet."""
    held: dict[Fact, dict[int, datetime]] = {}
    for one in people:
        if one.at > now - AGAIN_AFTER:
            held.setdefault(one.fact, {})[one.candidate.pk] = one.at
    found = []
    for group in groups:
        invited = held.get((group.kind, group.code), {})
        moments = [invited[one] for one in group.ids if one in invited]
        again = localdate(min(moments) + AGAIN_AFTER) if moments else None
        found.append(GroupToInvite(group, len(moments), again, len(group.ids) - len(moments)))
    return found
