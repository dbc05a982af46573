"""The Redis-compatible broker that comes along: on a loopback port, with a password, its queue kept on disk."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .binaries import broker_program
from .disk import refuse_full_disk, says_disk_full
from .errors import UnableToStart
from .processes import command_line, end, find_process
from .state import read_private_json, write_private_json

START_SECONDS = 30.0
NEEDED_BYTES = 20_000_000
STOP_STEPS = ((signal.SIGTERM, 15.0),)
FACTS_FILE = "broker.json"


class Broker:
    """One broker over one data folder. `durable=False` keeps nothing on disk."""

    def __init__(self, var_dir: Path, *, password: str, log: Path, durable: bool = True) -> None:
        self.var_dir = var_dir
        self.home = var_dir / "broker"
        self.password = password
        self.log = log
        self.durable = durable
        self.program = broker_program()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self._port()}/0"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server in a session of its own and return when it answers."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_full_disk(self.home, NEEDED_BYTES)
        self.end_orphan()
        port = _free_port(preferred=self._port())
        write_private_json(self.var_dir / FACTS_FILE, {"port": str(port)})
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.program), str(self._write_configuration(port))],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd=self.home,
            )
        self._wait_until_ready(self.process, port)
        return self.process

    def stop(self) -> None:
        """Orderly shutdown: the queue is on disk when this returns."""
        if self.process:
            running = find_process(self.process.pid)
            if running:
                end(running, *STOP_STEPS)
            self.process.wait()
            self.process = None

    def end_orphan(self) -> bool:
        """Stop a broker that an interrupted run left on this data folder; True when there was one."""
        try:
            orphan = find_process(int((self.home / "broker.pid").read_text()))
        except (OSError, ValueError):
            return False
        # The server rewrites its command line to program and port, so both are compared with what was recorded.
        if not orphan or f"{self.program.name} 127.0.0.1:{self._port()}" not in command_line(orphan.pid):
            return False
        end(orphan, *STOP_STEPS)
        return True

    def _port(self) -> int:
        facts = read_private_json(self.var_dir / FACTS_FILE) or {}
        return int(facts.get("port", 0))

    def _write_configuration(self, port: int) -> Path:
        """In a file only its owner can read: an argument would show the password to everyone on the machine."""
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            "protected-mode yes",
            f"requirepass {self.password}",
            f'dir "{self.home}"',
            f'pidfile "{self.home / "broker.pid"}"',
            "daemonize no",
            'save ""',
            f"appendonly {'yes' if self.durable else 'no'}",
            "appendfsync everysec",
            "maxmemory-policy noeviction",
        ]
        path = self.home / "broker.conf"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def _wait_until_ready(self, process: subprocess.Popen[bytes], port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise self._failed()
            if _answers(port, self.password):
                return
            time.sleep(0.05)
        self.stop()
        raise UnableToStart(
            f"The broker did not answer within {START_SECONDS:.0f} seconds; its log is {self.log}."
        )

    def _failed(self) -> UnableToStart:
        last_lines = self.log.read_text(errors="replace").splitlines()[-20:]
        if says_disk_full("\n".join(last_lines)):
            return UnableToStart(
                f"The disk that holds {self.home} is full: free some space and start again; your data is kept."
            )
        reason = (last_lines or ["no reason given"])[-1].strip()
        return UnableToStart(f"The broker did not start ({reason}); its log is {self.log}.")


def _answers(port: int, password: str) -> bool:
    """Whether a server that accepts our password answers a ping (it does not while it still loads its data)."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                part = connection.recv(256)
                if not part:
                    return False
                answer += part
    except OSError:
        return False
    return answer.startswith(b"+OK\r\n+PONG")


def _free_port(preferred: int) -> int:
    """The preferred port when nobody has it, else one that the system picks."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UnableToStart("No loopback port is free for the broker: stop some programs and start again.")
