"""What a rating must hold, and what a result says about it."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from assessments.rules.evidence import Flaw
from assessments.rules.rubrics import Rubric

FEWEST_WORDS_CHARACTERS = 20
MOST_WORDS_CHARACTERS = 2_000


def flaws_of_rating(rubric: Rubric, levels: Mapping[str, int], words: str) -> Iterator[Flaw]:
    """Everything that is wrong; nothing when the rating may be given."""
    for criterion in rubric.criteria:
        if levels.get(criterion.code) not in range(1, 7):
            yield Flaw(criterion.code, _("Choose a level from A1 to C2."))
    if unknown := levels.keys() - {criterion.code for criterion in rubric.criteria}:
        yield Flaw("levels", ", ".join(sorted(unknown)))
    if len(words.strip()) < FEWEST_WORDS_CHARACTERS:
        yield Flaw(
            "words", _("Say in a sentence or two what works and what to do next. The person reads it.")
        )
    elif len(words) > MOST_WORDS_CHARACTERS:
        yield Flaw("words", _("Keep it under 2,000 characters."))
