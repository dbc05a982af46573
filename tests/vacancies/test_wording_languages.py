"""The same demands in French, Spanish and Italian, typed with and without accents, and what only looks like them."""

import re
import unicodedata

import pytest

from reference.enums import WordingGround
from reference.rules.wording import find_in
from reference.rules.wording.clearings import CLEARED, CLEARED_FOR
from reference.rules.wording.phrases import AS_THEY_STAND, PHRASES
from tests.vacancies.romance_words import FINE, FOUND
from tests.vacancies.test_wording import FINE as FINE_ELSEWHERE
from tests.vacancies.test_wording import FOUND as FOUND_ELSEWHERE

ASKED = [
    (language, ground, text, words)
    for language, grounds in FOUND.items()
    for ground, cases in grounds.items()
    for text, words in cases
]
HARMLESS = [text for grounds in FINE.values() for texts in grounds.values() for text in texts]


def bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


@pytest.mark.parametrize(("language", "ground", "text", "words"), ASKED)
def test_it_is_found_however_it_is_typed(language: str, ground: str, text: str, words: str) -> None:
    typed = {
        text: words,
        unicodedata.normalize("NFD", text): words,
        bare(text): bare(words),
        text.upper(): words.upper(),
    }
    for one, found in typed.items():
        assert (ground, found) in [(finding.ground, finding.words) for finding in find_in(one)], one


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    for one in (text, bare(text), text.upper(), text.replace("'", "’")):
        assert [(finding.ground, finding.words) for finding in find_in(one)] == []


def test_every_language_has_cases_of_every_ground() -> None:
    for table in (FOUND, FINE):
        for language, grounds in table.items():
            assert set(grounds) == set(WordingGround.values), language
            assert min(map(len, grounds.values())) >= 2, language


def test_harmless_texts_one_after_another_stay_harmless() -> None:
    """A phrase of one language would show itself where texts of several stand together."""
    together = ".\n".join(text.rstrip(".!?") for text in (*HARMLESS, *FINE_ELSEWHERE))
    assert [(finding.ground, finding.words) for finding in find_in(together)] == []


@pytest.mark.parametrize("ground", list(FOUND_ELSEWHERE))
def test_what_is_found_has_one_ground_only(ground: str) -> None:
    for grounds in FOUND.values():
        for text, _words in grounds[ground]:
            assert {finding.ground for finding in find_in(text) if finding.stops} <= {
                ground,
                "gender",
                "age",
            }, text


def test_tables_are_in_small_letters() -> None:
    """A text is read in small letters: a capital of a table would never be found."""
    rows = [
        *CLEARED,
        *(row for table in (PHRASES, CLEARED_FOR, AS_THEY_STAND) for rows in table.values() for row in rows),
    ]
    assert len(rows) > 300
    assert [row for row in rows if re.search(r"(?<!\\)[A-ZÀ-Þ]", re.sub(r"\(\?P[<=]", "(", row))] == []
