"""Run as a program by the tests: one start, one visit noted in the database and the queue, one stop; says what it saw.

Uses nothing but the standard library and PostgreSQL's own client, so that any account can run it.
"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from marketplace.embedded.errors import UnableToStart
from marketplace.embedded.servers import EmbeddedServers


def main(var_dir: Path) -> int:
    try:
        servers = EmbeddedServers(var_dir)
        urls = servers.start()
    except UnableToStart as refusal:
        print(json.dumps({"refused": str(refusal)}))
        return 1
    try:
        account = servers.postgres.account
        seen = {
            "euid": os.geteuid(),
            "way": "namespace" if account.prefix else "other account" if account.owner else "direct",
            "home": str(account.home),
            "visits": visits_in_database(servers, urls["database_url"]),
            "queued": visits_in_queue(urls["redis_url"]),
        }
    finally:
        servers.stop()
    print(json.dumps(seen))
    return 0


def visits_in_database(servers: EmbeddedServers, url: str) -> int:
    statements = (
        "CREATE TABLE IF NOT EXISTS visit (); INSERT INTO visit DEFAULT VALUES; SELECT count(*) FROM visit"
    )
    psql = servers.postgres.account.programs / "psql"
    answer = subprocess.run(
        [psql, "-qtAX", "-c", statements, url], capture_output=True, text=True, check=True
    )
    return int(answer.stdout)


def visits_in_queue(url: str) -> int:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(f"AUTH {parts.password}\r\nRPUSH visits now\r\n".encode())
        answer = b""
        while answer.count(b"\r\n") < 2:
            answer += connection.recv(100)
    return int(answer.split(b":")[-1])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
