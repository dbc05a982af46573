"""Small pieces of text shared by the words about gates and parts."""

from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_currency
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from reference.choices import skill_choices
from reference.enums import CEFRLevel
from reference.names import language_name

UNIT = 10_000


def eur(amount: int) -> str:
    """1/10000 EUR an hour in the reader's notation."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    return _("%(amount)s an hour") % {"amount": format_currency(Decimal(amount) / UNIT, "EUR", locale=locale)}


def hours(minutes: int) -> str:
    """Minutes as hours and minutes."""
    whole, rest = divmod(minutes, 60)
    if rest:
        return _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}
    return _("%(hours)s h") % {"hours": whole}


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


def skill(facts: dict[str, Any], names: dict[str, str]) -> str:
    """One skill: needed or wanted, measured or stated."""
    held = {0: _("none"), 1: _("basic"), 2: _("working"), 3: _("strong")}
    name = names.get(facts["code"], facts["code"])
    if facts["measured"]:
        return _("%(skill)s: %(level)s, measured") % {"skill": name, "level": held[facts["measured"]]}
    if facts["stated"]:
        return _("%(skill)s: %(level)s by own account, not measured yet") % {
            "skill": name, "level": held[facts["stated"]],
        }  # fmt: skip
    return _("%(skill)s: not named in the profile") % {"skill": name}


def skill_names() -> dict[str, str]:
    """Names of all skills in the reader's language; no query once the process knows the vocabulary."""
    return {code: name for _group, skills in skill_choices() for code, name in skills}
