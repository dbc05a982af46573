"""The typing test: its passages and cuts as data, and what holds of a run."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assessments.engine.typing_score import Speed, plain_text
from assessments.rules.policy import retake_on

FILE = Path(__file__).resolve().parent.parent / "data" / "typing.json"

SKILL = "touch_typing"
FEWEST_CHARACTERS = 100
"""Below this many nothing can be said."""

MOST_CHARACTERS = 4000
"""Far beyond the longest passage."""

FASTEST_WPM = 180
"""Nobody types new text faster for minutes; what is faster was not typed."""

MOST_LOADING = timedelta(seconds=30)
"""The time that the page took to appear is not counted, up to this much."""

BEAT_SECONDS = 5
"""How often the page reports what stands in its field."""

SILENT_AFTER = timedelta(seconds=15)
"""A line that reports every five seconds is silent after this much."""

MOST_CREDIT_SECONDS = 60.0
"""What a silent line can give back at most."""

GOES_ON_FOR = timedelta(minutes=30)
"""A run that was left for longer is closed; its clock would have run on."""


RESTARTS = 1
"""How often a test of which (nearly) nothing was seen may be begun anew before the next one has to wait: the line broke."""


class Passage(NamedTuple):
    """A text to copy."""

    code: str
    language: str
    text: str

    @property
    def words(self) -> int:
        """Words as people count them."""
        return len(self.text.split())


class Cut(NamedTuple):
    """What a level asks for: net words a minute, and the share of characters that are right."""

    level: int
    net_wpm: float
    accuracy: float

    @property
    def percent(self) -> int:
        """The accuracy asked for, in percent."""
        return round(100 * self.accuracy)


class TypingTest(NamedTuple):
    """The test as the file states it. `seconds` is the time limit without accommodation."""

    version: str
    seconds: int
    valid_months: int
    cuts: tuple[Cut, ...]
    cuts_set: Mapping[str, str]
    practice: Mapping[str, Passage]
    passages: Mapping[str, tuple[Passage, ...]]

    def find(self, code: str) -> Passage | None:
        """The passage of that code."""
        every = [*self.practice.values(), *(one for some in self.passages.values() for one in some)]
        return next((one for one in every if one.code == code), None)


@cache
def typing_test() -> TypingTest:
    """What the file says."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    languages = stored["languages"]

    def passage(language: str, record: Mapping[str, str]) -> Passage:
        return Passage(record["code"], language, plain_text(record["text"]))

    return TypingTest(
        version=stored["version"],
        seconds=stored["seconds"],
        valid_months=stored["valid_months"],
        cuts=tuple(Cut(**cut) for cut in stored["cuts"]),
        cuts_set=stored["cuts_set"],
        practice={code: passage(code, facts["practice"]) for code, facts in languages.items()},
        passages={
            code: tuple(passage(code, one) for one in facts["passages"]) for code, facts in languages.items()
        },
    )


class Attempt(NamedTuple):
    """A test that is over: the day it is counted from, and whether enough was seen of it to say something."""

    on: date
    seen: bool


def next_day(attempts: Sequence[Attempt], today: date) -> date | None:
    """The first day for the next test in a language, or None when that is today. `attempts` are those in that language.

    What was handed in, or stopped after FEWEST_CHARACTERS had been seen, counts. Of the others RESTARTS are forgiven in
    any RETAKE_DAYS, because a line may have failed before anything came through.
    """
    lately = sorted((one for one in attempts if retake_on(one.on) > today), reverse=True)
    counting = [one.on for one in lately if one.seen] + [one.on for one in lately if not one.seen][RESTARTS:]
    return retake_on(max(counting)) if counting else None


def level_of(speed: Speed) -> int | None:
    """The highest level whose speed and accuracy are both reached; None below the first."""
    reached = [
        cut.level
        for cut in typing_test().cuts
        if speed.net_wpm >= cut.net_wpm and speed.accuracy >= cut.accuracy
    ]
    return max(reached, default=None)
