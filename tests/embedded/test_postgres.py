"""A real PostgreSQL over a temporary folder."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2
import pytest

from marketplace.embedded.errors import UnableToStart
from marketplace.embedded.processes import command_line, find_process, wait_until_gone

pytestmark = pytest.mark.processes


def ask(url: str, statement: str) -> list[tuple]:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def postgres(new_postgres):
    server = new_postgres()
    server.make_data()
    server.start()
    return server


def test_a_new_folder_holds_one_database_with_unicode_rules(postgres):
    assert ask(
        postgres.url, "SELECT current_database(), current_user, lower('ÉÖ'), current_setting('TimeZone')"
    ) == [("marketplace", "marketplace", "éö", "UTC")]


def test_a_wrong_password_is_refused(postgres):
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(postgres.url.replace("correct%20horse", "guess"))


def test_no_network_port_is_opened_and_the_socket_is_private(postgres, var_dir):
    assert ask(postgres.url, "SHOW listen_addresses") == [("",)]
    socket_folder = var_dir / "postgres" / "socket"
    assert socket_folder.stat().st_mode & 0o777 == 0o700
    assert (socket_folder / ".s.PGSQL.5432").is_socket()


def test_the_password_is_nowhere_on_a_command_line_or_left_in_a_file(postgres, var_dir):
    assert "correct horse" not in command_line(postgres.process.pid)
    left = [path for path in var_dir.rglob("*") if path.is_file() and b"correct horse" in path.read_bytes()]
    assert left == []


def test_the_server_lives_in_a_session_of_its_own(postgres):
    assert os.getsid(postgres.process.pid) == postgres.process.pid


def test_making_data_again_changes_nothing(postgres):
    ask(postgres.url, "CREATE TABLE kept (a int); INSERT INTO kept VALUES (7)")
    postgres.stop()

    assert postgres.make_data() is False

    postgres.start()
    assert ask(postgres.url, "SELECT a FROM kept") == [(7,)]


def test_stopping_cuts_open_sessions_and_leaves_nothing(postgres, var_dir):
    session = psycopg2.connect(postgres.url)
    pid = postgres.process.pid

    postgres.stop()

    assert find_process(pid) is None
    assert not (var_dir / "postgres" / "socket").exists()
    with pytest.raises(psycopg2.OperationalError):
        session.cursor().execute("SELECT 1")


def test_the_server_of_a_killed_run_is_stopped_and_its_data_kept(postgres, new_postgres):
    ask(postgres.url, "CREATE TABLE kept (a int); INSERT INTO kept VALUES (7)")
    orphan = find_process(postgres.process.pid)
    postgres.process = None  # the run that started it is gone

    later = new_postgres()
    assert later.end_orphan() is True

    os.waitpid(orphan.pid, os.WNOHANG)
    assert wait_until_gone(orphan, 1.0)
    later.start()
    assert ask(later.url, "SELECT a FROM kept") == [(7,)]


def test_a_stale_pid_file_that_names_a_strangers_process_is_no_obstacle(postgres, new_postgres, var_dir):
    postgres.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        pid_file = var_dir / "postgres" / "data" / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{var_dir}/postgres/data\n1\n5432\n{var_dir}\n\n0 0\nready\n")
        later = new_postgres()

        assert later.end_orphan() is False

        assert stranger.poll() is None
        pid_file.unlink()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_server_killed_hard_recovers_what_was_committed(new_postgres):
    postgres = new_postgres(durable=True)
    postgres.make_data()
    postgres.start()
    ask(postgres.url, "CREATE TABLE kept (a int); INSERT INTO kept VALUES (7)")
    os.kill(postgres.process.pid, signal.SIGKILL)
    postgres.process.wait()

    later = new_postgres(durable=True)
    later.start()

    assert ask(later.url, "SELECT a FROM kept") == [(7,)]


def test_data_of_another_major_version_is_refused_and_untouched(postgres, new_postgres, var_dir):
    postgres.stop()
    data = var_dir / "postgres" / "data"
    (data / "PG_VERSION").write_text("9\n")
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}

    with pytest.raises(UnableToStart) as refusal:
        new_postgres().make_data()

    sentence = str(refusal.value)
    assert f"The data in {data} was made by PostgreSQL 9, and the programs here are PostgreSQL " in sentence
    assert sentence.endswith("or start over with `make reset`. Nothing was changed.")
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_a_data_folder_left_half_made_is_made_again(new_postgres, var_dir):
    half = var_dir / "postgres" / "data-unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server = new_postgres()

    assert server.make_data() is True

    assert not half.exists()
    server.start()
    assert ask(server.url, "SELECT 1") == [(1,)]


def test_a_long_path_gets_a_private_temporary_socket_that_goes_with_the_server(new_postgres, var_dir):
    deep = var_dir / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    server = new_postgres(deep)
    server.make_data()
    server.start()

    assert ask(server.url, "SELECT 1") == [(1,)]
    (folder,) = {Path(row[0]) for row in ask(server.url, "SHOW unix_socket_directories")}
    assert deep not in folder.parents
    assert folder.stat().st_mode & 0o777 == 0o700
    server.stop()
    assert not folder.exists()


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(postgres, new_postgres, var_dir):
    postgres.stop()
    (var_dir / "postgres" / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(UnableToStart) as refusal:
        new_postgres().start()

    assert "PostgreSQL did not start" in str(refusal.value)
    assert str(var_dir / "postgresql.log") in str(refusal.value)


def test_settings_of_a_clients_environment_do_not_leak_in(new_postgres, monkeypatch):
    monkeypatch.setenv("PGDATA", "/nonexistent")
    monkeypatch.setenv("PGPORT", "1")
    server = new_postgres()
    server.make_data()
    server.start()

    assert ask(server.url, "SELECT 1") == [(1,)]


def test_a_full_disk_is_refused_before_anything_is_written(new_postgres, var_dir):
    free = shutil.disk_usage(var_dir).free
    server = new_postgres()

    with pytest.raises(
        UnableToStart, match=r"MB are free and \d+ MB are needed. Free some space and start again"
    ):
        server.make_data(first_start_bytes=free * 2)

    assert list((var_dir / "postgres").iterdir()) == []
