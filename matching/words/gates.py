"""The gates in words: what each asks, why somebody fails it, and what would change that."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine import Change, Code, Gate, GateOutcome
from matching.words.figures import eur, hours, language, level, skill
from reference.names import country_name, language_name

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


def gate_label(gate: Gate) -> str:
    """The gate's name in the reader's language."""
    return str(GATE_LABELS[gate])


def reason(outcome: GateOutcome, names: dict[str, str]) -> str:
    """What the gate found, with its figures. `names` are the skills' names by code."""
    facts = outcome.facts
    lines: list[str] = [str(REASONS[outcome.code])] if outcome.code else []
    if outcome.gate == Gate.LANGUAGE:
        lines += [language(one) for one in facts["languages"]]
    elif outcome.gate == Gate.SKILLS:
        lines += [skill(one, names) for one in facts["skills"]]
    elif outcome.gate == Gate.PAY:
        lines += _pay(facts)
    elif outcome.gate == Gate.HOURS:
        lines.append(
            _("%(held)s within the shift in the worst week, %(asked)s needed")
            % {"held": hours(facts["worst_overlap"]), "asked": hours(facts["hours_week"])}
        )
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


def day(number: int) -> str:
    """A day counted from 1970-01-01, as a date in the reader's notation."""
    return date_format(date(1970, 1, 1) + timedelta(days=number), "DATE_FORMAT")


def remedy(change: Change, names: dict[str, str]) -> str:
    """What would change the outcome, as an instruction without a person in it."""
    return _REMEDIES[change.kind](change.details, names)


def _languages(details: dict[str, Any], names: dict[str, str]) -> str:
    needed = (f"{language_name(one['code'])} {level(one['level'])}" for one in details["languages"])
    return _("measure %(languages)s") % {"languages": ", ".join(needed)}


def _skills(details: dict[str, Any], names: dict[str, str]) -> str:
    needed = (names.get(one["code"], one["code"]) for one in details["skills"])
    return _("measure %(skills)s") % {"skills": ", ".join(needed)}


def _slots(details: dict[str, Any], names: dict[str, str]) -> str:
    return _("%(hours)s more a week available within the shift") % {
        "hours": hours(15 * len(details["missing_slots"]))
    }


def _offer(details: dict[str, Any], names: dict[str, str]) -> str:
    if "by" in details:
        return _("%(amount)s more pay") % {"amount": eur(details["by"])}
    if details["offer_high"] > details["offer_low"]:
        return _("an offer of %(low)s to %(high)s") % {
            "low": eur(details["offer_low"]),
            "high": eur(details["offer_high"]),
        }
    return _("an offer from %(low)s") % {"low": eur(details["offer_low"])}


_REMEDIES: dict[str, Callable[[dict[str, Any], dict[str, str]], str]] = {
    "be_listed_and_available": lambda d, n: (
        _("be listed, and able to start by %(day)s") % {"day": day(d["start_day"])}
    ),
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
    "widen_availability": _slots,
    "raise_language": lambda d, n: (
        _("%(language)s measured at %(level)s")
        % {"language": language_name(d["code"]), "level": level(d["level"])}
    ),
    "raise_skill": lambda d, n: (
        _("%(skill)s measured one step higher") % {"skill": n.get(d["code"], d["code"])}
    ),
    "pass_etiquette": lambda d, n: (
        _("evidence of being at home with customers in %(country)s") % {"country": country_name(d["country"])}
    ),
}
