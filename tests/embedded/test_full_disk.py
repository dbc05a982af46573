"""A disk that is really full: a small memory file system of its own."""

import subprocess
import sys

import pytest

from tests.embedded.persons import ROOT, is_root

pytestmark = pytest.mark.processes

SMALL_DISK = 'mount -t tmpfs -o size=24m none "$0" && exec "$@"'
START = """
import sys
from pathlib import Path
from marketplace.embedded.errors import UnableToStart
from marketplace.embedded.postgres import Postgres
disk = Path(sys.argv[1])
needed = {} if sys.argv[2] == "asks first" else {"first_start_bytes": 0}
try:
    Postgres(disk, password="p", log=disk / "log").make_data(**needed)
except UnableToStart as refusal:
    print(refusal)
print(sorted(path.name for path in (disk / "postgres").iterdir()))
"""


def start_on_small_disk(folder, how: str) -> list[str]:
    namespace = ("--mount",) if is_root() else ("--user", "--map-root-user", "--mount")
    command = [
        "unshare",
        *namespace,
        "sh",
        "-c",
        SMALL_DISK,
        str(folder),
        sys.executable,
        "-c",
        START,
        str(folder),
        how,
    ]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()


def test_a_disk_with_too_little_room_is_refused_beforehand(tmp_path):
    sentence, left = start_on_small_disk(tmp_path, "asks first")
    assert sentence == (
        f"The disk that holds {tmp_path}/postgres is nearly full: 25 MB are free and 400 MB are needed. Free some space "
        "and start again; nothing was changed."
    )
    assert left == "[]"


def test_a_disk_that_fills_up_meanwhile_ends_in_a_sentence_and_leaves_no_half_data(tmp_path):
    sentence, left = start_on_small_disk(tmp_path, "finds out")
    assert sentence == (
        f"The disk that holds {tmp_path}/postgres is full: free some space and start again; your data is kept."
    )
    assert left == "[]"
