"""What can go wrong between a person and a vacancy, with words for whoever acted."""

from typing import Any


class UnableToApply(Exception):
    """No application can begin. `already` when it stands there already: the same press came twice."""

    def __init__(self, sentence: str, *, already: bool = False) -> None:
        super().__init__(sentence)
        self.already = already


class UnableToMoveApplication(Exception):
    """The application does not allow this step (any more). `already` when the step was taken before."""

    def __init__(self, sentence: str, *, already: bool = False) -> None:
        super().__init__(sentence)
        self.already = already


class UnableToSetAside(Exception):
    """Somebody cannot be set aside; the text says why in the reader's language."""


class UnableToNote(Exception):
    """No note can be kept about somebody; the text says why in the reader's language."""


class UnableToDecideTogether(Exception):
    """One line at least is not possible, so none was taken; `outcomes` has every line."""

    def __init__(self, outcomes: Any) -> None:
        super().__init__(outcomes)
        self.outcomes = outcomes
