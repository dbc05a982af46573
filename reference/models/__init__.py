"""Facts and vocabularies that all rooms share."""

from reference.models.languages import CountryLanguage, Language
from reference.models.pay import ExchangeRate, MarketPay, PriceLevel, WorkingHours
from reference.models.places import Country, Region, Zone
from reference.models.sourced import SourcedFact
from reference.models.versions import FactsVersion
from reference.models.vocabulary import Channel, Occupation, Sector, Skill, Term
from reference.models.wages import WageFloor

__all__ = [
    "Channel", "Country", "CountryLanguage", "ExchangeRate", "FactsVersion", "Language", "MarketPay", "Occupation",
    "PriceLevel", "Region", "Sector", "Skill", "SourcedFact", "Term", "WageFloor", "WorkingHours", "Zone",
]  # fmt: skip
