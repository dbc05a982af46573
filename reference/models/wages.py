"""Wage floors: dated rows, never edited; a correction withdraws or closes a row and adds another."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.money import PayPeriod
from common.naming import day_in_words
from reference.enums import FloorKind, FloorStatus, HoursBasis, Origin, Reliability, WageBasis
from reference.models.places import Country, Region
from reference.models.sourced import SourcedFact
from reference.names import country_name

AMOUNTLESS = [FloorStatus.NO_STATUTORY, FloorStatus.NOT_RESEARCHED]


class WageFloorQuerySet(models.QuerySet["WageFloor"]):
    """The vocabulary of wage-floor rows."""

    def standing(self) -> "WageFloorQuerySet":
        """Rows that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def valid_on(self, on: date) -> "WageFloorQuerySet":
        """Standing rows in force on a day: from `valid_from` (or ever) up to, not including, `valid_to`."""
        return self.standing().filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on)
        )

    def to_be_confirmed(self) -> "WageFloorQuerySet":
        """Standing rows with an amount that is not used until staff confirm it."""
        return (
            self.standing()
            .filter(confirmed_at=None, amount__isnull=False)
            .filter(Q(status=FloorStatus.INDICATIVE) | Q(reliability=Reliability.D))
        )

    def without_usable_amount(self) -> "WageFloorQuerySet":
        """Rows that say that there is no comparable amount."""
        return self.filter(status__in=[*AMOUNTLESS, FloorStatus.NET])


class WageFloor(SourcedFact):
    """One floor for one place, kind and period of time.

    `valid_to` is the first day on which the row no longer holds. A row without a `region` is national. `condition`
    names an agreement or circumstance: such a row binds only where the vacancy says that it applies, and is
    guidance elsewhere. `stands_for_country` tells whether a regional row takes part when the person's own
    region has no row or was not given. A floor is an amount, or a percentage of the legal minimum of the day.
    """

    key = models.CharField(_("code"), max_length=96, unique=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="wage_floors", verbose_name=_("country")
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wage_floors",
        verbose_name=_("region"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=FloorKind)
    status = models.CharField(_("status"), max_length=16, choices=FloorStatus)
    scope = models.CharField(_("for whom"), max_length=160)
    occupation_scope = models.CharField(_("for which work"), max_length=160, blank=True)
    condition = models.CharField(_("binds only with"), max_length=32, blank=True)
    stands_for_country = models.BooleanField(_("stands for the country"), default=True)

    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=4, null=True, blank=True)
    percent_of_legal_minimum = models.DecimalField(
        _("percent of the legal minimum"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3)
    period = models.CharField(_("period"), max_length=8, choices=PayPeriod, blank=True)
    payments_per_year = models.PositiveSmallIntegerField(_("payments a year"), default=12)
    paid_days_per_week = models.PositiveSmallIntegerField(_("days paid a week"), null=True, blank=True)
    basis = models.CharField(_("gross or net"), max_length=8, choices=WageBasis, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week behind it"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    weekly_hours_kind = models.CharField(_("hours from"), max_length=16, choices=HoursBasis, blank=True)

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until, not including"), null=True, blank=True)

    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", editable=False
    )

    objects = WageFloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage floor")
        verbose_name_plural = _("wage floors")
        ordering = ["country", "region", "kind", "-valid_from"]
        indexes = [models.Index("country", "valid_from", name="wage_floor_by_country")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="wage_floor_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(percent_of_legal_minimum=None) | Q(percent_of_legal_minimum__gt=0),
                name="wage_floor_percent_positive",
            ),
            models.CheckConstraint(
                condition=Q(status__in=AMOUNTLESS, amount=None, percent_of_legal_minimum=None)
                | ~Q(status__in=AMOUNTLESS)
                & (
                    Q(amount__isnull=False, percent_of_legal_minimum=None) & ~Q(period="")
                    | Q(amount=None, percent_of_legal_minimum__isnull=False)
                ),
                name="wage_floor_status_fits_amount",
            ),
            models.CheckConstraint(
                condition=Q(status=FloorStatus.NET, basis=WageBasis.NET)
                | ~Q(status=FloorStatus.NET) & ~Q(basis=WageBasis.NET),
                name="wage_floor_net_is_marked",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="wage_floor_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="wage_floor_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours=None) | Q(weekly_hours__range=(1, 80)),
                name="wage_floor_hours_possible",
            ),
            models.CheckConstraint(
                condition=Q(paid_days_per_week=None) | Q(paid_days_per_week__range=(1, 7)),
                name="wage_floor_days_possible",
            ),
            models.CheckConstraint(
                condition=Q(payments_per_year__range=(12, 16)), name="wage_floor_payments_possible"
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.STAFF) | Q(created_by__isnull=False),
                name="wage_floor_staff_row_has_author",
            ),
            models.UniqueConstraint(
                fields=["country", "region", "kind", "condition", "scope", "period", "valid_from"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="wage_floor_once",
            ),
        ]

    def __str__(self) -> str:
        place = self.region or country_name(self.country_id)
        since = f", {day_in_words(self.valid_from)}" if self.valid_from else ""
        return f"{place}: {self.get_kind_display()}{since}"

    @property
    def waits(self) -> bool:
        """Whether staff has yet to confirm it, as `to_be_confirmed` says."""
        doubtful = self.status == FloorStatus.INDICATIVE or self.reliability == Reliability.D
        return doubtful and self.amount is not None and not (self.confirmed_at or self.withdrawn_at)
