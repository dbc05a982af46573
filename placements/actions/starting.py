"""How an application begins, and what has to be true before it can. The pair is locked already."""

from datetime import datetime

from django.utils.translation import gettext as _

from candidates.models import Candidate
from employers.enums import EmployerState
from matching.enums import EntryKind
from matching.models import Ranking
from matching.queries.shortlist import shortlist_of
from placements.actions.errors import UnableToApply
from placements.actions.locking import lock_row
from placements.actions.stepping import Step, promised, write_down
from placements.models import Application
from placements.queries.suits import suits_now
from placements.rules.starting import asked_in_vain
from vacancies.enums import VacancyState
from vacancies.models import Vacancy


def require_open(vacancy: Vacancy, candidate: Candidate) -> None:
    """Raise UnableToApply unless the vacancy is published and the person is listed and active."""
    accepted = vacancy.employer.state == EmployerState.ACCEPTED
    if vacancy.state != VacancyState.PUBLISHED or not accepted:
        raise UnableToApply(_("This vacancy is not open now. Nothing was sent."))
    if not (candidate.listed and candidate.user.is_active):
        raise UnableToApply(_("Only somebody who is listed for employers can take part. Nothing was sent."))


def require_shown(vacancy: Vacancy, candidate: Candidate) -> Ranking:
    """The ranking behind the shortlist on which the employer sees the person. Raises UnableToApply."""
    found = shortlist_of(vacancy)
    if found is None or candidate.pk not in found.order:
        raise UnableToApply(_("This person does not stand on the shortlist any more. Nothing was sent."))
    return found.ranking


def require_suits(vacancy: Vacancy, candidate: Candidate, now: datetime) -> tuple[Ranking | None, str]:
    """The current ranking and the code of what is still open. Raises UnableToApply for somebody who does not suit.

    Whom a recruiter took off this list hears their reason; the recruiter can put them back.
    """
    found = shortlist_of(vacancy)
    entry = found.entries.get(candidate.pk) if found else None
    if entry is not None and entry.kind == EntryKind.HIDDEN:
        sentence = _("A recruiter took you off the list of this vacancy and gave as reason: %(reason)s")
        raise UnableToApply(sentence % {"reason": entry.reason})
    suits = suits_now(vacancy, candidate, now.date())
    if suits.why_not:
        raise UnableToApply(suits.why_not)
    return found.ranking if found else None, suits.open_code


def require_not_asked_in_vain(vacancy: Vacancy, candidate: Candidate, side: str, now: datetime) -> None:
    """Raise UnableToApply when the other side has said no, or kept silent a short while ago."""
    last = Application.objects.filter(vacancy=vacancy, candidate=candidate).order_by("-pk").first()
    if last is not None and asked_in_vain(
        side=side,
        state=last.state,
        ended_by=last.ended_by,
        reason=last.reason,
        ended_at=last.ended_at,
        now=now,
    ):
        raise UnableToApply(
            _(
                "The other side has answered no for this vacancy, or let the question pass. "
                "Should they change their mind, the next step is theirs."
            )
        )


def open_between(vacancy: Vacancy, candidate: Candidate) -> Application | None:
    """The application of this pair that has not ended, locked."""
    held = Application.objects.open().filter(vacancy=vacancy, candidate=candidate)
    key = held.values_list("pk", flat=True).first()
    return lock_row(key) if key else None


def start(
    vacancy: Vacancy, candidate: Candidate, step: Step, ranking: Ranking | None, open_code: str = ""
) -> Application:
    """Write the application down with its first step."""
    made = Application(
        candidate=candidate,
        vacancy=vacancy,
        employer=vacancy.employer,
        version=vacancy.current,
        ranking=ranking,
        open_code=open_code,
        state=step.to,
        started_by=step.side,
        created_at=step.now,
        changed_at=step.now,
        message=step.message,
    )
    for name, value in promised(made, step.to, step.now).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    write_down(made, step)
    return made
