"""What a start says when a server that it was told to use does not answer."""

import os
import subprocess
import sys

import pytest

from marketplace.supervisor.configuration import ROOT


@pytest.mark.processes
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "REDIS_URL leads to no server that answers: "),
        ({"REDIS_URL": "nonsense"}, "REDIS_URL leads to no server that answers: "),
        (
            {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/x"},
            "DATABASE_URL leads to no database that answers: ",
        ),
    ],
)
def test_a_server_that_does_not_answer_is_named_in_one_sentence(wrong, sentence):
    finished = subprocess.run(
        [sys.executable, "manage.py", "prepare", "--no-static"],
        cwd=ROOT,
        env=os.environ | wrong,
        capture_output=True,
        text=True,
        timeout=120,
    )
    (line,) = finished.stderr.splitlines()
    assert line.startswith(f"CommandError: {sentence}")
    assert finished.returncode == 1
