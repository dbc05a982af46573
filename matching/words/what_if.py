"""The what-if bench in words: each change with its figures, and the whole in a sentence."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.crowds import CROWD, counted, said
from common.templatetags.figures import amount_text
from matching.engine import SCALE
from matching.engine.columns import FREELANCE
from matching.engine.what_if import BINS, EDGES
from matching.queries.told import Told
from matching.queries.what_if import Price
from matching.words.figures import eur, hours, level
from matching.words.gates import gate_label
from reference.names import country_name, language_name
from vacancies.templatetags.vacancies import block_words, day_words

POINTS = 100 // BINS
"""Width of a bin of the histogram, in points of 100."""


def change_words(price: Price, names: dict[str, str]) -> str:
    """What would be different, without saying what it brings. `names` are the skills' names by code."""
    return _CHANGES[price.kind](price.details, names)


def signed(number: int) -> str:
    """A rounded difference with its sign, in the reader's notation: +1,205, −35, fewer than 5."""
    if not number:
        return said(0)
    return f"{'+' if number > 0 else chr(0x2212)}{counted(abs(number))}"


def in_a_sentence(found: Told) -> str:
    """How many are eligible at least, and what is not counted yet."""
    gates = ", ".join(gate_label(gate) for gate in found.open_gates)
    people = {"people": counted(max(found.eligible, CROWD)), "gates": gates}
    if found.eligible:
        if gates:
            words = _("At least %(people)s people meet what stands here so far. Not counted yet: %(gates)s.")
        else:
            words = _("At least %(people)s people eligible now.")
    elif gates:
        words = _("Fewer than %(people)s people meet what stands here so far. Not counted yet: %(gates)s.")
    else:
        words = _("Fewer than %(people)s people eligible now.")
    return words % people


def steps(found: Told) -> list[dict[str, Any]]:
    """Everyone, those whom each gate that is judged stops, and who is left: as the `waterfall` graphic takes them."""
    between = [
        {"code": str(gate), "label": gate_label(gate), "count": lost} for gate, lost in found.falls.items()
    ]
    left = _("Left so far") if found.open_gates else _("Eligible")
    return [
        {"code": "everyone", "label": _("Everyone"), "count": found.everyone},
        *between,
        {"code": "eligible", "label": left, "count": found.eligible},
    ]


def bins(histogram: tuple[int, ...]) -> list[dict[str, Any]]:
    """Each bin of the scores: from and to in points of 100, and its people; the best first."""
    edges = [edge * 100 // SCALE for edge in EDGES]
    rows = [
        {"low": low, "high": high, "count": count, "shown": said(count)}
        for low, high, count in zip(edges, edges[1:], histogram, strict=False)
    ]
    return rows[::-1]


def scores_in_a_sentence(histogram: tuple[int, ...]) -> str:
    """Between which points the middle one of the people scores, and between which the best."""
    total, reached = sum(histogram), 0
    if not total:
        return _("No score is reached by five people yet.")
    best = max(at for at, count in enumerate(histogram) if count)
    middle = best
    for at in range(best, -1, -1):
        reached += histogram[at]
        middle = at
        if 2 * reached >= total:
            break
    words = _(
        "Half of them score above and half below a score between %(from)s and %(to)s points of 100; "
        "the best score between %(low)s and %(high)s."
    )
    return words % {
        "from": middle * POINTS, "to": (middle + 1) * POINTS, "low": best * POINTS, "high": (best + 1) * POINTS,
    }  # fmt: skip


def below_floor(countries: Collection[str]) -> str:
    """A warning that names the countries hired from in which the pay is too low; empty without any."""
    if not countries:
        return ""
    words = ngettext(
        "The pay is below a wage floor in %(countries)s: nobody there is counted.",
        "The pay is below a wage floor in these countries, so that nobody there is counted: %(countries)s.",
        len(countries),
    )
    return words % {"countries": ", ".join(country_name(code) for code in countries)}


def _form(details: dict[str, Any], names: dict[str, str]) -> str:
    if details["to"] == FREELANCE:
        return _("Freelance instead of employment")
    return _("Employment instead of freelance")


def _language_easier(details: dict[str, Any], names: dict[str, str]) -> str:
    return _("%(language)s at %(lower)s instead of %(level)s") % {
        "language": language_name(details["code"]), "lower": level(details["to"]), "level": level(details["level"]),
    }  # fmt: skip


def _skill_easier(details: dict[str, Any], names: dict[str, str]) -> str:
    held = {1: _("basic"), 2: _("working"), 3: _("strong")}
    return _("%(skill)s: %(lower)s instead of %(level)s") % {
        "skill": names.get(details["code"], details["code"]),
        "lower": held[details["to"]],
        "level": held[details["minimum"]],
    }


def _must(details: dict[str, Any], names: dict[str, str]) -> str:
    return _("%(days)s %(block)s need not be covered wholly") % {
        "days": day_words(details["weekdays"]),
        "block": block_words(details["start_minute"], details["duration_minutes"]),
    }


def _shorter(details: dict[str, Any], names: dict[str, str]) -> str:
    if details["to"] == details["hours_week"]:
        return _("Every block ends two hours earlier")
    return _("Every block ends two hours earlier, %(hours)s a week") % {"hours": hours(details["to"])}


def _fewer(details: dict[str, Any], names: dict[str, str]) -> str:
    return _("%(fewer)s a week instead of %(hours)s") % {
        "fewer": hours(details["to"]), "hours": hours(details["hours_week"]),
    }  # fmt: skip


def _pay(details: dict[str, Any], names: dict[str, str]) -> str:
    amount = amount_text(details["amount"], details["currency"])
    if details["currency"] == "EUR" and details["period"] == "hour":
        return _("%(amount)s more an hour") % {"amount": amount}
    by_period = {
        "hour": _("%(amount)s more an hour, about %(euro)s"),
        "day": _("%(amount)s more a day, about %(euro)s"),
        "week": _("%(amount)s more a week, about %(euro)s"),
        "month": _("%(amount)s more a month, about %(euro)s"),
        "year": _("%(amount)s more a year, about %(euro)s"),
    }
    return by_period[details["period"]] % {"amount": amount, "euro": eur(details["eur_hour"])}


_CHANGES: dict[str, Callable[[dict[str, Any], dict[str, str]], str]] = {
    "contract_form": _form,
    "country": lambda d, n: _("Hire in %(country)s, too") % {"country": country_name(d["country"])},
    "language_easier": _language_easier,
    "language_dropped": lambda d, n: _("%(language)s not required") % {"language": language_name(d["code"])},
    "skill_easier": _skill_easier,
    "skill_dropped": lambda d, n: _("%(skill)s not required") % {"skill": n.get(d["code"], d["code"])},
    "pay": _pay,
    "must_dropped": _must,
    "shift_shorter": _shorter,
    "shift_later": lambda d, n: _("Every block two hours later"),
    "shift_earlier": lambda d, n: _("Every block two hours earlier"),
    "hours_fewer": _fewer,
}
