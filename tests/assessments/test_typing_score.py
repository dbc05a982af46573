"""Scores of copied text: hand-worked values, a plain twin, and the texts themselves."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.typing_score import Copy, compare, plain_text, silence_credit, speed_of
from assessments.rules.typing_test import level_of, typing_test


def plain_distance(one: str, other: str) -> int:
    """Minimum edit distance, cell by cell."""
    table = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, start=1):
        for j, b in enumerate(other, start=1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b))
    return table[-1][-1]


def plain_compare(original: str, typed: str) -> Copy:
    distances = [plain_distance(typed, original[:j]) for j in range(len(original) + 1)]
    errors = min(distances)
    return Copy(len(typed), max(j for j, found in enumerate(distances) if found == errors), errors)


@pytest.mark.parametrize(
    ("original", "typed", "expected"),
    [
        ("the quick brown fox", "the quick brown fox", Copy(19, 19, 0)),
        ("the quick brown fox", "the quick", Copy(9, 9, 0)),  # nobody has to finish
        ("the quick brown fox", "", Copy(0, 0, 0)),
        ("the quick brown fox", "teh quick", Copy(9, 9, 2)),  # two characters swapped are two
        ("the quick brown fox", "the quick brwn", Copy(14, 15, 1)),  # one left out
        ("the quick brown fox", "the quick brownn", Copy(16, 16, 1)),  # one put in, or one replaced: the same
        ("the quick brown fox", "the brown fox", Copy(13, 19, 6)),  # a word left out
        ("abc", "abcdef", Copy(6, 3, 3)),  # more than there was
        ("quickly", "kwikly", Copy(6, 7, 3)),
    ],
)
def test_errors_by_hand(original, typed, expected):
    assert compare(original, typed) == expected == plain_compare(original, typed)


@settings(max_examples=200, deadline=None)
@given(st.text("ab c", max_size=9), st.text("ab c", max_size=9))
def test_the_fast_alignment_is_the_plain_one(original, typed):
    assert compare(original, typed) == plain_compare(original, typed)


def test_a_long_text_with_known_slips():
    text = typing_test().passages["en"][0].text
    rng, typed = random.Random(3), list(text)
    for place in rng.sample(range(0, len(text), 7), 12):
        typed[place] = "#"
    assert compare(text, "".join(typed)) == Copy(len(text), len(text), 12)


def test_speed_by_hand():
    speed = speed_of(Copy(characters=500, reached=504, errors=8), seconds=120)
    assert speed.gross_wpm == 50
    assert speed.net_wpm == 46
    assert speed.accuracy == pytest.approx(1 - 8 / 504)


def test_speed_has_ends():
    assert speed_of(Copy(100, 90, 60), 60).net_wpm == 0
    assert speed_of(Copy(0, 0, 0), 60).accuracy == 0
    with pytest.raises(ValueError, match="takes time"):
        speed_of(Copy(10, 10, 0), 0)


def test_quotes_dashes_line_ends_and_composition_are_nobodys_mistake():
    assert plain_text("it’s  “so”\n– cafe\u0301 ") == 'it\'s "so" - café'


@pytest.mark.parametrize(
    ("before", "typed_before", "typed_after", "silence", "credit"),
    [
        (60, 200, 200, 40, 40),  # done typing: the whole wait was lost
        (60, 200, 300, 40, 10),  # a hundred characters took thirty of the forty seconds
        (60, 200, 400, 40, 0),  # typed on all the while
        (60, 200, 150, 40, 40),  # text taken away again
        (60, 0, 300, 40, 0),  # nothing to tell a pace from
    ],
)
def test_a_silent_line_gives_back_what_typing_did_not_need(
    before, typed_before, typed_after, silence, credit
):
    found = silence_credit(before=before, typed_before=typed_before, typed_after=typed_after, silence=silence)
    assert found == credit


@pytest.mark.parametrize(
    ("characters", "errors", "level"),
    [
        (1249, 0, 2),  # 49.96 words a minute
        (1250, 0, 3),
        (1500, 45, 3),  # 51 net, 97 % right
        (1500, 46, 2),
        (875, 0, 2),
        (874, 0, 1),
        (500, 0, 1),
        (499, 0, None),
        (1500, 151, None),  # fast, and a tenth wrong
    ],
)
def test_a_level_needs_speed_and_accuracy(characters, errors, level):
    assert level_of(speed_of(Copy(characters, characters, errors), 300)) == level


# --- the texts ------------------------------------------------------------------------------------------------

LANGUAGES = ["de", "en", "es", "fr", "it", "nl"]


def test_every_language_has_texts():
    test = typing_test()
    assert sorted(test.passages) == sorted(test.practice) == LANGUAGES
    for language in LANGUAGES:
        codes = [one.code for one in test.passages[language]]
        assert len(set(codes)) == len(codes) >= 3
        assert all(test.find(code).language == language for code in codes)
    assert test.find("en-nothing") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_can_be_typed_and_are_alike_in_length(language):
    """Only signs that a keyboard of the language has; long enough that few reach the end, short enough for a phone's patience."""
    letters = {"de": "äöüßÄÖÜ", "es": "áéíóúñü¿¡", "fr": "éèêàâçùûîô", "it": "àèéìòù", "nl": "éë", "en": ""}
    for one in typing_test().passages[language]:
        assert 150 <= one.words <= 220, one.code
        strange = set(one.text) - set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;?'-"
        )
        assert strange <= set(letters[language]), (one.code, strange)
        assert one.text == plain_text(one.text)
    assert 30 <= typing_test().practice[language].words <= 60


def test_the_cuts_say_who_set_them_and_how():
    test = typing_test()
    assert [cut.level for cut in test.cuts] == [1, 2, 3]
    assert set(test.cuts_set) == {"by", "on", "method"}
    assert all(test.cuts_set.values())
