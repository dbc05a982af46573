"""What would change an outcome, in words: an instruction without a person in it."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine import Change
from matching.words.figures import day, day_span, eur, hours, level
from reference.names import country_name, language_name

Names = dict[str, str]
Details = dict[str, Any]
DAY_MINUTES = 1440


def remedy(change: Change, names: Names) -> str:
    """What would change the outcome. `names` are the skills' names by code; times are on the person's own clock."""
    return _REMEDIES[change.kind](change.details, names)


def _languages(details: Details, names: Names) -> str:
    needed = [
        _("%(language)s at %(level)s")
        % {"language": language_name(one["code"]), "level": level(one["level"])}
        for one in details["languages"]
    ]
    return _("measure %(languages)s or above") % {"languages": _(" and ").join(needed)}


def _skills(details: Details, names: Names) -> str:
    needed = (names.get(one["code"], one["code"]) for one in details["skills"])
    return _("measure %(skills)s") % {"skills": _(" and ").join(needed)}


def _extension(details: Details, names: Names) -> str:
    """The smallest extension: how much a day, on which side, when exactly on the person's own clock."""
    facts = {"time": hours(details["minutes"]), "when": blocks_in_words(details["blocks"])}
    if details["preference_only"]:
        return _("count %(time)s more a day among the hours liked: %(when)s") % facts
    if details["side"] == "earlier":
        return _("be available up to %(time)s earlier: also %(when)s") % facts
    if details["side"] == "later":
        return _("be available up to %(time)s longer: also %(when)s") % facts
    return _("be available up to %(time)s earlier and as much longer: also %(when)s") % facts


def _availability(details: Details, names: Names) -> str:
    return _("be available %(hours)s more a week within the shift: %(when)s") % {
        "hours": hours(details["minutes"]), "when": blocks_in_words(details["blocks"]),
    }  # fmt: skip


def blocks_in_words(blocks: Iterable[list[int]]) -> str:
    """[[weekday, start, end], …] as "Mon–Fri 16:00–18:00, Sat 10:00–12:00"; the same times of day go together."""
    at = sorted(((start, end), weekday) for weekday, start, end in blocks)
    return ", ".join(
        f"{day_span([weekday for _times, weekday in days])} {_clock(times[0])}–{_clock(times[1])}"
        for times, days in groupby(at, key=lambda one: one[0])
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _offer(details: Details, names: Names) -> str:
    if "by" in details:
        return _("%(amount)s more pay, for everybody") % {"amount": eur(details["by"])}
    if details["offer_high"] > details["offer_low"]:
        return _("an offer of %(low)s to %(high)s") % {
            "low": eur(details["offer_low"]), "high": eur(details["offer_high"]),
        }  # fmt: skip
    return _("an offer from %(low)s") % {"low": eur(details["offer_low"])}


def _skill(details: Details, names: Names) -> str:
    held = {1: _("basic"), 2: _("working"), 3: _("strong")}
    return _("%(skill)s measured at %(level)s") % {
        "skill": names.get(details["code"], details["code"]), "level": held[details["measured"]],
    }  # fmt: skip


def _length(details: Details, names: Names) -> str:
    months = details["months"]
    return ngettext("looking for a contract of %(n)s month", "looking for a contract of %(n)s months", months) % {
        "n": months
    }  # fmt: skip


_REMEDIES: dict[str, Callable[[Details, Names], str]] = {
    "be_listed_and_available": lambda d, n: (
        _("be listed, and able to start by %(day)s") % {"day": day(d["start_day"])}
    ),
    "lift_reservation": lambda d, n: _("take back the reservation in your profile"),
    "accept_contract_form": lambda d, n: _("accept this form of contract"),
    "hire_in_place": lambda d, n: _("the vacancy would have to hire there"),
    "extend_right_to_work": lambda d, n: _("a right to work until %(day)s") % {"day": day(d["until_day"])},
    "measure_languages": _languages,
    "measure_skills": _skills,
    "confirm_floor_below_offer": lambda d, n: (
        _("a confirmed wage floor below %(amount)s") % {"amount": eur(d["below"])}
    ),
    "raise_offer": _offer,
    "accept_hours": lambda d, n: _("accept %(hours)s a week") % {"hours": hours(d["hours_week"])},
    "extend_hours": _extension,
    "widen_availability": _availability,
    "wish_length": _length,
    "raise_language": lambda d, n: (
        _("%(language)s measured at %(level)s")
        % {"language": language_name(d["code"]), "level": level(d["level"])}
    ),
    "raise_skill": _skill,
    "pass_etiquette": lambda d, n: (
        _("the etiquette test of %(country)s passed") % {"country": country_name(d["country"])}
    ),
}
