"""`check --deploy` stands between a demonstration and the public."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "a-key-of-the-length-and-variety-that-production-needs-0123456789-ABCDEFG",
    "SITE_ORIGIN": "https://marketplace.example",
    "ALLOWED_HOSTS": "marketplace.example",
    "TRUSTED_PROXIES": "1",
}


def check_deploy(**changes: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=PRODUCTION | changes, capture_output=True, text=True)


def test_production_settings_pass():
    finished = check_deploy()
    assert finished.returncode == 0, finished.stderr


def test_a_demonstration_fails():
    finished = check_deploy(DEMO="1")
    assert finished.returncode == 1
    assert "marketplace.E001" in finished.stderr


def test_an_address_without_https_fails():
    finished = check_deploy(SITE_ORIGIN="http://marketplace.example")
    assert finished.returncode == 1
    assert "marketplace.E002" in finished.stderr
