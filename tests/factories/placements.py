"""Applications, made by the real actions.

`application(state)` is one in that state: of somebody on the shortlist of a published vacancy, begun by the employer
unless the state says otherwise. `candidate`, `vacancy` and `by` (a member) can be given; `at` is when it reached the state.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from candidates.models import Candidate
from employers.models import Employer, Membership
from placements.actions import applications as acts
from placements.enums import ApplicationState, Side
from placements.models import Application
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from vacancies.models import Vacancy

WAYS: dict[str, tuple[str, ...]] = {
    ApplicationState.INVITED: ("invite",),
    ApplicationState.INTERESTED: ("interest",),
    ApplicationState.BOTH_INTERESTED: ("invite", "accept"),
    ApplicationState.IN_INTERVIEW: ("invite", "accept", "interview"),
    ApplicationState.OFFERED: ("invite", "accept", "offer"),
    ApplicationState.HIRED: ("invite", "accept", "offer", "hire"),
    ApplicationState.DECLINED: ("invite", "decline"),
    ApplicationState.WITHDRAWN: ("interest", "withdraw"),
}


def member_of(employer: Employer) -> Any:
    """The user of somebody who may act for the employer."""
    held = Membership.objects.filter(employer=employer).select_related("user").order_by("pk").first()
    return held.user if held else MembershipFactory(employer=employer).user


def application(
    state: str = ApplicationState.INVITED,
    *,
    candidate: Candidate | None = None,
    vacancy: Vacancy | None = None,
    by: Any = None,
    at: datetime | None = None,
) -> Application:
    """An application that came to `state` by the real actions, all at the same moment."""
    vacancy, candidate = vacancy or VacancyFactory(), candidate or measured_person()
    if "invite" in WAYS[state]:
        ranked(vacancy)
    return walk(state, vacancy, candidate, by or member_of(vacancy.employer), at or timezone.now())


def walk(state: str, vacancy: Vacancy, candidate: Candidate, member: Any, now: datetime) -> Application:
    """The same for a pair whose vacancy is ranked."""
    person, found = candidate.user, None
    steps = {
        "invite": lambda: acts.invite_candidate(vacancy=vacancy, candidate=candidate, by=member, now=now),
        "interest": lambda: acts.express_interest(vacancy=vacancy, candidate=candidate, by=person, now=now),
        "accept": lambda: acts.accept_invitation(application=found, by=person, now=now),
        "interview": lambda: acts.start_interview(application=found, by=member, now=now),
        "offer": lambda: acts.make_offer(application=found, by=member, now=now),
        "hire": lambda: acts.accept_offer(application=found, by=person, now=now),
        "decline": lambda: acts.decline(
            application=found, side=Side.CANDIDATE, reason="pay", by=person, now=now
        ),
        "withdraw": lambda: acts.withdraw(
            application=found, side=Side.CANDIDATE, reason="private", by=person, now=now
        ),
    }
    for step in WAYS[state]:
        found = steps[step]()
    assert found is not None
    return found
