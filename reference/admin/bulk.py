"""Vouching for several wage facts at once."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.bulk import BulkAct, Prospect, Refused
from reference.actions.wages import UnableToChangeFloor, confirm_wage_floor, why_not_confirmed
from reference.enums import UnknownFloor
from reference.models import WageFloor
from reference.queries.wages import WageFloorTable, if_confirmed, wage_floors
from reference.rules.wages import WageFloorResult
from reference.templatetags.reference import hourly_amount, stated_amount


class ConfirmMany(BulkAct):
    """Let rows count as they stand."""

    name = "confirm_many"
    title = gettext_lazy("Confirm")
    button = gettext_lazy("Confirm these rows")
    permission = "reference.change_wagefloor"
    reason_help = gettext_lazy("What you checked, for the log. May stay empty.")
    reason_needed = False

    def prospects(self, rows: QuerySet[Any]) -> list[Prospect]:
        """With today's floors as they are and as they would be; two queries more than the rows."""
        floors = list(rows.select_related("country", "region"))
        table = wage_floors({row.country_id for row in floors}, timezone.localdate())
        return [_prospect(row, table) for row in floors]

    def carry_out(self, row: WageFloor, *, by: User, reason: str, seen: str) -> str:
        """Vouch for one."""
        try:
            confirm_wage_floor(floor=row, by=by, now=timezone.now(), reason=reason)
        except UnableToChangeFloor as error:
            raise Refused(str(error)) from error
        return _("Confirmed. Vacancies and people are looked at again within a minute.")


def _prospect(row: WageFloor, table: WageFloorTable) -> Prospect:
    facts = {
        "stated": stated_amount(row),
        "source": row.source,
        "day": row.as_of or "–",
        "grade": row.reliability,
    }
    notes = (_("%(stated)s; %(source)s, as of %(day)s, reliability %(grade)s") % facts,)
    more = reverse("admin:wage_effects", args=[row.pk])
    return Prospect(row, before_and_after(row, table), "", why_not_confirmed(row), notes, more)


def before_and_after(row: WageFloor, table: WageFloorTable) -> str:
    """What confirming a row would change of the floor of its place today, as one sentence."""
    region = row.region_id or ""
    before = table.get(row.country_id, region)
    after = if_confirmed(table, row).get(row.country_id, region)
    words = {
        "place": row.region or row.country,
        "before": floor_words(before),
        "after": floor_words(after),
    }
    if words["before"] == words["after"]:
        return _("The floor of %(place)s stays as it is today: %(before)s.") % words
    return _("The floor of %(place)s would be %(after)s; today it is: %(before)s.") % words


def floor_words(found: WageFloorResult) -> str:
    """The floor of a place, or why it is not known."""
    if found.effective:
        return hourly_amount(found.effective)
    return str(UnknownFloor(found.unknown).label) if found.unknown else "–"
