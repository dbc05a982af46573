"""The order of a run."""

import http.client
import time
from pathlib import Path

from marketplace.embedded.disk import is_full
from marketplace.embedded.errors import UnableToStart
from marketplace.embedded.servers import EmbeddedServers, make_private_folders
from marketplace.embedded.state import passwords_and_key

from . import recipes
from .children import Child, Children, end_leftovers
from .configuration import ROOT, Configuration, refuse_port_in_use
from .lock import lock_data_folder
from .stopping import Stopping, StopRequested
from .terminal import complain, last_lines, say, step

READY_SECONDS = 120.0
WATCH_SECONDS = 0.2


class Run:
    """From an empty data folder to a printed address, and back to nothing running."""

    def __init__(self, configuration: Configuration, stopping: Stopping) -> None:
        self.configuration = configuration
        self.stopping = stopping
        self.servers: EmbeddedServers | None = None
        self.children: Children | None = None

    def last(self) -> int:
        """Run until asked to stop (0) or until something fails (1); nothing is left running either way."""
        var_dir = self.configuration.var_dir
        make_private_folders(var_dir)
        with lock_data_folder(var_dir):
            try:
                self._start()
                self._watch()
            except StopRequested:
                return 0
            finally:
                self._stop()
        return 1

    def _start(self) -> None:
        clean_up_after_crash(self.configuration)
        refuse_port_in_use(self.configuration.port)
        urls = self._servers()
        environment = self.configuration.environment(urls)
        self.children = Children(self.configuration.var_dir, environment, ROOT)
        sign_ins = self._prepare(self.children)
        with step("Starting worker and web server"):
            self.children.start(recipes.worker())
            self.children.start(recipes.web())
            self._wait_until_ready()
        self.children.start(recipes.beat())
        say(f"\nReady at {self.configuration.address}\n{sign_ins}\nCtrl-C stops everything; nothing is lost.")

    def _servers(self) -> dict[str, str]:
        if not self.configuration.embedded:
            say("· Using the servers of DATABASE_URL and REDIS_URL")
            return self.configuration.own_servers | {
                "secret_key": passwords_and_key(self.configuration.var_dir)["secret_key"]
            }
        with step("Starting PostgreSQL and the broker"):
            self.servers = EmbeddedServers(self.configuration.var_dir)
            urls = self.servers.start()
        self.stopping.raise_if_requested()
        return urls

    def _prepare(self, children: Children) -> str:
        """Set up what the processes need; what to tell the person about signing in."""
        sign_ins = self.configuration.var_dir / "sign-ins.txt" if self.configuration.embedded else None
        recipe = recipes.prepare(demo=self.configuration.embedded, sign_ins=sign_ins)
        if self._wait_for(children.start(recipe, to_terminal=True)):
            raise UnableToStart(
                "The set-up failed, for the reason above; what was there before is unchanged."
            )
        if not sign_ins:
            return ""
        text = sign_ins.read_text()
        sign_ins.unlink()
        return text

    def _wait_for(self, child: Child) -> int:
        """The exit code of a child that ends by itself."""
        while child.process.poll() is None:
            self.stopping.raise_if_requested()
            time.sleep(WATCH_SECONDS / 4)
        if self.children:
            self.children.forget(child)
        return child.process.returncode

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready(self.configuration.port):
            self._look()
            if time.monotonic() > deadline:
                raise UnableToStart(
                    f"The start is not complete after {READY_SECONDS:.0f} seconds: {self.configuration.address}/readyz "
                    f"says what is missing, the logs are in {self.configuration.var_dir / 'log'}."
                )
            time.sleep(WATCH_SECONDS)

    def _watch(self) -> None:
        while True:
            self._look()
            time.sleep(WATCH_SECONDS)

    def _look(self) -> None:
        """Raise when asked to stop, or when a part of the run has ended by itself."""
        self.stopping.raise_if_requested()
        child = self.children.ended() if self.children else None
        if child and child.log:
            self._refuse_if_disk_is_full()
            raise UnableToStart(
                f"The {child.recipe.name} ended unexpectedly (code {child.process.returncode}), so everything is "
                f"stopped; its log is {child.log}:\n{last_lines(child.log)}"
            )
        for name, process in (self.servers.processes() if self.servers else {}).items():
            if process and process.poll() is not None:
                self._refuse_if_disk_is_full()
                log = self._server_log(name)
                raise UnableToStart(
                    f"{name} ended unexpectedly (code {process.returncode}), so everything is stopped; its log is "
                    f"{log}:\n{last_lines(log)}"
                )

    def _refuse_if_disk_is_full(self) -> None:
        """Whoever ends for that reason may not even have had room to say so in a log."""
        if is_full(self.configuration.var_dir):
            raise UnableToStart(
                f"The disk that holds {self.configuration.var_dir} is full, so everything is stopped: free some space and "
                "start again; your data is kept."
            )

    def _server_log(self, name: str) -> Path:
        return self.configuration.var_dir / "log" / f"{name.lower()}.log"

    def _stop(self) -> None:
        """Web, beat, worker; then PostgreSQL, then the broker."""
        if self.stopping.requests:
            say("\n· Stopping: the task in hand is finished first; Ctrl-C again hurries …")
        try:
            if self.children:
                self.children.stop_all(self.stopping.in_hurry)
        finally:
            if self.servers:
                self.servers.stop()
        if self.stopping.requests:
            say("· Everything is stopped.")


def clean_up_after_crash(configuration: Configuration) -> None:
    """End what a killed run left behind, in the same order as a stop."""
    found = end_leftovers(configuration.var_dir, recipes.all_recipes())
    if configuration.embedded and (configuration.var_dir / "postgres").exists():
        found += EmbeddedServers(configuration.var_dir).end_orphans()
    if found:
        complain(f"· The last run was cut off; stopped what it had left running: {', '.join(found)}")


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
