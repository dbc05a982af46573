"""Working days of a country: not its weekend, not its public holidays, and the days worked instead where it has such."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


def working_days_after(day: date, number: int, country: str) -> date:
    """The `number`th working day after `day` in a country (ISO 3166-1 alpha-2).

    Of a country whose holidays nobody published, and without a country, Monday to Friday. Source: package `holidays`.
    """
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day, country)
    return day


def working_days_before(day: date, number: int, country: str) -> date:
    """The `number`th working day before `day`."""
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day, country)
    return day


def is_working_day(day: date, country: str) -> bool:
    """Whether people work in the country on that day."""
    free = _calendar(country, day.year)
    return day.weekday() < SATURDAY if free is None else free.is_working_day(day)


@lru_cache(maxsize=1024)
def _calendar(country: str, year: int) -> holidays.HolidayBase | None:
    """One year, whole: a calendar that grows while it is asked would answer a second thread from half a year."""
    try:
        return holidays.country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        return None
