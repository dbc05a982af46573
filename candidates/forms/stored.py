"""What each step starts with, and a mark of it by which a page knows whether somebody saved since it was opened."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from candidates.enums import Step
from candidates.forms.about import stored_about
from candidates.forms.background import (
    stored_education,
    stored_experience,
    stored_markets,
    stored_places,
)
from candidates.forms.hours import stored_hours
from candidates.forms.languages import stored_languages
from candidates.forms.skills import stored_skills
from candidates.forms.work import stored_work
from candidates.forms.work_style import begun_work_style
from candidates.models import Candidate

Stored = Mapping[str, Any]


def _background(candidate: Candidate) -> Stored:
    return {
        "education": stored_education(candidate),
        "places": stored_places(candidate),
        "markets": stored_markets(candidate),
        "experience": stored_experience(candidate),
    }


STORED: Mapping[str, Callable[[Candidate], Stored]] = {
    Step.ABOUT: stored_about,
    Step.LANGUAGES: lambda candidate: {"rows": stored_languages(candidate)},
    Step.BACKGROUND: _background,
    Step.SKILLS: stored_skills,
    Step.HOURS: lambda candidate: {
        "mask": bytes(candidate.availability),
        "initial": stored_hours(candidate),
    },
    Step.WORK: stored_work,
    Step.WORK_STYLE: lambda candidate: {
        "answers": candidate.work_style,
        "version": candidate.work_style_version,
        "begun": begun_work_style(candidate),
    },
    Step.LISTING: lambda candidate: {},
}


def mark_of(stored: Stored) -> str:
    """The same for the same content, whatever its order."""
    return hashlib.sha256(repr(sorted(stored.items())).encode()).hexdigest()[:16]
