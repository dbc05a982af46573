"""Names of countries, languages and currencies in the reader's language, from CLDR (through Babel)."""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision
from django.utils.translation import get_language

FALLBACK = "en"


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


@cache
def _name(section: str, code: str, language: str) -> str:
    names = getattr(_locale(language), section)
    return str(names.get(code) or getattr(_locale(FALLBACK), section).get(code) or code)


def country_name(code: str) -> str:
    """Name of an ISO 3166-1 alpha-2 code in the active language; an unknown code is returned as it is."""
    return _name("territories", code, get_language() or FALLBACK)


def language_name(code: str) -> str:
    """Name of a BCP 47 code in the active language; an unknown code is returned as it is."""
    return _name("languages", code, get_language() or FALLBACK)


def currency_name(code: str) -> str:
    """Name of an ISO 4217 code in the active language; an unknown code is returned as it is."""
    return _name("currencies", code, get_language() or FALLBACK)


@cache
def place_in_list(name: str) -> str:
    """What a name is sorted by: neither capitals nor accents count, so that Åland stands among the A's."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def minor_digits(currency: str) -> int:
    """Decimal places of a currency's smallest unit in CLDR: 2 for EUR, 0 for JPY, 3 for TND."""
    return get_currency_precision(currency)
