"""The gates in words: what each asks, and why somebody fails it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine import Code, Gate, GateOutcome
from matching.words.figures import day, days, eur, hours, language, skill
from reference.names import country_name

SPANS = 2
"""Stretches of weeks that are named; more are only said to follow."""

GATE_LABELS = {
    Gate.LISTED: gettext_lazy("Listed and available"),
    Gate.CONTRACT_FORM: gettext_lazy("Form of contract"),
    Gate.COUNTRY: gettext_lazy("Country"),
    Gate.RIGHT_TO_WORK: gettext_lazy("Right to work"),
    Gate.LANGUAGE: gettext_lazy("Languages"),
    Gate.SKILLS: gettext_lazy("Must-have skills"),
    Gate.PAY: gettext_lazy("Pay"),
    Gate.HOURS: gettext_lazy("Hours"),
}

REASONS = {
    Code.NOT_AGREED: gettext_lazy("has not agreed to be listed"),
    Code.NOT_AVAILABLE: gettext_lazy("is not open to work now"),
    Code.STARTS_LATER: gettext_lazy("can start only after the first day"),
    Code.RESERVED: gettext_lazy("asked not to be shown to this sector or this employer"),
    Code.FORM_NOT_ACCEPTED: gettext_lazy("has not chosen this form of contract"),
    Code.NOT_HIREABLE: gettext_lazy("lives where this vacancy does not hire"),
    Code.NO_RIGHT_STATED: gettext_lazy("has stated no right to work at home"),
    Code.RIGHT_ENDS_EARLY: gettext_lazy("has a right to work that ends before the contract"),
    Code.LANGUAGE_BELOW: gettext_lazy("measured below a required level"),
    Code.LANGUAGE_NOT_STATED: gettext_lazy("does not name a required language"),
    Code.LANGUAGE_CLAIMED_BELOW: gettext_lazy("own account below a required level"),
    Code.LANGUAGE_NOT_MEASURED: gettext_lazy("a required language is not measured yet"),
    Code.SKILL_BELOW: gettext_lazy("measured below a must-have skill"),
    Code.SKILL_NOT_STATED: gettext_lazy("does not name a must-have skill"),
    Code.SKILL_STATED_BELOW: gettext_lazy("own account below a must-have skill"),
    Code.SKILL_NOT_MEASURED: gettext_lazy("a must-have skill is not measured yet"),
    Code.BELOW_FLOOR: gettext_lazy("the offer is below a wage floor where the person lives"),
    Code.BELOW_MINIMUM: gettext_lazy("the offer is below the person's own minimum"),
    Code.FLOOR_UNKNOWN: gettext_lazy("the wage floor where the person lives is to be confirmed"),
    Code.FEWER_HOURS: gettext_lazy("wants more hours a week than offered"),
    Code.MORE_HOURS: gettext_lazy("wants fewer hours a week than asked"),
    Code.MUST_BLOCK: gettext_lazy("a block that must be covered is not wholly available"),
    Code.OVERLAP: gettext_lazy("too little overlap with the shift in the worst week"),
}

REASONS_TO_YOU = {
    Code.NOT_AGREED: gettext_lazy("you are not listed now"),
    Code.NOT_AVAILABLE: gettext_lazy("you are not open to work now"),
    Code.STARTS_LATER: gettext_lazy("you can start only after the first day"),
    Code.RESERVED: gettext_lazy("you asked not to be shown to this sector or this employer"),
    Code.FORM_NOT_ACCEPTED: gettext_lazy("you have not chosen this form of contract"),
    Code.NOT_HIREABLE: gettext_lazy("you live where this vacancy does not hire"),
    Code.NO_RIGHT_STATED: gettext_lazy("you have stated no right to work where you live"),
    Code.RIGHT_ENDS_EARLY: gettext_lazy("your right to work ends before the contract"),
    Code.LANGUAGE_NOT_STATED: gettext_lazy("you do not name a required language"),
    Code.LANGUAGE_CLAIMED_BELOW: gettext_lazy("your own account is below a required level"),
    Code.SKILL_NOT_STATED: gettext_lazy("you do not name a must-have skill"),
    Code.SKILL_STATED_BELOW: gettext_lazy("your own account is below a must-have skill"),
    Code.BELOW_FLOOR: gettext_lazy("the offer is below a wage floor where you live"),
    Code.BELOW_MINIMUM: gettext_lazy("the offer is below your own minimum"),
    Code.FLOOR_UNKNOWN: gettext_lazy("the wage floor where you live is to be confirmed"),
    Code.FEWER_HOURS: gettext_lazy("you want more hours a week than offered"),
    Code.MORE_HOURS: gettext_lazy("you want fewer hours a week than asked"),
}
"""Those that speak of somebody, as they are said to that very person; the others fit every reader."""


def reason_words(code: Code, *, to_person: bool = False) -> str:
    """What is in the way, in the reader's language; `to_person`: who reads is the one that it is about."""
    return str(REASONS_TO_YOU.get(code, REASONS[code]) if to_person else REASONS[code])


def gate_label(gate: Gate) -> str:
    """The gate's name in the reader's language."""
    return str(GATE_LABELS[gate])


def reason(outcome: GateOutcome, names: dict[str, str], *, to_person: bool = False) -> str:
    """What the gate found, with its figures. `names` are the skills' names by code; `to_person` as of `reason_words`."""
    facts = outcome.facts
    lines = [reason_words(outcome.code, to_person=to_person)] if outcome.code else []
    if outcome.gate == Gate.LANGUAGE:
        lines += [language(one) for one in facts["languages"]]
    elif outcome.gate == Gate.SKILLS:
        lines += [skill(one, names) for one in facts["skills"]]
    elif outcome.gate == Gate.PAY:
        lines += _pay(facts)
    elif outcome.gate == Gate.HOURS:
        lines += _hours(facts)
    elif outcome.gate == Gate.COUNTRY:
        lines.append(country_name(facts["country"]))
    elif outcome.gate == Gate.RIGHT_TO_WORK and not facts["unrestricted"] and facts["until_day"]:
        lines.append(_("until %(day)s") % {"day": day(facts["until_day"])})
    return "; ".join(lines)


def _pay(facts: dict[str, Any]) -> list[str]:
    terms = facts["terms"]
    if terms is None:
        return []
    lines = [_("offer from %(low)s") % {"low": eur(terms["offer_low"])}]
    for key, words in (
        ("legal_floor", _("legal minimum %(amount)s")),
        ("other_floor", _("other floor %(amount)s")),
    ):
        if terms[key]:
            lines.append(words % {"amount": eur(terms[key])})
    return lines


def _hours(facts: dict[str, Any]) -> list[str]:
    """The worst week beside what is needed, and when it is worse than other weeks."""
    figures = {"held": hours(facts["worst_overlap"]), "asked": hours(facts["hours_week"])}
    lines = [_("%(held)s within the shift in the worst week, %(asked)s needed") % figures]
    if facts["worst_weeks"]:
        when = ", ".join(days(first, last) for first, last in facts["worst_weeks"][:SPANS])
        more = _(" and later") if len(facts["worst_weeks"]) > SPANS else ""
        best = hours(facts["best_overlap"])
        lines.append(
            _("least in the weeks of %(when)s, up to %(best)s in others")
            % {"when": when + more, "best": best}
        )
    return lines
