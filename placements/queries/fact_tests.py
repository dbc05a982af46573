"""Which test gives the measurement of a language or skill."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from assessments.models import Bank
from assessments.queries import live_banks
from assessments.queries.overview import PAGES, OwnPage
from assessments.queries.works import rated_languages
from matching.engine.open_facts import LANGUAGE, SKILL

Fact = tuple[str, str]
"""Kind (LANGUAGE or SKILL) and code of what can be measured."""

Tests = Mapping[Fact, Bank]
"""The bank of items of each language and skill that has one."""

Pages = Mapping[Fact, OwnPage]
"""Tests that are no bank of items, likewise."""

OWN_PAGES: Pages = {(SKILL, code): page for code, page in PAGES.items()}

WRITTEN_STEP = gettext_lazy("To the written test")
WRITTEN_WORDS = gettext_lazy("You write to customers, and two people rate it.")


@dataclass(frozen=True, slots=True)
class FactTest:
    """The test of one fact: a `bank` of items, or a `page` of its own."""

    fact: Fact
    bank: Bank | None = None
    page: OwnPage | None = None

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.bank or self.page)

    @property
    def url(self) -> str:
        """Where it begins."""
        if self.bank:
            return reverse("assessments:start", args=[self.bank.code])
        return self.page.address if self.page else ""


def fact_of(bank: Bank) -> Fact:
    """What a bank measures."""
    return (LANGUAGE if bank.language_id else SKILL, bank.measured_code)


def tests_by_fact() -> Tests:
    """The bank of each language and skill that has one. One query."""
    return {fact_of(bank): bank for bank in live_banks()}


def written_page(language: str) -> OwnPage:
    """The written test of a language, which people rate."""
    return OwnPage("assessments:writing_start", WRITTEN_STEP, WRITTEN_WORDS, language)


def pages_by_fact(tests: Tests) -> Pages:
    """Tests that are no bank, by what they measure: those of skills, and the written test of a language without a bank.

    One query.
    """
    written = {
        (LANGUAGE, code): written_page(code) for code in rated_languages() if (LANGUAGE, code) not in tests
    }
    return {**OWN_PAGES, **written}
