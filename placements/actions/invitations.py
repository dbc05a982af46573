"""Inviting near misses to the test of what they lack."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from assessments.models import Measurement
from candidates.models import Candidate
from matching.engine.open_facts import LANGUAGE
from placements.models import TestInvitation
from placements.queries.fact_tests import FactTest
from placements.rules.inviting import AGAIN_AFTER
from reference.models import Language, Skill
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

Measured = dict[str, Any]
"""The language or skill that a test measures, as columns: of both one is None."""


class UnableToInvite(Exception):
    """Nobody can be invited; the text says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Invited:
    """How many people were invited now, how many of them by mail, and how many had been invited already."""

    new: int
    mailed: int
    already: int


@transaction.atomic
def invite_to_test(
    *, vacancy: Vacancy, test: FactTest, candidates: Collection[int], by: User, now: datetime
) -> Invited:
    """Invite people (candidate ids), who only lack that measurement for that vacancy, to its test.

    Left out: who is not listed (any more) or asked not to be shown here, and who was measured meanwhile. Doing it
    twice, or twice at once, writes and sends nothing more. Raises UnableToInvite while the vacancy is not open.
    """
    if vacancy.state != VacancyState.PUBLISHED or vacancy.current is None:
        raise UnableToInvite(_("Only an open vacancy can invite people to a test."))
    measures = _measured_by(test)
    people = _to_invite(vacancy, measures, candidates, now)
    recent = TestInvitation.objects.filter(candidate__in=people, at__gt=now - AGAIN_AFTER, **measures)
    here, written_to = set(), set()
    for candidate_id, vacancy_id, mailed in recent.values_list("candidate", "vacancy", "mailed"):
        here |= {candidate_id} if vacancy_id == vacancy.pk else set()
        written_to |= {candidate_id} if mailed else set()
    new = [person for person in people if person.pk not in here]
    invitations = TestInvitation.objects.bulk_create(
        TestInvitation(
            candidate=person,
            vacancy=vacancy,
            by=by,
            at=now,
            mailed=person.pk not in written_to,
            **measures,
        )
        for person in new
    )
    to_write = [invitation for invitation in invitations if invitation.mailed]
    measured = measures["language"] or measures["skill"]
    for invitation in to_write:
        notify(
            to=invitation.candidate.user,
            kind=NotificationKind.TEST_INVITATION,
            template="placements/mail/test_invitation",
            context={"vacancy": vacancy, "version": vacancy.current, "test": test, "measures": measured},
            url=test.url,
            key=f"test-invitation:{invitation.pk}",
            now=now,
        )
    if new:
        audit.record(
            verb="test.invited", target=vacancy, by=by, now=now, test=test.fact[1], people=len(new), mailed=len(to_write)
        )  # fmt: skip
    return Invited(len(new), len(to_write), len(people) - len(new))


def _measured_by(test: FactTest) -> Measured:
    """What it measures, as invitations and measurements hold it. One query."""
    kind, code = test.fact
    if kind == LANGUAGE:
        return {"language": Language.objects.get(pk=code), "skill": None}
    return {"language": None, "skill": Skill.objects.get(pk=code)}


def _to_invite(
    vacancy: Vacancy, measures: Measured, candidates: Collection[int], now: datetime
) -> list[Candidate]:
    """Those who are still listed, open to the vacancy and not measured.

    Locked in one order, so that two acts at once follow each other.
    """
    measured = Measurement.objects.filter(candidate__in=candidates, **measures).current(now.date())
    sector = vacancy.current.sector_id if vacancy.current else None
    willing = Candidate.objects.listed().open_to(employer=vacancy.employer_id, sector=sector)
    people = willing.filter(pk__in=candidates, user__is_active=True)
    people = people.exclude(pk__in=measured.values("candidate"))
    locked = people.select_related("user").select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(locked)
