"""Narrowing a shortlist by what stands in the address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from assessments.models import Measurement
from matching.queries.shortlist import Shortlist
from placements.queries.standings import ASIDE, NEW, NOTHING, Standing, by_code, state_words
from reference.enums import CEFRLevel
from reference.names import country_name, language_name
from vacancies.content import VersionContent

Option = tuple[str, str, int | None]
"""Value, words, and how many people of the list; None where they are not counted."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What somebody wants to see of a list; empty = everybody.

    `country` lives there (ISO 3166-1), `language` was measured at `level` or above (`CEFRLevel`, 0 = at any level),
    `state` is how they stand (a `Standing.code`); without it whoever was set aside is left out.
    """

    country: str = ""
    language: str = ""
    level: int = 0
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.country or self.language or self.state)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed by: its people's countries with their number, and the languages of the vacancy."""

    countries: tuple[Option, ...]
    languages: tuple[Option, ...]
    levels: tuple[Option, ...]
    states: tuple[Option, ...]


def choices_of(found: Shortlist, content: VersionContent, known: Mapping[int, Standing]) -> Choices:
    """No query: everything is in memory; `known` is how the people of the list stand."""
    countries = Counter(found.listed.country_of(one) or "" for one in found.order)
    named = sorted(
        ((code, country_name(code), people) for code, people in countries.items()),
        key=lambda country: (-country[2], country[1]),
    )
    asked = dict.fromkeys(row.language for row in content.languages)
    return Choices(
        countries=tuple(named),
        languages=tuple((code, language_name(code), None) for code in asked),
        levels=tuple((str(level.value), level.label, None) for level in CEFRLevel),
        states=_states(found, known),
    )


def _states(found: Shortlist, known: Mapping[int, Standing]) -> tuple[Option, ...]:
    """Every way to stand in which somebody of the list does, in the order of the way; none while all are new."""
    counts = by_code(found.order, known)
    if set(counts) <= {NEW}:
        return ()
    return tuple((code, words, counts[code]) for code, words in state_words().items() if counts[code])


def narrowing_of(asked: QueryDict, choices: Choices) -> Narrowing:
    """What the address asks for; a value that is no choice is as good as none."""

    def chosen(name: str, options: Sequence[Option]) -> str:
        value = asked.get(name, "")
        return value if value in {option[0] for option in options} else ""

    language = chosen("language", choices.languages)
    level = int(chosen("level", choices.levels) or 0) if language else 0
    return Narrowing(chosen("country", choices.countries), language, level, chosen("state", choices.states))


def narrowed(found: Shortlist, narrowing: Narrowing, known: Mapping[int, Standing], on: date) -> list[int]:
    """The people of the list who are asked for, in its order. One query at most, and only for a language."""
    shown = [
        one
        for one in found.order
        if (not narrowing.country or found.listed.country_of(one) == narrowing.country)
        and _stands(known.get(one, NOTHING), narrowing.state)
    ]
    if not narrowing.language:
        return shown
    measured = Measurement.objects.filter(candidate__any_of=shown, language=narrowing.language).current(on)
    enough = set(measured.filter(level__gte=narrowing.level).values_list("candidate", flat=True))
    return [one for one in shown if one in enough]


def _stands(standing: Standing, state: str) -> bool:
    return standing.code == state if state else standing.code != ASIDE
