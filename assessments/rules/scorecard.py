"""The interview scorecard: competences with anchored behaviours as data, and what a card must hold."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.rules.evidence import Flaw
from reference.vocabularies import in_active_language

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "scorecard.json"
LOWEST_RATING, HIGHEST_RATING = 1, 5
FEWEST_EVIDENCE_CHARACTERS: Final = 20
MOST_EVIDENCE_CHARACTERS: Final = 2000
MOST_REPLY_CHARACTERS: Final = 4000
OLDEST_INTERVIEW: Final = timedelta(days=90)
"""What was seen longer ago is no longer evidence."""


class Competence(NamedTuple):
    """What is rated: texts by language, five anchors from rating 1 to 5, the skill that it is evidence of, or none."""

    code: str
    skill: str | None
    names: Mapping[str, str]
    abouts: Mapping[str, str]
    questions: tuple[Mapping[str, str], ...]
    anchors: tuple[Mapping[str, str], ...]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_active_language(self.names)

    @property
    def about(self) -> str:
        """What it is, in a sentence."""
        return in_active_language(self.abouts)

    @property
    def asked(self) -> list[str]:
        """Questions that bring it up."""
        return [in_active_language(one) for one in self.questions]

    def anchor(self, rating: int) -> str:
        """The behaviour that a rating describes."""
        return in_active_language(self.anchors[rating - LOWEST_RATING])


class Card(NamedTuple):
    """The scorecard as the file states it. `levels`: the skill level of a rating; a rating that is missing gives none."""

    version: str
    valid_months: int
    levels: Mapping[int, int]
    levels_set: Mapping[str, str]
    competences: Mapping[str, Competence]


@cache
def scorecard_sheet() -> Card:
    """What the file says."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return Card(
        version=stored["version"],
        valid_months=stored["valid_months"],
        levels={int(rating): level for rating, level in stored["levels"].items()},
        levels_set=stored["levels_set"],
        competences={
            one["code"]: Competence(
                one["code"],
                one["skill"],
                one["name"],
                one["about"],
                tuple(one["questions"]),
                tuple(one["anchors"]),
            )
            for one in stored["competences"]
        },
    )


class Rated(NamedTuple):
    """A rating from 1 to 5, and what was said or done that supports it."""

    rating: int
    evidence: str


def flaws_of_rated(code: str, rating: int | None, evidence: str) -> Iterator[Flaw]:
    """What is wrong with one competence; both empty means that it was not talked about."""
    said: str | Promise = evidence.strip()
    if rating is None:
        if said:
            yield Flaw(
                f"rating_{code}", _("Choose the behaviour that your notes describe, or clear the notes.")
            )
    elif not LOWEST_RATING <= rating <= HIGHEST_RATING:
        yield Flaw(f"rating_{code}", _("Choose one of the five behaviours."))
    elif len(str(said)) < FEWEST_EVIDENCE_CHARACTERS:
        yield Flaw(f"evidence_{code}", _("Say what the person said or did, in a sentence or two."))
    elif len(str(said)) > MOST_EVIDENCE_CHARACTERS:
        yield Flaw(f"evidence_{code}", _("Keep it under 2,000 characters."))


def flaws_of_card(ratings: Mapping[str, Rated], interviewed_on: date, today: date) -> Iterator[Flaw]:
    """Everything that is wrong with a card; nothing when it may be kept."""
    if interviewed_on > today:
        yield Flaw("interviewed_on", _("The day of the interview lies in the future."))
    elif interviewed_on < today - OLDEST_INTERVIEW:
        yield Flaw(
            "interviewed_on", _("The interview is more than 90 days ago; that is too long to be evidence.")
        )
    if not ratings:
        yield Flaw("", _("Rate at least one competence; leave out what you did not talk about."))
    for code, rated in ratings.items():
        if code not in scorecard_sheet().competences:
            yield Flaw("", _("One of the competences is not on the scorecard."))
        else:
            yield from flaws_of_rated(code, rated.rating, rated.evidence)
