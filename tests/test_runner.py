"""The runner behind `make test`, and how it finds a browser."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import chromium, run
from tests.redis_per_worker import url_for_worker


@pytest.fixture(autouse=True)
def no_timings_from_outside(monkeypatch):
    """A run that gathers timings sets this for its own report; the reports made here are not its."""
    monkeypatch.delenv("TIMINGS_FILE", raising=False)


ROOT = Path(__file__).resolve().parent.parent


def script(path: Path, exit_code: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\necho Chromium 1.0\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


def test_the_groups_divide_the_tests_by_folder_and_mark():
    groups = {group.name: group.arguments for group in run.GROUPS}
    assert list(groups) == ["engines", "web", "embedded", "browser"]
    assert {*run.marked("browser")} < {*groups["browser"]}
    assert {*run.marked("processes")} < {*groups["embedded"]}
    assert all(f"--ignore={path}" in groups["web"] for path in run.ENGINES)
    assert run.ENGINES[0] in groups["engines"]
    marks = [groups[name][groups[name].index("-m") + 1] for name in ("web", "browser", "embedded")]
    assert marks == ["not browser and not processes", "browser", "processes and not browser"]


@pytest.mark.parametrize(
    ("line", "totals"),
    [
        ("3 failed, 120 passed in 4.50s\n", {"failed": 3, "passed": 120}),
        (
            "=== 1 passed, 2 skipped, 1 xfailed, 5 warnings in 0.10s ===",
            {"passed": 1, "skipped": 2, "xfailed": 1},
        ),
        ("2 errors in 1.00s", {"error": 2}),
        ("no tests ran in 0.01s", {}),
    ],
)
def test_totals_are_read_from_the_closing_line(line, totals):
    assert run.totals_in(line) == totals


def test_a_group_without_tests_fails_and_the_last_line_has_the_totals(capsys):
    outcomes = [
        run.Outcome("engines", 0, 1.5, run.totals_in("7 passed in 1.4s")),
        run.Outcome("web", 5, 0.5, run.totals_in("no tests ran in 0.4s")),
    ]
    assert run.report(outcomes) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "  web           0.5  collected no test" in lines
    assert lines[-1] == "=== 7 passed in 2.00s ==="


@pytest.fixture
def aside_environment(tmp_path):
    return {**os.environ, "VAR_DIR": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:6379/0"}


def version(name: str, **facts) -> run.Group:
    """A group that only says which pytest it is."""
    return run.Group(name, ("--version",), **facts)


def test_groups_aside_are_shown_at_the_end_with_their_own_seconds(capsys, aside_environment):
    groups = [version("embedded", beside=True), version("web"), version("browser", beside=True)]
    outcomes = run.run_groups(groups, aside_environment)
    assert [(one.group, one.code, one.totals) for one in outcomes] == [
        ("embedded", 0, {}), ("web", 0, {}), ("browser", 0, {}),
    ]  # fmt: skip
    said = capsys.readouterr().out
    assert [said.index(f"== {name} ==\npytest ") for name in ("web", "embedded", "browser")] == sorted(
        said.index(f"== {name} ==") for name in ("web", "embedded", "browser")
    )


def test_a_group_that_would_run_aside_is_watched_when_it_is_alone(capsys, aside_environment):
    (outcome,) = run.run_groups([version("browser", beside=True)], aside_environment)
    assert (outcome.group, outcome.code) == ("browser", 0)
    assert "== browser ==\npytest " in capsys.readouterr().out


def test_groups_aside_end_with_the_others_and_none_begins_after_that(aside_environment):
    aside = run.Aside([run.Group("web", ("--collect-only",)), version("browser")], aside_environment)
    while not aside.process:
        pass
    aside.end()
    assert [(one.group, one.code) for one in aside.wait()] == [("web", -signal.SIGTERM), ("browser", 1)]


def test_groups_at_the_same_time_have_databases_of_their_own():
    databases = [
        group.environment({"REDIS_URL": "redis://:p@127.0.0.1:6379/1"})["REDIS_URL"] for group in run.GROUPS
    ]
    assert databases == [f"redis://:p@127.0.0.1:6379/{number}" for number in (1, 1, 1, 4)]
    names = [group.environment({"REDIS_URL": "redis:///0"})["TEST_GROUP"] for group in run.GROUPS]
    assert names == [group.name for group in run.GROUPS]


def test_a_mark_is_found_in_the_files_that_name_it():
    assert "tests/design/test_every_page.py" in run.marked("browser")
    assert "tests/supervisor/test_full_run.py" in run.marked("processes")
    assert not {"tests/test_access.py"} & {*run.marked("browser"), *run.marked("processes")}


def test_all_groups_passing_passes(capsys):
    assert run.report([run.Outcome("web", 0, 1.0, run.totals_in("7 passed in 1s"))]) == 0


def test_an_unknown_group_is_named_with_the_known_ones():
    finished = subprocess.run(
        [sys.executable, "tests/run.py", "wbe"], cwd=ROOT, capture_output=True, text=True
    )
    assert finished.returncode == 2
    assert finished.stdout.strip() == "There is no group wbe; choose from engines, web, embedded, browser."


@pytest.mark.parametrize(
    ("url", "worker", "own"),
    [
        ("redis://:p@127.0.0.1:6379/0", "gw0", "redis://:p@127.0.0.1:6379/1"),
        ("redis://:p@127.0.0.1:6379/0", "gw1", "redis://:p@127.0.0.1:6379/2"),
        ("redis://127.0.0.1:6379", "gw0", "redis://127.0.0.1:6379/1"),
    ],
)
def test_parallel_workers_have_a_redis_database_each(url, worker, own):
    assert url_for_worker(url, worker) == own


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, {}),
        ({"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "bytecode")}),
        (
            {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/elsewhere"},
            {"PYTHONPYCACHEPREFIX": "/elsewhere"},
        ),
    ],
)
def test_bytecode_is_kept_aside_where_it_may_not_lie_beside_the_sources(monkeypatch, told, kept):
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bin" / "bootstrap.py")
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    monkeypatch.setattr(os, "environ", told)
    bootstrap.keep_bytecode()
    assert told == kept


def test_a_browser_that_is_named_is_used(monkeypatch, tmp_path):
    named = script(tmp_path / "mine")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium.find_chromium() == str(named)


@pytest.mark.parametrize("name", ["broken", "missing"])
def test_a_named_browser_that_does_not_start_is_an_error_and_no_other_is_taken(monkeypatch, tmp_path, name):
    script(tmp_path / "broken", exit_code=1)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / name))
    with pytest.raises(
        chromium.NoChromiumError, match=f"{name} does not start; name one that does, or unset it"
    ):
        chromium.find_chromium()


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium", "google-chrome-stable"])
def test_an_installed_browser_is_found(monkeypatch, tmp_path, name):
    monkeypatch.delenv("CHROMIUM", raising=False)
    installed = script(tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find_chromium() == str(installed)


def test_ways_are_tried_in_order_until_a_browser_starts(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    broken, good = script(tmp_path / "broken", exit_code=1), script(tmp_path / "good")
    ways = [lambda: None, lambda: str(broken), lambda: str(good)]
    assert chromium.find_chromium(ways) == str(good)


def test_no_browser_at_all_fails_with_what_to_do(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(
        chromium.NoChromiumError, match="The browser tests need Chromium and none could be found"
    ):
        chromium.find_chromium([lambda: None])
