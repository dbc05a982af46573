"""Who is shown how often: over everybody who suits at least one open vacancy, by country of residence and language."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from matching.engine import InvalidQuery, Pool, screen
from matching.engine.exposure import Spread, spread
from matching.engine.scale import Ints
from matching.models import ExposureReport, VacancyAllocation
from matching.queries.allocation import OpenList, open_lists
from matching.queries.known import Known, known
from reference.rules.rates import NoRate
from vacancies.queries.vacancies import published_vacancies, with_version_rows

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Spreads over the same people: `before`, each list alone showing its best, and `after`, as shared out.

    countries, languages: (code, before, after), most people first; a person counts in each language measured.
    """

    on: date
    vacancies: int
    cap: int
    per_opening: int
    before: Spread
    after: Spread
    countries: tuple[tuple[str, Spread, Spread], ...]
    languages: tuple[tuple[str, Spread, Spread], ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; shares and coefficients with four decimals."""
        return {
            "on": self.on.isoformat(),
            "vacancies": self.vacancies,
            "cap": self.cap,
            "per_opening": self.per_opening,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "countries": _groups(self.countries),
            "languages": _groups(self.languages),
        }


def exposure(on: date) -> Exposure:
    """Work it out now, on the whole pool; takes as long as screening everybody for every open vacancy."""
    inputs, lists = open_lists()
    with_what = known(on)
    pool = with_what.pool
    shown = VacancyAllocation.objects.filter(vacancy__in=published_vacancies()).values_list(
        "shown", flat=True
    )
    before = _times(pool, (best_alone(one, inputs.per_opening) for one in lists))
    after = _times(pool, shown.iterator())
    who = np.flatnonzero(_eligible(with_what) | (before > 0) | (after > 0))
    return Exposure(
        on=on,
        vacancies=len(lists),
        cap=inputs.cap,
        per_opening=inputs.per_opening,
        before=spread(before[who]),
        after=spread(after[who]),
        countries=_spreads(_countries(pool), who, before, after),
        languages=_spreads(_languages(pool), who, before, after),
    )


def best_alone(one: OpenList, per_opening: int) -> list[int]:
    """Whom a list would show if there were no others: placed by hand first, then by rank."""
    places = max(one.openings * per_opening - len(one.by_hand), 0)
    return [*one.by_hand, *one.people[one.sharing][:places].tolist()]


def latest_report() -> ExposureReport | None:
    """The last one that was kept."""
    return ExposureReport.objects.select_related("round").order_by("-made_at", "-pk").first()


def shown_on(candidates: Iterable[int], but: int) -> dict[int, int]:
    """On how many other lists than that of the vacancy `but` each of some people is shown now; one query."""
    wanted = list(candidates)
    rows = VacancyAllocation.objects.filter(shown__overlap=wanted).exclude(vacancy=but)
    found = dict.fromkeys(wanted, 0)
    for shown in rows.values_list("shown", flat=True):
        for one in found.keys() & set(shown):
            found[one] += 1
    return found


def _eligible(with_what: Known) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    suits = np.zeros(len(with_what.pool), dtype=bool)
    for vacancy in with_version_rows(published_vacancies()).prefetch_related("employer__staff"):
        try:
            suits[screen(with_what.pool, with_what.facts.query_of(vacancy)).eligible] = True
        except (InvalidQuery, NoRate) as error:
            logger.warning("vacancy %s is left out of the exposure: %s", vacancy.pk, error)
    return suits


def _times(pool: Pool, lists: Iterable[list[int]]) -> Ints:
    """How often each row of the pool is on these lists; people who left the pool are not counted."""
    times = np.zeros(len(pool), dtype=np.int64)
    for one in lists:
        ids = np.array(one, dtype=np.int64)
        at = np.searchsorted(pool.candidate_id, ids)
        known_rows = at[np.isin(ids, pool.candidate_id)]
        times[known_rows] += 1
    return times


def _countries(pool: Pool) -> dict[str, Ints]:
    """Rows of the pool by country of residence."""
    codes = np.array([country for country, _region in pool.places] or [""])[pool.place_code]
    return {str(code): np.flatnonzero(codes == code) for code in np.unique(codes)}


def _languages(pool: Pool) -> dict[str, Ints]:
    """Rows of the pool by language measured."""
    return {
        code: column.rows[column.measured_level > 0].astype(np.int64)
        for code, column in pool.languages.items()
    }


def _spreads(
    groups: Mapping[str, Ints], who: Ints, before: Ints, after: Ints
) -> tuple[tuple[str, Spread, Spread], ...]:
    found = []
    for code, rows in groups.items():
        people = np.intersect1d(rows, who)
        if len(people):
            found.append((code, spread(before[people]), spread(after[people])))
    return tuple(sorted(found, key=lambda group: (-group[1].people, group[0])))


def _plain(one: Spread) -> dict[str, Any]:
    return {
        "people": one.people,
        "never": one.never,
        "never_share": None if one.never_share is None else round(float(one.never_share), 4),
        "shown": one.shown,
        "gini": None if one.gini is None else round(float(one.gini), 4),
        "distribution": list(one.distribution),
    }


def _groups(groups: tuple[tuple[str, Spread, Spread], ...]) -> list[dict[str, Any]]:
    return [
        {"code": code, "before": _plain(before), "after": _plain(after)} for code, before, after in groups
    ]
