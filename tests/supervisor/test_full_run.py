"""`make run` as a person does it: started by make, used, interrupted, killed, started again."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from marketplace.embedded.processes import Process, command_line, find_process
from marketplace.embedded.state import connection_urls
from marketplace.supervisor.configuration import ROOT
from marketplace.supervisor.lock import LOCK_FILE
from marketplace.supervisor.reset import made_in

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

START_SECONDS = 150
NOT_INHERITED = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DEMO",
    "VAR_DIR",
    "SITE_ORIGIN",
    "MAKEFLAGS",
    "MAKELEVEL",
    "MFLAGS",
}


class MakeRun:
    """One `make run` in a session of its own, as a terminal gives it one."""

    def __init__(self, var_dir: Path, port: int, **environment: str) -> None:
        self.var_dir = var_dir
        self.port = port
        self.output = var_dir.parent / f"output-{time.monotonic_ns()}"
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        own = {"VAR_DIR": str(var_dir), "PORT": str(port), "DEMO_CANDIDATES": "300"}
        with self.output.open("w") as output:
            self.make = subprocess.Popen(
                ["make", "run"],
                cwd=ROOT,
                env=inherited | own | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def until_ready(self) -> "MakeRun":
        eventually(lambda: "Ready at" in self.said or self.make.poll() is not None, START_SECONDS)
        assert "Ready at" in self.said, self.said
        return self

    def until_exit(self, seconds: float = 90) -> int:
        return self.make.wait(timeout=seconds)

    def supervisor(self) -> int:
        """make becomes the supervisor's parent, so the supervisor is the one other member of make's group."""
        return next(
            process.pid
            for process in ours(self.var_dir)
            if "marketplace.supervisor" in command_line(process.pid)
        )

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()

    def people(self) -> int:
        return int(self.ask("SELECT count(*) FROM accounts_user"))

    def manage(self, *arguments: str) -> None:
        """A command in another terminal, which finds the running servers by itself."""
        environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(self.var_dir)}
        command = [str(ROOT / ".venv/bin/python"), "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)

    def ask(self, statement: str) -> str:
        urls = connection_urls(self.var_dir)
        assert urls
        connection = psycopg2.connect(urls["database_url"])
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return str(cursor.fetchone()[0]) if cursor.description else ""
        finally:
            connection.close()


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def ours(var_dir: Path) -> list[Process]:
    """Every process of a run: the data folder stands in its environment, on its command line, or it works there."""
    pids = [int(line) for line in subprocess.check_output(["ps", "-A", "-o", "pid="], text=True).split()]
    marks = ((pid, environment_of(pid) + command_line(pid) + working_folder_of(pid)) for pid in pids)
    found = (find_process(pid) for pid, mark in marks if str(var_dir) in mark)
    return [process for process in found if process]


def environment_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/environ").read_text(errors="replace")
    except OSError:
        listing = subprocess.run(
            ["ps", "eww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
        )
        return listing.stdout


def working_folder_of(pid: int) -> str:
    """The broker overwrites its command line and environment, but not where it works."""
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="m-"))
    yield made
    for process in ours(made):
        os.kill(process.pid, signal.SIGKILL)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def first(folder, port) -> MakeRun:
    """The first start on an empty folder, used and stopped with Ctrl-C; what later tests look at."""
    return MakeRun(folder / "var", port).until_ready()


def test_the_first_start_prints_an_address_and_a_sign_in_for_each_role(first, port):
    assert f"Ready at http://localhost:{port}" in first.said
    for role in ("candidate", "employer", "recruiter"):
        assert f"{role}@demo.example" in first.said
    assert "Traceback" not in first.said


def test_everything_is_ready_and_the_front_page_opens(first):
    status, body = first.get("/readyz")
    assert status == 200
    assert json.loads(body)["parts"] == {
        "database": True,
        "broker": True,
        "worker": True,
        "facts": True,
        "population": True,
    }
    assert first.get("/healthz") == (200, "alive\n")
    assert first.get("/")[0] == 200
    assert first.people() > 300


def test_no_secret_stands_on_a_command_line_or_is_readable_to_others(first):
    known = json.loads((first.var_dir / "secrets.json").read_text()).values()
    lines = [command_line(process.pid) for process in ours(first.var_dir)]
    assert [line for line in lines if any(secret in line for secret in known)] == []
    assert first.var_dir.stat().st_mode & 0o777 == 0o700


def test_any_command_finds_the_running_servers(first):
    first.manage("check", "--database", "default")


def test_a_second_run_on_the_same_folder_is_refused_and_the_first_goes_on(first, port):
    second = MakeRun(first.var_dir, port + 1 if port < 65535 else port - 1)
    assert second.until_exit() != 0
    assert f"A run on {first.var_dir} is active already" in second.said
    assert first.get("/readyz")[0] == 200


def test_ctrl_c_stops_everything_in_order_before_make_returns(first):
    children = ours(first.var_dir)
    assert len(children) > 6

    os.killpg(
        first.make.pid, signal.SIGINT
    )  # what a terminal does: to make and the supervisor, not to their children
    first.until_exit()

    assert ours(first.var_dir) == []
    assert "Everything is stopped." in first.said
    assert "Traceback" not in first.said
    log = (first.var_dir / "log" / "worker.log").read_text()
    assert "warm shutdown" in log.lower()
    assert "database system is shut down" in (first.var_dir / "log" / "postgresql.log").read_text()
    assert connection_urls(first.var_dir) is None
    left = {path.name for path in first.var_dir.iterdir()} - {path.name for path in made_in(first.var_dir)}
    assert left == {LOCK_FILE}, "what a run makes, a reset has to know"


def test_a_killed_run_is_cleaned_up_by_the_next_which_keeps_the_data(first, port):
    run = MakeRun(first.var_dir, port)
    begin = time.monotonic()
    run.until_ready()
    seconds = time.monotonic() - begin
    assert seconds < 30, f"a second start took {seconds:.0f} s"
    sign_up = "from accounts.models import User; User.objects.create_user(email='new@person.example', password='Some-1')"
    run.manage("shell", "--command", sign_up)
    people = run.people()
    run.ask("CREATE TABLE kept (number int); INSERT INTO kept VALUES (7)")

    os.kill(run.supervisor(), signal.SIGKILL)
    run.until_exit()
    orphans = ours(first.var_dir)
    assert len(orphans) > 5

    again = MakeRun(first.var_dir, port).until_ready()
    assert "The last run was cut off; stopped what it had left running:" in again.said
    for name in ("web", "beat", "worker", "PostgreSQL", "broker"):
        assert re.search(rf"left running: .*\b{name}\b", again.said)
    assert [orphan for orphan in orphans if find_process(orphan.pid) == orphan] == []
    assert (again.people(), again.ask("SELECT number FROM kept")) == (people, "7")

    os.kill(again.make.pid, signal.SIGTERM)
    again.until_exit()
    assert ours(first.var_dir) == []


@pytest.fixture(scope="module")
def own_database() -> Iterator[str]:
    """The address of an empty database on the test servers."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"own_{os.getpid()}"
    connection = psycopg2.connect(urlunsplit(url._replace(path="/postgres")))
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    yield urlunsplit(url._replace(path=f"/{name}"))
    connection.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.fixture(scope="module")
def on_own_servers(folder, port, own_database) -> MakeRun:
    """A run with the servers that somebody names."""
    broker = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path="/13"))
    return MakeRun(folder / "own", port, DATABASE_URL=own_database, REDIS_URL=broker).until_ready()


def test_own_servers_get_no_people_and_no_password_is_printed(on_own_servers, own_database):
    connection = psycopg2.connect(own_database)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
        assert cursor.fetchone() == (0,)
    connection.close()
    assert "population" not in json.loads(on_own_servers.get("/readyz")[1])["parts"]
    assert "password" not in on_own_servers.said.lower()
    assert "@" not in on_own_servers.said
    assert not (on_own_servers.var_dir / "postgres").exists()


def test_a_worker_that_dies_stops_the_run_with_a_sentence(on_own_servers):
    run = on_own_servers
    rows = json.loads((run.var_dir / "children.json").read_text())
    os.kill(next(row["pid"] for row in rows if row["name"] == "worker"), signal.SIGKILL)

    assert run.until_exit() != 0

    assert "The worker ended unexpectedly (code -9), so everything is stopped; its log is" in run.said
    assert ours(run.var_dir) == []
