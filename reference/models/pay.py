"""Exchange rates, market pay, price levels and working hours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.money import PayPeriod
from common.naming import day_in_words
from reference.enums import PayStatistic, RateKind, WageBasis
from reference.models.places import Country
from reference.models.sourced import SourcedFact
from reference.names import country_name

HOURS_POSSIBLE = (1, 80)


class ExchangeRate(SourcedFact):
    """Units of a currency for one euro on a day."""

    currency = models.CharField(_("currency"), max_length=3)
    on = models.DateField(_("day of the rate"))
    units_per_eur = models.DecimalField(_("units per euro"), max_digits=20, decimal_places=8)
    kind = models.CharField(_("kind"), max_length=12, choices=RateKind)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-on"]
        constraints = [
            models.UniqueConstraint("currency", "on", name="exchange_rate_once_a_day"),
            models.CheckConstraint(condition=models.Q(units_per_eur__gt=0), name="exchange_rate_positive"),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="exchange_rate_currency_is_iso"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency}, {day_in_words(self.on)}"


class MarketPay(SourcedFact):
    """What customer-service work is paid in a country, where a source says so.

    `main` marks the figures of a country that stand for customer-service work as a whole.
    """

    key = models.CharField(_("code"), max_length=96, unique=True)
    country = models.ForeignKey(
        Country, on_delete=models.CASCADE, related_name="market_pay", verbose_name=_("country")
    )
    work = models.CharField(_("work"), max_length=120)
    main = models.BooleanField(_("stands for the work as a whole"), default=False)
    statistic = models.CharField(_("statistic"), max_length=8, choices=PayStatistic)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=4)
    currency = models.CharField(_("currency"), max_length=3)
    period = models.CharField(_("period"), max_length=8, choices=PayPeriod)
    basis = models.CharField(_("gross or net"), max_length=8, choices=WageBasis)

    class Meta:
        verbose_name = _("market pay")
        verbose_name_plural = _("market pay")
        ordering = ["country", "key"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="market_pay_positive")]

    def __str__(self) -> str:
        return f"{country_name(self.country_id)}: {self.work}, {self.get_statistic_display()}"


class PriceLevel(SourcedFact):
    """Purchasing power of a country: local units that buy what one US dollar buys in the USA.

    `distorted` marks countries whose prices or rates moved too much since; their level says nothing.
    """

    country = models.OneToOneField(
        Country, on_delete=models.CASCADE, primary_key=True, related_name="price_level"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    units_per_international_dollar = models.DecimalField(_("units"), max_digits=14, decimal_places=4)
    level_us_100 = models.DecimalField(_("price level, USA = 100"), max_digits=6, decimal_places=1)
    distorted = models.BooleanField(_("distorted"), default=False)

    class Meta:
        verbose_name = _("price level")
        verbose_name_plural = _("price levels")
        ordering = ["country"]

    def __str__(self) -> str:
        return f"{self.country_id} {self.year}"


class WorkingHours(SourcedFact):
    """The normal week, the legal maximum and the night premium. An empty premium is unknown, not none."""

    country = models.OneToOneField(
        Country,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="working_hours",
        verbose_name=_("country"),
    )
    normal_hours = models.DecimalField(
        _("normal hours a week"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    max_hours = models.DecimalField(
        _("most hours a week"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    max_kind = models.CharField(_("kind of maximum"), max_length=60, blank=True)
    night_premium_percent = models.DecimalField(
        _("night premium, %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    night_premium_of = models.CharField(
        _("premium on"),
        max_length=16,
        blank=True,
        choices=[("wage", _("the wage")), ("minimum_wage", _("the minimum wage"))],
    )
    night_from = models.TimeField(_("night from"), null=True, blank=True)
    night_to = models.TimeField(_("night to"), null=True, blank=True)
    night_kind = models.CharField(_("premium by"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["country"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(normal_hours=None) | models.Q(normal_hours__range=HOURS_POSSIBLE),
                name="working_hours_normal_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(max_hours=None) | models.Q(max_hours__range=HOURS_POSSIBLE),
                name="working_hours_max_possible",
            ),
        ]

    def __str__(self) -> str:
        return country_name(self.country_id)
