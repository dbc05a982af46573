"""The engine's version: part of every ranking's digest, raised with every change of a figure."""

from typing import Final

ENGINE_VERSION: Final = "1.1.0"
SNAPSHOT_FORMAT: Final = 3
