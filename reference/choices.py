"""Choices for forms, named and sorted in the reader's language.

The vocabularies change only with a release (their files are loaded before the processes start), so each
process reads the codes once, and names them once in every language: a form with many rows asks for each list many times.
"""

from collections.abc import Callable, Iterable
from functools import cache, wraps
from itertools import groupby
from typing import TypeVar

from django.utils.translation import get_language

from reference.models import Channel, Country, Language, Occupation, Sector, Skill, Zone
from reference.models.vocabulary import Term
from reference.names import country_name, currency_name, language_name, place_in_list

Choices = list[tuple[str, str]]
Held = TypeVar("Held")


def _once_loaded(read: Callable[[], Held]) -> Callable[[], Held]:
    """Remember what `read` returns, unless it is empty: then the facts are not loaded yet."""
    kept = cache(read)

    def reading() -> Held:
        found = kept()
        if not found:
            kept.cache_clear()
        return found

    return reading


def _once_named(name: Callable[[], list[Held]]) -> Callable[[], list[Held]]:
    """Remember what `name` returns in the active language, unless it is empty. Each call gives a list of its own."""
    kept: dict[str | None, list[Held]] = {}

    @wraps(name)
    def naming() -> list[Held]:
        language = get_language()
        if not kept.get(language):
            kept[language] = name()
        return list(kept[language])

    return naming


@_once_loaded
def _countries() -> list[str]:
    return list(Country.objects.values_list("pk", flat=True))


@_once_loaded
def _languages() -> list[str]:
    return list(Language.objects.values_list("pk", flat=True))


@_once_loaded
def _currencies() -> list[str]:
    return sorted(set(Country.objects.exclude(currency="").values_list("currency", flat=True)))


@_once_loaded
def _zones() -> list[str]:
    return sorted(set(Zone.objects.values_list("pk", flat=True)))


@_once_loaded
def _skills() -> list[Skill]:
    return list(Skill.objects.order_by("group", "position", "code"))


def _terms(model: type[Term]) -> Callable[[], list[Term]]:
    return _once_loaded(lambda: list(model._default_manager.order_by("position", "code")))


_sectors, _channels, _occupations = _terms(Sector), _terms(Channel), _terms(Occupation)


@_once_named
def country_choices() -> Choices:
    """(ISO 3166-1 code, name), by name."""
    return _by_name((code, country_name(code)) for code in _countries())


@_once_named
def language_choices() -> Choices:
    """(BCP 47 code, name), by name."""
    return _by_name((code, language_name(code)) for code in _languages())


@_once_named
def currency_choices() -> Choices:
    """(ISO 4217 code, "code name"), by code."""
    return [(code, f"{code} · {currency_name(code)}") for code in _currencies()]


@_once_named
def zone_choices() -> Choices:
    """(IANA name, readable name), by name."""
    return [(name, name.replace("_", " ").replace("/", " / ")) for name in _zones()]


@_once_named
def sector_choices() -> Choices:
    """(code, name) in the vocabulary's order."""
    return [(term.pk, term.name) for term in _sectors()]


@_once_named
def channel_choices() -> Choices:
    """(code, name) in the vocabulary's order."""
    return [(term.pk, term.name) for term in _channels()]


@_once_named
def occupation_choices() -> Choices:
    """(ISCO-08 code, name) in the vocabulary's order."""
    return [(term.pk, term.name) for term in _occupations()]


@_once_named
def skill_choices() -> list[tuple[str, Choices]]:
    """(group name, [(code, name)]) in the vocabulary's order."""
    return [
        (str(skills[0].get_group_display()), [(skill.pk, skill.name) for skill in skills])
        for skills in (list(found) for _, found in groupby(_skills(), key=lambda skill: skill.group))
    ]


def _by_name(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: place_in_list(pair[1]))
