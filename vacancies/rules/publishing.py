"""What a version needs before anyone else sees it."""

from datetime import date

from django.utils.translation import gettext as _

from vacancies.content import VersionContent
from vacancies.enums import LegalEmployer
from vacancies.rules.shifts import overlapping_shifts, week_total_minutes
from vacancies.rules.wording import stops_in


def missing_facts(content: VersionContent, on: date, *, team_described: bool = True) -> dict[str, str]:
    """What is missing, impossible or forbidden, by field name, in the reader's language; empty when the version is complete.

    `team_described` tells whether the employer has answered the work-style statements about its team.
    """
    problems = {name: text for name, (held, text) in _needed(content).items() if not held}
    if content.start_date and content.start_date < on:
        problems["start_date"] = _("The start date has passed. Choose a date from today on.")
    problems |= _shift_problems(content) | stops_in(content)
    if content.locality_wanted and not content.customer_countries:
        problems["customer_countries"] = _("Name the countries whose customers this work serves.")
    if content.legal_employer == LegalEmployer.PROVIDER and not content.legal_employer_name:
        problems["legal_employer_name"] = _("Name the staffing provider that signs the contract.")
    if content.culture_wanted and not team_described:
        problems["culture_wanted"] = _(
            "Say first how the team works (on the company page); the way of working cannot count without it."
        )
    if nothing_counts(content):
        problems["weights"] = _("Something has to count: give at least one part a weight.")
    return problems


def nothing_counts(content: VersionContent) -> bool:
    """Whether every part that this vacancy asks anything about got the weight 0."""
    asked = {
        "language": bool(content.languages),
        "time": True,
        "skills": bool(content.skills),
        "experience": bool(content.sector_id or content.channels),
        "commitment": True,
        "culture": content.culture_wanted or content.locality_wanted,
    }
    return not any(held and content.weights.get(part, 1) for part, held in asked.items())


def _needed(content: VersionContent) -> dict[str, tuple[bool, str]]:
    return {
        "description": (bool(content.description), _("Describe the work.")),
        "occupation": (bool(content.occupation_id), _("Choose the occupation.")),
        "sector": (bool(content.sector_id), _("Choose the sector.")),
        "channels": (bool(content.channels), _("Choose at least one channel.")),
        "languages": (any(row.must for row in content.languages), _("Name at least one required language.")),
        "zone": (bool(content.zone), _("Choose the time zone of the shift.")),
        "shifts": (bool(content.shifts), _("Say when the work can be done.")),
        "hours_week": (bool(content.hours_week), _("Say how many hours a week one person works.")),
        "start_date": (bool(content.start_date), _("Choose the start date.")),
        "pay_min": (content.pay_min is not None, _("A pay range is always needed. Fill in the lower end.")),
        "pay_max": (content.pay_max is not None, _("A pay range is always needed. Fill in the upper end.")),
        "countries": (bool(content.countries), _("Choose the countries in which you can hire.")),
    }


def _shift_problems(content: VersionContent) -> dict[str, str]:
    if not content.shifts:
        return {}
    if overlapping_shifts(content.shifts):
        return {"shifts": _("Two shift blocks overlap. Change one of them.")}
    if content.hours_week and week_total_minutes(content.shifts) < content.hours_week * 60:
        return {
            "hours_week": _(
                "The shift blocks hold %(held)s hours a week, fewer than the %(asked)s that one person works."
            )
            % {"held": week_total_minutes(content.shifts) // 60, "asked": content.hours_week}
        }
    return {}
