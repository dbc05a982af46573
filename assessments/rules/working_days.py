"""Days on which the platform's people work: Monday to Friday without the public holidays of its country."""

from datetime import date, timedelta

import holidays

SATURDAY = 5


def working_days_after(day: date, number: int, country: str) -> date:
    """The `number`th working day after `day` in a country (ISO 3166-1 alpha-2)."""
    free = holidays.country_holidays(country)
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY and day not in free
    return day
