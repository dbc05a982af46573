"""Finding a Chromium for the browser tests: an installed one, Debian's package, or Playwright's own download."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's: the browser without windows, which spares the processor a third, or else the one with them."""
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NONE_FOUND = (
    "The browser tests need Chromium and none could be found or installed: install Chromium or Google Chrome, or name "
    "one, as in CHROMIUM=/path/to/chromium make test."
)


class NoChromiumError(Exception):
    """There is no browser; the message says what to do."""


def find_chromium(ways: Sequence[Callable[[], str | None]] = ()) -> str:
    """The path of a Chromium that starts. Installs one where the machine allows it; never does without."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not _starts(named):
            raise NoChromiumError(f"CHROMIUM={named} does not start; name one that does, or unset it.")
        return named
    for find in ways or (_installed, _debian_package, _playwright_download):
        path = find()
        if path and _starts(path):
            return path
    raise NoChromiumError(NONE_FOUND)


def _installed() -> str | None:
    in_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*in_path, *MACOS) if path and Path(path).exists()), None)


def _debian_package() -> str | None:
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return None
    print("· Installing Debian's Chromium …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update", "-q"],
        *(["install", "-q", "-y", "--no-install-recommends", one] for one in PACKAGES),
    ):
        finished = subprocess.run(
            [apt, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
        if finished.returncode:
            print(finished.stderr.decode(errors="replace")[-2000:], file=sys.stderr)
        elif path := _installed():
            return path
    return None


def _playwright_download() -> str | None:
    print("· Looking for Playwright's own Chromium …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdin=subprocess.DEVNULL)
    code = "from playwright.sync_api import sync_playwright as p\nwith p() as x: print(x.chromium.executable_path)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return asked.stdout.strip() or None


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
