"""Appeals against a refusal: made once within a period, judged by another recruiter than who refused."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from common.states import move_state
from employers.actions.decision import accept_employer
from employers.actions.errors import UnableToAppeal, UnableToJudge
from employers.enums import APPEAL_MOVES, AppealState, MembershipRole
from employers.models import CompanyAppeal, Employer
from employers.queries.appeals import refusal_to_appeal
from reference.rules.working_days import working_days_after

LONGEST = 4000


@transaction.atomic
def appeal_refusal(*, employer: Employer, text: str, by: User, today: date, now: datetime) -> CompanyAppeal:
    """Ask for a second look at the refusal that holds. Raises UnableToAppeal, with words for the reader.

    `today` is the platform's date; the answer is promised in working days of its country.
    """
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    refusal = refusal_to_appeal(employer)
    if refusal is None or refusal.by_id is None:
        raise UnableToAppeal(_("There is no refusal to appeal against now."))
    if CompanyAppeal.objects.filter(refusal=refusal).exists():
        raise UnableToAppeal(
            _("This refusal was appealed against already. Nothing was sent twice."), already=True
        )
    if now > refusal.at + timedelta(days=settings.COMPANY_APPEAL_DAYS):
        raise UnableToAppeal(
            _("The time for an appeal is over. You can still change what is wrong and apply again.")
        )
    if not text.strip() or len(text) > LONGEST:
        raise UnableToAppeal(_("Say in your own words why the decision should be another one."))
    appeal = CompanyAppeal.objects.create(
        employer=employer,
        refusal=refusal,
        refused_by_id=refusal.by_id,
        text=text.strip(),
        made_by=by,
        made_at=now,
        answer_by=working_days_after(today, settings.COMPANY_APPEAL_ANSWER_DAYS, settings.PLATFORM_COUNTRY),
    )
    audit.record(verb="employer.appealed", target=employer, by=by, now=now, appeal=str(appeal.pk))
    _tell_owners(appeal, "appeal_received", now)
    return appeal


@transaction.atomic
def judge_appeal(
    *, appeal: CompanyAppeal, grant: bool, answer: str, by: User, now: datetime
) -> CompanyAppeal:
    """Accept the employer after all, or leave it refused, and say why. Raises UnableToJudge, with words for the reader."""
    if not answer.strip():
        raise UnableToJudge(_("Say why; the employer has a right to know."))
    employer = Employer.objects.select_for_update(no_key=True).get(pk=appeal.employer_id)
    appeal = (
        CompanyAppeal.objects.select_for_update(of=("self",)).select_related("employer").get(pk=appeal.pk)
    )
    if appeal.state != AppealState.OPEN:
        label = appeal.get_state_display()
        raise UnableToJudge(_("This appeal is “%(state)s” already. Nothing was changed.") % {"state": label})
    if by.pk == appeal.refused_by_id:
        raise UnableToJudge(
            _("You refused this company yourself. Another recruiter has to judge the appeal.")
        )
    state = AppealState.GRANTED if grant else AppealState.DISMISSED
    move_state(appeal, to=state, table=APPEAL_MOVES, decided_by=by, ended_at=now, answer=answer.strip())
    audit.record(verb=f"employer.appeal_{state}", target=employer, by=by, now=now, appeal=str(appeal.pk))
    if grant:
        accept_employer(employer=employer, by=by, now=now, reason=answer)
    else:
        _tell_owners(appeal, "appeal_dismissed", now)
    return appeal


def withdraw_appeal(*, employer: Employer, by: User, now: datetime) -> None:
    """End an open appeal because the employer applies again; in the caller's transaction, which has locked the employer."""
    for appeal in CompanyAppeal.objects.select_for_update().filter(employer=employer, state=AppealState.OPEN):
        move_state(appeal, to=AppealState.WITHDRAWN, table=APPEAL_MOVES, ended_at=now)
        audit.record(verb="employer.appeal_withdrawn", target=employer, by=by, now=now, appeal=str(appeal.pk))


def _tell_owners(appeal: CompanyAppeal, what: str, now: datetime) -> None:
    owners = appeal.employer.memberships.filter(role=MembershipRole.OWNER).select_related("user")
    for owner in owners:
        notify(
            to=owner.user,
            kind=NotificationKind.REVIEW_DECIDED,
            template=f"employers/mail/{what}",
            context={"employer": appeal.employer, "appeal": appeal},
            url=reverse("employers:company"),
            key=f"company-{what}:{appeal.pk}",
            now=now,
        )
