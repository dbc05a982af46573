"""The most that somebody can score, from one column after the other.

Every fit is a weighted sum of values of single columns, rounded down here and there. So the same
sums without the rounding, and the weights and terms rounded up, are never below a side's score:

    upper E = sum over the columns of ceil(value * share * a / 10**7), likewise C with b,
    share of a column within its part: a fraction, as the part's own module has it

and since S = 2EC / (E + C) only grows with E and C, whoever has 2 * E * C < T * (E + C) with
their upper bounds scores below T.

Both sides are one 64-bit integer, E above the lowest 32 bits and C in them, so that a look-up and
an addition serve both. Neither side can reach 2**32: values add up to at most 10**7 and a few units.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.ability import band_edges
from matching.engine.fits import language, skills
from matching.engine.fits.culture import evidence_value, organisation_value
from matching.engine.fits.experience import CHANNEL_WEIGHT, SATURATION, SECTOR_WEIGHT, TOTAL_WEIGHT
from matching.engine.index import CLAIM_BITS, MOST_MONTHS, STATED_BITS
from matching.engine.kept import Kept
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.pool import Pool
from matching.engine.query import CountryWeight, VacancyQuery
from matching.engine.query_digest import digest_query
from matching.engine.scale import SCALE, Ints, apportion
from matching.engine.score import harmonic
from matching.engine.verdicts import GroupVerdicts, Verdicts

Rows = npt.NDArray[np.intp]
Packed = npt.NDArray[np.int64]
Codes = npt.NDArray[Any]
Sides = tuple[tuple[int, ...], tuple[int, ...]]
"""Weights of the parts for employer and candidate, each adding up to 10**7."""

_HALF: Final = 32
_LOW: Final = (1 << _HALF) - 1
_COST_OF_STYLES: Final = 16
_VACANCIES_KEPT: Final = 64
"""Their tables take some fifty kilobytes each."""

_kept: Kept[tuple[Sides, list["Lookup"]]] = Kept(_VACANCIES_KEPT)


class Bound(NamedTuple):
    """What one column adds to both sides at most: of some rows, and of anybody. cost: of a row, in
    look-ups."""

    of: Callable[[Rows], Packed]
    most: int
    cost: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """What each value of a column adds. `codes`: the column for a pool; entry 0 of `table` stands
    for `base`, and values beyond either end count as the end."""

    codes: Callable[[Pool], Codes]
    table: Packed
    base: int
    most: int

    def for_pool(self, pool: Pool) -> Bound:
        """The bound for the people of a pool."""
        codes = self.codes(pool)

        def of(rows: Rows) -> Packed:
            found = codes.take(rows)
            if self.base:
                found = found - found.dtype.type(self.base)
            return self.table.take(found, mode="clip")

        return Bound(of, self.most)


class Share(NamedTuple):
    """How much a column weighs for both sides, 0..10**7, rounded up."""

    employer: int
    candidate: int

    def packed(self, values: Ints) -> Packed:
        """What values of 0..10**7 add."""
        return (_weighed(values, self.employer) << _HALF) + _weighed(values, self.candidate)


def unpacked(sums: Packed) -> tuple[Ints, Ints]:
    """E and C."""
    return sums >> _HALF, sums & _LOW


def reaches(sums: Packed, total: int) -> npt.NDArray[np.bool_]:
    """Who can score `total` or more."""
    employer, candidate = unpacked(sums)
    both: npt.NDArray[np.bool_] = 2 * employer * candidate >= total * (employer + candidate)
    return both


def highest(sums: Packed) -> Ints:
    """The total score that each can reach."""
    return harmonic(*unpacked(sums))


def bounds_for(pool: Pool, query: VacancyQuery, weights: PartWeights, verdicts: GroupVerdicts) -> list[Bound]:
    """One for each column that any part asked for reads; together they bound everybody eligible.

    `weights`: the candidates'. What depends on the vacancy alone is kept for the latest ones.
    """
    sides, lookups = _kept.get(digest_query(query, weights), lambda _: _compiled(query, weights))
    groups = pool.groups
    by_group = (
        (Part.COMMITMENT, verdicts.terms, groups.terms.codes),
        (Part.TIME, verdicts.calendar, groups.calendar.codes),
        (Part.PAY, verdicts.pay, groups.pay.codes),
    )
    found = [_by_group(table, codes, _share(sides, part)) for part, table, codes in by_group]
    found += [lookup.for_pool(pool) for lookup in lookups]
    share = _organisation_share(query)
    if Part.CULTURE in query.asked_parts and share:
        found.append(_organisation(pool, query, _share(sides, Part.CULTURE, share)))
    return [bound for bound in found if bound.most] or found[:1]


def _by_group(table: Verdicts, codes: Codes, share: Share) -> Bound:
    """A part that a group decides: for many people weighed by entry, for few by person."""
    packed: list[Packed] = []

    def of(rows: Rows) -> Packed:
        if packed:
            return packed[0].take(codes.take(rows))
        if len(rows) * 2 < len(table.fits):
            return share.packed(table.fits.take(codes.take(rows)).astype(np.int64))
        packed.append(share.packed(table.fits.astype(np.int64)))
        return of(rows)

    return Bound(of, int(share.packed(np.array(table.fits.max(initial=0), dtype=np.int64))))


def _compiled(query: VacancyQuery, weights: PartWeights) -> tuple[Sides, list[Lookup]]:
    sides = apportion(query.effective(query.weights)), apportion(query.effective(weights))
    return sides, list(_lookups(query, sides))


def _lookups(query: VacancyQuery, sides: Sides) -> Iterator[Lookup]:
    parts = {
        Part.LANGUAGE: _language,
        Part.CULTURE: _locality,
        Part.SKILLS: _skills,
        Part.EXPERIENCE: _experience,
    }
    for part, columns in parts.items():
        if part in query.asked_parts:
            for codes, values, of_part, base in columns(query):
                table = _share(sides, part, of_part).packed(values)
                yield Lookup(codes, table, base, int(table.max()))


Column = tuple[Callable[[Pool], Codes], Ints, Fraction, int]
"""The column, the value of each of its codes from a base on, its share of the part, and the base."""


def _language(query: VacancyQuery) -> Iterator[Column]:
    required, nice = _split(
        (query.languages, language.REQUIRED_SHARE), (query.nice_languages, language.NICE_SHARE)
    )
    first, last = (language.HEADROOM.points[end][0] for end in (0, -1))
    headroom = language.HEADROOM.at(np.arange(first, last + 1))
    edges = band_edges(query.cefr_cuts)
    for need, share in _weighted(query.languages, required):
        yield _ability(need.code, query.cefr_cuts), headroom, share, edges[need.level - 1] + first
    levels = np.arange(7 << CLAIM_BITS) >> CLAIM_BITS
    for need, share in _weighted(query.nice_languages, nice):
        yield _language_status(need.code), language.nice_value(need.level, levels), share, 0


def _skills(query: VacancyQuery) -> Iterator[Column]:
    wanted, must = _split((query.wanted_skills, skills.WANTED_SHARE), (query.must_skills, skills.MUST_SHARE))
    statuses = np.arange(4 << STATED_BITS)
    measured, stated = statuses >> STATED_BITS, statuses % (1 << STATED_BITS)
    for wish, share in _weighted(query.wanted_skills, wanted):
        yield _skill_status(wish.code), skills.wanted_value(measured, stated), share, 0
    for need in query.must_skills:
        share = must / len(query.must_skills)
        yield _skill_status(need.code), skills.must_value(need.minimum, measured), share, 0


def _experience(query: VacancyQuery) -> Iterator[Column]:
    total = TOTAL_WEIGHT + SECTOR_WEIGHT * bool(query.sector) + CHANNEL_WEIGHT * bool(query.channels)
    in_all = SATURATION.at(np.arange(spec.MAX_MONTHS + 1))
    yield lambda pool: pool.experience_months, in_all, Fraction(TOTAL_WEIGHT, total), 0
    months = SATURATION.at(np.arange(MOST_MONTHS + 1))
    if query.sector:
        yield lambda pool: pool.index.sector_months(query.sector), months, Fraction(SECTOR_WEIGHT, total), 0
    for code in query.channels:
        share = Fraction(CHANNEL_WEIGHT, total) / len(query.channels)
        yield _channel_months(code), months, share, 0


def _locality(query: VacancyQuery) -> Iterator[Column]:
    """The national side of culture; `_organisation` is the other."""
    if not query.locality_wanted:
        return
    halves = [half for half in (query.team_countries, query.customer_countries) if half]
    of_part = (1 - _organisation_share(query)) / len(halves)
    evidence = evidence_value(np.arange(16))
    for half in halves:
        for one, share in _weighted(half, of_part):
            yield _evidence(one), evidence, share, 0


def _organisation_share(query: VacancyQuery) -> Fraction:
    if query.organisation is None:
        return Fraction(0)
    return Fraction(SCALE - query.locality_share, SCALE) if query.locality_wanted else Fraction(1)


def _organisation(pool: Pool, query: VacancyQuery, share: Share) -> Bound:
    def of(rows: Rows) -> Packed:
        return share.packed(organisation_value(pool.work_style.take(rows, axis=0), query.organisation or ()))

    return Bound(of, int(share.packed(np.array(SCALE))), _COST_OF_STYLES)


def _ability(code: str, cuts: tuple[int, ...]) -> Callable[[Pool], Codes]:
    return lambda pool: pool.index.ability(code, cuts)


def _language_status(code: str) -> Callable[[Pool], Codes]:
    return lambda pool: pool.index.language_status(code)


def _skill_status(code: str) -> Callable[[Pool], Codes]:
    return lambda pool: pool.index.skill_status(code)


def _channel_months(code: str) -> Callable[[Pool], Codes]:
    return lambda pool: pool.index.channel_months(code)


def _evidence(one: CountryWeight) -> Callable[[Pool], Codes]:
    return lambda pool: pool.index.evidence(one.country)


def _split(first: tuple[Sequence[Any], int], second: tuple[Sequence[Any], int]) -> tuple[Fraction, Fraction]:
    """Shares of two kinds of a part: by their weights, or all for the only kind asked for."""
    if first[0] and second[0]:
        return Fraction(first[1], first[1] + second[1]), Fraction(second[1], first[1] + second[1])
    return Fraction(bool(first[0])), Fraction(bool(second[0]))


def _weighted(needs: Sequence[Any], of_part: Fraction) -> Iterator[tuple[Any, Fraction]]:
    total = sum(need.weight for need in needs)
    return ((need, of_part * need.weight / total) for need in needs)


def _share(sides: Sides, part: Part, of_part: Fraction = Fraction(1)) -> Share:
    at = PARTS.index(part)
    return Share(*(ceil(side[at] * of_part) for side in sides))


def _weighed(values: Ints, weight: int) -> Ints:
    """values * weight / 10**7, rounded up."""
    added: Ints = (values * weight + (SCALE - 1)) // SCALE
    return added
