"""The fits: how well an eligible person and a vacancy suit each other, part by part."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.ability import Levels
from matching.engine.fits.commitment import commitment_fit
from matching.engine.fits.culture import (
    culture_fit,
    evidence_value,
    locality_share,
    organisation_value,
)
from matching.engine.fits.experience import SATURATION, experience_fit
from matching.engine.fits.language import ability_value, language_fit, nice_value, weighted_mean
from matching.engine.fits.pay import pay_fit, place_values
from matching.engine.fits.skills import must_value, skills_fit, wanted_value
from matching.engine.fits.time import time_fit
from matching.engine.groups import PayGroup, TermsGroup
from matching.engine.hours import HoursFacts
from matching.engine.index import CLAIM_BITS, STATED_BITS
from matching.engine.parts import PARTS, Part
from matching.engine.place_table import PlaceTable
from matching.engine.pool import Pool
from matching.engine.query import CountryWeight, VacancyQuery
from matching.engine.scale import Ints

__all__ = ["compute_fits", "group_fits", "locality_share"]

Rows = npt.NDArray[np.intp]
PayColumns = Pool | PayGroup
TermsColumns = Pool | TermsGroup


def compute_fits(pool: Pool, query: VacancyQuery, rows: Rows, by_group: Mapping[Part, Ints]) -> Ints:
    """int64 (m, 7) in part order, for ascending `rows`; parts not asked are 0.

    `by_group`: the parts that a group of columns decides, as `group_fits` gives them.
    """
    fits = np.zeros((len(rows), len(PARTS)), dtype=np.int64)
    for position, part in enumerate(PARTS):
        if part in query.asked_parts:
            by_row = PART_FITS.get(part)
            fits[:, position] = by_row(pool, query, rows) if by_row else by_group[part]
    return fits


def group_fits(
    pool: Pool, query: VacancyQuery, rows: Rows, hours: HoursFacts, places: PlaceTable
) -> dict[Part, Ints]:
    """Time, pay and commitment of some rows from their hours facts and the terms by place."""
    return {
        Part.TIME: time_fit(hours.worked, hours.preferred, hours.night),
        Part.PAY: pay_of(pool, places, rows),
        Part.COMMITMENT: commitment_of(pool, query, rows),
    }


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
    index = pool.index
    required = [
        (
            ability_value(need.level, index.ability(need.code, query.cefr_cuts).take(rows), query.cefr_cuts),
            need.weight,
        )
        for need in query.languages
    ]
    nice = [
        (nice_value(need.level, index.language_status(need.code).take(rows) >> CLAIM_BITS), need.weight)
        for need in query.nice_languages
    ]
    return language_fit(required, nice)


def _culture(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    organisation = locality = None
    if query.organisation is not None:
        answers = pool.work_style.take(rows, axis=0)
        organisation = organisation_value(answers, query.organisation)
    if query.locality_wanted:
        halves = [half for half in (query.team_countries, query.customer_countries) if half]
        locality = weighted_mean([(_at_home(pool, half, rows), 1) for half in halves])
    return culture_fit(organisation, locality, query.locality_share)


def _at_home(pool: Pool, countries: tuple[CountryWeight, ...], rows: Rows) -> Ints:
    return weighted_mean(
        [(evidence_value(pool.index.evidence(one.country).take(rows)), one.weight) for one in countries]
    )


def _skills(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    wanted = [(wanted_value(*_known(pool, wish.code, rows)), wish.weight) for wish in query.wanted_skills]
    must = [must_value(need.minimum, _known(pool, need.code, rows)[0]) for need in query.must_skills]
    return skills_fit(wanted, must)


def _known(pool: Pool, code: str, rows: Rows) -> tuple[Levels, Levels]:
    """Measured and stated level of a skill."""
    status = pool.index.skill_status(code).take(rows)
    return status >> STATED_BITS, status & ((1 << STATED_BITS) - 1)


def _experience(pool: Pool, query: VacancyQuery, rows: Rows) -> Ints:
    index = pool.index
    in_all = SATURATION.at(pool.experience_months.take(rows))
    sector = [(SATURATION.at(index.sector_months(query.sector).take(rows)), 1)] if query.sector else []
    channels = [(SATURATION.at(index.channel_months(code).take(rows)), 1) for code in query.channels]
    return experience_fit(in_all, sector, channels)


PART_FITS: Final[dict[Part, Callable[[Pool, VacancyQuery, Rows], Ints]]] = {
    Part.LANGUAGE: _language,
    Part.CULTURE: _culture,
    Part.SKILLS: _skills,
    Part.EXPERIENCE: _experience,
}
"""Parts that depend on more than one group of columns, for ascending rows of a pool."""
