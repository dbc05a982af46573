"""What can go wrong when a vacancy is written."""


class UnableToEdit(Exception):
    """The vacancy is closed or in review, or another member changed it meanwhile."""


class UnableToPublish(Exception):
    """Facts are missing, or no country passes its wage floor. `problems` maps field names to sentences."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


class UnableToMoveVacancy(Exception):
    """The vacancy's state does not allow this step (any more)."""
