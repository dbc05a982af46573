"""docker-compose.yml, read and obeyed: every command of ours runs as it stands there, against the test servers."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
import redis
import yaml

from marketplace.embedded.binaries import broker_program
from marketplace.embedded.processes import command_line

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "beat")
GIVEN = {
    "SITE_HOST": "work.example",
    "ACME_EMAIL": "host@work.example",
    "SECRET_KEY": "a-key-of-the-length-and-variety-that-production-needs-0123456789-ABCDEFG",
    "POSTGRES_PASSWORD": "p-secret",
    "REDIS_PASSWORD": "r-secret",
    "EMAIL_URL": "smtp+tls://mailer:m-secret@mail.work.example:587",
    "DEFAULT_FROM_EMAIL": "no-reply@work.example",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")


def filled_in(text: str, given: dict[str, str]) -> str:
    """As compose does it: `${A}`, `${A:-default}`, `${A:?refused when missing}`, `$$` for a dollar."""
    return VARIABLE.sub(lambda found: given.get(found[1]) or found[2] or "", text).replace("$$", "$")


def environment_of(service: str) -> dict[str, str]:
    return {name: filled_in(str(value), GIVEN) for name, value in SERVICES[service]["environment"].items()}


def test_the_parts_are_the_architecture():
    assert set(SERVICES) == {"postgres", "redis", "prepare", "web", "worker", "beat", "proxy"}


def test_every_lasting_part_has_a_health_check_and_restarts():
    lasting = {name: service for name, service in SERVICES.items() if name != "prepare"}
    assert {name for name, service in lasting.items() if "healthcheck" not in service} == set()
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}


def test_every_secret_comes_from_the_environment_and_is_demanded():
    text = (ROOT / "docker-compose.yml").read_text()
    named = {found[1] for found in VARIABLE.finditer(text)}
    demanded = {found[1] for found in re.finditer(r"\$\{(\w+):\?[^}]+\}", text)}
    assert named - demanded == {"TRUSTED_PROXIES", "WEB_CONCURRENCY"}
    assert {name for name in named if re.search(rf"\$\{{{name}[}}]", text)} == set()
    example = {
        line.split("=")[0]
        for line in (ROOT / "deploy/example.env").read_text().splitlines()
        if "=" in line[:30]
    }
    assert named <= example


def test_only_the_proxy_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]


def test_named_volumes_hold_everything_that_lasts():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    assert used - {"./deploy/Caddyfile"} == set(COMPOSE["volumes"])


def test_no_demonstration_and_one_trusted_proxy():
    for name in OURS:
        assert "DEMO" not in environment_of(name)
        assert environment_of(name)["TRUSTED_PROXIES"] == "1"


def test_ours_run_without_privileges():
    for name in OURS:
        assert (SERVICES[name]["cap_drop"], SERVICES[name]["read_only"]) == (["ALL"], True)
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert dockerfile.count("\nFROM ") == 2
    assert dockerfile.index("\nUSER marketplace") < dockerfile.index("\nCMD ")


def test_the_image_starts_the_web_server_of_the_compose_file():
    command = json.loads((ROOT / "Dockerfile").read_text().rpartition("CMD ")[2])
    assert command == SERVICES["web"]["command"]


def test_the_proxy_sends_everything_to_the_web_server_over_tls():
    caddyfile = (ROOT / "deploy/Caddyfile").read_text()
    assert "reverse_proxy web:8000" in caddyfile
    assert "protocols tls1.2 tls1.3" in caddyfile
    assert environment_of("web")["WEB_BIND"] == "0.0.0.0:8000"


def test_the_environment_passes_the_deployment_check():
    finished = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment_of("web")},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The environment of the compose file, pointed at an empty database of its own on the test servers."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"deploy_{os.getpid()}"
    own = urlunsplit(url._replace(path=f"/{name}"))
    connection = psycopg2.connect(urlunsplit(url._replace(path="/postgres")))
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    broker = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path="/14"))
    redis.Redis.from_url(broker).flushdb()
    var_dir = tmp_path_factory.mktemp("container")
    yield {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOSTNAME": socket.gethostname(),
        "VAR_DIR": str(var_dir),
        "STATIC_ROOT": str(var_dir / "static"),
        "DATABASE_URL": own,
        "REDIS_URL": broker,
        "WEB_BIND": f"127.0.0.1:{free_port()}",
    }
    connection.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()
    redis.Redis.from_url(broker).flushdb()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command_of(service: str, place: dict[str, str]) -> list[str]:
    """The very command; only the container's folder has another name here."""
    return [part.replace("/var/lib/marketplace", place["VAR_DIR"]) for part in SERVICES[service]["command"]]


@contextmanager
def running(service: str, place: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    log = Path(place["VAR_DIR"]) / f"{service}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command_of(service, place),
            cwd=ROOT,
            env=environment_of(service) | place,
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0, log.read_text()


def is_healthy(service: str, place: dict[str, str]) -> bool:
    kind, *check = SERVICES[service]["healthcheck"]["test"]
    command = check if kind == "CMD" else ["sh", "-c", filled_in(check[0], GIVEN)]
    finished = subprocess.run(
        command, cwd=ROOT, env=environment_of(service) | place, capture_output=True, timeout=60
    )
    return finished.returncode == 0


def eventually(condition: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def answer(place: dict[str, str], path: str, host: str = "localhost", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(*place["WEB_BIND"].split(":"), timeout=10)
    connection.request("GET", path, headers={"Host": host, **headers})
    response = connection.getresponse()
    return response.status, response.read().decode()


@pytest.mark.processes
@pytest.mark.timeout(240)
def test_every_command_runs_and_together_they_are_ready(place):
    prepared = subprocess.run(
        command_of("prepare", place),
        cwd=ROOT,
        env=environment_of("prepare") | place,
        capture_output=True,
        text=True,
    )
    assert prepared.returncode == 0, prepared.stderr
    static = [
        sys.executable,
        "manage.py",
        "collectstatic",
        "--no-input",
        "--verbosity",
        "0",
    ]  # as the image does
    assert subprocess.run(static, cwd=ROOT, env=environment_of("web") | place).returncode == 0
    assert not is_healthy("web", place)
    assert not is_healthy("beat", place)

    with running("web", place):
        assert eventually(lambda: is_healthy("web", place))
        status, body = answer(place, "/readyz")
        assert (status, json.loads(body)["parts"]["worker"]) == (503, False)
        with running("worker", place), running("beat", place):
            assert eventually(lambda: answer(place, "/readyz")[0] == 200)
            assert json.loads(answer(place, "/readyz")[1])["parts"] == {
                "database": True,
                "broker": True,
                "worker": True,
                "facts": True,
            }
            assert is_healthy("worker", place)
            assert eventually(lambda: is_healthy("beat", place))
        status, _ = answer(place, "/", host="work.example")
        assert status == 301, "a visitor who comes without TLS is sent to it"
        status, body = answer(place, "/", host="work.example", **{"X-Forwarded-Proto": "https"})
        assert status == 200
        assert "<h1" in body


@pytest.mark.processes
def test_the_broker_of_the_compose_file_keeps_its_password_off_the_command_line(tmp_path):
    port = free_port()
    wrapper = tmp_path / "valkey-server"
    wrapper.write_text(f'#!/bin/sh\n(cat; echo port {port}) | exec {broker_program()} "$@"\n')
    wrapper.chmod(0o755)
    process = subprocess.Popen(
        [filled_in(part, GIVEN) for part in SERVICES["redis"]["command"]],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", **environment_of("redis")},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        client = redis.Redis(port=port, password="r-secret")
        assert eventually(lambda: answers(client), 20)
        assert client.config_get("appendonly", "maxmemory-policy") == {
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        assert "r-secret" not in command_line(process.pid)
        client.shutdown(nosave=True)
    finally:
        process.wait(timeout=20)


def answers(client: redis.Redis) -> bool:
    try:
        return client.ping()
    except redis.ConnectionError:
        return False
