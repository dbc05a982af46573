"""Forget everything that `make run` made."""

import shutil

from marketplace.embedded.account import OUTSIDE_NAME, moved_folder

from .configuration import Configuration
from .lock import LOCK_FILE, lock_data_folder
from .run import clean_up_after_crash


def reset(configuration: Configuration) -> None:
    """Remove the data folder's content, and PostgreSQL's folder where it had to leave; refuses while a run is active."""
    var_dir = configuration.var_dir
    if not var_dir.exists():
        return
    with lock_data_folder(var_dir):
        clean_up_after_crash(configuration)
        outside = moved_folder(var_dir)
        if outside and outside.name.startswith(OUTSIDE_NAME):
            shutil.rmtree(outside, ignore_errors=True)
        for path in var_dir.iterdir():
            if path.name.startswith("test-") or path.name == LOCK_FILE:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
