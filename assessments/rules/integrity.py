"""When a session asks a person to look. The thresholds are published in docs/integrity.md."""

from collections.abc import Sequence
from typing import Final, NamedTuple

WORDS_A_SECOND: Final = 10.0
"""600 words a minute: reading for meaning hardly goes beyond 400, skimming hardly beyond 600 (Carver 1990)."""

SHORTEST_SECONDS: Final = 2.0
"""Nobody finds and presses an answer sooner, however short the question."""

FEWEST_QUICK: Final = 6
QUICK_SHARE: Final = 0.4
"""So many answers, and so large a share of all, have to be both right and too quick. Guessing finds one in four."""


PATTERN_BELOW: Final = -2.5
"""lz* of a language session below which somebody looks. Of simulated honest sessions 1 in 1,000 lie there, and 5
in 1,000 where discriminations are a quarter lower and difficulties off by 0.3 logits (docs/integrity.md)."""


class TimedAnswer(NamedTuple):
    """One answer: seconds from being given to being answered by the server's clock, words on the page, and if it is right."""

    seconds: float
    words: int
    right: bool


class QuickAnswers(NamedTuple):
    """How many of the answers were right and sooner than their question can be read."""

    quick_right: int
    answered: int

    @property
    def asks_to_look(self) -> bool:
        """Whether so many are too many."""
        return self.quick_right >= FEWEST_QUICK and self.quick_right >= QUICK_SHARE * self.answered


def readable_seconds(words: int) -> float:
    """The least time in which a question of so many words can be read and answered."""
    return max(SHORTEST_SECONDS, words / WORDS_A_SECOND)


def quick_answers(answers: Sequence[TimedAnswer]) -> QuickAnswers:
    """Count the right answers that came sooner than they could be read. Slow answers and pauses mean nothing."""
    quick = [one for one in answers if one.right and one.seconds < readable_seconds(one.words)]
    return QuickAnswers(len(quick), len(answers))
