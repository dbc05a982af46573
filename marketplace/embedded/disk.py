"""Room on the disk, asked before something is written that must not be half written."""

import errno
import os
import shutil
from pathlib import Path

from .errors import UnableToStart

LEAST_BYTES = 1_000_000


def refuse_full_disk(folder: Path, needed: int) -> None:
    """Raise when the disk that holds `folder` has fewer than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UnableToStart(
            f"The disk that holds {folder} is nearly full: {free // 1_000_000} MB are free and {needed // 1_000_000} MB "
            "are needed. Free some space and start again; nothing was changed."
        )


def is_full(folder: Path) -> bool:
    """Whether the disk that holds `folder` has no room for anything worth mentioning."""
    return shutil.disk_usage(folder).free < LEAST_BYTES


def says_disk_full(output: str) -> bool:
    return os.strerror(errno.ENOSPC) in output
