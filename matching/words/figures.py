"""Small pieces of text shared by the words about gates and parts."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.templatetags.figures import amount_text, duration
from reference.choices import skill_choices
from reference.enums import CEFRLevel
from reference.names import language_name

UNIT = 10_000
EPOCH = date(1970, 1, 1)
SKILL_LEVELS = (gettext_lazy("none"), gettext_lazy("basic"), gettext_lazy("working"), gettext_lazy("strong"))


def eur(amount: int) -> str:
    """1/10000 EUR an hour in the reader's notation."""
    return _("%(amount)s an hour") % {"amount": amount_text(Decimal(amount) / UNIT, "EUR")}


def hours(minutes: int) -> str:
    """Minutes as hours and minutes, as everywhere on the pages."""
    return str(duration(minutes))


def day(number: int) -> str:
    """A day counted from 1970-01-01, as a date in the reader's notation."""
    return date_format(EPOCH + timedelta(days=number), "DATE_FORMAT")


def days(first: int, last: int) -> str:
    """The days from one to another: "31 March to 25 October 2027"; the year once where it is the same."""
    start, end = EPOCH + timedelta(days=first), EPOCH + timedelta(days=last)
    begin = date_format(start, "j F") if start.year == end.year else date_format(start, "j F Y")
    return _("%(first)s to %(last)s") % {"first": begin, "last": date_format(end, "j F Y")}


def day_span(weekdays: Iterable[int]) -> str:
    """Weekdays in a few signs, three or more in a row as a range: "Mon–Fri"."""
    found = sorted(set(weekdays))
    if len(found) > 2 and found == list(range(found[0], found[-1] + 1)):
        return f"{WEEKDAYS_ABBR[found[0]]}–{WEEKDAYS_ABBR[found[-1]]}"
    return ", ".join(str(WEEKDAYS_ABBR[weekday]) for weekday in found)


def level(number: int) -> str:
    """A CEFR level by its number, 1 = A1."""
    return CEFRLevel(number).label if number else _("none")


def language(facts: dict[str, Any]) -> str:
    """One language: needed, measured, claimed."""
    name = language_name(facts["code"])
    if facts["measured_level"]:
        return _("%(language)s: %(required)s needed, %(measured)s measured") % {
            "language": name, "required": level(facts["required_level"]), "measured": level(facts["measured_level"]),
        }  # fmt: skip
    if facts["claimed_level"]:
        return _("%(language)s: %(required)s needed, %(claimed)s by own account, not measured yet") % {
            "language": name, "required": level(facts["required_level"]), "claimed": level(facts["claimed_level"]),
        }  # fmt: skip
    return _("%(language)s: %(required)s needed, not named in the profile") % {
        "language": name, "required": level(facts["required_level"]),
    }  # fmt: skip


def language_wished(facts: dict[str, Any]) -> str:
    """One language that nobody has to have."""
    name, wished = language_name(facts["code"]), level(facts["required_level"])
    if facts["measured_level"]:
        return _("%(language)s: %(required)s nice to have, %(measured)s measured") % {
            "language": name, "required": wished, "measured": level(facts["measured_level"]),
        }  # fmt: skip
    if facts["claimed_level"]:
        return _("%(language)s: %(required)s nice to have, %(claimed)s by own account, not measured yet") % {
            "language": name, "required": wished, "claimed": level(facts["claimed_level"]),
        }  # fmt: skip
    return _("%(language)s: %(required)s nice to have, not named in the profile") % {
        "language": name, "required": wished,
    }  # fmt: skip


def skill(facts: dict[str, Any], names: dict[str, str]) -> str:
    """One skill: needed or wanted, measured or stated."""
    name = names.get(facts["code"], facts["code"])
    if facts["measured"]:
        return _("%(skill)s: %(level)s, measured") % {"skill": name, "level": _held(facts["measured"])}
    if facts["stated"]:
        return _("%(skill)s: %(level)s by own account, not measured yet") % {
            "skill": name, "level": _held(facts["stated"]),
        }  # fmt: skip
    return _("%(skill)s: not named in the profile") % {"skill": name}


def _held(number: int) -> str:
    return str(SKILL_LEVELS[number])


def skill_names() -> dict[str, str]:
    """Names of all skills in the reader's language; no query once the process knows the vocabulary."""
    return {code: name for _group, skills in skill_choices() for code, name in skills}
