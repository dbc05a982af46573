"""Publishing or sending back several vacancies at once."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from common.bulk import BulkAct, Prospect, Refused
from vacancies.actions.checks import publishing_problems
from vacancies.actions.errors import ChangedMeanwhile, UnableToMoveVacancy, UnableToPublish
from vacancies.actions.lifecycle import approve_vacancy, send_back_vacancy
from vacancies.enums import CountryPayState, VacancyState
from vacancies.models import Vacancy
from vacancies.queries.pay import PayFacts
from vacancies.queries.vacancies import with_version_rows


class _Review(BulkAct):
    """What both decisions share."""

    permission = "vacancies.change_vacancy"

    def prospects(self, rows: QuerySet[Any]) -> list[Prospect]:
        """With the versions and today's floors, read once for all."""
        today = timezone.localdate()
        vacancies = list(with_version_rows(rows.prefetch_related(None)))
        facts = PayFacts.read(today, _countries(vacancies))
        return [self._prospect(vacancy, facts) for vacancy in vacancies]

    def _prospect(self, vacancy: Vacancy, facts: PayFacts) -> Prospect:
        seen, note = str(vacancy.shown.pk), vacancy.employer.name
        if vacancy.state != VacancyState.IN_REVIEW:
            problem = _("It is “%(state)s”: there is nothing to review.")
            return Prospect(vacancy, "", seen, problem % {"state": vacancy.get_state_display()})
        would, problem = self.of(vacancy, facts)
        return Prospect(vacancy, would, seen, problem, (note,))

    def of(self, vacancy: Vacancy, facts: PayFacts) -> tuple[str, str]:
        """(what it would become, why it cannot) of one that waits."""
        raise NotImplementedError


class PublishMany(_Review):
    """Publish what was handed in."""

    name = "publish_many"
    title = gettext_lazy("Publish")
    button = gettext_lazy("Publish these vacancies")

    def of(self, vacancy: Vacancy, facts: PayFacts) -> tuple[str, str]:
        """In how many countries its people would be matched."""
        offers, problems = publishing_problems(vacancy, vacancy.shown, facts.floors.on, facts)
        if problems:
            return "", " ".join(problems.values())
        paid = sum(offer.state == CountryPayState.OK or offer.regions_decide for offer in offers)
        words = ngettext(
            "Would be published, and people ranked: pay is above the floors in %(paid)d of %(n)d country.",
            "Would be published, and people ranked: pay is above the floors in %(paid)d of %(n)d countries.",
            len(offers),
        )
        return words % {"paid": paid, "n": len(offers)}, ""

    def carry_out(self, row: Vacancy, *, by: User, reason: str, seen: str) -> str:
        """Publish one."""
        now = timezone.now()
        _decided(approve_vacancy, vacancy=row, by=by, now=now, today=timezone.localdate(), seen=_number(seen))
        return _("Published. The employer has been written to.")


class SendBackMany(_Review):
    """Return several for one reason."""

    name = "send_back_many"
    title = gettext_lazy("Send back")
    button = gettext_lazy("Send these vacancies back")
    reason_help = gettext_lazy("Each of these employers reads it: say what has to change.")
    reason_needed = True

    def of(self, vacancy: Vacancy, facts: PayFacts) -> tuple[str, str]:
        """It becomes a draft again."""
        return _("Would go back to its employer as a draft, with your reason."), ""

    def carry_out(self, row: Vacancy, *, by: User, reason: str, seen: str) -> str:
        """Send one back."""
        _decided(send_back_vacancy, vacancy=row, by=by, now=timezone.now(), reason=reason, seen=_number(seen))
        return _("Sent back. The employer has been written to.")


def _countries(vacancies: list[Vacancy]) -> set[str]:
    versions = [version for one in vacancies for version in (one.draft, one.current) if version]
    return {row.country_id for version in versions for row in version.countries.all()}


def _number(seen: str) -> int:
    """The id of the version that was looked at; without one nothing holds."""
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else 0


def _decided(act: Any, **what: Any) -> None:
    try:
        act(**what)
    except UnableToPublish as error:
        raise Refused(" ".join(error.problems.values())) from error
    except ChangedMeanwhile as error:
        raise Refused(_("The employer handed in other words meanwhile. Nothing was decided.")) from error
    except UnableToMoveVacancy as error:
        raise Refused(str(error)) from error
