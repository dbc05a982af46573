"""Starting, stopping and finding again, with real processes."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from marketplace.embedded.processes import find_process, processes_in_group, wait_until_gone
from marketplace.supervisor.children import Child, Children, Recipe, end_leftovers, write_record

pytestmark = pytest.mark.processes

WARM = (
    "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *a: (print('warm', flush=True), sys.exit(0)))\n"
)
DEAF = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
LAST = "print('up', flush=True)\nimport time\ntime.sleep(60)\n"
WITH_CHILD = (
    "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n" + LAST
)


def patient() -> bool:
    return False


def recipe(name: str, code: str, *stop_steps: tuple[int, float]) -> Recipe:
    return Recipe(name, ("-c", code), stop_steps or ((signal.SIGTERM, 10.0),))


def log_of(child: Child) -> str:
    return child.log.read_text()


def wait_for(child: Child, text: str) -> None:
    deadline = time.monotonic() + 20
    while text not in log_of(child):
        assert time.monotonic() < deadline, log_of(child)
        time.sleep(0.02)


@pytest.fixture
def children(tmp_path):
    (tmp_path / "log").mkdir()
    made = Children(tmp_path, dict(os.environ), Path("/"))
    yield made
    made.stop_all(lambda: True)


def test_a_child_gets_a_session_of_its_own_and_a_log(children):
    child = children.start(recipe("one", LAST))
    wait_for(child, "up")
    assert os.getsid(child.process.pid) == child.process.pid
    assert child.log.name == "one.log"


def test_each_is_stopped_in_its_turn(children, tmp_path):
    note = f"import signal, sys, time\ndef end(*a):\n    open({str(tmp_path / 'order')!r}, 'a').write(NAME)\n    sys.exit(0)\n"
    for name, turn in {"a": 2, "b": 3, "c": 1}.items():
        code = f"NAME = {name!r}\n{note}signal.signal(signal.SIGTERM, end)\n{LAST}"
        wait_for(children.start(Recipe(name, ("-c", code), stop_turn=turn)), "up")

    children.stop_all(patient)

    assert (tmp_path / "order").read_text() == "cab"
    assert children.running == []


def test_a_warm_stop_lets_the_task_in_hand_finish(children):
    code = (
        "import signal, time\nasked = []\nsignal.signal(signal.SIGTERM, lambda *a: asked.append(1))\n"
        "print('up', flush=True)\nwhile not asked:\n    time.sleep(0.01)\ntime.sleep(0.5)\nprint('finished', flush=True)\n"
    )
    child = children.start(recipe("worker", code))
    wait_for(child, "up")

    children.stop_all(patient)

    assert log_of(child) == "up\nfinished\n"
    assert child.process.returncode == 0


def test_a_deaf_child_is_stopped_within_its_bound(children):
    child = children.start(recipe("deaf", DEAF + LAST, (signal.SIGTERM, 0.3), (signal.SIGQUIT, 5.0)))
    wait_for(child, "up")
    start = time.monotonic()

    children.stop_all(patient)

    assert 0.3 <= time.monotonic() - start < 4
    assert child.process.returncode == -signal.SIGQUIT


def test_a_child_deaf_to_everything_is_killed(children):
    code = DEAF + "signal.signal(signal.SIGQUIT, signal.SIG_IGN)\n" + LAST
    child = children.start(recipe("deaf", code, (signal.SIGTERM, 0.2), (signal.SIGQUIT, 0.2)))
    wait_for(child, "up")

    children.stop_all(patient)

    assert child.process.returncode == -signal.SIGKILL


def test_a_second_ctrl_c_cuts_the_waiting_short(children):
    child = children.start(recipe("slow", DEAF + LAST, (signal.SIGTERM, 60.0)))
    wait_for(child, "up")
    start = time.monotonic()

    children.stop_all(lambda: True)

    assert time.monotonic() - start < 10
    assert child.process.returncode == -signal.SIGKILL


def test_grandchildren_go_with_their_parent(children):
    child = children.start(recipe("parent", WITH_CHILD))
    wait_for(child, "up")
    members = processes_in_group(child.process.pid)
    assert len(members) == 2

    children.stop_all(patient)

    assert all(wait_until_gone(member, 2.0) for member in members)


def test_all_are_stopped_although_the_record_cannot_be_written(children, tmp_path):
    """As on a full disk: a folder where the record is to be put takes none either."""
    for name in ("one", "two"):
        wait_for(children.start(recipe(name, LAST)), "up")
    pids = [child.process.pid for child in children.running]
    (tmp_path / "children.json.partial").mkdir()

    children.stop_all(patient)

    assert children.running == []
    assert [find_process(pid) for pid in pids] == [None, None]


def test_a_child_that_ends_by_itself_is_noticed(children):
    steady = children.start(recipe("steady", LAST))
    brief = children.start(recipe("brief", "raise SystemExit(3)"))
    brief.process.wait()

    assert children.ended() is brief
    assert brief.process.returncode == 3
    assert steady.process.poll() is None


def test_what_a_killed_run_left_is_found_and_stopped_warmly(children, tmp_path):
    child = children.start(recipe("worker", WARM + LAST))
    wait_for(child, "up")

    found = end_leftovers(tmp_path, [child.recipe])

    assert found == ["worker"]
    assert child.process.wait(timeout=5) == 0
    assert log_of(child) == "up\nwarm\n"
    assert end_leftovers(tmp_path, [child.recipe]) == []


def test_members_left_by_a_leader_that_died_are_stopped(children, tmp_path):
    child = children.start(recipe("worker", WITH_CHILD))
    wait_for(child, "up")
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    (orphan,) = processes_in_group(child.process.pid)

    assert end_leftovers(tmp_path, []) == ["worker"]

    assert wait_until_gone(orphan, 2.0)


def test_a_reused_process_id_is_left_alone(tmp_path):
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        recorded = asdict(find_process(stranger.pid)) | {"name": "worker", "started": "another time"}
        write_record(tmp_path, [recorded])

        assert end_leftovers(tmp_path, []) == []

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "[", "null"])
def test_a_broken_record_is_no_obstacle(tmp_path, content):
    (tmp_path / "children.json").write_text(content)
    assert end_leftovers(tmp_path, []) == []


def test_the_child_runs_this_environments_python(children):
    child = children.start(recipe("python", "import sys; print(sys.prefix)"))
    child.process.wait()
    assert log_of(child).strip() == sys.prefix
