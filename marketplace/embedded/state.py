"""What a run leaves in the data folder for other processes: its secrets, and where its servers listen.

`secrets.json` lives as long as the data (passwords and the signing key); `embedded.json` only while servers run.
Both are readable by their owner alone.
"""

import json
import os
import secrets
from pathlib import Path

SECRETS_FILE = "secrets.json"
RUNNING_FILE = "embedded.json"


def connection_urls(var_dir: Path) -> dict[str, str] | None:
    """`database_url`, `redis_url` and `secret_key` of the servers running from `var_dir`; None when none run."""
    urls = read_private_json(var_dir / RUNNING_FILE)
    return urls if urls and {"database_url", "redis_url", "secret_key"} <= urls.keys() else None


def publish_connection_urls(var_dir: Path, urls: dict[str, str]) -> None:
    write_private_json(var_dir / RUNNING_FILE, urls)


def withdraw_connection_urls(var_dir: Path) -> None:
    (var_dir / RUNNING_FILE).unlink(missing_ok=True)


def passwords_and_key(var_dir: Path) -> dict[str, str]:
    """The generated `database_password`, `broker_password` and `secret_key` of this data folder, made once."""
    path = var_dir / SECRETS_FILE
    known = read_private_json(path) or {}
    wanted = {"database_password": 24, "broker_password": 24, "secret_key": 48}
    if not wanted.keys() <= known.keys():
        known = {name: secrets.token_urlsafe(size) for name, size in wanted.items()} | known
        write_private_json(path, known)
    return known


def read_private_json(path: Path) -> dict[str, str] | None:
    """The object stored in `path`, or None when there is none that can be read."""
    try:
        content = json.loads(path.read_text())
    except (FileNotFoundError, NotADirectoryError, PermissionError, json.JSONDecodeError):
        return None
    return content if isinstance(content, dict) else None


def write_private_json(path: Path, content: dict[str, str]) -> None:
    """Replace `path` in one step, so that a reader sees the old or the new content and never half of it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
