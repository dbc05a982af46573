"""As whom PostgreSQL runs: it refuses to run as root, and no folder is opened to others to please it.

An ordinary person runs it as themselves. Root runs it inside a user namespace, where root's own files belong to an
unprivileged account, so that nothing has to be handed over. Where namespaces are forbidden, programs and data move
to a private folder of the unprivileged account outside the project; the data folder records where.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .binaries import postgres_package
from .errors import UnableToStart
from .state import read_private_json, write_private_json

UNPRIVILEGED = "nobody"
MOVED_FILE = "postgres-moved.json"
OUTSIDE_NAME = "marketplace-postgres-"
OUTSIDE_FOLDERS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108


@dataclass(frozen=True)
class Account:
    """How to run a PostgreSQL program, and the private folder that its data and socket live in."""

    home: Path
    programs: Path
    prefix: tuple[str, ...] = ()
    owner: pwd.struct_passwd | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.programs / program), *arguments]

    def process_options(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess`: a clean environment, a folder that the account may enter, its ids."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        options: dict[str, Any] = {"cwd": self.home, "env": environment | {"LC_ALL": "C"}}
        if self.owner:
            options |= {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        return options

    def give(self, path: Path) -> None:
        """Make `path` (a file or folder just written by us) the account's own."""
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)


def account_for(var_dir: Path, programs: Path, outside: Sequence[Path] = OUTSIDE_FOLDERS) -> Account:
    """The account that runs PostgreSQL for this data folder; its `home` exists when this returns."""
    home = var_dir / "postgres"
    moved = read_private_json(var_dir / MOVED_FILE)
    if os.geteuid() != 0:
        return Account(_own_folder(home), programs)
    unprivileged = _unprivileged()
    if moved:
        return _outside_account(Path(moved["folder"]), programs, unprivileged)
    prefix = ("unshare", "--user", f"--map-user={unprivileged.pw_uid}")
    if _namespace_works(prefix, _own_folder(home), programs):
        return Account(home, programs, prefix)
    return _move_outside(var_dir, home, programs, unprivileged, outside)


def moved_folder(var_dir: Path) -> Path | None:
    """Where PostgreSQL's folder is when it had to leave the data folder."""
    moved = read_private_json(var_dir / MOVED_FILE)
    return Path(moved["folder"]) if moved else None


def _own_folder(home: Path) -> Path:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = home / "data"
    for path in (home, data):
        if path.exists() and path.stat().st_uid != os.geteuid():
            raise UnableToStart(
                f"{path} belongs to {_account_name(path.stat().st_uid)}: start again as that account, or give the "
                "folder to yourself first."
            )
    return home


def _account_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"account {uid}"


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise _no_way() from None


def _no_way() -> UnableToStart:
    return UnableToStart(
        "PostgreSQL does not run as root, and on this machine root can neither open a user namespace (unshare --user) "
        "nor hand a folder to an unprivileged account: start again as an ordinary user, or set DATABASE_URL and "
        "REDIS_URL to servers that you run."
    )


def _namespace_works(prefix: tuple[str, ...], home: Path, programs: Path) -> bool:
    """Whether a process inside the namespace may write the folder and run the programs."""
    probe = 'test -w "$1" && "$2" --version'
    command = [*prefix, "/bin/sh", "-c", probe, "sh", str(home), str(programs / "postgres")]
    try:
        return subprocess.run(command, capture_output=True, cwd="/").returncode == 0
    except OSError:
        return False


def _move_outside(
    var_dir: Path, home: Path, programs: Path, unprivileged: pwd.struct_passwd, outside: Sequence[Path]
) -> Account:
    """Copy programs and data to a folder of the unprivileged account, record it, and set the old data aside."""
    name = f"{OUTSIDE_NAME}{hashlib.sha256(str(var_dir.resolve()).encode()).hexdigest()[:12]}"
    for parent in outside:
        folder = parent / name
        try:
            _private_folder(folder, unprivileged)
            account = _outside_account(folder, programs, unprivileged)
            _copy(home / "data", folder / "data", unprivileged)
        except (OSError, subprocess.SubprocessError):
            continue
        write_private_json(var_dir / MOVED_FILE, {"folder": str(folder)})
        if (home / "data").exists():
            (home / "data").rename(home / "data-before-move")
        return account
    raise _no_way()


def _outside_account(folder: Path, programs: Path, unprivileged: pwd.struct_passwd) -> Account:
    """The account in `folder`, with its own copy of the programs when they come from a wheel."""
    if not folder.is_dir():
        raise UnableToStart(
            f"PostgreSQL's data should be in {folder}, but that folder is gone: bring it back, or start over with "
            "`make reset`."
        )
    package = postgres_package(programs)
    if package:
        target = folder / "programs"
        stamp = target / ".copied-from"
        origin = f"{programs} {(programs / 'postgres').stat().st_mtime_ns}"
        if not stamp.exists() or stamp.read_text() != origin:
            for source in package:
                _copy(source, target / source.name, unprivileged)
            stamp.write_text(origin)
        programs = target / package[0].name / programs.relative_to(package[0])
    account = Account(folder, programs, owner=unprivileged)
    subprocess.run(
        account.command("postgres", "--version"), check=True, capture_output=True, **account.process_options()
    )
    return account


def _private_folder(folder: Path, unprivileged: pwd.struct_passwd) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (0, unprivileged.pw_uid):
            raise
    os.chown(folder, unprivileged.pw_uid, unprivileged.pw_gid)
    folder.chmod(0o700)


def _copy(source: Path, target: Path, unprivileged: pwd.struct_passwd) -> None:
    """Replace `target` by a copy of the folder `source`, owned by the unprivileged account; complete or not there."""
    if not source.exists():
        return
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(source, partial, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        os.chown(path, unprivileged.pw_uid, unprivileged.pw_gid, follow_symlinks=False)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
