"""Reads about countries, regions, zones and their languages."""

from django.db.models import QuerySet

from reference.enums import LanguageStatus
from reference.models import Country, CountryLanguage, Language, Region, Zone
from reference.names import country_name, language_name


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


def country_choices(*, researched_only: bool = False) -> list[tuple[str, str]]:
    """(code, name in the active language), by name."""
    found = Country.objects.filter(researched=True) if researched_only else Country.objects.all()
    return sorted(
        ((code, country_name(code)) for code in found.values_list("pk", flat=True)), key=lambda each: each[1]
    )


def language_choices() -> list[tuple[str, str]]:
    """(code, name in the active language) of every language of the product, by name."""
    codes = Language.objects.values_list("pk", flat=True)
    return sorted(((code, language_name(code)) for code in codes), key=lambda each: each[1].casefold())


def official_languages(country: str) -> list[str]:
    """Codes of the languages official in the whole country, by law or in practice, most used first."""
    whole = [LanguageStatus.OFFICIAL, LanguageStatus.DE_FACTO]
    rows = CountryLanguage.objects.filter(country=country, status__in=whole).order_by("-percent", "language")
    return list(rows.values_list("language", flat=True))
