"""The question in a QTI 3.0 item: which interaction, what is shown, what is right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.enums import Interaction
from assessments.rules.interactions import GAP, MOST_OPTIONS
from assessments.rules.qti_package import children, local
from assessments.rules.qti_text import text_of

GAP_KINDS = {
    "qti-text-entry-interaction": Interaction.TEXT_ENTRY,
    "qti-inline-choice-interaction": Interaction.INLINE_CHOICE,
}
POSSIBLE_CREDITS = range(MOST_OPTIONS)
NO_TEXT = frozenset(
    {"qti-rubric-block", "qti-catalog-info", "qti-stylesheet", "qti-companion-materials-info"}
)


class Unusable(ValueError):
    """An item cannot be asked here; the message says why, as the end of a sentence."""


@dataclass(slots=True)
class FoundQuestion:
    """A question as our records have it, but for its facts."""

    interaction: Interaction
    text: str
    prompt: str
    options: list[Any] = field(default_factory=list)
    key: Any = None
    content: dict[str, Any] = field(default_factory=dict)
    steps: list[float] = field(default_factory=list)


def question_in(item: Element) -> FoundQuestion:
    """The question of a `qti-assessment-item`. Raises Unusable, with the name of what is not known here."""
    body = next(children(item, "qti-item-body"), None)
    if body is None:
        raise Unusable(_("it has no body"))
    interactions = [one for one in body.iter() if local(one).endswith("-interaction")]
    names = {local(one) for one in interactions}
    if not names:
        raise Unusable(_("it asks nothing"))
    if unknown := sorted(names - READERS.keys() - GAP_KINDS.keys()):
        raise Unusable(
            _("it is answered by %(name)s, which is not known here") % {"name": ", ".join(unknown)}
        )
    if len(names) > 1 or (len(interactions) > 1 and not names <= GAP_KINDS.keys()):
        raise Unusable(_("it asks several things at once: %(names)s") % {"names": ", ".join(sorted(names))})
    answers = {one.get("identifier", ""): Answers(one) for one in children(item, "qti-response-declaration")}
    if names <= GAP_KINDS.keys():
        return _gaps(body, interactions, answers)
    return READERS[names.pop()](body, interactions[0], _answers_of(interactions[0], answers))


class Answers:
    """What a response declaration says: how many values of which kind, which are right, and what values earn."""

    def __init__(self, declaration: Element) -> None:
        self.cardinality = declaration.get("cardinality", "")
        self.base_type = declaration.get("base-type", "")
        self.right = [
            (value.text or "").strip()
            for correct in children(declaration, "qti-correct-response")
            for value in children(correct, "qti-value")
        ]
        entries = [
            entry
            for mapping in children(declaration, "qti-mapping")
            for entry in children(mapping, "qti-map-entry")
        ]
        self.worth = {entry.get("map-key", ""): _number(entry.get("mapped-value", "")) for entry in entries}
        self.case = bool(entries) and all(entry.get("case-sensitive") == "true" for entry in entries)

    def check(self, cardinality: str, base_type: str) -> None:
        """Raises Unusable where the declaration is of another kind."""
        if (self.cardinality, self.base_type) != (cardinality, base_type):
            words = _("its answer is declared as %(found)s, not as %(wanted)s")
            found, wanted = f"{self.cardinality} {self.base_type}", f"{cardinality} {base_type}"
            raise Unusable(words % {"found": found.strip() or "–", "wanted": wanted})


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise Unusable(_("“%(text)s” is no number") % {"text": text[:20]})
    return number


def _answers_of(interaction: Element, answers: Mapping[str, Answers]) -> Answers:
    name = interaction.get("response-identifier", "")
    if name not in answers:
        raise Unusable(_("nothing says which answer to “%(name)s” is right") % {"name": name})
    return answers[name]


def _choices(parent: Element, name: str) -> dict[str, str]:
    found = {one.get("identifier", ""): text_of(one) for one in children(parent, name)}
    if not all(found.values()) or "" in found:
        raise Unusable(_("an option has no text or no identifier"))
    return found


def _places(values: Sequence[str], choices: Mapping[str, Any]) -> list[int]:
    """Where the values stand among the choices."""
    order = list(choices)
    if not values:
        raise Unusable(_("no right answer is given"))
    if missing := [value for value in values if value not in choices]:
        raise Unusable(_("the right answer “%(value)s” is none of the options") % {"value": missing[0][:40]})
    return [order.index(value) for value in values]


def _hidden(element: Element) -> bool:
    """Whether people who answer do not read it."""
    if local(element) == "qti-rubric-block":
        return "candidate" not in element.get("view", "candidate").split()
    return local(element) in NO_TEXT


def _without(element: Element) -> str | None:
    """Nothing stands for interactions and for what is hidden."""
    return "" if local(element).endswith("-interaction") or _hidden(element) else None


def _text_and_prompt(body: Element, interaction: Element) -> tuple[str, str]:
    """What stands before and the question; without a prompt the last paragraph is the question."""
    text = text_of(body, _without)
    prompt = next(children(interaction, "qti-prompt"), None)
    words = text_of(prompt) if prompt is not None else ""
    if not words:
        *before, words = text.split("\n\n")
        text = "\n\n".join(before)
    return text, words


def _choice(body: Element, interaction: Element, answers: Answers) -> FoundQuestion:
    choices = _choices(interaction, "qti-simple-choice")
    text, prompt = _text_and_prompt(body, interaction)
    if answers.cardinality == "multiple":
        return _several(
            choices, interaction, answers, FoundQuestion(Interaction.MULTIPLE_CHOICE, text, prompt)
        )
    answers.check("single", "identifier")
    found = FoundQuestion(Interaction.CHOICE, text, prompt, options=list(choices.values()))
    worth = [answers.worth.get(name, 0.0) for name in choices] if answers.worth else []
    if not answers.right and worth:
        found.key = worth.index(max(worth))
    else:
        (found.key,) = _places(answers.right[:1], choices)
    if worth and max(worth) > 1:
        if any(
            one not in POSSIBLE_CREDITS for one in worth
        ):  # each credit becomes a step: a billion would fill the memory
            words = _("its credits are no whole numbers from 0 to %(most)s")
            raise Unusable(words % {"most": POSSIBLE_CREDITS[-1]})
        found.content["credits"] = [int(one) for one in worth]
        found.steps = even_steps(int(max(worth)))
    return found


def even_steps(count: int) -> list[float]:
    """Steps of partial credit where a package says none: half a logit apart, adding up to 0."""
    return [0.5 * (2 * number - count + 1) / 2 for number in range(count)]


def _several(
    choices: Mapping[str, str], interaction: Element, answers: Answers, found: FoundQuestion
) -> FoundQuestion:
    answers.check("multiple", "identifier")
    found.options = list(choices.values())
    found.key = sorted(_places(answers.right, choices))
    bounds = {interaction.get("max-choices", "0"), interaction.get("min-choices", "0")}
    if bounds == {str(len(found.key))}:
        found.content["choose"] = len(found.key)
    return found


def _order(body: Element, interaction: Element, answers: Answers) -> FoundQuestion:
    answers.check("ordered", "identifier")
    choices = _choices(interaction, "qti-simple-choice")
    found = FoundQuestion(Interaction.ORDER, *_text_and_prompt(body, interaction))
    found.options, found.key = list(choices.values()), _places(answers.right, choices)
    return found


def _match(body: Element, interaction: Element, answers: Answers) -> FoundQuestion:
    answers.check("multiple", "directedPair")
    sets = list(children(interaction, "qti-simple-match-set"))
    if len(sets) != 2:
        raise Unusable(_("it has not two sets to match"))
    rows, options = (_choices(one, "qti-simple-associable-choice") for one in sets)
    partners: dict[str, str] = {}
    for pair in answers.right:
        row, _space, option = pair.partition(" ")
        if row in partners:
            raise Unusable(_("a row goes with several answers"))
        partners[row] = option.strip()
    if partners.keys() != rows.keys():
        raise Unusable(_("not every row has a right answer"))
    found = FoundQuestion(Interaction.MATCH, *_text_and_prompt(body, interaction))
    found.options = list(options.values())
    found.key = _places([partners[row] for row in rows], options)
    found.content["rows"] = list(rows.values())
    limits = {one.get("match-max", "1") for one in children(sets[1], "qti-simple-associable-choice")}
    if limits == {"1"} and len(set(found.key)) == len(found.key):
        found.content["once"] = True
    return found


def _gaps(body: Element, interactions: Sequence[Element], answers: Mapping[str, Answers]) -> FoundQuestion:
    kind = GAP_KINDS[local(interactions[0])]
    text, prompt = _text_with_gaps(body)
    found = FoundQuestion(kind, text, prompt, key=[])
    case = []
    for one in interactions:
        said = _answers_of(one, answers)
        if kind == Interaction.TEXT_ENTRY:
            said.check("single", "string")
            accepted = [*said.right, *(key for key, worth in said.worth.items() if worth > 0)]
            if not accepted:
                raise Unusable(_("no right answer is given"))
            found.key.append(list(dict.fromkeys(accepted)))
            case.append(said.case)
        else:
            said.check("single", "identifier")
            choices = _choices(one, "qti-inline-choice")
            found.options.append(list(choices.values()))
            found.key += _places(said.right[:1], choices)
    if case and all(case):
        found.content["case"] = True
    return found


def _text_with_gaps(body: Element) -> tuple[str, str]:
    """What stands before, and the paragraphs with the gaps; a gap alone in its paragraph belongs to the one before."""

    def gap(element: Element) -> str | None:
        return GAP if local(element) in GAP_KINDS else "" if _hidden(element) else None

    blocks = text_of(body, gap).split("\n\n")
    first = next(number for number, block in enumerate(blocks) if GAP in block)
    last = max(number for number, block in enumerate(blocks) if GAP in block)
    if first == last and blocks[first] == GAP and first > 0:
        return "\n\n".join([*blocks[: first - 1], *blocks[last + 1 :]]), blocks[first - 1]
    return "\n\n".join([*blocks[:first], *blocks[last + 1 :]]), "\n\n".join(blocks[first : last + 1])


Reader = Callable[[Element, Element, Answers], FoundQuestion]
READERS: Mapping[str, Reader] = {
    "qti-choice-interaction": _choice,
    "qti-order-interaction": _order,
    "qti-match-interaction": _match,
}
