"""Both servers over one data folder, with their generated passwords."""

import errno
import subprocess
from pathlib import Path

from .broker import Broker
from .errors import UnableToStart
from .postgres import Postgres
from .state import SECRETS_FILE, passwords_and_key, publish_connection_urls, withdraw_connection_urls


class EmbeddedServers:
    """PostgreSQL and the broker, started together and stopped in the order that loses nothing."""

    def __init__(self, var_dir: Path, *, durable: bool = True) -> None:
        self.var_dir = var_dir
        logs = make_private_folders(var_dir)
        if (var_dir / "postgres" / "data").exists() and not (var_dir / SECRETS_FILE).exists():
            raise UnableToStart(
                f"{var_dir / SECRETS_FILE} is missing, and with it the password of the database beside it: bring that "
                "file back, or start over with `make reset`."
            )
        with disk_full_as_sentence(var_dir):
            self.secrets = passwords_and_key(var_dir)
        self.postgres = Postgres(
            var_dir, password=self.secrets["database_password"], log=logs / "postgresql.log", durable=durable
        )
        self.broker = Broker(
            var_dir, password=self.secrets["broker_password"], log=logs / "broker.log", durable=durable
        )

    def start(self) -> dict[str, str]:
        """Start both and tell other processes of this data folder where they are."""
        with disk_full_as_sentence(self.var_dir):
            self.postgres.make_data()
            self.postgres.start()
            self.broker.start()
            publish_connection_urls(self.var_dir, self.urls)
        return self.urls

    @property
    def urls(self) -> dict[str, str]:
        return {
            "database_url": self.postgres.url,
            "redis_url": self.broker.url,
            "secret_key": self.secrets["secret_key"],
        }

    def processes(self) -> dict[str, "subprocess.Popen[bytes] | None"]:
        return {"PostgreSQL": self.postgres.process, "broker": self.broker.process}

    def stop(self) -> None:
        """PostgreSQL first: nobody may read a queue whose facts are gone, but facts without their queue are swept."""
        withdraw_connection_urls(self.var_dir)
        try:
            self.postgres.stop()
        finally:
            self.broker.stop()

    def end_orphans(self) -> list[str]:
        """Stop the servers that an interrupted run left behind; their names."""
        found = {"PostgreSQL": self.postgres.end_orphan(), "broker": self.broker.end_orphan()}
        return [name for name, was_running in found.items() if was_running]


def make_private_folders(var_dir: Path) -> Path:
    """Make the data folder, readable by its owner alone; the folder for logs in it."""
    logs = var_dir / "log"
    try:
        var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        logs.mkdir(exist_ok=True)
    except OSError as error:
        raise UnableToStart(
            f"The data folder {var_dir} cannot be written ({error.strerror}): choose another with VAR_DIR."
        ) from error
    return logs


class disk_full_as_sentence:  # noqa: N801  (reads as the context that it is)
    """Turn a write that found no room into a sentence for the person at the terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UnableToStart(
                f"The disk that holds {self.folder} is full: free some space and start again; your data is kept."
            ) from error
