"""Starting a program as root, as an ordinary user, and as a root that is forbidden what it needs.

Everything here is a real account or a real restriction of the kernel, whoever runs the tests.
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from marketplace.embedded import binaries

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(__file__).with_name("one_start.py")
IN_A_CAGE = (
    'mount --rbind / "$0" && exec chroot "$0" "$@"'  # the kernel allows no user namespace below a chroot
)


@dataclass(frozen=True)
class Person:
    """How to run a program as somebody."""

    prefix: tuple[str, ...]
    options: dict[str, Any]
    python: str = sys.executable

    def starts(self, clone: Path) -> dict[str, Any]:
        """What one start from `clone`, a folder with a copy of the package, saw."""
        command = [*self.prefix, self.python, str(clone / PROGRAM.name), str(clone / "var")]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(clone), "PYTHONDONTWRITEBYTECODE": "1"}
        finished = subprocess.run(
            command, cwd=clone, env=environment, capture_output=True, text=True, timeout=100, **self.options
        )
        assert finished.stdout, finished.stderr
        return json.loads(finished.stdout)


def root() -> Person:
    return Person(() if is_root() else ("unshare", "--user", "--map-root-user"), {})


def caged_root(cage: Path, *, powerless: bool = False) -> Person:
    """Root without user namespaces; when `powerless`, it may not hand files to others either."""
    cage.mkdir()
    into_cage = ("unshare", "--mount", "sh", "-c", IN_A_CAGE, str(cage))
    if not is_root():
        into_cage = ("unshare", "--user", "--map-root-user", *into_cage[1:])
    less = ("setpriv", "--bounding-set=-chown,-setuid,-setgid") if powerless else ()
    return Person((*into_cage, *less), {})


def ordinary() -> Person:
    if not is_root():
        return Person((), {})
    nobody = pwd.getpwnam("nobody")
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    candidates = [sys.executable, "/usr/bin/python3", "/usr/local/bin/python3", "/usr/bin/python3.11"]
    for python in candidates:
        if _runs(python, options):
            return Person((), options, python)
    pytest.fail("No Python on this machine can be run by the account nobody.")


def me() -> Person:
    return Person((), {})


def folder_of_somebody_else(parent: Path) -> tuple[Path, str]:
    """A folder that the person running the tests does not own, and its owner's name."""
    if not is_root():
        return Path("/usr"), Path("/usr").owner()
    theirs = parent / "theirs"
    theirs.mkdir()
    shutil.chown(theirs, "nobody")
    return theirs, "nobody"


def is_root() -> bool:
    return os.geteuid() == 0


def private_clone(folder: Path) -> Path:
    """`folder`/clone with the package and the servers, both folders closed to everybody else."""
    clone = folder / "clone"
    shutil.copytree(
        ROOT / "marketplace" / "embedded",
        clone / "marketplace" / "embedded",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "marketplace" / "__init__.py", clone / "marketplace")
    shutil.copy(PROGRAM, clone)
    for package in (*binaries.postgres_package(binaries.postgres_folder()), *_broker_package()):
        shutil.copytree(package, clone / package.name)
    for path in (folder, clone):
        path.chmod(0o700)
    return clone


def hand_over(folder: Path, person: Person) -> None:
    if "user" in person.options:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, person.options["user"], person.options["group"], follow_symlinks=False)


def modes_up_to_root(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Mode, owner and group of a folder and of every parent."""
    seen = {path: path.stat() for path in (folder, *folder.parents)}
    return {str(path): (found.st_mode, found.st_uid, found.st_gid) for path, found in seen.items()}


def _broker_package() -> Iterator[Path]:
    program = binaries.broker_program()
    if "_binaries" in program.parts:
        yield program.parent.parent.parent


def _runs(python: str, options: dict[str, Any]) -> bool:
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", code], capture_output=True, cwd="/", **options).returncode == 0
    except OSError:
        return False
