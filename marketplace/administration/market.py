"""Where supply and demand are apart: worked out over everybody once a day, and kept.

People are counted from the pool that matching holds (a million in memory), offers from the open vacancies, answers from
the log of applications. A person counts in each language measured at B2 or above; openings count in each language that
they require, and in each country in which they hire and pay enough.
"""

import time
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import numpy as np
from django.db.models import F, Sum, Window
from django.db.models.functions import Lag

from marketplace.models import MarketReport
from matching.engine import Pool
from matching.engine.columns import AGREED, AVAILABLE
from matching.queries.known import known
from placements.enums import Answer, Side
from placements.models import ApplicationLog
from reference.enums import CEFRLevel
from vacancies.enums import CountryPayState
from vacancies.models import VersionCountry, VersionLanguage
from vacancies.queries.vacancies import published_vacancies

COUNTRIES = 12
"""Countries named for each language; the others are together."""
ANSWERS = timedelta(days=90)
STEPS = 200_000
"""Steps of applications that are looked through, the newest."""


def keep_market_report(*, on: date, now: datetime) -> MarketReport:
    """Work it out and keep it."""
    start = time.monotonic()
    pool = known(on).pool
    figures = {
        "residents": residents_now(pool),
        "languages": languages_now(pool),
        "pay": pay_now(),
        "answers": answers_until(now),
    }
    return MarketReport.objects.create(
        made_at=now, on=on, seconds=round(time.monotonic() - start, 2), figures=figures
    )


def residents_now(pool: Pool) -> dict[str, int]:
    """Listed people by country of residence."""
    countries = np.array([country for country, _region in pool.places] or [""])
    codes, counts = np.unique(pool.place_code[(pool.listing & AGREED) > 0], return_counts=True)
    found: Counter[str] = Counter()
    for place, n in zip(countries[codes], counts, strict=True):
        found[str(place)] += int(n)
    return dict(found)


def languages_now(pool: Pool) -> list[dict[str, Any]]:
    """By language, most wanted first: people, openings, and both by country of residence."""
    open_now = published_vacancies().values("current")
    asked = VersionLanguage.objects.filter(version__in=open_now, must=True).order_by()
    openings = dict(asked.values_list("language").annotate(n=Sum("version__openings")))
    hired = VersionCountry.objects.filter(
        version__in=open_now, pay_state=CountryPayState.OK, version__languages__must=True
    ).order_by()
    by_place: dict[str, dict[str, int]] = defaultdict(dict)
    wanted = hired.values_list("version__languages__language", "country").annotate(n=Sum("version__openings"))
    for language, country, n in wanted:
        by_place[language][country] = n
    people = _people(pool)
    found = [
        {
            "code": code,
            "people": sum(people[code].values()),
            "openings": openings.get(code, 0),
            "countries": _places(people[code], by_place[code]),
        }
        for code in {*people, *openings}
    ]
    return sorted(found, key=lambda row: (-row["openings"], -row["people"], row["code"]))


def _people(pool: Pool) -> dict[str, Counter[str]]:
    """Listed people who are available, by language measured at B2 or above and by country."""
    here = (pool.listing & (AGREED | AVAILABLE)) == (AGREED | AVAILABLE)
    countries = np.array([country for country, _region in pool.places] or [""])
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for code, column in pool.languages.items():
        rows = column.rows[column.measured_level >= CEFRLevel.B2]
        codes, counts = np.unique(pool.place_code[rows[here[rows]]], return_counts=True)
        for place, n in zip(countries[codes], counts, strict=True):
            found[code][str(place)] += int(n)
    return found


def _places(people: Counter[str], openings: dict[str, int]) -> list[dict[str, Any]]:
    names = sorted({*people, *openings}, key=lambda one: (-people[one], -openings.get(one, 0), one))
    return [
        {"code": one, "people": people[one], "openings": openings.get(one, 0)} for one in names[:COUNTRIES]
    ]


def pay_now() -> list[dict[str, Any]]:
    """By country, most offers first: offers by how they stand to the floor, and their lowest pay in percent of it."""
    rows = VersionCountry.objects.filter(version__in=published_vacancies().values("current"))
    states: dict[str, Counter[str]] = defaultdict(Counter)
    ratios: dict[str, list[float]] = defaultdict(list)
    for country, state, facts in rows.values_list("country", "pay_state", "pay_facts").iterator():
        states[country][state] += 1
        floors = [Decimal(floor["hourly"]) for floor in (facts or {}).get("floors", ())]
        if floors:
            ratios[country].append(float(Decimal(facts["low"]) / max(floors)))
    found = [
        {
            "code": country,
            "offers": sum(counts.values()),
            "below": counts[CountryPayState.BELOW],
            "unknown": counts[CountryPayState.UNKNOWN],
            "of_floor": round(100 * median(ratios[country])) if ratios[country] else None,
        }
        for country, counts in states.items()
    ]
    return sorted(found, key=lambda row: (-row["offers"], row["code"]))


def answers_until(now: datetime) -> list[dict[str, Any]]:
    """By side: answers of the last ninety days, how many came in time, and the median hours from question to answer."""
    before = Window(Lag("at"), partition_by=[F("application")], order_by=["at", "pk"])
    steps = ApplicationLog.objects.filter(at__gt=now - ANSWERS, at__lte=now).annotate(asked=before)
    hours: dict[str, list[float]] = defaultdict(list)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    newest = steps.order_by("-pk").values_list("answer_of", "answer", "at", "asked")[:STEPS]
    for side, answer, at, asked in newest.iterator():
        if not answer:
            continue
        kinds[side][answer] += 1
        if asked is not None and answer != Answer.MISSED:
            hours[side].append((at - asked).total_seconds() / 3600)
    return [
        {
            "side": str(side),
            "total": sum(kinds[side].values()),
            "in_time": kinds[side][Answer.IN_TIME],
            "hours": round(median(hours[side]), 1) if hours[side] else None,
        }
        for side in (Side.EMPLOYER, Side.CANDIDATE)
    ]
