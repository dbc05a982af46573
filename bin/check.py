"""Everything that is checked without running the product; needs no server. Runs all checks, then says which failed.

Two at a time, the longest first; each says what it found when it ends.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import takewhile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv" / "bin"
PYTHON = str(PROGRAMS / "python")
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
AT_ONCE = 2
AUDITED = ("base.txt", "embedded.txt", "dev.txt")
PRODUCTION = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "a-key-of-the-length-and-variety-that-production-needs-0123456789-ABCDEFG",
    "SITE_ORIGIN": "https://marketplace.example",
    "ALLOWED_HOSTS": "marketplace.example",
    "TRUSTED_PROXIES": "1",
}


Found = tuple[bool, str]
"""Whether all is well, and what there is to say."""


def main() -> int:
    checks: dict[str, Callable[[], Found]] = {
        "types": types,
        "templates": lambda: run("djlint", "templates", "--lint", "--quiet"),
        "architecture": lambda: run("lint-imports", "--no-cache"),
        "migrations": lambda: manage("makemigrations", "--check", "--dry-run"),
        "deployment": lambda: manage("check", "--deploy", "--fail-level", "WARNING"),
        "vulnerabilities": no_known_vulnerability,
        "translations": lambda: _finished([PYTHON, "bin/messages.py", "--missing"]),
        "lint": lambda: run("ruff", "check", "--output-format", "concise", "."),
        "format": lambda: run("ruff", "format", "--check", "--output-format", "concise", "."),
        "pins": pins_name_no_place,
    }
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way = {pool.submit(timed, check): name for name, check in checks.items()}
        for done in as_completed(under_way):
            name = under_way[done]
            (good, said), seconds = done.result()
            if not good:
                failed.append(name)
            print(f"\n== {name} ==\n{said.strip()}")
            print(f"-- {name}: {'ok' if good else 'failed'}, {seconds:.1f} s", flush=True)
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All checks passed.'}")
    return 1 if failed else 0


def timed(check: Callable[[], Found]) -> tuple[Found, float]:
    """What the check found, and the seconds it took."""
    start = time.monotonic()
    return check(), time.monotonic() - start


def types() -> Found:
    """With two workers; on a busy machine mypy gives up waiting for them after three seconds, and then without."""
    good, said = run("mypy", "--num-workers", str(AT_ONCE), ".")
    if not good and "Failed to establish connection with worker" in said:
        return run("mypy", ".")
    return good, said


def run(program: str, *arguments: str) -> Found:
    return _finished([str(PROGRAMS / program), *arguments])


def manage(*arguments: str) -> Found:
    return _finished([PYTHON, "manage.py", *arguments])


def _finished(command: list[str]) -> Found:
    finished = subprocess.run(
        command,
        cwd=ROOT,
        env=production_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return finished.returncode == 0, finished.stdout


def production_environment() -> dict[str, str]:
    """As on a real server: nothing that the terminal happens to have set for a demonstration."""
    return {name: value for name, value in os.environ.items() if name not in ("DEMO", "VAR_DIR")} | PRODUCTION


def pins_name_no_place() -> Found:
    """Pins carry names, versions and hashes only: no index address, no path of the machine that resolved them."""
    good = re.compile(
        r"^([A-Za-z0-9][\w.-]*==[\w.+!-]+( ; [^/\\:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?)$"
    )
    bad = [
        f"{path.name}:{number}: {line}"
        for path in REQUIREMENTS
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if not good.match(line)
    ]
    return not bad, "\n".join(bad) or f"{len(REQUIREMENTS)} files hold names, versions and hashes only"


def no_known_vulnerability() -> Found:
    """A known vulnerability fails; an index that does not know our packages or cannot be reached is said, and does not.

    One pin is asked about first, so that an index without this knowledge is not asked a hundred times.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as one:
        one.write(first_pin(ROOT / "requirements" / AUDITED[0], "django"))
        one.flush()
        if not audit([one.name]):
            return True, "The index of known vulnerabilities is not reachable, skipped"
    answers = audit([str(ROOT / "requirements" / name) for name in AUDITED])
    found = [answer for answer in answers if answer.get("vulns")]
    said = [
        f"{answer['name']} {answer['version']}: {', '.join(known['id'] for known in answer['vulns'])}"
        for answer in found
    ]
    said.append(f"{len(answers)} pins audited, {len(found)} with known vulnerabilities")
    return bool(answers) and not found, "\n".join(said)


def first_pin(path: Path, name: str) -> str:
    """The lines of one package in a file of hashed pins."""
    lines = path.read_text().splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    rest = takewhile(lambda line: line.startswith(" "), lines[start + 1 :])
    return "".join([lines[start], *rest])


def audit(files: list[str]) -> list[dict[str, Any]]:
    """What the index knows about each pin in `files`; pins that it could not tell anything about are left out."""
    named = [part for file in files for part in ("--requirement", file)]
    options = (
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
        "--timeout",
        "15",
        "--format",
        "json",
    )
    command = [str(PROGRAMS / "pip-audit"), *options, *named]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        answers = json.loads(finished.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return []
    return [answer for answer in answers if "skip_reason" not in answer]


if __name__ == "__main__":
    sys.exit(main())
