"""One run per data folder."""

import fcntl
from pathlib import Path
from typing import IO

from marketplace.embedded.errors import UnableToStart

LOCK_FILE = "run.lock"


def lock_data_folder(var_dir: Path) -> IO[str]:
    """Hold the returned file as long as the run lasts; the system lets go of it even when the run is killed."""
    file = (var_dir / LOCK_FILE).open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise UnableToStart(
            f"A run on {var_dir} is active already: stop it with Ctrl-C where it runs, or give this one a data folder "
            "of its own, as in VAR_DIR=other PORT=8001 make run."
        ) from None
    return file
