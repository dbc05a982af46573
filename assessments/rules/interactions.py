"""Kinds of questions: what a valid one holds, and how well one can guess.

| interaction | options | key, and an answer to it | content (all optional unless said) |
| --- | --- | --- | --- |
| choice | texts | index of the best one | `credits` and `why`, one an option |
| multiple_choice | texts | indices, rising | `choose`: how many are to be chosen; `why` |
| text_entry | none | lists of accepted texts, one a gap; an answer: one text a gap | `case`, `accents`: true where they count |
| inline_choice | a list of texts for each gap | an index for each gap | |
| order | texts | indices in the right order | |
| match | texts to match with | an index for each row | `rows` (needed): texts; `once`: each option is used once at most |

A gap is written `____` in the prompt. An item with `steps` gives partial credit: choice by `credits`, the others for
every right gap, row or pair of neighbours, and for every right choice less the wrong ones.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import comb, factorial, perm
from typing import Any, NamedTuple

from assessments.enums import Interaction

GAP = "____"
MOST_OPTIONS = 12
LONGEST_TYPED = 80
SOURCE = "source"
"""Content that every kind may have: where a fact can be checked."""

FOR_STAFF = frozenset({SOURCE, "why"})
"""Content that people who answer never see."""


class Question(NamedTuple):
    """The parts of an item that decide what an answer is and what it is worth."""

    interaction: str
    prompt: str
    options: Sequence[Any]
    key: Any
    content: Mapping[str, Any]
    steps: Sequence[float]


def question_of(item: Any) -> Question:
    """The question of anything that has its parts as attributes: an item, or its line in a file."""
    return Question(*(getattr(item, name) for name in Question._fields))


def flaws(question: Question) -> Iterator[str]:
    """What is wrong with a question, in English for whoever wrote the file; nothing when it can be asked."""
    if question.interaction not in Interaction.values:
        yield f"interaction {question.interaction!r} is not one of {', '.join(Interaction.values)}"
        return
    kind = Interaction(question.interaction)
    if unknown := sorted(question.content.keys() - CONTENT[kind] - {SOURCE}):
        yield f"{kind} has no content {', '.join(unknown)}"
    found = list(SHAPES[kind](question))
    yield from found
    if not found:
        yield from _flaws_of_steps(question)


def _flaws_of_steps(question: Question) -> Iterator[str]:
    steps = question.steps
    if not all(_is_number(step) and -6 <= step <= 6 for step in steps):
        yield "steps must be numbers from -6 to 6"
    elif steps and len(steps) != (parts := most_credit_possible(question)):
        yield f"{len(steps)} steps do not fit the {parts} credits that can be earned"
    elif len(steps) == 1:
        yield "an item of one credit has no steps"
    elif steps and abs(sum(steps)) > 0.01:
        yield "steps are offsets from the difficulty and must add up to 0"
    elif not steps and "credits" in question.content:
        yield "credits need steps"


def most_credit_possible(question: Question) -> int:
    """The credits that an item of partial credit can give."""
    match question.interaction:
        case Interaction.CHOICE:
            return int(max(question.content.get("credits", [1])))
        case Interaction.ORDER:
            return len(question.key) - 1
        case _:
            return len(question.key)


def _texts(value: object, least: int, what: str) -> Iterator[str]:
    texts = isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
    if not isinstance(value, list) or not texts or len(value) < least:
        yield f"{what} must be {('one', 'two', 'three')[least - 1]} or more texts"
    elif len(value) > MOST_OPTIONS:
        yield f"{what} may be {MOST_OPTIONS} at most"
    elif len(set(value)) != len(value):
        yield f"two {what} are the same"


def _choice(question: Question) -> Iterator[str]:
    options, key = question.options, question.key
    if found := list(_texts(options, 2, "options")):
        yield from found
        return
    if not _is_index(key, len(options)):
        yield f"key {key} is not one of the {len(options)} options (0-{len(options) - 1})"
        return
    yield from _one_each(question, "why", lambda why: isinstance(why, str) and bool(why.strip()))
    yield from _flaws_of_credits(question)


def _flaws_of_credits(question: Question) -> Iterator[str]:
    given = question.content.get("credits")
    if given is None:
        return
    found = list(_one_each(question, "credits", lambda credit: _is_index(credit, MOST_OPTIONS)))
    yield from found
    if not found and (min(given) != 0 or given[question.key] != max(given) or given.count(max(given)) != 1):
        yield "credits must begin at 0, and only the key has the most"


def _one_each(question: Question, name: str, fits: Callable[[Any], bool]) -> Iterator[str]:
    given = question.content.get(name)
    if given is not None and not (
        isinstance(given, list) and len(given) == len(question.options) and all(fits(one) for one in given)
    ):
        yield f"{name} must say something for every option"


def _multiple_choice(question: Question) -> Iterator[str]:
    options, key, choose = question.options, question.key, question.content.get("choose")
    if found := list(_texts(options, 3, "options")):
        yield from found
    elif not _rising_indices(key, len(options)):
        yield f"key {key} must list options (0-{len(options) - 1}), rising"
    elif choose is not None and choose != len(key):
        yield f"choose {choose} does not fit a key of {len(key)}"
    else:
        yield from _one_each(question, "why", lambda why: isinstance(why, str) and bool(why.strip()))


def _text_entry(question: Question) -> Iterator[str]:
    gaps = max(question.prompt.count(GAP), 1)
    key = question.key
    if question.options:
        yield "text_entry has no options"
    elif not isinstance(key, list) or len(key) != gaps:
        yield f"key must hold a list of accepted texts for each of the {gaps} gaps"
    elif gaps > MOST_OPTIONS:
        yield f"gaps may be {MOST_OPTIONS} at most"
    else:
        for texts in key:
            yield from _texts(texts, 1, "accepted texts")
            if isinstance(texts, list) and any(
                isinstance(text, str) and len(text) > LONGEST_TYPED for text in texts
            ):
                yield f"an accepted text is longer than {LONGEST_TYPED} characters"
    for name in ("case", "accents"):
        if not isinstance(question.content.get(name, False), bool):
            yield f"{name} must be true or false"


def _inline_choice(question: Question) -> Iterator[str]:
    options, key, gaps = question.options, question.key, question.prompt.count(GAP)
    if not gaps or len(options) != gaps or not all(isinstance(texts, list) for texts in options):
        yield "inline_choice needs gaps in the prompt, and a list of options for each"
    elif gaps > MOST_OPTIONS:
        yield f"gaps may be {MOST_OPTIONS} at most"
    elif found := [flaw for texts in options for flaw in _texts(texts, 2, "options")]:
        yield from found
    elif not _indices(key, [len(texts) for texts in options]):
        yield f"key {key} must name an option for each gap"


def _order(question: Question) -> Iterator[str]:
    options, key = question.options, question.key
    if found := list(_texts(options, 3, "options")):
        yield from found
    elif not isinstance(key, list) or sorted(map(str, key)) != sorted(map(str, range(len(options)))):
        yield f"key {key} must name every option once"


def _match(question: Question) -> Iterator[str]:
    rows, options, once = question.content.get("rows"), question.options, question.content.get("once", False)
    if found := [*_texts(rows, 2, "rows"), *_texts(options, 2, "options")]:
        yield from found
        return
    assert rows is not None
    if not isinstance(once, bool):
        yield "once must be true or false"
    elif not _indices(question.key, [len(options)] * len(rows)):
        yield f"key {question.key} must name an option for each row"
    elif once and len(set(question.key)) != len(rows):
        yield "once is true, but the key uses an option twice"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_index(value: object, size: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < size


def _indices(key: object, sizes: Sequence[int]) -> bool:
    return (
        isinstance(key, list)
        and len(key) == len(sizes)
        and all(_is_index(index, size) for index, size in zip(key, sizes, strict=True))
    )


def _rising_indices(key: object, size: int) -> bool:
    return (
        isinstance(key, list)
        and bool(key)
        and all(_is_index(index, size) for index in key)
        and all(low < high for low, high in pairwise(key))
    )


def guessing(question: Question) -> float:
    """Chance of full marks for who knows nothing of the subject, from the format alone; 0 with partial credit.

    One of n options: 1/n. A subset of known size k: 1/C(n, k); of unknown size: 1/(2ⁿ - 1). An order: 1/n!. Rows to
    match: 1/nʳ, or 1/P(n, r) when each option is used once at most. Typed words: 0.
    """
    if question.steps:
        return 0.0
    options, key = question.options, question.key
    match question.interaction:
        case Interaction.CHOICE:
            ways = len(options)
        case Interaction.MULTIPLE_CHOICE if "choose" in question.content:
            ways = comb(len(options), len(key))
        case Interaction.MULTIPLE_CHOICE:
            ways = 2 ** len(options) - 1
        case Interaction.INLINE_CHOICE:
            ways = 1
            for texts in options:
                ways *= len(texts)
        case Interaction.ORDER:
            ways = factorial(len(options))
        case Interaction.MATCH if question.content.get("once"):
            ways = perm(len(options), len(key))
        case Interaction.MATCH:
            ways = len(options) ** len(key)
        case _:
            return 0.0
    return 1.0 / ways


SHAPES: Mapping[Interaction, Callable[[Question], Iterator[str]]] = {
    Interaction.CHOICE: _choice,
    Interaction.MULTIPLE_CHOICE: _multiple_choice,
    Interaction.TEXT_ENTRY: _text_entry,
    Interaction.INLINE_CHOICE: _inline_choice,
    Interaction.ORDER: _order,
    Interaction.MATCH: _match,
}
CONTENT: Mapping[Interaction, frozenset[str]] = {
    Interaction.CHOICE: frozenset({"credits", "why"}),
    Interaction.MULTIPLE_CHOICE: frozenset({"choose", "why"}),
    Interaction.TEXT_ENTRY: frozenset({"case", "accents"}),
    Interaction.INLINE_CHOICE: frozenset(),
    Interaction.ORDER: frozenset(),
    Interaction.MATCH: frozenset({"rows", "once"}),
}
