"""The pool's sparse columns: languages, skills, places and experience, only for the people who have some.

PostgreSQL gathers the values of each code into arrays, so that no person becomes an object on the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet

from assessments.engine.levels import STANDARD_CUTS, ladder_places
from assessments.models import Measurement
from assessments.queries import language_cuts
from candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
    Reservation,
)
from matching.engine import columns as spec
from reference.enums import CEFRLevel, LanguageStatus
from reference.models import CountryLanguage

ETIQUETTE = "etiquette_"
ETIQUETTE_PASSED_FROM = 2
Ints = npt.NDArray[np.int64]
Family = dict[str, dict[str, Ints]]


@dataclass(frozen=True, slots=True)
class Entries:
    """What some people have under one code: their rows in the pool, and as many values of each name."""

    rows: Ints
    values: dict[str, Ints]

    def spread(self, name: str, over: Ints) -> Ints:
        """The values of a name for the rows `over` (ascending, all of `rows` among them), 0 where there is none."""
        found = np.zeros(len(over), dtype=np.int64)
        found[np.searchsorted(over, self.rows)] = self.values[name]
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What counts as measured, by code: languages with level, theta and standard error (1/1000 level), skills with level."""

    languages: dict[str, Entries]
    skills: dict[str, Entries]


NOBODY = Entries(np.zeros(0, dtype=np.int64), {})


def measured(current: QuerySet[Measurement], ids: Ints) -> Measured:
    """From the measurements that count. `ids`: candidate ids of the pool's rows, ascending."""
    found: dict[bool, dict[str, Entries]] = {True: {}, False: {}}
    cuts = language_cuts()
    things = current.values("language_id", "skill_id", "session__cuts").order_by()
    gathered = things.annotate(
        who=ArrayAgg("candidate_id"),
        levels=ArrayAgg("level"),
        abilities=ArrayAgg("theta"),
        errors=ArrayAgg("standard_error"),
    )
    for one in gathered:
        rows, kept = _rows(one["who"], ids)
        values = {"level": np.array(one["levels"], dtype=np.int64)[kept]}
        frozen = one["session__cuts"] if one["language_id"] in cuts else None
        of_language = frozen or cuts.get(one["language_id"], STANDARD_CUTS)
        values["theta"], values["standard_error"] = _milli(one["abilities"], one["errors"], kept, of_language)
        kind, code = found[bool(one["language_id"])], one["language_id"] or one["skill_id"]
        if code in kind:
            before = kind[code]
            values = {name: np.concatenate([before.values[name], values[name]]) for name in values}
            rows = np.concatenate([before.rows, rows])
        kind[code] = Entries(rows, values)
    return Measured(languages=found[True], skills=found[False])


def languages(people: QuerySet[Candidate], ids: Ints, known: Measured) -> Family:
    """Claimed and measured levels by language."""
    claimed = _by_code(
        CandidateLanguage.objects.filter(candidate__in=people), "language_id", "claimed_level", ids
    )
    parts = {"measured_level": "level", "theta": "theta", "standard_error": "standard_error"}
    return _joined(claimed, "claimed_level", known.languages, parts)  # fmt: skip


def skills(people: QuerySet[Candidate], ids: Ints, known: Measured) -> Family:
    """Stated and measured skills."""
    stated = _by_code(CandidateSkill.objects.filter(candidate__in=people), "skill_id", "stated", ids)
    return _joined(stated, "stated", known.skills, {"measured": "level"})


def localities(people: QuerySet[Candidate], ids: Ints, known: Measured) -> Family:
    """Evidence of being at home in a country: lived, served, etiquette passed, or its language at C1 measured."""
    evidence: dict[str, list[tuple[Ints, int]]] = {}
    for model, bit in ((PlaceKnown, spec.LIVED_OR_WORKED), (MarketServed, spec.SERVED_CUSTOMERS)):
        places = model._default_manager.filter(candidate__in=people)
        for country, entries in _by_code(places, "country_id", None, ids).items():
            evidence.setdefault(country, []).append((entries.rows, bit))
    for skill, entries in known.skills.items():
        if skill.startswith(ETIQUETTE):
            country = skill.removeprefix(ETIQUETTE).upper()
            passed = entries.rows[entries.values["level"] >= ETIQUETTE_PASSED_FROM]
            if len(passed):
                evidence.setdefault(country, []).append((passed, spec.ETIQUETTE_PASSED))
    fluent = {
        language: entries.rows[entries.values["level"] >= CEFRLevel.C1]
        for language, entries in known.languages.items()
    }
    official = CountryLanguage.objects.filter(status__in=[LanguageStatus.OFFICIAL, LanguageStatus.DE_FACTO])
    for country, language in official.values_list("country_id", "language_id"):
        if len(fluent.get(language, ())):
            evidence.setdefault(country, []).append((fluent[language], spec.LANGUAGE_C1))
    return {country: _bits(evidence[country]) for country in sorted(evidence)}


def months(people: QuerySet[Candidate], ids: Ints) -> tuple[Family, Family, Ints]:
    """Months of experience by sector, by channel and, as a dense column, in all."""
    held = Experience.objects.filter(candidate__in=people).values_list("sector_id", "channel_id").order_by()
    sectors: dict[str, list[tuple[Ints, Ints]]] = {}
    channels: dict[str, list[tuple[Ints, Ints]]] = {}
    total = np.zeros(len(ids), dtype=np.int64)
    for sector, channel, candidates, counts in held.annotate(
        who=ArrayAgg("candidate_id"), numbers=ArrayAgg("months")
    ):
        rows, kept = _rows(candidates, ids)
        number = np.array(counts, dtype=np.int64)[kept]
        sectors.setdefault(sector, []).append((rows, number))
        channels.setdefault(channel, []).append((rows, number))
        np.add.at(total, rows, number)
    return _summed(sectors), _summed(channels), np.minimum(total, spec.MAX_MONTHS)


def reserved(people: QuerySet[Candidate], ids: Ints) -> tuple[Family, Family]:
    """Sectors that people keep away from, and everybody's first, second, … employer."""
    held = Reservation.objects.filter(candidate__in=people).order_by(
        "sector_id", "candidate_id", "employer_id"
    )
    sectors: dict[str, list[int]] = {}
    employers: dict[int, list[int]] = {}
    for candidate, sector, employer in held.values_list("candidate_id", "sector_id", "employer_id"):
        if sector:
            sectors.setdefault(sector, []).append(candidate)
        else:
            employers.setdefault(candidate, []).append(employer)
    by_sector = {code: _rows(who, ids)[0] for code, who in sectors.items()}
    numbered: dict[str, tuple[list[int], list[int]]] = {}
    for candidate, theirs in employers.items():
        for number, employer in enumerate(theirs, start=1):
            who, which = numbered.setdefault(str(number), ([], []))
            who.append(candidate)
            which.append(employer)
    by_number = {}
    for key, (who, which) in numbered.items():
        rows, kept = _rows(who, ids)
        by_number[key] = {"rows": rows, "employer": np.array(which, dtype=np.int64)[kept]}
    return {
        code: {"rows": rows, "reserved": np.ones(len(rows), dtype=np.int64)}
        for code, rows in by_sector.items()
    }, by_number


def _rows(candidates: Iterable[int], ids: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Rows of the candidates who are in the pool, and which of the candidates those are."""
    who = np.fromiter(candidates, dtype=np.int64)
    if not len(ids):
        return who[:0], np.zeros(len(who), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ids, who), len(ids) - 1)
    kept = ids[at] == who
    return at[kept], kept


def _by_code(entries: QuerySet[Any], code: str, value: str | None, ids: Ints) -> dict[str, Entries]:
    """Rows of a table by code, with the values of one of its columns; one query."""
    columns = {"who": ArrayAgg("candidate_id")} | ({"found": ArrayAgg(value)} if value else {})
    found = {}
    for key, candidates, *values in entries.values_list(code).order_by().annotate(**columns):
        rows, kept = _rows(candidates, ids)
        named = {value: np.array(values[0], dtype=np.int64)[kept]} if value else {}
        found[key] = Entries(rows, named)
    return found


def _joined(
    said: Mapping[str, Entries], name: str, known: Mapping[str, Entries], parts: Mapping[str, str]
) -> Family:
    """Own statements and measurements side by side, for everybody who has either."""
    family: Family = {}
    for code in sorted(said.keys() | known.keys()):
        own, found = said.get(code, NOBODY), known.get(code, NOBODY)
        over = np.union1d(own.rows, found.rows)
        if not len(over):
            continue
        columns = {"rows": over, name: own.spread(name, over) if len(own.rows) else np.zeros_like(over)}
        for part, source in parts.items():
            columns[part] = found.spread(source, over) if len(found.rows) else np.zeros_like(over)
        family[code] = columns
    return family


def _milli(
    thetas: list[float | None],
    errors: list[float | None],
    kept: npt.NDArray[np.bool_],
    cuts: Sequence[float],
) -> tuple[Ints, Ints]:
    """Thousandths of a level from the foot of B2, (0, 0) where nothing computed an ability."""
    theta, error = (np.array(values, dtype=np.float64)[kept] for values in (thetas, errors))
    computed = ~np.isnan(theta) & ~np.isnan(error) & (error > 0)
    limit = spec.MAX_THETA
    place, width = ladder_places(np.where(computed, theta, 0), np.where(computed, error, 0), cuts)
    ability = np.clip(np.rint((place - (CEFRLevel.B2 - 1)) * 1000), -limit, limit)
    margin = np.clip(np.rint(width * 1000), 1, limit)
    return (
        np.where(computed, ability, 0).astype(np.int64),
        np.where(computed, margin, 0).astype(np.int64),
    )


def _bits(found: list[tuple[Ints, int]]) -> dict[str, Ints]:
    rows = np.unique(np.concatenate([one for one, _bit in found]))
    bits = np.zeros(len(rows), dtype=np.int64)
    for one, bit in found:
        bits[np.searchsorted(rows, one)] |= bit
    return {"rows": rows, "evidence": bits}


def _summed(by_code: Mapping[str, list[tuple[Ints, Ints]]]) -> Family:
    family: Family = {}
    for code, parts in sorted(by_code.items()):
        rows, place = np.unique(np.concatenate([one for one, _number in parts]), return_inverse=True)
        sums = np.zeros(len(rows), dtype=np.int64)
        np.add.at(sums, place, np.concatenate([number for _one, number in parts]))
        family[code] = {"rows": rows, "months": np.minimum(sums, spec.MAX_MONTHS)}
    return family
