"""The terms of a vacancy, laid out by the pool's place codes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.query import PayStatus, Place, PlaceTerms, VacancyQuery
from matching.engine.scale import Ints


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def content(self) -> bytes:
        """Digest of the table."""
        return sha256(b"".join(getattr(self, column.name).tobytes() for column in fields(self))).digest()


_FEW: Final = 16
"""So few places are looked up anew, so that the table of a whole pool stays."""


def place_table(query: VacancyQuery, places: tuple[Place, ...]) -> PlaceTable:
    """Look up each place once; a place without terms is not hireable. Kept with the query."""
    if len(places) <= _FEW:
        return terms_table([query.terms_for(place) for place in places])
    kept: dict[tuple[Place, ...], PlaceTable] = query.__dict__.setdefault("_place_tables", {})
    table = kept.get(places)
    if table is None:
        table = terms_table([query.terms_for(place) for place in places])
        kept.clear()
        kept[places] = table
    return table


def terms_table(every: Sequence[PlaceTerms | None]) -> PlaceTable:
    """The table with one entry for each of the terms given; None is not hireable."""
    size = len(every)
    flags = np.zeros((3, size), dtype=np.bool_)
    amounts = np.zeros((5, size), dtype=np.int64)
    for number, terms in enumerate(every):
        if terms is None:
            continue
        status = terms.pay_status
        flags[:, number] = (
            terms.hireable,
            status == PayStatus.BELOW_FLOOR,
            status == PayStatus.FLOOR_UNKNOWN,
        )
        amounts[:, number] = (
            terms.floor,
            terms.offer_low,
            terms.offer_high,
            terms.market_low,
            terms.market_high,
        )
    return PlaceTable(*flags, *amounts)
