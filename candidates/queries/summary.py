"""What a profile says, step by step, in one line each."""

from collections.abc import Collection

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candidates.enums import Step
from candidates.models import Candidate
from candidates.words import week_hours
from common.templatetags.figures import zone_name
from reference.enums import CEFRLevel
from reference.names import country_name, language_name
from reference.vocabularies import choices, education_levels


def what_steps_say(candidate: Candidate, completed: Collection[Step]) -> dict[Step, str]:
    """A line for each of the `completed` steps that has more to say than that it is done; two queries at most."""
    said = {}
    if Step.ABOUT in completed:
        said[Step.ABOUT] = _place(candidate)
    if Step.LANGUAGES in completed:
        said[Step.LANGUAGES] = _languages(candidate)
    if Step.BACKGROUND in completed:
        said[Step.BACKGROUND] = dict(choices(education_levels())).get(str(candidate.education_level), "")
    if Step.SKILLS in completed:
        number = candidate.skills.count()
        said[Step.SKILLS] = ngettext("%(n)d skill", "%(n)d skills", number) % {"n": number}
    if Step.HOURS in completed:
        said[Step.HOURS] = _hours(candidate)
    if Step.WORK in completed:
        said[Step.WORK] = _work(candidate)
    return said


def _place(candidate: Candidate) -> str:
    country = country_name(candidate.country_id or "")
    place = f"{candidate.region}, {country}" if candidate.region else country
    return f"{place} · {zone_name(candidate.zone)}"


def _languages(candidate: Candidate) -> str:
    rows = candidate.languages.order_by("-mother_tongue", "-claimed_level", "language").values_list(
        "language", "claimed_level"
    )
    return ", ".join(f"{language_name(code)} {CEFRLevel(level).label}" for code, level in rows)


def _hours(candidate: Candidate) -> str:
    return _("%(fewest)d to %(most)d hours a week, within %(offered)s hours offered") % {
        "fewest": candidate.hours_min or 1,
        "most": candidate.hours_max,
        "offered": week_hours(bytes(candidate.availability)),
    }


def _work(candidate: Candidate) -> str:
    forms = [
        word
        for word, accepted in (
            (_("employment"), candidate.accepts_employment),
            (_("freelance"), candidate.accepts_freelance),
        )
        if accepted
    ]
    return capfirst(", ".join([*forms, *([_("just looking around")] if candidate.just_looking else [])]))
