"""The parts of a score in words: what each rests on for one person."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.templatetags.figures import share
from matching.engine import Part, PartOutcome
from matching.words.figures import eur, hours, language, language_wished, skill
from reference.names import country_name

Names = dict[str, str]

PART_LABELS = {
    Part.LANGUAGE: gettext_lazy("Language"),
    Part.CULTURE: gettext_lazy("Culture"),
    Part.TIME: gettext_lazy("Time"),
    Part.PAY: gettext_lazy("Pay"),
    Part.SKILLS: gettext_lazy("Skills"),
    Part.EXPERIENCE: gettext_lazy("Experience"),
    Part.COMMITMENT: gettext_lazy("Commitment"),
}

EVIDENCE_OF_A_PLACE = {
    "lived_or_worked": gettext_lazy("lived or worked there"),
    "etiquette_passed": gettext_lazy("passed its etiquette test"),
    "served_customers": gettext_lazy("served its customers"),
    "language_c1": gettext_lazy("its language measured at C1"),
}


def evidence(part: PartOutcome, names: Names) -> str:
    """What the part's value rests on, as one line. `names` are the skills' names by code."""
    if not part.asked:
        return _("not asked for here")
    return "; ".join(_WORDS[part.part](part.facts, names)) or _("nothing to go by yet")


def _language(facts: dict[str, Any], names: Names) -> list[str]:
    return [*map(language, facts["required"]), *map(language_wished, facts["nice"])]


def _skills(facts: dict[str, Any], names: Names) -> list[str]:
    return [skill(one, names) for one in (*facts["must"], *facts["wanted"])]


def _culture(facts: dict[str, Any], names: Names) -> list[str]:
    lines = []
    if facts["team"] is not None:
        answered = facts["person"] is not None and any(value >= 0 for value in facts["person"])
        lines.append(
            _("own work style compared with the team's")
            if answered
            else _("work-style statements not answered yet")
        )
    for place in facts["localities"]:
        known = [str(words) for key, words in EVIDENCE_OF_A_PLACE.items() if place[key]]
        lines.append(
            _("%(country)s: %(known)s")
            % {"country": country_name(place["country"]), "known": ", ".join(known) or _("no evidence yet")}
        )
    return lines


def _time(facts: dict[str, Any], names: Names) -> list[str]:
    worked = max(facts["worked"], 1)
    lines = [_("at least %(hours)s a week within the shift") % {"hours": hours(facts["worst_overlap"])}]
    if facts["preference_stated"]:
        lines.append(_("%(share)s of it in preferred hours") % {"share": share(facts["preferred"], worked)})
    lines.append(_("%(share)s at night in own time") % {"share": share(facts["night"], worked)})
    return lines


def _pay(facts: dict[str, Any], names: Names) -> list[str]:
    terms = facts["terms"]
    if terms is None:
        return []
    lines = [
        _("offer %(low)s to %(high)s") % {"low": eur(terms["offer_low"]), "high": eur(terms["offer_high"])}
    ]
    if terms["legal_floor"]:
        lines.append(_("legal minimum there %(floor)s") % {"floor": eur(terms["legal_floor"])})
    if terms["other_floor"]:
        lines.append(_("other floor there %(floor)s") % {"floor": eur(terms["other_floor"])})
    if facts["wished_pay"]:
        lines.append(_("wish %(wish)s") % {"wish": eur(facts["wished_pay"])})
    return lines


def _experience(facts: dict[str, Any], names: Names) -> list[str]:
    months = facts["total_months"]
    lines = [
        ngettext("%(n)s month in customer service", "%(n)s months in customer service", months)
        % {"n": months}
    ]
    if facts["sector_months"]:
        lines.append(_("%(n)s of them in this sector") % {"n": facts["sector_months"]})
    return lines


def _commitment(facts: dict[str, Any], names: Names) -> list[str]:
    offered, wished = facts["offered_months"], facts["wished_months"]
    length = (
        ngettext("%(n)s month offered", "%(n)s months offered", offered) % {"n": offered}
        if offered
        else _("no end offered")
    )
    wish = _("%(n)s wished") % {"n": wished} if wished else _("as long as possible wished")
    return [
        f"{length}, {wish}",
        _("%(asked)s a week asked, %(low)s to %(high)s wanted")
        % {
            "asked": hours(facts["hours_week"]),
            "low": hours(facts["hours_min"]),
            "high": hours(facts["hours_max"]),
        },
    ]


_WORDS: dict[Part, Callable[[dict[str, Any], Names], list[str]]] = {
    Part.LANGUAGE: _language,
    Part.CULTURE: _culture,
    Part.TIME: _time,
    Part.PAY: _pay,
    Part.SKILLS: _skills,
    Part.EXPERIENCE: _experience,
    Part.COMMITMENT: _commitment,
}
