"""Small vocabularies that live in files only: education (ISCED) and the subjects of local knowledge."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

DATA_FOLDER = Path(__file__).resolve().parent / "data"


def in_active_language(names: Mapping[str, str]) -> str:
    """The text in the active language, else in English."""
    return names.get((get_language() or "en").split("-")[0]) or names["en"]


@dataclass(frozen=True)
class Word:
    """A code that never changes, and its names by language."""

    code: str
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_active_language(self.names)


@cache
def _words(file: str) -> tuple[Word, ...]:
    with (DATA_FOLDER / file).open(encoding="utf-8", newline="") as handle:
        return tuple(
            Word(row["code"], {"en": row["name_en"], "nl": row["name_nl"]}) for row in csv.DictReader(handle)
        )


def education_levels() -> tuple[Word, ...]:
    """ISCED 2011 levels 0 to 8, in plain words. The code is the digit."""
    return _words("isced_levels.csv")


def education_fields() -> tuple[Word, ...]:
    """ISCED-F 2013 broad fields 00 to 10."""
    return _words("isced_fields.csv")


def locality_subjects() -> tuple[Word, ...]:
    """What being at home in a country can be about."""
    return _words("locality_subjects.csv")


def choices(words: tuple[Word, ...]) -> list[tuple[str, str]]:
    """(code, name in the active language) for a form field; call it when the form is made."""
    return [(word.code, word.name) for word in words]
