"""One person and one vacancy, as its employer meets them: on the list, in an application, or both."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from candidates.models import Candidate
from matching.queries.shortlist import Shortlist, ShortlistRow, shortlist_of
from placements.enums import ApplicationState, Side
from placements.models import Application
from placements.queries.standings import NOTHING, Standing, name_of, set_aside_for, standings
from placements.rules.deciding import steps_for
from placements.rules.starting import asked_in_vain
from vacancies.enums import VacancyState
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class PersonOfVacancy:
    """`row` is None for somebody who is not on the list now, `found` before the first ranking."""

    vacancy: Vacancy
    candidate: Candidate
    found: Shortlist | None
    row: ShortlistRow | None
    standing: Standing

    @property
    def application(self) -> Application | None:
        """The last between the two, read `with_names`."""
        return self.standing.application

    @property
    def profile_shown(self) -> bool:
        """On the list, or in an application that has not ended in vain; else only what was said stays readable."""
        return self.row is not None or self.contact_may_be_shown

    @property
    def may_be_scored(self) -> bool:
        """Whether an interview may be written down: whoever is in an application may have left the list since."""
        return self.profile_shown and self.candidate.listed

    @property
    def contact_may_be_shown(self) -> bool:
        """While an application is open, and when the person was hired."""
        held = self.application
        return held is not None and (held.is_open or held.state == ApplicationState.HIRED)

    @property
    def name(self) -> str:
        """Empty until both are interested."""
        return self.standing.name

    @property
    def called(self) -> str:
        """The name, else the number: "Candidate 1A2B3C"."""
        return self.name or _("Candidate %(number)s") % {"number": self.candidate.short_name}

    @property
    def contact_shown(self) -> bool:
        """Whether the employer sees how to reach the person."""
        return self.application is not None and self.application.contact_shown

    def steps(self, now: datetime) -> tuple[str, ...]:
        """What the employer can do now, the usual one first."""
        held, state = self.application, self.vacancy.state
        in_vain = held is not None and asked_in_vain(
            side=Side.EMPLOYER,
            state=held.state,
            ended_by=held.ended_by,
            reason=held.reason,
            ended_at=held.ended_at,
            now=now,
        )
        if self.row is None and not self.contact_may_be_shown:
            return ()
        return steps_for(
            self.standing.code,
            published=state == VacancyState.PUBLISHED,
            closed=state == VacancyState.CLOSED,
            asked_in_vain=in_vain,
        )


def person_of_vacancy(vacancy: Vacancy, public_id: UUID) -> PersonOfVacancy | None:
    """Somebody on the list of the vacancy, or with an application for it; None for everybody else. Five queries."""
    found = shortlist_of(vacancy)
    shown = found.listed.numbered(public_id) if found else None
    row = found.row_of(shown.pk) if found and shown else None
    rows = Application.objects.filter(vacancy=vacancy, candidate__public_id=public_id).with_names()
    application = rows.order_by("-pk").first()
    candidate = application.candidate if application else row.candidate if row else None
    if candidate is None:
        return None
    # Whoever is in an application is not set aside, whatever was said before it began.
    aside = None if application and application.is_open else set_aside_for(vacancy, candidate)
    standing = Standing(application, aside, name_of(application) if application else "")
    return PersonOfVacancy(vacancy, candidate, found, row, standing)


def is_here(candidate: Candidate) -> bool:
    """Whether the person has not left since they were read. One query."""
    return Candidate.objects.filter(pk=candidate.pk).exists()


def people_of_vacancy(vacancy: Vacancy, numbers: Collection[UUID]) -> list[PersonOfVacancy]:
    """Those of `numbers` whose profile the employer may see, in their order. Seven queries."""
    found = shortlist_of(vacancy)
    rows = Application.objects.filter(vacancy=vacancy, candidate__public_id__in=numbers).with_names()
    applied = {one.candidate.public_id: one.candidate for one in rows.order_by("pk") if one.candidate}
    on_list = {number for number in numbers if found and found.listed.numbered(number)}
    listed = Candidate.objects.filter(public_id__in=on_list).select_related("user")
    shown = {one.public_id: one for one in listed}
    known = {number: applied.get(number) or shown.get(number) for number in dict.fromkeys(numbers)}
    stand = standings(vacancy, [one.pk for one in known.values() if one])
    people = [
        PersonOfVacancy(
            vacancy, one, found, found.row_of(one.pk) if found else None, stand.get(one.pk, NOTHING)
        )
        for one in known.values()
        if one is not None
    ]
    return [one for one in people if one.profile_shown]
