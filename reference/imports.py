"""Wage floors from a table."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.money import PayPeriod
from common.tables.cells import amount, day, one_of, text, whole
from common.tables.importing import Column, Importer, Row, RowRefused
from reference.actions.wages import UnableToChangeFloor, record_wage_floor
from reference.choices import country_choices
from reference.enums import FloorKind, Reliability
from reference.forms import RecordForm

CODES = {str(kind): str(kind) for kind in (FloorKind.PLATFORM_POLICY, FloorKind.STATUTORY)}


class WageFloorImporter(Importer):
    """Each row records one floor that is not on file. The form of the administration judges it, and the same action writes it."""

    name = "wage-floors"
    title = _("Wage floors")
    about = _(
        "Each row records a gross amount that is not on file yet, with its source. Rows on file are not changed."
    )
    permission = "reference.change_wagefloor"
    columns = (
        Column("country", _("ISO code or name"), one_of(lambda: dict(country_choices())), True, "PT"),
        Column("region", _("ISO code, when it holds in one region only"), text(16)),
        Column("kind", _("statutory or platform_policy"), one_of(lambda: CODES), True, "platform_policy"),
        Column("scope", _("for whom"), text(160), True, "all work"),
        Column("amount", _("gross"), amount, True, "6.50"),
        Column(
            "period",
            _("hour, day, week, month or year"),
            one_of(partial(dict, PayPeriod.choices)),
            True,
            "hour",
        ),
        Column("payments_per_year", _("for an amount a month; 12 when empty"), whole),
        Column("paid_days_per_week", _("for an amount a day"), whole),
        Column("weekly_hours", _("hours a week behind the amount"), amount),
        Column("valid_from", _("first day"), day, True, "2027-01-01"),
        Column("source", _("who says so"), text(400), True, "Official gazette 12"),
        Column("source_ref", _("address or place in the source"), text(400)),
        Column("as_of", _("year, month or day of the source"), text(10), False, "2026-11"),
        Column("reliability", _("A, B, C or D; B when empty"), one_of(partial(dict, Reliability.choices))),
        Column("notes", _("anything else"), text(2000)),
        Column("reason", _("why you enter it"), text(2000), True, "Yearly review"),
    )

    def write(self, row: Row, *, by: User, now: datetime) -> None:
        """Record one floor."""
        form = RecordForm({"payments_per_year": 12, "reliability": Reliability.B, **_as_typed(row.values)})
        if not form.is_valid():
            known = {column.name for column in self.columns}
            raise RowRefused(
                *(
                    (name if name in known else "", str(words))
                    for name, found in form.errors.items()
                    for words in found
                )
            )
        data = form.cleaned_data
        try:
            record_wage_floor(
                country=data["country"],
                region=data["region"],
                kind=FloorKind(data["kind"]),
                scope=data["scope"],
                figures=form.figures(),
                by=by,
                now=now,
                reason=data["reason"],
            )
        except UnableToChangeFloor as error:
            raise RowRefused(("", str(error))) from error


def _as_typed(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
