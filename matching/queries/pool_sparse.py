"""The pool's sparse columns: languages, skills, places and experience, only for the people who have some.

PostgreSQL puts the values of each code end to end: candidate and value as one whole number, the value in its low 16 bits.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

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
from matching.engine.proofs import FLUENT_FROM, PASSED_FROM
from matching.queries.pool_copy import Packed, PackedFloats, Statement, groups, unpacked
from matching.queries.pool_entries import (
    Entries,
    Family,
    Ints,
    added_up,
    all_of,
    employers_by_place,
    evidence_of,
    joined,
    months_by_code,
)
from matching.queries.proofs import countries_speaking, country_of_etiquette
from reference.enums import CEFRLevel

VALUE_BITS = 16
FEW_BYTES = 1 << 20
"""Read values up to which those of all codes are looked at together."""
FOOT_OF_B2 = CEFRLevel.B2 - 1
"""Where the pool's scale of ability has its zero, in levels from the foot of A1."""
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
class Measured:
    """What counts as measured, by code: languages with level, theta and standard error (1/1000 level), skills with level."""

    languages: dict[str, Entries]
    skills: dict[str, Entries]


class Placed(NamedTuple):
    """Rows of the pool and numbers of some entries, and which of all that were read those are."""

    rows: Ints
    numbers: Ints
    kept: npt.NDArray[np.intp] | slice


Groups = Mapping[str, list[tuple[bytes, ...]]]


def sparse_statements(of: Of, on: date) -> dict[str, Statement]:
    """What asks for the sparse columns; seven queries."""

    def by(model: Any, value: str | None, *codes: str) -> Statement:
        held = of(model._default_manager.all()).values_list(*codes).order_by()
        return Statement.of(held.annotate(packed=_packed(value)))

    standing = of(Measurement.objects.all()).standing(on)  # type: ignore[attr-defined]
    return {
        "measured": Statement.of(_of_each_thing(standing)),
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
        return joined(claimed, "claimed_level", self._known.languages, parts, self._size)

    def skills(self) -> Family:
        """Stated and measured skills."""
        stated = self._by_code("skills", "stated")
        return joined(stated, "stated", self._known.skills, {"measured": "level"}, self._size)

    def localities(self) -> Family:
        """Evidence of being at home in a country: lived, served, etiquette passed, or its language at C1 measured."""
        evidence: dict[str, list[tuple[Ints, int]]] = {}
        for name, bit in (("places", spec.LIVED_OR_WORKED), ("markets", spec.SERVED_CUSTOMERS)):
            for country, entries in self._by_code(name, None).items():
                evidence.setdefault(country, []).append((entries.rows, bit))
        for skill, entries in self._known.skills.items():
            if country := country_of_etiquette(skill):
                passed = entries.rows[entries.values["level"] >= PASSED_FROM]
                if len(passed):
                    evidence.setdefault(country, []).append((passed, spec.ETIQUETTE_PASSED))
        fluent = {
            language: entries.rows[entries.values["level"] >= FLUENT_FROM]
            for language, entries in self._known.languages.items()
        }
        for language, countries in countries_speaking().items():
            if len(fluent.get(language, ())):
                for country in countries:
                    evidence.setdefault(country, []).append((fluent[language], spec.LANGUAGE_C1))
        return {country: evidence_of(evidence[country], self._size) for country in sorted(evidence)}

    def months(self) -> tuple[Family, Family, Ints]:
        """Months of experience by sector, by channel and, as a dense column, in all."""
        sectors: dict[str, list[tuple[Ints, Ints]]] = {}
        channels: dict[str, list[tuple[Ints, Ints]]] = {}
        held = self._placed([packed for _sector, _channel, packed in self._found["experience"]])
        for (sector, channel, _packed), (rows, numbers, _kept) in zip(
            self._found["experience"], held, strict=True
        ):
            sectors.setdefault(sector.decode(), []).append((rows, numbers))
            channels.setdefault(channel.decode(), []).append((rows, numbers))
        everything = [part for parts in sectors.values() for part in parts]
        total = np.minimum(added_up(everything, self._size), spec.MAX_MONTHS)
        return months_by_code(sectors, self._size), months_by_code(channels, self._size), total

    def reserved(self) -> tuple[Family, Family]:
        """Sectors that people keep away from, and everybody's first, second, … employer, by its number."""
        sectors: Family = {}
        rows, employers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        held = self._placed([packed for _sector, _employer, packed in self._found["reservations"]])
        for (sector, employer, _packed), (at, _numbers, _kept) in zip(
            self._found["reservations"], held, strict=True
        ):
            if employer:
                rows.append(at)
                employers.append(np.full(len(at), int.from_bytes(employer, "big"), dtype=np.int64))
            elif len(at):
                sectors[sector.decode()] = {"rows": np.sort(at), "reserved": np.ones(len(at), dtype=np.uint8)}
        return dict(sorted(sectors.items())), employers_by_place(
            np.concatenate(rows), np.concatenate(employers)
        )

    def _measured(self, on: date) -> Measured:
        """From the measurements that count on the day."""
        things: dict[tuple[bytes, bytes], list[tuple[bytes, ...]]] = {}
        for language, skill, *columns in self._found["measured"]:
            things.setdefault((language, skill), []).append(tuple(columns))
        codes = [(language or skill).decode() for language, skill in things]
        read = iter(
            self._parts(
                [(code, *part) for code, each in zip(codes, things.values(), strict=True) for part in each]
            )
        )
        found: dict[bool, dict[str, Entries]] = {True: {}, False: {}}
        for code, ((language, _skill), parts) in zip(codes, things.items(), strict=True):
            entries = all_of([next(read) for _part in parts])
            times = np.bincount(entries.rows, minlength=self._size)
            if len(entries.rows) and times.max() > 1:
                twice = self._ids[np.flatnonzero(times > 1)]
                entries = self._newest(bool(language), code, on, entries, twice)
            if len(entries.rows):
                found[bool(language)][code] = entries
        return Measured(languages=found[True], skills=found[False])

    def _parts(self, parts: Sequence[tuple[Any, ...]]) -> list[Entries]:
        """Measurements of a code by the same cuts, from columns as `_of_each_thing` has them. The cuts are those of their
        test's session, which later ones of the bank never move."""
        places = self._placed([packed for _code, _frozen, packed, _abilities, _errors in parts])
        by_cuts: dict[tuple[float, ...], list[int]] = {}
        for number, (code, frozen, *_columns) in enumerate(parts):
            own = json.loads(frozen) if frozen and code in self._cuts else None
            by_cuts.setdefault(tuple(own or self._cuts.get(code, STANDARD_CUTS)), []).append(number)
        found: dict[int, Entries] = {}
        for cuts, numbers in by_cuts.items():
            few = sum(len(parts[number][2]) for number in numbers) <= FEW_BYTES
            for some in [numbers] if few else [[number] for number in numbers]:
                read = _on_ladder(
                    [parts[number] for number in some], [places[number] for number in some], cuts
                )
                found.update(zip(some, read, strict=True))
        return [found[number] for number in range(len(parts))]

    def _newest(self, language: bool, code: str, on: date, entries: Entries, twice: Ints) -> Entries:
        """With the row that counts, of those who were measured more than once."""
        thing = {"language_id" if language else "skill_id": code}
        theirs = Measurement.objects.filter(candidate_id__in=twice.tolist(), **thing)
        current = Measurement.objects.filter(pk__in=theirs.newest_each(on).values("pk"))
        staying = ~np.isin(self._ids[entries.rows], twice)
        once = Entries(entries.rows[staying], {name: each[staying] for name, each in entries.values.items()})
        newest = [(code, *part) for _language, _skill, *part in groups(Statement.of(_of_each_thing(current)))]
        return all_of([once, *self._parts(newest)])

    def _by_code(self, name: str, value: str | None) -> dict[str, Entries]:
        """Entries of one kind by code, with their values."""
        held = self._placed([packed for _key, packed in self._found[name]])
        return {
            key.decode(): Entries(one.rows, {value: one.numbers} if value else {})
            for (key, _packed), one in zip(self._found[name], held, strict=True)
        }

    def _placed(self, packed: Sequence[bytes]) -> list[Placed]:
        """Each of what PostgreSQL packed; what is short all at once."""
        if len(packed) > 1 and sum(map(len, packed)) > FEW_BYTES:
            return [placed for one in packed for placed in self._placed([one])]
        both = unpacked(b"".join(packed))
        ends = np.cumsum([0, *(len(one) // both.itemsize for one in packed)])
        rows = self._places.of(both >> VALUE_BITS)
        there = rows >= 0
        kept: npt.NDArray[np.intp] | None = None
        if not there.all():
            kept = np.flatnonzero(there)
            both, rows, starts = both[kept], rows[kept], ends
            ends = np.searchsorted(kept, ends)
        numbers = both & ((1 << VALUE_BITS) - 1)
        return [
            Placed(
                rows[start:end],
                numbers[start:end],
                slice(None) if kept is None else kept[start:end] - starts[number],
            )
            for number, (start, end) in enumerate(pairwise(ends.tolist()))
        ]


def _packed(value: str | None) -> Packed:
    shifted = F("candidate_id") * (1 << VALUE_BITS)
    return Packed(shifted + F(value) if value else shifted)


def _of_each_thing(measurements: QuerySet[Measurement]) -> QuerySet[Any]:
    frozen = measurements.order_by().annotate(frozen=Cast("session__cuts", TextField()))
    things = frozen.values_list("language_id", "skill_id", "frozen")
    return things.annotate(
        packed=_packed("level"), abilities=PackedFloats("theta"), errors=PackedFloats("standard_error")
    )


def _on_ladder(
    parts: Sequence[tuple[Any, ...]], places: Sequence[Placed], cuts: tuple[float, ...]
) -> list[Entries]:
    """Measurements by the same cuts, with their abilities in thousandths of a level."""
    theta, error = (
        np.concatenate([unpacked(part[at], ">f8")[one.kept] for part, one in zip(parts, places, strict=True)])
        for at in (3, 4)
    )
    theta, error = _milli(theta, error, cuts)
    ends = np.cumsum([0, *(len(one.rows) for one in places)]).tolist()
    return [
        Entries(
            one.rows, {"level": one.numbers, "theta": theta[start:end], "standard_error": error[start:end]}
        )
        for one, (start, end) in zip(places, pairwise(ends), strict=True)
    ]


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
