"""Starts that are refused: one clear sentence, and nothing is started or harmed."""

import ast
import json
import os
import socket
import subprocess
import sys

import pytest

from marketplace.embedded.errors import UnableToStart
from marketplace.supervisor.configuration import ROOT, read_configuration
from marketplace.supervisor.lock import lock_data_folder


def supervisor(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "marketplace.supervisor", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def taken():
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        yield owner.getsockname()[1]


@pytest.mark.processes
def test_a_port_in_use(tmp_path, taken):
    finished = supervisor("run", VAR_DIR=str(tmp_path), PORT=str(taken))
    assert finished.returncode == 1
    assert finished.stderr.strip() == (
        f"Port {taken} is in use by another program: stop it, or choose another port, as in "
        f"PORT={taken + 1 if taken < 65535 else 8001} make run."
    )
    assert not (tmp_path / "postgres").exists()


@pytest.mark.processes
def test_a_second_run_on_the_same_data(tmp_path):
    with lock_data_folder(tmp_path):
        finished = supervisor("run", VAR_DIR=str(tmp_path), PORT="1")
    assert finished.returncode == 1
    assert finished.stderr.strip().startswith(f"A run on {tmp_path} is active already: stop it with Ctrl-C")
    assert not (tmp_path / "postgres").exists()


@pytest.mark.processes
def test_reset_while_a_run_is_active_changes_nothing(tmp_path):
    (tmp_path / "secrets.json").write_text("{}")
    with lock_data_folder(tmp_path):
        finished = supervisor("reset", VAR_DIR=str(tmp_path))
    assert finished.returncode == 1
    assert "is active already" in finished.stderr
    assert (tmp_path / "secrets.json").exists()


@pytest.mark.processes
def test_reset_forgets_what_runs_made_and_touches_nothing_else(tmp_path):
    """Somebody may have named a folder that holds more than our data."""
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").touch()
    for ours in ("secrets.json", "celerybeat-schedule.db", "children.json.partial"):
        (tmp_path / ours).touch()
    for other in ("test-1", "holiday-photos"):
        (tmp_path / other).mkdir()
    (tmp_path / "thesis.odt").touch()
    finished = supervisor("reset", VAR_DIR=str(tmp_path))
    assert (finished.returncode, finished.stderr) == (0, "")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["holiday-photos", "run.lock", "test-1", "thesis.odt"]


@pytest.mark.processes
def test_reset_of_what_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    finished = supervisor("reset", VAR_DIR=str(tmp_path / "file"))
    assert (finished.returncode, (tmp_path / "file").exists()) == (1, True)
    assert finished.stderr.strip().startswith(f"{tmp_path}/file is no folder")


@pytest.mark.processes
def test_reset_removes_the_folder_that_postgres_had_to_move_to_and_no_other(tmp_path):
    for name in ("marketplace-postgres-1", "holiday-photos"):
        outside = tmp_path / name
        outside.mkdir()
        (tmp_path / "var").mkdir(exist_ok=True)
        (tmp_path / "var" / "postgres-moved.json").write_text(json.dumps({"folder": str(outside)}))
        assert supervisor("reset", VAR_DIR=str(tmp_path / "var")).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holiday-photos", "var"]


@pytest.mark.processes
def test_data_without_its_password(tmp_path):
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    finished = supervisor("run", VAR_DIR=str(tmp_path), PORT="0" + "8123")
    assert finished.returncode == 1
    assert f"{tmp_path}/secrets.json is missing" in finished.stderr
    assert list((tmp_path / "postgres" / "data").iterdir()) == []


@pytest.mark.processes
def test_a_data_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    finished = supervisor("run", VAR_DIR=str(tmp_path / "file" / "var"))
    assert finished.returncode == 1
    assert "cannot be written (Not a directory): choose another with VAR_DIR." in finished.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5"])
def test_a_port_that_is_none(port):
    with pytest.raises(UnableToStart, match=f"PORT={port} is no port"):
        read_configuration({"PORT": port})


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_only_one_own_server(name):
    with pytest.raises(UnableToStart, match="Only one of DATABASE_URL and REDIS_URL is set"):
        read_configuration({name: "redis://localhost"})


def test_own_servers_are_no_demonstration(monkeypatch):
    monkeypatch.setenv("DEMO", "1")
    own = {"DATABASE_URL": "postgresql:///mine", "REDIS_URL": "redis://mine"}
    configuration = read_configuration(own)
    environment = configuration.environment(configuration.own_servers | {"secret_key": "generated"})
    assert configuration.embedded is False
    assert environment["DEMO"] == "0"
    assert (environment["DATABASE_URL"], environment["REDIS_URL"]) == (own["DATABASE_URL"], own["REDIS_URL"])


def test_the_embedded_servers_are_a_demonstration_on_loopback():
    configuration = read_configuration({"PORT": "8765", "VAR_DIR": "/somewhere"})
    urls = {"database_url": "postgresql:///m", "redis_url": "redis://m", "secret_key": "generated"}
    environment = configuration.environment(urls)
    assert configuration.address == "http://localhost:8765"
    assert (environment["DEMO"], environment["WEB_BIND"]) == ("1", "127.0.0.1:8765")
    assert environment["VAR_DIR"] == "/somewhere"


def test_runs_beside_each_other_have_cookies_of_their_own(tmp_path):
    """Browsers keep one jar for all ports of a host."""
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "AUTHOR_COOKIE_NAME"]
    urls = {"database_url": "postgres://nowhere/x", "redis_url": "redis://nowhere:1", "secret_key": "k"}
    found = []
    for port in ("8000", "8001"):
        configuration = read_configuration({"PORT": port, "VAR_DIR": str(tmp_path)})
        script = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
        shown = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=configuration.environment(urls) | {"DJANGO_SETTINGS_MODULE": "marketplace.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(ast.literal_eval(shown.stdout))
    assert found == [
        [f"sessionid_{port}", f"csrftoken_{port}", f"django_language_{port}", f"author_{port}"]
        for port in ("8000", "8001")
    ]
