"""What can go wrong when a vacancy is written."""


class UnableToEdit(Exception):
    """The vacancy is being reviewed, or there is nothing to copy or to go back to."""


class ChangedMeanwhile(Exception):
    """Another member saved or published after the page that was sent had been opened."""


class UnableToPublish(Exception):
    """Facts are missing, or no country passes its wage floor. `problems` maps field names to sentences."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


class UnableToMoveVacancy(Exception):
    """The vacancy's state does not allow this step (any more). `already` when the step was taken before."""

    def __init__(self, sentence: str, *, already: bool = False) -> None:
        super().__init__(sentence)
        self.already = already
