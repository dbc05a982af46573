"""Who may do what with an item."""

from collections.abc import Collection

from assessments.enums import ITEM_MOVES, ItemState

EXPERT_PRIOR = "expert prior"
CALIBRATED = "calibrated"
"""How the source of an item's parameters begins."""


def moves_open_to(*, state: str, person_id: int, writers: Collection[int]) -> list[str]:
    """The states that a person may move an item to, in the order of an item's life.

    `writers` wrote or edited the text as it stands: none of them reviews it.
    """
    allowed = ITEM_MOVES.get(state, frozenset())
    if person_id in writers:
        allowed = allowed - {ItemState.REVIEWED}
    return [to for to in ItemState.values if to in allowed]


def is_editable(state: str) -> bool:
    """Only a draft has a text that may still change."""
    return state == ItemState.DRAFT


def parameters_possible(a: float, b: float) -> bool:
    """Whether discrimination and difficulty lie where an item may have them."""
    return 0 < a <= 4 and -6 <= b <= 6
