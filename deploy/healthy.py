"""A container's health check: `python deploy/healthy.py web|beat`; exit code 0 when it is healthy.

The web server answers its own address. Beat has no address: it writes its schedule down every few minutes.
"""

import http.client
import os
import sys
import time
from pathlib import Path

OLDEST_SCHEDULE_SECONDS = 600


def web_is_healthy() -> bool:
    port = int(os.environ.get("WEB_BIND", "127.0.0.1:8000").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False


def beat_is_healthy() -> bool:
    files = Path(os.environ["VAR_DIR"]).glob("celerybeat-schedule*")
    return any(time.time() - file.stat().st_mtime < OLDEST_SCHEDULE_SECONDS for file in files)


if __name__ == "__main__":
    checks = {"web": web_is_healthy, "beat": beat_is_healthy}
    sys.exit(0 if checks[sys.argv[1]]() else 1)
