"""What can go wrong when a profile is written."""

from candidates.enums import Step


class UnableToStart(Exception):
    """Staff, members of an employer and closed accounts cannot be candidates."""


class UnableToSave(Exception):
    """The facts do not fit together, or the profile is somebody else's. `field` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class ProfileGone(Exception):
    """The person has deleted their account meanwhile. `candidate_required` answers it for every page of theirs."""


class UnableToStay(Exception):
    """The person never agreed to be listed, took it back, or asked for something that makes no sense; the text says what."""


class UnableToList(Exception):
    """Facts that matching needs are missing. `missing` names the steps, in their order."""

    def __init__(self, missing: tuple[Step, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing
