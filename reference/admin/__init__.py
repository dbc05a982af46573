"""Facts in the admin."""

from reference.admin.others import ExchangeRateAdmin, FactsVersionAdmin, MarketPayAdmin, WorkingHoursAdmin
from reference.admin.places import CountryAdmin
from reference.admin.wages import WageFloorAdmin

__all__ = [
    "CountryAdmin", "ExchangeRateAdmin", "FactsVersionAdmin", "MarketPayAdmin", "WageFloorAdmin", "WorkingHoursAdmin",
]  # fmt: skip
