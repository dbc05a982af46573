"""Rates, hours, market pay and what is loaded, to read."""

from django.contrib import admin

from common.long_lists import OccurringFilter
from common.reading import ReadOnlyAdmin
from reference.admin.facts import FactAdmin
from reference.models import ExchangeRate, FactsVersion, MarketPay, WorkingHours


@admin.register(ExchangeRate)
class ExchangeRateAdmin(FactAdmin):
    """Rates by currency, the newest first."""

    list_display = ["currency", "on", "units_per_eur", "kind", "reliability", "source"]
    list_filter = ["kind", "reliability"]
    search_fields = ["currency"]


@admin.register(WorkingHours)
class WorkingHoursAdmin(FactAdmin):
    """Normal week, maximum and night premium."""

    list_display = ["country", "normal_hours", "max_hours", "night_premium_percent", "reliability", "as_of"]
    list_filter = ["reliability"]
    list_select_related = ["country"]


@admin.register(MarketPay)
class MarketPayAdmin(FactAdmin):
    """What the market pays, where a source says so."""

    list_display = ["country", "work", "statistic", "amount", "currency", "period", "reliability", "as_of"]
    list_filter = ["reliability", ("country", OccurringFilter)]
    list_select_related = ["country"]


@admin.register(FactsVersion)
class FactsVersionAdmin(ReadOnlyAdmin):
    """Which files were loaded when."""

    list_display = ["digest", "loaded_at"]
