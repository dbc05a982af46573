"""The PostgreSQL that comes along: made once, started on a private socket, stopped fast and clean."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from .account import Account, account_for
from .binaries import postgres_folder
from .disk import refuse_full_disk, says_disk_full
from .errors import UnableToStart
from .processes import Process, command_line, end, find_process
from .state import read_private_json, write_private_json

USER = DATABASE = "marketplace"
PORT = 5432  # only a part of the socket's file name: no network port is opened
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 100  # bytes; 107 on Linux, 103 on macOS
START_SECONDS = 60.0
FIRST_START_BYTES = 400_000_000
LATER_START_BYTES = 80_000_000
STOP_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0))
THROWAWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
)
FACTS_FILE = "postgres.json"


class Postgres:
    """One PostgreSQL over one data folder. `durable=False` trades safety for speed, for databases that are thrown away."""

    def __init__(self, var_dir: Path, *, password: str, log: Path, durable: bool = True) -> None:
        self.var_dir = var_dir
        self.password = password
        self.log = log
        self.durable = durable
        self.account: Account = account_for(var_dir, postgres_folder())
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """A libpq URL of the running server's database."""
        facts = read_private_json(self.var_dir / FACTS_FILE) or {}
        socket = quote(facts["socket_folder"])
        return f"postgresql://{USER}:{quote(self.password)}@/{DATABASE}?host={socket}&port={PORT}"

    def make_data(self, *, first_start_bytes: int = FIRST_START_BYTES) -> bool:
        """Make the data folder if there is none yet; True when it was made. Never touches one that exists."""
        data = self.account.data
        if data.exists():
            self._refuse_other_version()
            refuse_full_disk(self.account.home, LATER_START_BYTES)
            return False
        refuse_full_disk(self.account.home, first_start_bytes)
        unfinished = data.with_name("data-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._initdb(unfinished)
        self._create_database(unfinished)
        unfinished.rename(data)
        return True

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server in a session of its own and return when it accepts connections."""
        self.end_orphan()
        socket_folder = self._socket_folder()
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={socket_folder}",
            "unix_socket_permissions=0700",
        ]
        settings += ["timezone=UTC", "log_timezone=UTC", *(() if self.durable else THROWAWAY)]
        arguments = [part for setting in settings for part in ("-c", setting)]
        command = self.account.command("postgres", "-D", str(self.account.data), "-p", str(PORT), *arguments)
        with self.log.open("ab") as log:
            written_before = log.tell()
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.process_options(),
            )
        self._wait_until_ready(self.process, written_before)
        return self.process

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, open transactions roll back, everything committed is on disk."""
        if self.process:
            running = find_process(self.process.pid)
            if running:
                end(running, *STOP_STEPS)
            self.process.wait()
            self.process = None
        self._forget_socket_folder()

    def end_orphan(self) -> bool:
        """Stop a server that an interrupted run left on this data folder; True when there was one."""
        orphan = self._orphan()
        if orphan:
            end(orphan, *STOP_STEPS)
        self._forget_socket_folder()
        return orphan is not None

    def _orphan(self) -> Process | None:
        lines = self._pid_file()
        process = find_process(int(lines[0])) if lines else None
        return process if process and str(self.account.data) in command_line(process.pid) else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.account.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _wait_until_ready(self, process: subprocess.Popen[bytes], written_before: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise self._failed(_written_since(self.log, written_before))
            lines = self._pid_file()
            if len(lines) > 7 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                return
            time.sleep(0.05)
        self.stop()
        raise UnableToStart(
            f"PostgreSQL did not answer within {START_SECONDS:.0f} seconds; its log is {self.log}."
        )

    def _failed(self, output: str) -> UnableToStart:
        if says_disk_full(output):
            return UnableToStart(
                f"The disk that holds {self.account.home} is full: free some space and start again; your data is kept."
            )
        reasons = [
            line for line in output.splitlines() if "FATAL" in line or "error:" in line or "PANIC" in line
        ]
        reason = (reasons or output.splitlines() or ["no reason given"])[-1].strip()
        return UnableToStart(f"PostgreSQL did not start ({reason}); its log is {self.log}.")

    def _refuse_other_version(self) -> None:
        made_by = (self.account.data / "PG_VERSION").read_text().strip()
        brings = self._major_version()
        if made_by != brings:
            raise UnableToStart(
                f"The data in {self.account.data} was made by PostgreSQL {made_by}, and the programs here are "
                f"PostgreSQL {brings}: start it once more with the programs of {made_by} to export it, or start over "
                "with `make reset`. Nothing was changed."
            )

    def _major_version(self) -> str:
        answer = self._run("postgres", "--version")
        return answer.stdout.split()[2].split(".")[0]

    def _initdb(self, data: Path) -> None:
        password_file = self.account.home / "initdb-password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        self.account.give(password_file)
        builtin = int(self._major_version()) >= 17
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if builtin
            else ["--no-locale"]
        )
        options = [
            "--encoding=UTF8",
            "--auth=scram-sha-256",
            f"--username={USER}",
            f"--pwfile={password_file}",
            *locale,
        ]
        try:
            self._run("initdb", "-D", str(data), *options, *([] if self.durable else ["--no-sync"]))
        except subprocess.CalledProcessError as failure:
            shutil.rmtree(data, ignore_errors=True)
            raise self._failed(failure.stdout + failure.stderr) from failure
        finally:
            password_file.unlink(missing_ok=True)

    def _create_database(self, data: Path) -> None:
        """Without a server, as the only user there is: so a data folder is complete before anything listens."""
        try:
            self._run(
                "postgres", "--single", "-D", str(data), "postgres", text=f"CREATE DATABASE {DATABASE}\n"
            )
        except subprocess.CalledProcessError as failure:
            raise self._failed(failure.stdout + failure.stderr) from failure

    def _run(self, program: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = self.account.command(program, *arguments)
        return subprocess.run(
            command, input=text, capture_output=True, check=True, text=True, **self.account.process_options()
        )

    def _socket_folder(self) -> Path:
        """A private folder for the socket: beside the data, or a temporary one when that path is too long."""
        folder = self.account.home / "socket"
        if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            folder = Path(tempfile.mkdtemp(prefix="marketplace-"))
        folder.mkdir(mode=0o700, exist_ok=True)
        self.account.give(folder)
        write_private_json(self.var_dir / FACTS_FILE, {"socket_folder": str(folder)})
        return folder

    def _forget_socket_folder(self) -> None:
        facts = read_private_json(self.var_dir / FACTS_FILE)
        if facts:
            shutil.rmtree(facts["socket_folder"], ignore_errors=True)
            (self.var_dir / FACTS_FILE).unlink()


def _written_since(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset)
        return file.read().decode(errors="replace")
