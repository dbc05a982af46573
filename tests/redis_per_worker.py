"""A pytest plugin, loaded with `-p`: every parallel worker gets a Redis database of its own, as it gets a PostgreSQL one.

It acts when it is imported, which is before the settings are read.
"""

import os
from urllib.parse import urlsplit, urlunsplit


def url_for_worker(url: str, worker: str) -> str:
    """`redis://host/0` and `gw1` give `redis://host/2`; the process that hands out the tests keeps 0."""
    parts = urlsplit(url)
    database = int(parts.path.strip("/") or 0) + int(worker.removeprefix("gw")) + 1
    return urlunsplit(parts._replace(path=f"/{database}"))


if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["REDIS_URL"] = url_for_worker(os.environ["REDIS_URL"], worker)
