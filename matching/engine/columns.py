"""What the pool knows about a person: every column, its type, range and meaning.

This table is the whole list. Nationality, birthplace, birth date, gender, name and photo are
not in it, and a test holds the list against an allow-list.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

SLOT_MINUTES: Final = 15
SLOTS_A_WEEK: Final = 7 * 24 * 60 // SLOT_MINUTES
MASK_BYTES: Final = SLOTS_A_WEEK // 8
WEEK_MINUTES: Final = 7 * 24 * 60

MAX_DAY: Final = 80_000
"""Latest day accepted (the year 2189), in days since 1970-01-01."""
UNRESTRICTED: Final = 2**31 - 1
"""Right to work without an end."""
MAX_PAY: Final = 10**8
"""Largest pay accepted: EUR 10,000 an hour, in 1/10000 EUR."""
MAX_MONTHS: Final = 1200
MAX_THETA: Final = 10_000
"""Largest ability accepted, in thousandths of a level, either side of zero."""
WORK_STYLE_SCALES: Final = 8
WORK_STYLE_TOP: Final = 12

AGREED: Final = 1
"""`listing` bit: the person agreed to be listed."""
AVAILABLE: Final = 2
"""`listing` bit: the person is open to work now (not paused, not placed)."""
JUST_LOOKING: Final = 4
"""`listing` bit: no start date given; the start is never held against the person."""

EMPLOYMENT: Final = 1
FREELANCE: Final = 2

LIVED_OR_WORKED: Final = 1
SERVED_CUSTOMERS: Final = 2
ETIQUETTE_PASSED: Final = 4
LANGUAGE_C1: Final = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, NumPy type, closed range, width (0 = one value a row), meaning."""

    name: str
    dtype: npt.DTypeLike
    low: int
    high: int
    meaning: str
    width: int = 0


DENSE: Final = (
    Column("candidate_id", np.int64, 1, 2**63 - 1, "who; ascending, no duplicates"),
    Column("listing", np.uint8, 0, 7, "bits AGREED, AVAILABLE, JUST_LOOKING"),
    Column("earliest_start_day", np.int32, 0, MAX_DAY, "day since 1970-01-01; 0 = at once"),
    Column("contract_forms", np.uint8, 0, 3, "bits EMPLOYMENT, FREELANCE that are accepted"),
    Column("place_code", np.uint16, 0, 2**16 - 1, "index into places (country, region)"),
    Column(
        "right_to_work_until_day",
        np.int32,
        0,
        UNRESTRICTED,
        "last day of the right to work at home; UNRESTRICTED = no end, 0 = none stated",
    ),
    Column("hours_min", np.int16, 0, WEEK_MINUTES, "fewest minutes a week wanted"),
    Column("hours_max", np.int16, 0, WEEK_MINUTES, "most minutes a week wanted"),
    Column("availability_code", np.int32, 0, 2**31 - 1, "index into week_masks"),
    Column(
        "preferred_code",
        np.int32,
        -1,
        2**31 - 1,
        "index into week_masks; -1 = every available hour is as welcome",
    ),
    Column("zone_code", np.uint16, 0, 2**16 - 1, "index into zones (IANA names)"),
    Column("minimum_pay", np.int64, 0, MAX_PAY, "own minimum, 1/10000 EUR an hour; 0 = none"),
    Column("wished_pay", np.int64, 0, MAX_PAY, "wish, 1/10000 EUR an hour; 0 = none stated"),
    Column("wished_months", np.int16, 0, MAX_MONTHS, "contract length wished; 0 = open"),
    Column(
        "work_style",
        np.int8,
        -1,
        WORK_STYLE_TOP,
        "own answers on eight scales, 0..12; -1 = not answered",
        WORK_STYLE_SCALES,
    ),
    Column("experience_months", np.int16, 0, MAX_MONTHS, "customer-service experience in all"),
)

LANGUAGE: Final = (
    Column("measured_level", np.int8, 0, 6, "0 = not measured, 1..6 = A1..C2"),
    Column("claimed_level", np.int8, 0, 6, "own statement; 0 = none"),
    Column(
        "theta",
        np.int16,
        -MAX_THETA,
        MAX_THETA,
        "ability in thousandths of a level from the foot of B2; ignored unmeasured",
    ),
    Column(
        "standard_error",
        np.int16,
        0,
        MAX_THETA,
        "of theta, in thousandths of a level; 0 = no theta (certificate, rated work)",
    ),
)
SKILL: Final = (
    Column("measured", np.int8, 0, 3, "0 = not measured, 1..3"),
    Column("stated", np.int8, 0, 3, "own statement; 0 = none"),
)
LOCALITY: Final = (
    Column(
        "evidence",
        np.uint8,
        0,
        15,
        "bits LIVED_OR_WORKED, SERVED_CUSTOMERS, ETIQUETTE_PASSED, LANGUAGE_C1",
    ),
)
RESERVED_SECTOR: Final = (Column("reserved", np.uint8, 1, 1, "1: asked not to be shown to this sector"),)
RESERVED_EMPLOYER: Final = (
    Column(
        "employer",
        np.int64,
        1,
        2**63 - 1,
        "number of an employer that the person asked not to be shown to: their first, second, …, ascending",
    ),
)
MONTHS: Final = (Column("months", np.int16, 0, MAX_MONTHS, "months of experience"),)

FAMILIES: Final = {
    "languages": LANGUAGE,
    "skills": SKILL,
    "localities": LOCALITY,
    "sector_months": MONTHS,
    "channel_months": MONTHS,
    "reserved_sectors": RESERVED_SECTOR,
    "reserved_employers": RESERVED_EMPLOYER,
}
"""Sparse families: keyed by language, skill, country, sector or channel code; reserved employers by "1", "2", …: which
of a person's own list, so that however many employers there are, there are no more columns than one person may name."""
