"""People who only lack a fact, grouped by that fact, with the test that would give it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from assessments.models import Bank, Measurement
from assessments.queries.overview import OwnPage
from candidates.models import Candidate
from matching.engine import Code, Explanation, RankingResult
from matching.engine.open_facts import FLOOR, LANGUAGE, SKILL, OpenFact
from matching.queries.matches import Found, Match, Matches, shown_matches
from matching.words.figures import level
from placements.queries.fact_tests import FactTest, Pages, Tests, pages_by_fact, tests_by_fact
from reference.names import country_name, language_name
from vacancies.content import VersionContent


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People of a ranking who lack one measurement; `ids` are candidate ids, `bank` or `page` the test, if any."""

    kind: str
    code: str
    label: str
    ids: tuple[int, ...]
    bank: Bank | None
    page: OwnPage | None = None

    @property
    def test(self) -> FactTest:
        """The test of it, if any."""
        return FactTest((self.kind, self.code), self.bank, self.page)


@dataclass(frozen=True, slots=True)
class NearMisses:
    """Groups by fact; somebody who lacks two facts is in two. `total` people; `cut`: more than could be looked at."""

    groups: tuple[PeopleGroup, ...]
    total: int
    cut: bool
    floor: int

    @property
    def testable(self) -> bool:
        """Whether there is a test to invite anybody to."""
        return any(group.test for group in self.groups)

    @property
    def twice(self) -> bool:
        """Whether somebody is counted in two groups."""
        counted = [one for group in self.groups for one in group.ids]
        return len(counted) > len(set(counted))


class Lacking(NamedTuple):
    """A condition that is not measured yet, and its test, a `bank` or a `page`; None where none exists."""

    label: str
    bank: Bank | None
    page: OwnPage | None


def lacking(explanation: Explanation, tests: Tests, pages: Pages, names: dict[str, str]) -> list[Lacking]:
    """Languages and skills that a vacancy must have and one person is not measured in."""
    facts = []
    for gate in explanation.gates:
        facts += [(LANGUAGE, one["code"], one["measured_level"]) for one in gate.facts.get("languages", [])]
        facts += [(SKILL, one["code"], one["measured"]) for one in gate.facts.get("skills", [])]
    open_ones = [(kind, code) for kind, code, measured in facts if not measured]
    return [Lacking(_label(*fact, names), tests.get(fact), pages.get(fact)) for fact in open_ones]


def near_misses_of(
    result: RankingResult, content: VersionContent, on: date, names: dict[str, str]
) -> NearMisses:
    """Whom a stored ranking found to lack only facts, and which. Three queries at most; none without near misses."""
    total = sum(miss.count for miss in result.near_misses)
    floor = sum(miss.count for miss in result.near_misses if miss.code == Code.FLOOR_UNKNOWN)
    ids = sorted({one for miss in result.near_misses for one in miss.candidate_ids})
    if not ids:
        return NearMisses((), total, False, floor)
    held: dict[tuple[str, str], set[int]] = {}
    languages = [row.language for row in content.languages if row.must]
    skills = [row.skill for row in content.skills if row.must]
    rows = Measurement.objects.filter(candidate__any_of=frozenset(ids))
    asked = rows.filter(Q(language__in=languages) | Q(skill__in=skills)).standing(on)
    for candidate, language, skill in asked.values_list("candidate", "language", "skill"):
        held.setdefault((LANGUAGE, language) if language else (SKILL, skill), set()).add(candidate)
    needed = [(LANGUAGE, one) for one in languages] + [(SKILL, one) for one in skills]
    tests = tests_by_fact()
    pages = pages_by_fact(tests)
    groups = []
    for kind, code in needed:
        people = tuple(one for one in ids if one not in held.get((kind, code), set()))
        if people:
            test, page = tests.get((kind, code)), pages.get((kind, code))
            groups.append(PeopleGroup(kind, code, _label(kind, code, names), people, test, page))
    groups.sort(key=lambda group: -len(group.ids))
    return NearMisses(tuple(groups), total, len(ids) < total, floor)


SHOWN: Final = 8
"""Vacancies of a group that are named; of the others the number is said."""


@dataclass(slots=True)
class VacancyGroup:
    """Vacancies for which one person lacks the same facts; `banks` and `pages` are the tests that would give them.

    `found` are all of them, `matches` the first ones as they are shown, each with the level that it needs.
    """

    facts: tuple[OpenFact, ...]
    label: str
    found: list[Found] = field(default_factory=list)
    matches: list[tuple[Match, str]] = field(default_factory=list)
    banks: list[Bank] = field(default_factory=list)
    pages: list[tuple[str, OwnPage]] = field(default_factory=list)
    unmeasurable: list[str] = field(default_factory=list)


def grouped_by_fact(
    candidate: Candidate, found: Matches, tests: Tests, names: dict[str, str]
) -> list[VacancyGroup]:
    """A person's near misses by what is open, most vacancies first; three queries, however many there are."""
    pages = pages_by_fact(tests)
    groups: dict[tuple[tuple[str, str], ...], VacancyGroup] = {}
    for one in found.near:
        key = tuple((fact.kind, fact.code) for fact in one.open_facts)
        if key not in groups:
            label = _(" and ").join(_label(fact.kind, fact.code, names) for fact in one.open_facts)
            groups[key] = VacancyGroup(one.open_facts, label)
            _add_tests(groups[key], tests, pages, names)
        groups[key].found.append(one)
    by_size = sorted(groups.values(), key=lambda group: -len(group.found))
    first = [one for group in by_size for one in group.found[:SHOWN]]
    shown = {match.vacancy.pk: match for match in shown_matches(candidate, found, first)}
    for group in by_size:
        here = [shown[one.vacancy_id] for one in group.found[:SHOWN] if one.vacancy_id in shown]
        group.matches = [(match, _levels(match.open_facts)) for match in here]
    return by_size


def _add_tests(group: VacancyGroup, tests: Tests, pages: Pages, names: dict[str, str]) -> None:
    for fact in group.facts:
        if (fact.kind, fact.code) in tests:
            group.banks.append(tests[fact.kind, fact.code])
        elif (fact.kind, fact.code) in pages:
            group.pages.append((_label(fact.kind, fact.code, names), pages[fact.kind, fact.code]))
        elif fact.kind != FLOOR:
            group.unmeasurable.append(_label(fact.kind, fact.code, names))


def _label(kind: str, code: str, names: dict[str, str]) -> str:
    if kind == LANGUAGE:
        return language_name(code)
    if kind == SKILL:
        return names.get(code, code)
    return _("the wage floor of %(country)s") % {"country": country_name(code)}


def _levels(facts: tuple[OpenFact, ...]) -> str:
    """Levels needed, for languages: "Dutch B2"."""
    return ", ".join(f"{language_name(one.code)} {level(one.level)}" for one in facts if one.kind == LANGUAGE)
