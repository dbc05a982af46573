"""Deciding on several employers at once."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from common.bulk import BulkAct, Prospect, Refused
from employers.actions.decision import accept_employer, reject_employer
from employers.actions.errors import OpenAppeal, UnableToDecide
from employers.enums import EMPLOYER_MOVES, EmployerState, MembershipRole
from employers.models import Employer


class _Decide(BulkAct):
    """What accepting and refusing share."""

    permission = "employers.change_employer"
    to: ClassVar[str]

    def would(self, owners: int) -> str:
        """What would become of an employer with so many owners."""
        raise NotImplementedError

    def prospects(self, rows: QuerySet[Any]) -> list[Prospect]:
        """One query."""
        owners = Count("memberships", filter=Q(memberships__role=MembershipRole.OWNER), distinct=True)
        return [self._prospect(row) for row in rows.select_related("country").annotate(owners=owners)]

    def _prospect(self, employer: Any) -> Prospect:
        problem = ""
        if self.to not in EMPLOYER_MOVES[employer.state]:
            problem = _("The company is “%(state)s” already.") % {"state": employer.get_state_display()}
        return Prospect(employer, self.would(employer.owners), employer.state, problem, self._notes(employer))

    def _notes(self, employer: Employer) -> Sequence[str]:
        return (
            _("%(country)s, %(people)s people, “%(state)s” since %(day)s")
            % {
                "country": employer.country,
                "people": employer.headcount,
                "state": employer.get_state_display(),
                "day": (employer.decided_at or employer.applied_at).date().isoformat(),
            },
        )


class AcceptMany(_Decide):
    """Let several companies post vacancies."""

    name = "accept_many"
    title = gettext_lazy("Accept")
    button = gettext_lazy("Accept these companies")
    reason_help = gettext_lazy("May stay empty. The owners read it.")
    reason_needed = False
    to = EmployerState.ACCEPTED

    def would(self, owners: int) -> str:
        """It may post."""
        return ngettext(
            "Would be accepted and may post vacancies; %(n)d owner is written to.",
            "Would be accepted and may post vacancies; %(n)d owners are written to.",
            owners,
        ) % {"n": owners}

    def carry_out(self, row: Employer, *, by: User, reason: str, seen: str) -> str:
        """Accept one."""
        _decided(row, accept_employer, by=by, reason=reason, seen=seen)
        return _("Accepted. The owners have been written to.")


class RefuseMany(_Decide):
    """Turn several companies down for one reason."""

    name = "refuse_many"
    title = gettext_lazy("Refuse")
    button = gettext_lazy("Refuse these companies")
    reason_help = gettext_lazy("The owners of each of these companies read it.")
    reason_needed = True
    to = EmployerState.REJECTED

    def would(self, owners: int) -> str:
        """It is told why."""
        return ngettext(
            "Would be refused; %(n)d owner is told why.",
            "Would be refused; %(n)d owners are told why.",
            owners,
        ) % {"n": owners}

    def carry_out(self, row: Employer, *, by: User, reason: str, seen: str) -> str:
        """Refuse one."""
        _decided(row, reject_employer, by=by, reason=reason, seen=seen)
        return _("Refused. The owners have been told why.")


def _decided(employer: Employer, act: Any, *, by: User, reason: str, seen: str) -> None:
    try:
        act(employer=employer, by=by, now=timezone.now(), reason=reason, seen=seen)
    except OpenAppeal as error:
        words = _("The company has appealed. Judge the appeal instead; somebody else than who refused can.")
        raise Refused(words) from error
    except UnableToDecide as error:
        employer.refresh_from_db(fields=["state"])
        words = _("Nothing was changed: the company is “%(state)s” already.")
        raise Refused(words % {"state": employer.get_state_display()}) from error
