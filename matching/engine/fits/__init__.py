"""The fits: how well an eligible person and a vacancy suit each other, part by part."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.fits.commitment import commitment_fit
from matching.engine.fits.culture import (
    culture_fit,
    locality_share,
    locality_value,
    organisation_value,
)
from matching.engine.fits.experience import experience_fit
from matching.engine.fits.language import Levels, language_fit, nice_value, required_value
from matching.engine.fits.pay import pay_fit_at, place_values
from matching.engine.fits.skills import must_value, skills_fit, wanted_value
from matching.engine.fits.time import time_fit
from matching.engine.groups import PayGroup, TermsGroup
from matching.engine.hours import HoursFacts
from matching.engine.parts import PARTS, Part
from matching.engine.place_table import PlaceTable
from matching.engine.pool import Pool
from matching.engine.query import CountryWeight, VacancyQuery
from matching.engine.scale import Ints
from matching.engine.sparse import places_of, values_at

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
    return pay_fit_at(values, people.place_code[rows], people.wished_pay[rows])


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
    nice = [
        (
            nice_value(need.level, values_at(pool.languages.get(need.code), "measured_level", rows)),
            need.weight,
        )
        for need in query.nice_languages
    ]
    return language_fit(required, nice)


def _culture(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    organisation = locality = None
    if query.organisation is not None:
        answers = pool.work_style.take(rows, axis=0)
        organisation = organisation_value(answers, query.organisation)
    if query.locality_wanted:
        team = _evidence(pool, query.team_countries, rows)
        locality = locality_value(team, _evidence(pool, query.customer_countries, rows))
    return culture_fit(organisation, locality, query.locality_share)


def _evidence(pool: Pool, countries: tuple[CountryWeight, ...], rows: Rows) -> list[tuple[Levels, int]]:
    return [(values_at(pool.localities.get(one.country), "evidence", rows), one.weight) for one in countries]


def _skills(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    wanted = []
    for wish in query.wanted_skills:
        column = pool.skills.get(wish.code)
        measured = values_at(column, "measured", rows)
        stated = values_at(column, "stated", rows)
        wanted.append((wanted_value(measured, stated), wish.weight))
    must = [
        must_value(need.minimum, values_at(pool.skills.get(need.code), "measured", rows))
        for need in query.must_skills
    ]
    return skills_fit(wanted, must)


def _experience(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    total = pool.experience_months.take(rows)
    sector = None
    if query.sector:
        sector = values_at(pool.sector_months.get(query.sector), "months", rows)
    channels = [values_at(pool.channel_months.get(code), "months", rows) for code in query.channels]
    return experience_fit(total, sector, channels)


PART_FITS: Final[dict[Part, Callable[[Pool, VacancyQuery, Rows], Ints]]] = {
    Part.LANGUAGE: _language,
    Part.CULTURE: _culture,
    Part.SKILLS: _skills,
    Part.EXPERIENCE: _experience,
}
"""Parts that depend on more than one group of columns, for ascending rows of a pool."""
