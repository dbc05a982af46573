"""What the data folder tells other processes."""

import json
import os

import pytest

from marketplace.embedded import state

URLS = {"database_url": "postgresql:///m", "redis_url": "redis://:p@127.0.0.1:1/0", "secret_key": "s"}


def test_nothing_runs_in_an_empty_or_missing_folder(tmp_path):
    assert state.connection_urls(tmp_path) is None
    assert state.connection_urls(tmp_path / "missing") is None


def test_published_addresses_are_read_back_until_they_are_withdrawn(tmp_path):
    state.publish_connection_urls(tmp_path, URLS)
    assert state.connection_urls(tmp_path) == URLS
    state.withdraw_connection_urls(tmp_path)
    assert state.connection_urls(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"database_url": "postgresql:///m"}'])
def test_a_broken_or_incomplete_file_counts_as_nothing(tmp_path, content):
    (tmp_path / "embedded.json").write_text(content)
    assert state.connection_urls(tmp_path) is None


def test_only_the_owner_reads_addresses_and_secrets(tmp_path):
    before = os.umask(0)
    try:
        state.publish_connection_urls(tmp_path, URLS)
        state.passwords_and_key(tmp_path)
    finally:
        os.umask(before)
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "embedded.json": 0o600,
        "secrets.json": 0o600,
    }


def test_secrets_are_generated_once_and_differ_between_folders(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = state.passwords_and_key(tmp_path / "a")
    assert state.passwords_and_key(tmp_path / "a") == first
    other = state.passwords_and_key(tmp_path / "b")
    assert all(first[name] != other[name] for name in ("database_password", "broker_password", "secret_key"))
    assert {name: len(value) for name, value in first.items()} == {
        "database_password": 32,
        "broker_password": 32,
        "secret_key": 64,
    }


def test_secrets_of_an_older_version_keep_their_values(tmp_path):
    (tmp_path / "secrets.json").write_text(json.dumps({"database_password": "old"}))
    assert state.passwords_and_key(tmp_path)["database_password"] == "old"
