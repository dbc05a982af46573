"""What somebody answered before there was a profile: it waits in the session and fills in empty fields, unsaved."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from candidates.forms.hours import MOST_HOURS
from reference.choices import country_choices, language_choices

KEPT_AS: Final = "first_answers"
MOST_LANGUAGES: Final = 8


def answers_in(data: QueryDict) -> dict[str, Any]:
    """The country, the languages and the hours a week of an address; what is no answer is left out."""
    countries, languages = dict(country_choices()), dict(language_choices())
    hours = data.get("hours", "")
    found = {
        "country": data.get("country", "") if data.get("country", "") in countries else "",
        "languages": [code for code in dict.fromkeys(data.getlist("languages")) if code in languages][
            :MOST_LANGUAGES
        ],
        "hours": int(hours)
        if hours.isdecimal() and len(hours) < 3 and 1 <= int(hours) <= MOST_HOURS
        else None,
    }
    return {name: value for name, value in found.items() if value}


def keep_answers(request: HttpRequest) -> None:
    """Remember the answers of this address for the steps of the profile."""
    if answers := answers_in(request.GET):
        request.session[KEPT_AS] = answers


def _kept(request: HttpRequest) -> Mapping[str, Any]:
    return request.session.get(KEPT_AS, {})


def with_country(request: HttpRequest, stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the step about the person starts with: what is stored, else the country that was answered."""
    country = _kept(request).get("country")
    return {**stored, "country": country} if country and not stored["country"] else stored


def with_languages(request: HttpRequest, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of languages: those stored, else those that were answered, without a level."""
    return rows or [{"language": code} for code in _kept(request).get("languages", ())]


def with_hours(request: HttpRequest, stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """Hours a week: those stored, else the most that was answered."""
    hours = _kept(request).get("hours")
    return {**stored, "hours_max": hours} if hours and not stored["hours_max"] else stored
