"""The pool's sparse columns: languages, skills, places and experience, only for the people who have some.

PostgreSQL puts the values of each code end to end: candidate and value as one whole number, the value in its low 16 bits.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from assessments.engine.levels import STANDARD_CUTS, ladder_places
from assessments.models import Measurement
from assessments.queries import language_cuts
from candidates.models import (
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
    Reservation,
)
from matching.engine import columns as spec
from matching.queries.pool_copy import Packed, PackedFloats, groups, unpacked
from reference.enums import CEFRLevel, LanguageStatus
from reference.models import CountryLanguage

ETIQUETTE = "etiquette_"
ETIQUETTE_PASSED_FROM = 2
"""Level of the skill from which its test counts as passed: working, not basic."""

VALUE_BITS = 16
FOOT_OF_B2 = CEFRLevel.B2 - 1
"""Where the pool's scale of ability has its zero, in levels from the foot of A1."""
Ints = npt.NDArray[Any]
Family = dict[str, dict[str, npt.NDArray[Any]]]
Of = Callable[[QuerySet[Any]], QuerySet[Any]]
"""Narrows rows about candidates to those that are read, or leaves them as they are."""


class Places:
    """Rows of the pool by candidate id. `ids`: candidate ids of the pool's rows, ascending."""

    def __init__(self, ids: Ints) -> None:
        self._ids, self._first = ids, 0
        self._table: npt.NDArray[np.int32] | None = None
        if len(ids) and int(ids[-1]) - int(ids[0]) < 8 * len(ids) + 1024:
            # Ids that lie close together are looked up in a table, which is quicker than searching.
            self._first = int(ids[0])
            self._table = np.full(int(ids[-1]) - self._first + 1, -1, dtype=np.int32)
            self._table[ids - self._first] = np.arange(len(ids), dtype=np.int32)

    def of(self, candidates: Ints) -> npt.NDArray[Any]:
        """The row of each candidate, -1 for who is not in the pool."""
        if not len(self._ids):
            return np.full(len(candidates), -1, dtype=np.int64)
        if self._table is not None:
            at = candidates - self._first
            inside = (at >= 0) & (at < len(self._table))
            rows: npt.NDArray[Any] = self._table[at if inside.all() else np.where(inside, at, 0)]
            return rows if inside.all() else np.where(inside, rows, -1)
        at = np.minimum(np.searchsorted(self._ids, candidates), len(self._ids) - 1)
        return np.where(self._ids[at] == candidates, at, -1)


@dataclass(frozen=True, slots=True)
class Entries:
    """What some people have under one code: their rows in the pool, and as many values of each name."""

    rows: Ints
    values: dict[str, Ints]

    def spread(self, name: str, over: Ints, size: int) -> Ints:
        """The values of a name for the rows `over` of a pool of that size, 0 where there is none."""
        if not len(self.rows):
            return np.zeros(len(over), dtype=np.int16)
        everybody = np.zeros(size, dtype=np.int16)
        everybody[self.rows] = self.values[name]
        return everybody[over]


@dataclass(frozen=True, slots=True)
class Measured:
    """What counts as measured, by code: languages with level, theta and standard error (1/1000 level), skills with level."""

    languages: dict[str, Entries]
    skills: dict[str, Entries]


NOBODY = Entries(np.zeros(0, dtype=np.int64), {})


Groups = Mapping[str, list[tuple[bytes, ...]]]


def sparse_groups(of: Of, on: date) -> Groups:
    """What is read for the sparse columns, as PostgreSQL packed it; seven queries."""

    def by(model: Any, value: str | None, *codes: str) -> list[tuple[bytes, ...]]:
        held = of(model._default_manager.all()).values_list(*codes).order_by()
        return groups(held.annotate(packed=_packed(value)))

    standing = of(Measurement.objects.all()).standing(on)  # type: ignore[attr-defined]
    return {
        "measured": groups(_of_each_thing(standing)),
        "experience": by(Experience, "months", "sector_id", "channel_id"),
        "languages": by(CandidateLanguage, "claimed_level", "language_id"),
        "skills": by(CandidateSkill, "stated", "skill_id"),
        "places": by(PlaceKnown, None, "country_id"),
        "markets": by(MarketServed, None, "country_id"),
        "reservations": by(Reservation, None, "sector_id", "employer_id"),
    }


class SparseColumns:
    """The families of the people in the pool. `ids`: candidate ids of its rows, ascending."""

    def __init__(self, ids: Ints, found: Groups, on: date) -> None:
        self._places, self._ids, self._found, self._size = Places(ids), ids, found, len(ids)
        self._cuts = language_cuts()
        self._known = self._measured(on)

    def languages(self) -> Family:
        """Claimed and measured levels by language."""
        claimed = self._by_code("languages", "claimed_level")
        parts = {"measured_level": "level", "theta": "theta", "standard_error": "standard_error"}
        return _joined(claimed, "claimed_level", self._known.languages, parts, self._size)

    def skills(self) -> Family:
        """Stated and measured skills."""
        stated = self._by_code("skills", "stated")
        return _joined(stated, "stated", self._known.skills, {"measured": "level"}, self._size)

    def localities(self) -> Family:
        """Evidence of being at home in a country: lived, served, etiquette passed, or its language at C1 measured."""
        evidence: dict[str, list[tuple[Ints, int]]] = {}
        for name, bit in (("places", spec.LIVED_OR_WORKED), ("markets", spec.SERVED_CUSTOMERS)):
            for country, entries in self._by_code(name, None).items():
                evidence.setdefault(country, []).append((entries.rows, bit))
        for skill, entries in self._known.skills.items():
            if skill.startswith(ETIQUETTE):
                country = skill.removeprefix(ETIQUETTE).upper()
                passed = entries.rows[entries.values["level"] >= ETIQUETTE_PASSED_FROM]
                if len(passed):
                    evidence.setdefault(country, []).append((passed, spec.ETIQUETTE_PASSED))
        fluent = {
            language: entries.rows[entries.values["level"] >= CEFRLevel.C1]
            for language, entries in self._known.languages.items()
        }
        official = CountryLanguage.objects.filter(
            status__in=[LanguageStatus.OFFICIAL, LanguageStatus.DE_FACTO]
        )
        for country, language in official.values_list("country_id", "language_id"):
            if len(fluent.get(language, ())):
                evidence.setdefault(country, []).append((fluent[language], spec.LANGUAGE_C1))
        return {country: _bits(evidence[country], self._size) for country in sorted(evidence)}

    def months(self) -> tuple[Family, Family, Ints]:
        """Months of experience by sector, by channel and, as a dense column, in all."""
        sectors: dict[str, list[tuple[Ints, Ints]]] = {}
        channels: dict[str, list[tuple[Ints, Ints]]] = {}
        for sector, channel, packed in self._found["experience"]:
            rows, numbers, _kept = self._placed(packed)
            sectors.setdefault(sector.decode(), []).append((rows, numbers))
            channels.setdefault(channel.decode(), []).append((rows, numbers))
        everything = [part for parts in sectors.values() for part in parts]
        total = np.minimum(_sums(everything, self._size), spec.MAX_MONTHS)
        return _summed(sectors, self._size), _summed(channels, self._size), total

    def reserved(self) -> tuple[Family, Family]:
        """Sectors that people keep away from, and everybody's first, second, … employer, by its number."""
        sectors: Family = {}
        rows, employers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for sector, employer, packed in self._found["reservations"]:
            at, _numbers, _kept = self._placed(packed)
            if employer:
                rows.append(at)
                employers.append(np.full(len(at), int.from_bytes(employer, "big"), dtype=np.int64))
            elif len(at):
                sectors[sector.decode()] = {"rows": np.sort(at), "reserved": np.ones(len(at), dtype=np.uint8)}
        return dict(sorted(sectors.items())), _numbered(np.concatenate(rows), np.concatenate(employers))

    def _measured(self, on: date) -> Measured:
        """From the measurements that count on the day."""
        things: dict[tuple[bytes, bytes], list[tuple[bytes, ...]]] = {}
        for language, skill, *columns in self._found["measured"]:
            things.setdefault((language, skill), []).append(tuple(columns))
        found: dict[bool, dict[str, Entries]] = {True: {}, False: {}}
        for (language, skill), parts in things.items():
            code = (language or skill).decode()
            entries, twice = self._entries(code, parts)
            if len(twice):
                entries = self._newest(bool(language), code, on, twice, parts)
            if len(entries.rows):
                found[bool(language)][code] = entries
        return Measured(languages=found[True], skills=found[False])

    def _entries(
        self, code: str, parts: Iterable[tuple[bytes, ...]], leave_out: Ints | None = None
    ) -> tuple[Entries, Ints]:
        """The people measured in something, from columns as `_of_each_thing` has them, and who stands there more than once."""
        read = [self._part(code, *part) for part in parts]
        rows = np.concatenate([one.rows for one in read])
        values = {name: np.concatenate([one.values[name] for one in read]) for name in read[0].values}
        if leave_out is not None:
            staying = ~np.isin(self._ids[rows], leave_out)
            rows, values = rows[staying], {name: each[staying] for name, each in values.items()}
        times = np.bincount(rows, minlength=self._size)
        return Entries(rows, values), self._ids[np.flatnonzero(times > 1)]

    def _part(self, code: str, frozen: bytes, packed: bytes, abilities: bytes, errors: bytes) -> Entries:
        """Measurements by the same cuts: those of their test's session, which later ones of the bank never move."""
        today = self._cuts.get(code, STANDARD_CUTS)
        cuts = (json.loads(frozen) if frozen and code in self._cuts else None) or today
        rows, levels, kept = self._placed(packed)
        theta, error = _milli(unpacked(abilities, ">f8")[kept], unpacked(errors, ">f8")[kept], cuts)
        return Entries(rows, {"level": levels, "theta": theta, "standard_error": error})

    def _newest(
        self, language: bool, code: str, on: date, twice: Ints, parts: Sequence[tuple[bytes, ...]]
    ) -> Entries:
        """With the row that counts, of those who were measured more than once."""
        thing = {"language_id" if language else "skill_id": code}
        theirs = Measurement.objects.filter(candidate_id__in=twice.tolist(), **thing)
        current = Measurement.objects.filter(pk__in=theirs.newest_each(on).values("pk"))
        once, _none = self._entries(code, parts, twice)
        newest = [part for _language, _skill, *part in groups(_of_each_thing(current))]
        if not newest:
            return once
        more, _none = self._entries(code, map(tuple, newest))
        values = {name: np.concatenate([once.values[name], more.values[name]]) for name in more.values}
        return Entries(np.concatenate([once.rows, more.rows]), values)

    def _by_code(self, name: str, value: str | None) -> dict[str, Entries]:
        """Entries of one kind by code, with their values."""
        found = {}
        for key, packed in self._found[name]:
            rows, numbers, _kept = self._placed(packed)
            found[key.decode()] = Entries(rows, {value: numbers} if value else {})
        return found

    def _placed(self, packed: bytes) -> tuple[Ints, Ints, npt.NDArray[np.intp] | slice]:
        """Rows and values of the candidates who are in the pool, and which of the entries those are."""
        both = unpacked(packed)
        rows = self._places.of(both >> VALUE_BITS)
        there = rows >= 0
        kept: npt.NDArray[np.intp] | slice = slice(None)
        if not there.all():
            kept = np.flatnonzero(there)
            both, rows = both[kept], rows[kept]
        return rows, both & ((1 << VALUE_BITS) - 1), kept


def _packed(value: str | None) -> Packed:
    shifted = F("candidate_id") * (1 << VALUE_BITS)
    return Packed(shifted + F(value) if value else shifted)


def _of_each_thing(measurements: QuerySet[Measurement]) -> QuerySet[Any]:
    frozen = measurements.order_by().annotate(frozen=Cast("session__cuts", TextField()))
    things = frozen.values_list("language_id", "skill_id", "frozen")
    return things.annotate(
        packed=_packed("level"), abilities=PackedFloats("theta"), errors=PackedFloats("standard_error")
    )


def _joined(
    said: Mapping[str, Entries], name: str, known: Mapping[str, Entries], parts: Mapping[str, str], size: int
) -> Family:
    """Own statements and measurements side by side, for everybody who has either."""
    family: Family = {}
    for code in sorted(said.keys() | known.keys()):
        own, found = said.get(code, NOBODY), known.get(code, NOBODY)
        over = _either(own.rows, found.rows, size)
        if len(over):
            columns = {"rows": over, name: own.spread(name, over, size)}
            columns |= {part: found.spread(source, over, size) for part, source in parts.items()}
            family[code] = columns
    return family


def _either(some: Ints, others: Ints, size: int) -> Ints:
    """Rows of a pool of that size that are among either, ascending."""
    there = np.zeros(size, dtype=np.bool_)
    there[some] = True
    there[others] = True
    return np.flatnonzero(there)


def _milli(
    theta: npt.NDArray[np.float64], error: npt.NDArray[np.float64], cuts: Sequence[float]
) -> tuple[Ints, Ints]:
    """Thousandths of a level from the foot of B2, by the cuts of the test; (0, 0) where nothing computed an ability."""
    computed = ~np.isnan(theta) & ~np.isnan(error) & (error > 0)
    limit = spec.MAX_THETA
    place, width = ladder_places(np.where(computed, theta, 0), np.where(computed, error, 0), cuts)
    ability = np.clip(np.rint((place - FOOT_OF_B2) * 1000), -limit, limit)
    margin = np.clip(np.rint(width * 1000), 1, limit)
    return np.where(computed, ability, 0).astype(np.int16), np.where(computed, margin, 0).astype(np.int16)


def _bits(found: list[tuple[Ints, int]], size: int) -> dict[str, Ints]:
    """Whoever has some evidence, with its bits."""
    bits = np.zeros(size, dtype=np.uint8)
    for rows, bit in found:
        bits[rows] |= bit
    rows = np.flatnonzero(bits)
    return {"rows": rows, "evidence": bits[rows].astype(np.int64)}


def _numbered(rows: Ints, employers: Ints) -> Family:
    """Each row's employers, ascending, under "1", "2", …"""
    order = np.lexsort((employers, rows))
    rows, employers = rows[order], employers[order]
    first = np.searchsorted(rows, rows)
    number = np.arange(len(rows)) - first
    return {
        str(at + 1): {"rows": rows[number == at], "employer": employers[number == at]}
        for at in range(int(number.max()) + 1 if len(number) else 0)
    }


def _summed(by_code: Mapping[str, list[tuple[Ints, Ints]]], size: int) -> Family:
    family: Family = {}
    for code, parts in sorted(by_code.items()):
        sums = _sums(parts, size)
        held = np.flatnonzero(sums)
        if len(held):
            family[code] = {"rows": held, "months": np.minimum(sums[held], spec.MAX_MONTHS)}
    return family


def _sums(parts: list[tuple[Ints, Ints]], size: int) -> Ints:
    """int64 (size,): what the parts (rows, numbers) say together about each row; in each part a row stands once."""
    sums = np.zeros(size, dtype=np.int64)
    for rows, numbers in parts:
        sums[rows] += numbers
    return sums
