"""Reads about countries, regions, zones and their languages."""

from django.db.models import QuerySet

from reference.enums import LanguageStatus
from reference.models import Country, CountryLanguage, Region, Zone


def regions_of(country: str) -> QuerySet[Region]:
    """Regions of a country that facts tell apart, by name. Empty where one set of facts holds everywhere."""
    return Region.objects.filter(country=country)


def zones_of(country: str) -> list[str]:
    """IANA zones of a country, its main one first."""
    main = main_zone(country)
    names = Zone.objects.filter(country=country).order_by("name").values_list("name", flat=True)
    return ([main] if main else []) + [name for name in names if name != main]


def main_zone(country: str) -> str | None:
    """The zone that most people of a country live in, or None for an unknown country."""
    return Country.objects.filter(pk=country).values_list("main_zone", flat=True).first()


def official_languages(country: str) -> list[str]:
    """Codes of the languages official in the whole country, by law or in practice, most used first."""
    whole = [LanguageStatus.OFFICIAL, LanguageStatus.DE_FACTO]
    rows = CountryLanguage.objects.filter(country=country, status__in=whole).order_by("-percent", "language")
    return list(rows.values_list("language", flat=True))
