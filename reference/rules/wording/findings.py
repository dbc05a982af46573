"""Reading a text against the table of phrases: pure, and the same for everybody who asks."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from reference.enums import WordingGround
from reference.rules.wording.clearings import CLEARED, CLEARED_FOR
from reference.rules.wording.phrases import AS_THEY_STAND, PHRASES
from reference.rules.wording.reasons import REASONS, Reason

MOST: Final = 20
"""Findings shown for one text, those that stop it before others: whoever has more starts over anyway."""

LONGEST_WORD: Final = 64
FEW_SIGNS: Final = 3
GRAVE: Final = "\N{COMBINING GRAVE ACCENT}"
ACCENTS: Final = GRAVE + "\u0301\u0302\u0303\u0308\u0327"
"""Grave, acute, circumflex, tilde, two dots and cedilla, as they are put behind a letter."""

_RUN = re.compile(r"(\\[sw]|\[(?!\^)[^\]]+\])([+*])")
_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "İ": "I", "ı": "i"}
)
"""The two signs besides that match an i without regard to case; no other grows when it is made small."""
_ACCENTED = re.compile("[à-ÿ]")
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Some words of a text and what is wrong with them. `start` counts characters of the text as it is compared."""

    ground: WordingGround
    words: str
    start: int

    @property
    def reason(self) -> Reason:
        """What is wrong, why, and what to write instead, in the reader's language."""
        return REASONS[self.ground]

    @property
    def stops(self) -> bool:
        """Whether nothing that says so is published."""
        return self.reason.stops


def find_in(text: str) -> list[Finding]:
    """What is wrong with a text, in the order of its words; all languages of the tables are read together."""
    plain = _comparable(text)
    small = plain.lower()
    found: dict[tuple[WordingGround, int], Finding] = {}
    for ground in WordingGround:
        hits = [hit.span() for hit in _phrases(ground).finditer(small)]
        cleared = [hit.span() for hit in _clearings(ground).finditer(small)] if hits else []
        for start, end in hits:
            if not any(first <= start and end <= last for first, last in cleared):
                found[ground, start] = Finding(ground, " ".join(plain[start:end].split()), start)
    told = sorted(found.values(), key=lambda finding: (not finding.stops, finding.start))[:MOST]
    return sorted(told, key=lambda finding: (finding.start, finding.ground))


def stopping_words(text: str) -> list[str]:
    """The words of a text that cannot be published, in their order, each once."""
    return list(dict.fromkeys(finding.words for finding in find_in(text) if finding.stops))


def stop_in(text: str) -> str:
    """Which words of a text cannot be published, why, and what to write instead, in sentences; empty where all can."""
    told: dict[WordingGround, list[str]] = {}
    for finding in find_in(text):
        if finding.stops:
            told.setdefault(finding.ground, []).append(f"“{finding.words}”")
    sentence = _("%(words)s %(ground)s. %(why)s Better: %(instead)s")
    return " ".join(
        sentence
        % {
            "words": ", ".join(dict.fromkeys(words)),
            "ground": ground.label,
            "why": REASONS[ground].why,
            "instead": REASONS[ground].instead,
        }
        for ground, words in told.items()
    )


def _comparable(text: str) -> str:
    return _UNSEEN.sub("", _normal(text.translate(_ALIKE))).translate(_ALIKE)


def _normal(text: str) -> str:
    """Signs that stand for others in their usual form; where that blows the text up, those that stand for many are blanks."""
    normal = unicodedata.normalize("NFKC", text)
    if len(normal) <= 2 * len(text):
        return normal
    signs = (unicodedata.normalize("NFKC", sign) for sign in text)
    return "".join(sign if len(sign) <= FEW_SIGNS else " " for sign in signs)


@cache
def _phrases(ground: WordingGround) -> re.Pattern[str]:
    whole_words = rf"(?<![\w-])(?:{'|'.join(PHRASES[ground]) or r'(?!)'})(?!\w)"
    return _compiled("|".join((whole_words, *AS_THEY_STAND.get(ground, ()))))


@cache
def _clearings(ground: WordingGround) -> re.Pattern[str]:
    return _compiled(rf"(?<!\w)(?:{'|'.join((*CLEARED, *CLEARED_FOR[ground]))})")


def _compiled(pattern: str) -> re.Pattern[str]:
    """A blank of the table stands for any white space, one with a question mark for none, too.

    No run of word signs is followed further than the longest word: from every sign of a text made of one endless word,
    each phrase would look through all of the rest. Case is not ignored here, since a phrase whose first letter is plain is
    passed over much faster: the text comes in small letters.
    """
    spaced = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    bounded = _RUN.sub(lambda run: f"{run[1]}{{{int(run[2] == '+')},{LONGEST_WORD}}}", spaced)
    return re.compile(_ACCENTED.sub(_with_or_without, bounded))


def _with_or_without(letter: re.Match[str]) -> str:
    """A letter as people type it: with its accent, another or none; for a grave one an apostrophe behind it, too."""
    plain = unicodedata.normalize("NFD", letter[0])
    typed = unicodedata.normalize("NFC", "".join(plain[0] + accent for accent in ACCENTS))
    return f"[{plain[0]}{''.join(sign for sign in typed if sign.isalpha())}]" + (
        "'?" if GRAVE in plain else ""
    )
