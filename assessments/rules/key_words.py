"""A right answer in words, for staff and for practice."""

from typing import Any

from assessments.enums import Interaction


def key_text(item: Any) -> str:
    """What a wholly right answer to an item says."""
    options, key = item.options, item.key
    match item.interaction:
        case Interaction.CHOICE:
            return str(options[key])
        case Interaction.MULTIPLE_CHOICE:
            return " · ".join(options[index] for index in key)
        case Interaction.TEXT_ENTRY:
            return " · ".join(texts[0] for texts in key)
        case Interaction.INLINE_CHOICE:
            return " · ".join(texts[index] for texts, index in zip(options, key, strict=True))
        case Interaction.ORDER:
            return " → ".join(options[index] for index in key)
        case _:
            rows = item.content["rows"]
            return " · ".join(f"{row}: {options[index]}" for row, index in zip(rows, key, strict=True))
