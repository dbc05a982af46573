"""The named errors of the engine."""


class InvalidPool(ValueError):
    """A pool's columns are unusable: wrong type, range, order or a duplicate id."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


class CorruptSnapshot(ValueError):
    """A stored pool cannot be trusted: a file is missing, truncated or altered."""


class InvalidQuery(ValueError):
    """A vacancy query is unusable. `field` names what has to be corrected."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class UnknownZone(ValueError):
    """A time zone name that the pinned time zone data does not know."""


class UnableToMerge(ValueError):
    """Rankings of shards that do not belong together, or are cut too short to merge."""


class UnknownCandidate(LookupError):
    """The candidate id is not in the pool."""
