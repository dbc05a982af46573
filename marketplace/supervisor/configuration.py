"""What a run was asked to be: from the environment, checked before anything starts."""

import errno
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from marketplace.embedded.errors import UnableToStart

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT_PORT = "8000"


@dataclass(frozen=True)
class Configuration:
    """`own_servers` is empty in the embedded mode, else the two addresses that the person gave."""

    port: int
    var_dir: Path
    own_servers: dict[str, str]

    @property
    def embedded(self) -> bool:
        return not self.own_servers

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self, urls: Mapping[str, str]) -> dict[str, str]:
        """The environment of every Django process of this run. Only the embedded mode is a demonstration."""
        environment = {
            **os.environ,
            "DATABASE_URL": urls["database_url"],
            "REDIS_URL": urls["redis_url"],
            "VAR_DIR": str(self.var_dir),
            "DEMO": "1" if self.embedded else "0",
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "PYTHONUNBUFFERED": "1",
        }
        environment.setdefault("SECRET_KEY", urls["secret_key"])
        environment.setdefault("SITE_ORIGIN", self.address)
        environment.setdefault("COOKIE_SUFFIX", f"_{self.port}")
        return environment


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    own = {name.lower(): environment[name] for name in ("DATABASE_URL", "REDIS_URL") if environment.get(name)}
    if len(own) == 1:
        raise UnableToStart(
            "Only one of DATABASE_URL and REDIS_URL is set: set both to use your own servers, or none to have them "
            "started for you."
        )
    var_dir = Path(environment.get("VAR_DIR") or ROOT / "var").absolute()
    return Configuration(
        port=_port(environment.get("PORT") or DEFAULT_PORT), var_dir=var_dir, own_servers=own
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise UnableToStart(
            f"PORT={text} is no port: choose a number from 1024 to 65535, as in PORT=8001 make run."
        )
    return int(text)


def refuse_port_in_use(port: int) -> None:
    """`localhost` may lead to either loopback address, so neither may belong to another program."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except PermissionError:
                raise UnableToStart(
                    f"Port {port} may only be used by root: choose one from 1024, as in PORT=8001 make run."
                ) from None
            except OSError as error:
                if host == "127.0.0.1" or error.errno == errno.EADDRINUSE:
                    raise UnableToStart(
                        f"Port {port} is in use by another program: stop it, or choose another port, as in "
                        f"PORT={port + 1 if port < 65535 else 8001} make run."
                    ) from None
