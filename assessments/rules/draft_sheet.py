"""An item between the form that staff fill in and the sheet that bank files are read into.

In the form a list is a text with one line each, the texts of one gap stand beside each other with | between them, and
options are counted from 1, as people do.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.enums import Interaction
from assessments.rules.bank_sheet import BankFileError, ItemSheet, read_items
from assessments.rules.item_life import EXPERT_PRIOR
from reference.enums import CEFRLevel

BESIDE = "|"
NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,9})?")
BETWEEN = re.compile(r"[\s,;]+")
MARKS: Mapping[str, frozenset[str]] = {
    Interaction.TEXT_ENTRY: frozenset({"case", "accents"}),
    Interaction.MATCH: frozenset({"once"}),
    Interaction.MULTIPLE_CHOICE: frozenset({"choose"}),
}
"""Ticks of the form that mean something, by interaction."""

KEPT_IN_FORM = frozenset({"credits", "why", "choose", "case", "accents", "rows", "once", "source"})


class DraftError(ValueError):
    """A field of the form cannot be used; `text` says why in the reader's words."""

    def __init__(self, field: str | None, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


def sheet_of(values: Mapping[str, Any], *, kind: str, kept: Mapping[str, Any]) -> ItemSheet:
    """The item that a filled-in form means, checked by the rules of bank files. Raises DraftError.

    `kept` is content that the form does not show.
    """
    interaction = values["interaction"]
    options = _options(interaction, values["options_text"])
    record = {
        "code": values["code"],
        "interaction": interaction,
        "level": values["level_code"],
        "skill": values["skill"],
        "topic": values["topic"],
        "text": _plain(values["text"]),
        "prompt": _plain(values["prompt"]),
        "options": options,
        "key": _key(interaction, values["answer_text"], options),
        "content": {**kept, **_content(interaction, values)},
        "rationale": _plain(values["rationale"]),
        "descriptor": {
            "scale": values["scale"].strip(),
            "level": values["level_code"],
            "can_do": values["can_do"].strip(),
        },
        "difficulty": values["b"],
        "discrimination": values["a"],
        "steps": _numbers("steps_text", values["steps_text"]),
        "parameters_source": EXPERT_PRIOR,
    }
    try:
        (sheet,) = read_items([record], "draft", kind)
    except BankFileError as error:
        raise DraftError(None, str(error).split(": ", 2)[-1]) from error
    return sheet


def form_values_of(item: Any) -> dict[str, Any]:
    """What the form shows of an item; `sheet_of` makes the same item of it."""
    content, interaction = item.content, item.interaction
    inline = interaction == Interaction.INLINE_CHOICE
    return {
        "level_code": CEFRLevel(item.level).name if item.bank.language_id else str(item.level),
        "options_text": "\n".join(_beside(texts) if inline else texts for texts in item.options),
        "answer_text": _answer_text(interaction, item.key),
        "rows_text": "\n".join(content.get("rows", [])),
        "credits_text": ", ".join(map(str, content.get("credits", []))),
        "why_text": "\n".join(content.get("why", [])),
        "steps_text": ", ".join(f"{step:g}" for step in item.steps),
        "choose": "choose" in content,
        **{name: content.get(name, False) for name in ("case", "accents", "once")},
        "source": content.get("source", ""),
        "scale": item.descriptor.get("scale", ""),
        "can_do": item.descriptor.get("can_do", ""),
    }


def kept_content(item: Any) -> dict[str, Any]:
    """Content of an item that the form does not show and leaves as it is."""
    return {name: value for name, value in item.content.items() if name not in KEPT_IN_FORM}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _split(line: str) -> list[str]:
    return [text.strip() for text in line.split(BESIDE)]


def _beside(texts: Sequence[str]) -> str:
    return f" {BESIDE} ".join(texts)


def _options(interaction: str, text: str) -> list[Any]:
    lines = _lines(text)
    return [_split(line) for line in lines] if interaction == Interaction.INLINE_CHOICE else list(lines)


def _key(interaction: str, text: str, options: Sequence[Any]) -> Any:
    if interaction == Interaction.TEXT_ENTRY:
        return [_split(line) for line in _lines(text)]
    places = [_place(number) for number in _numbers("answer_text", text)]
    if interaction == Interaction.CHOICE:
        if len(places) != 1 or places[0] >= len(options):
            words = _("Give the number of the one right option, from 1 to %(n)s.")
            raise DraftError("answer_text", words % {"n": len(options)})
        return places[0]
    return sorted(places) if interaction == Interaction.MULTIPLE_CHOICE else places


def _place(number: float) -> int:
    if number != int(number) or number < 1:
        raise DraftError("answer_text", _("Options are counted from 1."))
    return int(number) - 1


def _content(interaction: str, values: Mapping[str, Any]) -> dict[str, Any]:
    parts: Mapping[str, Callable[[], Any]] = {
        "rows": lambda: _lines(values["rows_text"]),
        "why": lambda: _lines(values["why_text"]),
        "credits": lambda: [_whole(number) for number in _numbers("credits_text", values["credits_text"])],
        "source": lambda: values["source"].strip(),
    }
    content = {name: found for name, part in parts.items() if (found := part())}
    marks = MARKS.get(interaction, frozenset())
    content |= {name: True for name in sorted(marks - {"choose"}) if values.get(name)}
    if "choose" in marks and values.get("choose"):
        content["choose"] = len(_numbers("answer_text", values["answer_text"]))
    return content


def _whole(number: float) -> int:
    if number != int(number) or number < 0:
        raise DraftError("credits_text", _("Credits are whole numbers from 0."))
    return int(number)


def _numbers(field: str, text: str) -> list[float]:
    parts = [part for part in BETWEEN.split(text.strip()) if part]
    if not all(NUMBER.fullmatch(part) for part in parts):
        raise DraftError(field, _("Write numbers, with commas or spaces between them."))
    return [float(part) for part in parts]


def _answer_text(interaction: str, key: Any) -> str:
    if interaction == Interaction.TEXT_ENTRY:
        return "\n".join(_beside(texts) for texts in key)
    return ", ".join(str(index + 1) for index in ([key] if isinstance(key, int) else key))
