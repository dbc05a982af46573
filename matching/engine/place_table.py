"""The terms of a vacancy, laid out by the pool's place codes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.query import PayStatus, Place, VacancyQuery
from matching.engine.scale import Ints


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTable:
    """One entry a place code. Amounts int64 in 1/10000 EUR an hour, 0 = none or not known."""

    hireable: npt.NDArray[np.bool_]
    below_floor: npt.NDArray[np.bool_]
    floor_unknown: npt.NDArray[np.bool_]
    floor: Ints
    offer_low: Ints
    offer_high: Ints
    market_low: Ints
    market_high: Ints


def place_table(query: VacancyQuery, places: tuple[Place, ...]) -> PlaceTable:
    """Look up each place once; a place without terms is not hireable. Kept with the query."""
    kept: dict[tuple[Place, ...], PlaceTable] = query.__dict__.setdefault("_place_tables", {})
    if places not in kept:
        kept.clear()
        kept[places] = _laid_out(query, places)
    return kept[places]


def _laid_out(query: VacancyQuery, places: Sequence[Place]) -> PlaceTable:
    size = len(places)
    flags = np.zeros((3, size), dtype=np.bool_)
    amounts = np.zeros((5, size), dtype=np.int64)
    for code, place in enumerate(places):
        terms = query.terms_for(place)
        if terms is None:
            continue
        status = terms.pay_status
        flags[:, code] = (
            terms.hireable,
            status == PayStatus.BELOW_FLOOR,
            status == PayStatus.FLOOR_UNKNOWN,
        )
        amounts[:, code] = (
            terms.floor,
            terms.offer_low,
            terms.offer_high,
            terms.market_low,
            terms.market_high,
        )
    return PlaceTable(*flags, *amounts)
