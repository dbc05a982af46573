"""Forget everything that `make run` made."""

import shutil
from pathlib import Path
from typing import Final

from marketplace.embedded.account import OUTSIDE_NAME, moved_folder
from marketplace.embedded.errors import UnableToStart

from .configuration import Configuration
from .lock import lock_data_folder
from .run import clean_up_after_crash

MADE: Final = (
    "broker", "broker.json*", "celerybeat-schedule*", "children.json*", "demo-password", "embedded.json*", "log", "pool",
    "postgres", "postgres.json*", "postgres-moved.json*", "recordings", "secrets.json*", "sign-ins.txt", "static",
)  # fmt: skip
"""What a run leaves in its data folder. Whatever else lies there belongs to somebody else, and stays."""


def reset(configuration: Configuration) -> None:
    """Remove what runs made, and PostgreSQL's folder where it had to leave; refuses while a run is active."""
    var_dir = configuration.var_dir
    if not var_dir.exists():
        return
    if not var_dir.is_dir():
        raise UnableToStart(
            f"{var_dir} is no folder, so there is nothing to reset: choose another with VAR_DIR."
        )
    with lock_data_folder(var_dir):
        clean_up_after_crash(configuration)
        outside = moved_folder(var_dir)
        if outside and outside.name.startswith(OUTSIDE_NAME):
            shutil.rmtree(outside, ignore_errors=True)
        for path in made_in(var_dir):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def made_in(var_dir: Path) -> list[Path]:
    """What runs left in a data folder."""
    return sorted({path for name in MADE for path in var_dir.glob(name)})
