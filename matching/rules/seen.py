"""Which of two readings saw more of what people did."""

from typing import NamedTuple


class Seen(NamedTuple):
    """Every change by a transaction below `xmin`, and what `snapshot` could see ("xmin:xmax:xip,…" of PostgreSQL).

    The snapshot is empty for a transaction that read its own changes.
    """

    xmin: int
    snapshot: str

    def is_more_than(self, other: "Seen") -> bool:
        """By the ends of PostgreSQL's snapshots, which only ever grow."""
        if not (self.snapshot and other.snapshot):
            return self.xmin > other.xmin
        return self._ends() > other._ends()

    def _ends(self) -> tuple[int, int]:
        xmin, xmax, _xip = self.snapshot.split(":")
        return int(xmin), int(xmax)
