"""The engine's version: part of every ranking's digest, raised with every change of a figure."""

from typing import Final

ENGINE_VERSION: Final = "1.3.0"
SNAPSHOT_FORMAT: Final = 4
READABLE_FORMATS: Final = frozenset({3, 4})
"""Snapshots that can be opened: format 3 knew no reservations, which are empty then, and differs in nothing else."""
