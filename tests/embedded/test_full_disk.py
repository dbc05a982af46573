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

STOP = """
import os, sys
from pathlib import Path
from marketplace.embedded.errors import UnableToStart
from marketplace.supervisor.children import Children, Recipe
from marketplace.supervisor.configuration import ROOT, Configuration
from marketplace.supervisor.run import Run
from marketplace.supervisor.stopping import Stopping
disk = Path(sys.argv[1])
(disk / "log").mkdir()
run = Run(Configuration(8000, disk, {"database_url": "", "redis_url": ""}), Stopping())
run.children = Children(disk, dict(os.environ), ROOT)
steady = run.children.start(Recipe("steady", ("-c", "import time; time.sleep(60)")))
run.children.start(Recipe("brief", ("-c", "raise SystemExit(1)"))).process.wait()
try:
    (disk / "ballast").write_bytes(bytes(30_000_000))
except OSError:
    pass
try:
    run._watch()
except UnableToStart as refusal:
    print(refusal)
run._stop()
print(steady.process.poll())
"""


def start_on_small_disk(folder, how: str, script: str = START) -> list[str]:
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
        script,
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


def test_a_disk_that_fills_up_during_a_run_stops_all_of_it_with_a_sentence(tmp_path):
    sentence, left = start_on_small_disk(tmp_path, "", STOP)
    assert sentence == (
        f"The disk that holds {tmp_path} is full, so everything is stopped: free some space and start again; your data is kept."
    )
    assert left == "-15"
