"""Resolve requirements/*.in into pinned, hashed requirements/*.txt, for every platform and Python at once."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
IN_ORDER = ("bootstrap", "base", "embedded", "dev", "bench")  # later ones are constrained by earlier ones
OPTIONS = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def main() -> int:
    for name in IN_ORDER:
        command = [
            str(UV),
            "pip",
            "compile",
            *OPTIONS,
            "--upgrade",
            f"{name}.in",
            "--output-file",
            f"{name}.txt",
        ]
        subprocess.run(command, cwd=ROOT / "requirements", check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
