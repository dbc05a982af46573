"""The pool's sparse columns: languages, skills, places and experience, only for the people who have some."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from assessments.models import Measurement
from candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
)
from matching.engine import columns as spec
from reference.enums import CEFRLevel, LanguageStatus
from reference.models import CountryLanguage

ETIQUETTE = "etiquette_"
Position = dict[int, int]
Family = dict[str, dict[str, list[int]]]


@dataclass(slots=True)
class Measured:
    """What counts as measured: {language or skill: {row: (level, theta and standard error in milli-logits)}}."""

    languages: dict[str, dict[int, tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(dict))
    skills: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls, current: QuerySet[Measurement], position: Position) -> "Measured":
        """From the measurements that count; those of people outside `position` are left out."""
        held = cls()
        columns = ("candidate_id", "language_id", "skill_id", "level", "theta", "standard_error")
        for candidate, language, skill, level, theta, error in current.values_list(*columns).iterator(50_000):
            row = position.get(candidate)
            if row is None:
                continue
            if language:
                held.languages[language][row] = (level, *_milli(theta, error))
            else:
                held.skills[skill][row] = level
        return held


def _milli(theta: float | None, error: float | None) -> tuple[int, int]:
    """Milli-logits, (0, 0) where nothing computed an ability."""
    if theta is None or not error:
        return 0, 0
    limit = spec.MAX_THETA
    return max(-limit, min(limit, round(theta * 1000))), max(1, min(limit, round(error * 1000)))


def languages(people: QuerySet[Candidate], position: Position, measured: Measured) -> Family:
    """Claimed and measured levels by language."""
    claimed: dict[str, dict[int, int]] = defaultdict(dict)
    rows = CandidateLanguage.objects.filter(candidate__in=people)
    for candidate, language, level in rows.values_list(
        "candidate_id", "language_id", "claimed_level"
    ).iterator(50_000):
        if candidate in position:
            claimed[language][position[candidate]] = level
    family: Family = {}
    for code in sorted(claimed.keys() | measured.languages.keys()):
        said, known = claimed.get(code, {}), measured.languages.get(code, {})
        at = sorted(said.keys() | known.keys())
        family[code] = {
            "rows": at,
            "claimed_level": [said.get(row, 0) for row in at],
            "measured_level": [known.get(row, (0, 0, 0))[0] for row in at],
            "theta": [known.get(row, (0, 0, 0))[1] for row in at],
            "standard_error": [known.get(row, (0, 0, 0))[2] for row in at],
        }
    return family


def skills(people: QuerySet[Candidate], position: Position, measured: Measured) -> Family:
    """Stated and measured skills."""
    stated: dict[str, dict[int, int]] = defaultdict(dict)
    rows = CandidateSkill.objects.filter(candidate__in=people)
    for candidate, skill, level in rows.values_list("candidate_id", "skill_id", "stated").iterator(50_000):
        if candidate in position:
            stated[skill][position[candidate]] = level
    family: Family = {}
    for code in sorted(stated.keys() | measured.skills.keys()):
        said, known = stated.get(code, {}), measured.skills.get(code, {})
        at = sorted(said.keys() | known.keys())
        family[code] = {
            "rows": at,
            "stated": [said.get(row, 0) for row in at],
            "measured": [known.get(row, 0) for row in at],
        }
    return family


def localities(people: QuerySet[Candidate], position: Position, measured: Measured) -> Family:
    """Evidence of being at home in a country: lived, served, etiquette passed, or its language at C1 measured."""
    evidence: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for model, bit in ((PlaceKnown, spec.LIVED_OR_WORKED), (MarketServed, spec.SERVED_CUSTOMERS)):
        rows = model._default_manager.filter(candidate__in=people)
        for candidate, country in rows.values_list("candidate_id", "country_id").iterator(50_000):
            if candidate in position:
                evidence[country][position[candidate]] |= bit
    for skill, levels in measured.skills.items():
        if skill.startswith(ETIQUETTE):
            _add(evidence[skill.removeprefix(ETIQUETTE).upper()], levels, spec.ETIQUETTE_PASSED)
    official = CountryLanguage.objects.filter(status__in=[LanguageStatus.OFFICIAL, LanguageStatus.DE_FACTO])
    for country, language in official.values_list("country_id", "language_id"):
        known = measured.languages.get(language, {})
        fluent = [row for row, (level, _theta, _error) in known.items() if level >= CEFRLevel.C1]
        if fluent:
            _add(evidence[country], fluent, spec.LANGUAGE_C1)
    return {
        country: {"rows": sorted(held), "evidence": [held[row] for row in sorted(held)]}
        for country, held in sorted(evidence.items())
        if held
    }


def _add(held: dict[int, int], rows: Iterable[int], bit: int) -> None:
    for row in rows:
        held[row] |= bit


def months(people: QuerySet[Candidate], position: Position) -> tuple[Family, Family, npt.NDArray[np.int64]]:
    """Months of experience by sector, by channel and, as a dense column, in all."""
    sectors: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    channels: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    total = np.zeros(len(position), dtype=np.int64)
    rows = Experience.objects.filter(candidate__in=people)
    columns = ("candidate_id", "sector_id", "channel_id", "months")
    for candidate, sector, channel, count in rows.values_list(*columns).iterator(50_000):
        row = position.get(candidate)
        if row is not None:
            sectors[sector][row] += count
            channels[channel][row] += count
            total[row] += count
    return _months(sectors), _months(channels), np.minimum(total, spec.MAX_MONTHS)


def _months(by_code: dict[str, dict[int, int]]) -> dict[str, dict[str, Any]]:
    return {
        code: {"rows": list(held), "months": [min(count, spec.MAX_MONTHS) for count in held.values()]}
        for code, held in sorted(by_code.items())
    }
