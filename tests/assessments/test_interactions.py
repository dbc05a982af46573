"""Kinds of questions: which are valid, how well one can guess, what an answer is worth."""

import pytest

from assessments.rules.credit import credit_of, is_possible, plain
from assessments.rules.interactions import Question, flaws, guessing

WORDS = ["one", "two", "three", "four"]


def question(interaction, options=WORDS, key=0, steps=(), prompt="Which?", **content):
    return Question(interaction, prompt, options, key, content, list(steps))


CHOICE = question("choice", key=2)
GRADED = question("choice", key=2, steps=[-1, 0, 1], credits=[0, 1, 3, 2])
SEVERAL = question("multiple_choice", key=[0, 3])
TWO = question("multiple_choice", key=[0, 3], choose=2)
SEVERAL_GRADED = question("multiple_choice", key=[0, 3], steps=[-0.5, 0.5])
TYPED = question("text_entry", [], [["Tuesday", "on Tuesday"]], prompt="It comes ____ .")
TYPED_GRADED = question("text_entry", [], [["a"], ["b"]], steps=[-0.5, 0.5], prompt="____ ____")
INLINE = question("inline_choice", [["is", "are"], ["a", "an", "the"]], [0, 1], prompt="It ____ ____ egg.")
ORDER = question("order", key=[2, 0, 1, 3])
ORDER_GRADED = question("order", key=[2, 0, 1, 3], steps=[-1, 0, 1])
MATCH = question("match", ["x", "y", "z"], [1, 1], rows=["A", "B"])
MATCH_ONCE = question("match", ["x", "y", "z"], [1, 0], rows=["A", "B"], once=True)
MATCH_GRADED = question("match", ["x", "y", "z"], [1, 1], rows=["A", "B"], steps=[-0.5, 0.5])
ALL = [
    CHOICE, GRADED, SEVERAL, TWO, SEVERAL_GRADED, TYPED, TYPED_GRADED, INLINE, ORDER, ORDER_GRADED, MATCH, MATCH_ONCE,
    MATCH_GRADED,
]  # fmt: skip


@pytest.mark.parametrize("valid", ALL)
def test_a_valid_question_has_no_flaws(valid):
    assert list(flaws(valid)) == []


@pytest.mark.parametrize(
    ("wrong", "flaw"),
    [
        (question("hotspot"), "interaction 'hotspot' is not one of choice, multiple_choice, text_entry"),
        (question("choice", key=4), "key 4 is not one of the 4 options (0-3)"),
        (question("choice", key=[1]), "key [1] is not one of the 4 options (0-3)"),
        (question("choice", key=True), "key True is not one of the 4 options (0-3)"),
        (question("choice", ["a", "a"]), "two options are the same"),
        (question("choice", [str(n) for n in range(13)]), "options may be 12 at most"),
        (question("choice", rows=["a", "b"]), "choice has no content rows"),
        (question("choice", why=["because"]), "why must say something for every option"),
        (question("choice", credits=[3, 0, 1, 2]), "credits need steps"),
        (question("choice", credits=[3, 0, 1], steps=[-1, 0, 1]), "credits must say something for every"),
        (question("choice", credits=[3, 1, 1, 2], steps=[-1, 0, 1]), "credits must begin at 0"),
        (question("choice", credits=[3, 0, 1, 3], steps=[-1, 0, 1]), "credits must begin at 0, and only the key"),
        (question("choice", credits=[3, 0, 1, 2], steps=[-1, 1]), "2 steps do not fit the 3 credits"),
        (question("choice", credits=[3, 0, 1, 2], steps=[-1, 0, 2]), "steps are offsets from the difficulty"),
        (question("choice", credits=[3, 0, 1, 2], steps=[-1, 0, "1"]), "steps must be numbers from -6 to 6"),
        (question("choice", steps=[0]), "an item of one credit has no steps"),
        (question("multiple_choice", key=[3, 0]), "key [3, 0] must list options (0-3), rising"),
        (question("multiple_choice", key=[]), "key [] must list options (0-3), rising"),
        (question("multiple_choice", key=[0, 3], choose=3), "choose 3 does not fit a key of 2"),
        (question("text_entry", [], [["a"]], prompt="____ ____"), "a list of accepted texts for each of the 2 gaps"),
        (question("text_entry", [], [["a"]] * 13, prompt="____ " * 13), "gaps may be 12 at most"),
        (question("text_entry", [], [[]]), "accepted texts must be one or more texts"),
        (question("text_entry", [], [["a" * 81]]), "an accepted text is longer than 80 characters"),
        (question("text_entry", [], [["a"]], case="no"), "case must be true or false"),
        (question("text_entry", WORDS, [["a"]]), "text_entry has no options"),
        (question("inline_choice", [["a", "b"]], [0]), "inline_choice needs gaps in the prompt"),
        (question("inline_choice", [["a", "b"]], [2], prompt="____"), "key [2] must name an option for each gap"),
        (question("inline_choice", [["a"]], [0], prompt="____"), "options must be two or more texts"),
        (question("inline_choice", [["a", "b"]] * 13, [0] * 13, prompt="____ " * 13), "gaps may be 12 at most"),
        (question("order", key=[0, 1, 2, 2]), "key [0, 1, 2, 2] must name every option once"),
        (question("order", ["a", "b"], key=[0, 1]), "options must be three or more texts"),
        (question("match", key=[0, 1]), "rows must be two or more texts"),
        (question("match", key=[0], rows=["A", "B"]), "key [0] must name an option for each row"),
        (question("match", key=[0, 0], rows=["A", "B"], once=True), "once is true, but the key uses an option twice"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_named(wrong, flaw):
    assert flaw in next(flaws(wrong))


@pytest.mark.parametrize(
    ("asked", "chance"),
    [
        (CHOICE, 1 / 4),
        (GRADED, 0),
        (SEVERAL, 1 / 15),
        (TWO, 1 / 6),
        (TYPED, 0),
        (INLINE, 1 / 6),
        (ORDER, 1 / 24),
        (MATCH, 1 / 9),
        (MATCH_ONCE, 1 / 6),
        (MATCH_GRADED, 0),
    ],
)
def test_guessing_follows_from_the_format(asked, chance):
    assert guessing(asked) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("asked", "answer", "credit"),
    [
        (CHOICE, 2, 1),
        (CHOICE, 0, 0),
        *[(GRADED, option, credit) for option, credit in enumerate([0, 1, 3, 2])],
        (SEVERAL, [0, 3], 1),
        (SEVERAL, [0], 0),
        (SEVERAL, [0, 1, 3], 0),
        (SEVERAL_GRADED, [0, 3], 2),
        (SEVERAL_GRADED, [3], 1),
        (SEVERAL_GRADED, [0, 1, 3], 1),
        (SEVERAL_GRADED, [0, 1, 2, 3], 0),
        (TYPED, ["tuesday"], 1),
        (TYPED, ["  On   TUESDAY. "], 1),
        (TYPED, ["Thursday"], 0),
        (TYPED_GRADED, ["x", "B"], 1),
        (INLINE, [0, 1], 1),
        (INLINE, [0, 2], 0),
        (ORDER, [2, 0, 1, 3], 1),
        (ORDER, [2, 0, 3, 1], 0),
        (ORDER_GRADED, [2, 0, 1, 3], 3),
        (ORDER_GRADED, [3, 2, 0, 1], 2),
        (ORDER_GRADED, [3, 1, 0, 2], 0),
        (MATCH, [1, 1], 1),
        (MATCH_GRADED, [1, 0], 1),
        (MATCH_GRADED, [0, 0], 0),
    ],
)
def test_what_an_answer_is_worth(asked, answer, credit):
    assert is_possible(asked, answer)
    assert credit_of(asked, answer) == credit


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        *[(CHOICE, answer) for answer in (-1, 4, True, "2", [2], None, 2.0)],
        *[(SEVERAL, answer) for answer in ([], [3, 0], [0, 0], [4], 0, None)],
        (TWO, [0]),
        (TWO, [0, 1, 2]),
        *[(TYPED, answer) for answer in ([""], [" "], ["a", "b"], "a", ["a" * 81], [1])],
        *[(INLINE, answer) for answer in ([2, 0], [0], [0, -1])],
        *[(ORDER, answer) for answer in ([0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4])],
        *[(MATCH, answer) for answer in ([0], [0, 3])],
        (MATCH_ONCE, [1, 1]),
    ],
)
def test_an_impossible_answer_is_known(asked, answer):
    assert not is_possible(asked, answer)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("  It’s   fine. ", "it's fine"),
        ("CAFÉ", "cafe"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁne", "fine"),
        ("e‑mail", "e-mail"),
    ],
)
def test_typed_words_are_evened_out(typed, same):
    assert plain(typed) == same


def test_case_and_accents_count_where_the_item_says_so():
    strict = question("text_entry", [], [["São Paulo"]], case=True, accents=True)
    assert credit_of(strict, ["São  Paulo "]) == 1
    assert credit_of(strict, ["são Paulo"]) == 0
    assert credit_of(strict, ["Sao Paulo"]) == 0
    assert plain("Año", accents=True) != plain("Ano", accents=True)
