"""What staff do to wage floors: confirm, supersede, record. History is never edited."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.money import PayPeriod
from reference.enums import FloorKind, FloorStatus, HoursBasis, Origin, Reliability, WageBasis
from reference.models import Country, Region, WageFloor


class UnableToChangeFloor(Exception):
    """The act is not possible now; the text says why, in the reader's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorFigures:
    """A gross amount as its source states it, and when it begins."""

    amount: Decimal
    period: PayPeriod
    valid_from: date
    source: str
    source_ref: str = ""
    as_of: str = ""
    reliability: Reliability = Reliability.B
    notes: str = ""
    payments_per_year: int = 12
    paid_days_per_week: int | None = None
    weekly_hours: Decimal | None = None

    @property
    def hours_kind(self) -> str:
        """Hours that staff enter are hours that their source states."""
        return HoursBasis.SOURCED if self.weekly_hours is not None else ""


def confirm_wage_floor(*, floor: WageFloor, by: User, now: datetime, reason: str = "") -> WageFloor:
    """Vouch for a row as it stands: an indicative or stale amount counts from now on. Raises UnableToChangeFloor."""
    with transaction.atomic():
        row = _locked(floor)
        problem = why_not_confirmed(row)
        if problem:
            raise UnableToChangeFloor(problem)
        row.confirmed_at, row.confirmed_by = now, by
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record(verb="wage_floor.confirmed", target=row, by=by, now=now, reason=reason, key=row.key)
    return row


def why_not_confirmed(row: WageFloor) -> str:
    """Why staff cannot vouch for a row as it stands; empty when they can."""
    if row.withdrawn_at is not None:
        return _("This row was withdrawn.")
    if row.confirmed_at is not None:
        return _("This row is already confirmed.")
    if row.status == FloorStatus.NET:
        return _("A net amount cannot be used as a floor. Supersede it with the gross amount.")
    if row.amount is None and row.percent_of_legal_minimum is None:
        return _("This row has no amount to confirm.")
    return ""


def supersede_wage_floor(
    *, floor: WageFloor, figures: FloorFigures, by: User, now: datetime, reason: str = ""
) -> WageFloor:
    """Put a new row in the place of `floor` from `figures.valid_from`; returns the new one.

    The old row ends on that day and keeps its figures. When the new row begins on the very day that the old one did,
    the old one was wrong from the start and is withdrawn. Raises UnableToChangeFloor.
    """
    with transaction.atomic():
        old = _locked(floor)
        if hasattr(old, "superseded_by"):
            raise UnableToChangeFloor(_("This row was superseded before."))
        ends = old.valid_to
        if old.valid_from is not None and figures.valid_from < old.valid_from:
            raise UnableToChangeFloor(_("The new row cannot begin before the one that it supersedes."))
        if ends is not None and figures.valid_from >= ends:
            raise UnableToChangeFloor(_("This row has ended by then. Add a new floor instead."))
        if old.valid_from == figures.valid_from:
            old.withdrawn_at = now
        else:
            old.valid_to = figures.valid_from
        old.save(update_fields=["withdrawn_at", "valid_to"])
        new = _insert(like=old, figures=figures, valid_to=ends, by=by, now=now, supersedes=old)
        audit.record(
            verb="wage_floor.superseded", target=old, by=by, now=now, reason=reason, key=old.key, new=new.key, **_facts(figures)
        )  # fmt: skip
    return new


def record_wage_floor(
    *,
    country: Country,
    kind: FloorKind,
    scope: str,
    figures: FloorFigures,
    by: User,
    now: datetime,
    region: Region | None = None,
    reason: str = "",
) -> WageFloor:
    """Add a floor that is not on file, such as a platform policy. Raises UnableToChangeFloor."""
    if region is not None and region.country_id != country.pk:
        raise UnableToChangeFloor(_("This region belongs to another country."))
    like = WageFloor(country=country, region=region, kind=kind, scope=scope, currency=country.currency)
    with transaction.atomic():
        new = _insert(like=like, figures=figures, valid_to=None, by=by, now=now, supersedes=None)
        audit.record(
            verb="wage_floor.recorded", target=new, by=by, now=now, reason=reason, key=new.key, **_facts(figures)
        )  # fmt: skip
    return new


def _locked(floor: WageFloor) -> WageFloor:
    row = WageFloor.objects.select_for_update().get(pk=floor.pk)
    if row.withdrawn_at is not None:
        raise UnableToChangeFloor(_("This row was withdrawn."))
    return row


def _facts(figures: FloorFigures) -> dict[str, object]:
    return {"figures": asdict(figures)}


def row_of(*, like: WageFloor, figures: FloorFigures) -> WageFloor:
    """The row, not stored, that the figures would make in the place and for the people of another."""
    return WageFloor(
        key=f"staff-{(like.region_id or like.country_id).lower()}-{uuid4().hex}",
        country_id=like.country_id,
        region_id=like.region_id,
        kind=like.kind,
        status=FloorStatus.USABLE,
        scope=like.scope,
        occupation_scope=like.occupation_scope,
        condition=like.condition,
        stands_for_country=like.stands_for_country,
        amount=figures.amount,
        currency=like.currency,
        period=figures.period,
        payments_per_year=figures.payments_per_year,
        paid_days_per_week=figures.paid_days_per_week,
        basis=WageBasis.GROSS,
        weekly_hours=figures.weekly_hours,
        weekly_hours_kind=figures.hours_kind,
        valid_from=figures.valid_from,
        source=figures.source,
        source_ref=figures.source_ref,
        as_of=figures.as_of,
        reliability=figures.reliability,
        notes=figures.notes,
        origin=Origin.STAFF,
    )


def _insert(
    *,
    like: WageFloor,
    figures: FloorFigures,
    valid_to: date | None,
    by: User,
    now: datetime,
    supersedes: WageFloor | None,
) -> WageFloor:
    if figures.amount <= 0:
        raise UnableToChangeFloor(_("The amount has to be more than nothing."))
    new = row_of(like=like, figures=figures)
    new.valid_to, new.supersedes = valid_to, supersedes
    new.created_at, new.created_by, new.confirmed_at, new.confirmed_by = now, by, now, by
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToChangeFloor(_("A floor of this kind and scope already begins on that day.")) from error
    return new
