"""A real Redis-compatible server over a temporary folder."""

import os
import signal
import socket

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from marketplace.embedded.processes import command_line, find_process, wait_until_gone

pytestmark = pytest.mark.processes


@pytest.fixture
def broker(new_broker):
    server = new_broker()
    server.start()
    return server


def test_the_queue_survives_a_restart(broker):
    redis.Redis.from_url(broker.url).rpush("celery", "one", "two")
    broker.stop()
    broker.start()

    assert redis.Redis.from_url(broker.url).lrange("celery", 0, -1) == [b"one", b"two"]


def test_the_queue_survives_a_hard_kill_after_a_second(broker, new_broker):
    client = redis.Redis.from_url(broker.url)
    client.rpush("celery", "one")
    client.execute_command("WAITAOF", 1, 0, 5000)
    os.kill(broker.process.pid, signal.SIGKILL)
    broker.process.wait()

    later = new_broker()
    later.start()

    assert redis.Redis.from_url(later.url).lrange("celery", 0, -1) == [b"one"]


def test_it_listens_on_loopback_only(broker):
    assert redis.Redis.from_url(broker.url).config_get("bind") == {"bind": "127.0.0.1"}
    assert broker.url.split("@")[1].startswith("127.0.0.1:")


def test_nobody_gets_in_without_the_password(broker):
    port = int(broker.url.rsplit(":", 1)[1].split("/")[0])
    at_once = Retry(NoBackoff(), 0)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(host="127.0.0.1", port=port, retry=at_once).ping()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(host="127.0.0.1", port=port, password="guess", retry=at_once).ping()


def test_the_password_is_in_one_private_file_and_on_no_command_line(broker, var_dir):
    holding = [
        path for path in var_dir.rglob("*") if path.is_file() and b"battery-staple" in path.read_bytes()
    ]

    assert [(path.name, path.stat().st_mode & 0o777) for path in holding] == [("broker.conf", 0o600)]
    assert "battery-staple" not in command_line(broker.process.pid)


def test_the_broker_of_a_killed_run_is_stopped(broker, new_broker):
    orphan = find_process(broker.process.pid)
    broker.process = None  # the run that started it is gone

    assert new_broker().end_orphan() is True

    os.waitpid(orphan.pid, os.WNOHANG)
    assert wait_until_gone(orphan, 1.0)


def test_a_stale_pid_file_that_names_a_strangers_process_is_no_obstacle(broker, new_broker, var_dir):
    broker.stop()
    (var_dir / "broker" / "broker.pid").write_text(str(os.getpid()))

    later = new_broker()
    later.start()

    assert redis.Redis.from_url(later.url).ping() is True


def test_a_port_taken_meanwhile_is_left_to_its_owner(broker, new_broker):
    port = int(broker.url.rsplit(":", 1)[1].split("/")[0])
    broker.stop()
    with socket.socket() as owner:
        owner.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        owner.bind(("127.0.0.1", port))
        owner.listen()

        later = new_broker()
        later.start()

        assert f":{port}/" not in later.url
        assert redis.Redis.from_url(later.url).ping() is True
