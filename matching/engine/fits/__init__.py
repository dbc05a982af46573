"""The fits: how well an eligible person and a vacancy suit each other, part by part."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.fits.commitment import commitment_fit
from matching.engine.fits.culture import (
    culture_fit,
    evidence_value,
    locality_share,
    organisation_value,
)
from matching.engine.fits.experience import SATURATION, experience_fit
from matching.engine.fits.language import language_fit, nice_value, required_value, weighted_mean
from matching.engine.fits.pay import pay_fit, place_values
from matching.engine.fits.skills import must_value, skills_fit, wanted_value
from matching.engine.fits.time import time_fit
from matching.engine.groups import PayGroup, TermsGroup
from matching.engine.hours import HoursFacts
from matching.engine.parts import PARTS, Part
from matching.engine.place_table import PlaceTable
from matching.engine.pool import Pool
from matching.engine.query import CountryWeight, VacancyQuery
from matching.engine.scale import Ints
from matching.engine.sparse import (
    Entries,
    LanguageColumn,
    LocalityColumn,
    MonthsColumn,
    SkillColumn,
    Term,
    places_of,
    values_at,
    weighted_sum,
)

__all__ = ["compute_fits", "locality_share"]

Rows = npt.NDArray[np.intp]
PayColumns = Pool | PayGroup
TermsColumns = Pool | TermsGroup


def compute_fits(pool: Pool, query: VacancyQuery, rows: Rows, hours: HoursFacts, places: PlaceTable) -> Ints:
    """int64 (m, 7) in part order, for ascending `rows` and their hours facts; parts not asked are 0."""
    fits = np.zeros((len(rows), len(PARTS)), dtype=np.int64)
    by_group: dict[Part, Callable[[], Ints]] = {
        Part.TIME: lambda: time_fit(hours.worked, hours.preferred, hours.night),
        Part.PAY: lambda: pay_of(pool, places, rows),
        Part.COMMITMENT: lambda: commitment_of(pool, query, rows),
    }
    for position, part in enumerate(PARTS):
        if part in query.asked_parts:
            by_row = PART_FITS.get(part)
            fits[:, position] = by_row(pool, query, rows) if by_row else by_group[part]()
    return fits


def pay_of(people: PayColumns, places: PlaceTable, rows: Rows | slice = slice(None)) -> Ints:
    """Pay fit of rows of a pool, or of the entries of a `PayGroup`."""
    values = place_values(
        places.offer_low, places.offer_high, places.floor, places.market_low, places.market_high
    )
    return pay_fit(values, people.place_code[rows], people.wished_pay[rows])


def commitment_of(people: TermsColumns, query: VacancyQuery, rows: Rows | slice = slice(None)) -> Ints:
    """Commitment fit of rows of a pool, or of the entries of a `TermsGroup`."""
    return commitment_fit(
        people.wished_months[rows].astype(np.int64),
        query.contract_months,
        people.hours_min[rows].astype(np.int64),
        people.hours_max[rows].astype(np.int64),
        query.hours_week,
    )


def _language(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    required = []
    for need in query.languages:
        column = pool.languages.get(need.code)
        if column is None:
            unknown = np.zeros(len(rows), dtype=np.int8)
            measured, theta, error = unknown, unknown, unknown
        else:
            places = places_of(column, rows)
            measured, theta = places.values(column.measured_level), places.values(column.theta)
            error = places.values(column.standard_error)
        value = required_value(need.level, measured, theta, error, query.cefr_cuts)
        required.append((value, need.weight))
    return language_fit(required, _nice_languages(pool, query, rows))


def _nice_languages(pool: Pool, query: VacancyQuery, rows: Rows) -> list[tuple[Ints, int]]:
    return _mean(
        [
            (pool.languages.get(need.code), partial(_nice_entries, need.level), need.weight)
            for need in query.nice_languages
        ],
        rows,
    )


def _nice_entries(level: int, column: LanguageColumn, at: Entries) -> Ints:
    return nice_value(level, column.measured_level[at])


def _mean(terms: Sequence[Term], rows: Rows) -> list[tuple[Ints, int]]:
    """The weighted mean over some columns as the only value of its kind; nothing without columns."""
    total = sum(weight for _, _, weight in terms)
    return [(weighted_sum(terms, rows) // total, 1)] if terms else []


def _culture(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    organisation = locality = None
    if query.organisation is not None:
        answers = pool.work_style.take(rows, axis=0)
        organisation = organisation_value(answers, query.organisation)
    if query.locality_wanted:
        halves = [
            *_at_home(pool, query.team_countries, rows),
            *_at_home(pool, query.customer_countries, rows),
        ]
        locality = weighted_mean(halves)
    return culture_fit(organisation, locality, query.locality_share)


def _at_home(pool: Pool, countries: tuple[CountryWeight, ...], rows: Rows) -> list[tuple[Ints, int]]:
    return _mean(
        [(pool.localities.get(one.country), _evidence_entries, one.weight) for one in countries], rows
    )


def _evidence_entries(column: LocalityColumn, at: Entries) -> Ints:
    return evidence_value(column.evidence[at])


def _skills(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    wanted = _mean(
        [(pool.skills.get(wish.code), _wanted_entries, wish.weight) for wish in query.wanted_skills], rows
    )
    must = [
        must_value(need.minimum, values_at(pool.skills.get(need.code), "measured", rows))
        for need in query.must_skills
    ]
    return skills_fit(wanted, must)


def _wanted_entries(column: SkillColumn, at: Entries) -> Ints:
    return wanted_value(column.measured[at], column.stated[at])


def _experience(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    in_all = SATURATION.at(pool.experience_months.take(rows))
    sector = [(pool.sector_months.get(query.sector), _months_entries, 1)] if query.sector else []
    channels = [(pool.channel_months.get(code), _months_entries, 1) for code in query.channels]
    return experience_fit(in_all, _mean(sector, rows), _mean(channels, rows))


def _months_entries(column: MonthsColumn, at: Entries) -> Ints:
    return SATURATION.at(column.months[at])


PART_FITS: Final[dict[Part, Callable[[Pool, VacancyQuery, Rows], Ints]]] = {
    Part.LANGUAGE: _language,
    Part.CULTURE: _culture,
    Part.SKILLS: _skills,
    Part.EXPERIENCE: _experience,
}
"""Parts that depend on more than one group of columns, for ascending rows of a pool."""
