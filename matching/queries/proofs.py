"""What measured languages and skills prove besides themselves, from the vocabulary and the countries' languages."""

from matching.engine import Proofs
from reference.enums import LanguageStatus
from reference.models import CountryLanguage, Skill

ETIQUETTE = "etiquette_"


def countries_speaking() -> dict[str, tuple[str, ...]]:
    """Countries by the code of a language of their own, ascending; one query."""
    found: dict[str, list[str]] = {}
    own = CountryLanguage.objects.filter(status__in=[LanguageStatus.OFFICIAL, LanguageStatus.DE_FACTO])
    for country, language in own.order_by("country_id").values_list("country_id", "language_id"):
        found.setdefault(language, []).append(country)
    return {language: tuple(countries) for language, countries in found.items()}


def country_of_etiquette(skill: str) -> str:
    """The country whose etiquette a skill is about; empty for every other skill."""
    return skill.removeprefix(ETIQUETTE).upper() if skill.startswith(ETIQUETTE) else ""


def proofs() -> Proofs:
    """Two queries."""
    skills = Skill.objects.filter(code__startswith=ETIQUETTE).values_list("code", flat=True)
    return Proofs(countries_speaking(), {country_of_etiquette(skill): skill for skill in skills})
