"""What the law of a person's country says about pay."""

from datetime import date

from candidates.models import Candidate
from reference.queries.wages import wage_floor
from reference.rules.wages import WageFloorResult


def legal_minimum_of(candidate: Candidate, on: date) -> WageFloorResult | None:
    """The wage floors where the person lives, with their provenance; None before a country is chosen."""
    if candidate.country_id is None:
        return None
    return wage_floor(candidate.country_id, candidate.region_id, on)
