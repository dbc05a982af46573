"""The servers start for everybody, and no folder is opened to others on the way."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded import persons

pytestmark = pytest.mark.processes


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="m-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_root_uses_a_namespace_and_opens_no_folder(folder):
    clone = persons.private_clone(folder)
    before = persons.modes_up_to_root(clone)

    seen = persons.root().starts(clone)

    assert seen == {"euid": 0, "way": "namespace", "home": f"{clone}/var/postgres", "visits": 1, "queued": 1}
    assert persons.modes_up_to_root(clone) == before
    assert (clone / "var").stat().st_mode & 0o777 == 0o700


def test_an_ordinary_user_runs_it_as_themselves_and_opens_no_folder(folder):
    person = persons.ordinary()
    clone = persons.private_clone(folder)
    persons.hand_over(folder, person)
    before = persons.modes_up_to_root(clone)

    seen = person.starts(clone)

    assert seen["euid"] != 0
    assert (seen["way"], seen["home"], seen["visits"], seen["queued"]) == (
        "direct",
        f"{clone}/var/postgres",
        1,
        1,
    )
    assert persons.modes_up_to_root(clone) == before


def test_data_survives_a_restart(folder):
    clone = persons.private_clone(folder)

    visits = [(seen["visits"], seen["queued"]) for seen in (persons.root().starts(clone) for _ in range(2))]

    assert visits == [(1, 1), (2, 2)]


def test_without_namespaces_programs_and_data_move_to_the_unprivileged_account(folder):
    clone = persons.private_clone(folder)
    first = persons.root().starts(clone)
    before = persons.modes_up_to_root(clone)

    seen = persons.caged_root(folder / "cage").starts(clone)

    assert persons.modes_up_to_root(clone) == before
    if not persons.is_root():  # an ordinary user's namespace has no second account to hand anything to
        assert "neither open a user namespace" in seen["refused"]
        return
    home = Path(seen["home"])
    try:
        assert first["way"] == "namespace"
        assert (seen["way"], seen["visits"]) == ("other account", 2)
        assert home.parent in (Path("/var/lib"), Path("/var/tmp"))
        assert (home.stat().st_mode & 0o777, home.owner()) == (0o700, "nobody")
        again = persons.root().starts(clone)
        assert (again["way"], again["home"], again["visits"]) == ("other account", str(home), 3)
    finally:
        shutil.rmtree(home)


def test_root_that_may_do_neither_is_told_what_to_do(folder):
    clone = persons.private_clone(folder)

    seen = persons.caged_root(folder / "cage", powerless=True).starts(clone)

    assert seen == {
        "refused": "PostgreSQL does not run as root, and on this machine root can neither open a user namespace "
        "(unshare --user) nor hand a folder to an unprivileged account: start again as an ordinary user, or set "
        "DATABASE_URL and REDIS_URL to servers that you run."
    }


def test_another_accounts_folder_is_left_alone(folder):
    clone = persons.private_clone(folder)
    theirs, owner = persons.folder_of_somebody_else(folder)
    (clone / "var").mkdir()
    (clone / "var" / "postgres").symlink_to(theirs)
    before = sorted(theirs.iterdir())

    seen = persons.me().starts(clone)

    assert seen["refused"] == (
        f"{clone}/var/postgres belongs to {owner}: start again as that account, or give the folder to yourself first."
    )
    assert sorted(theirs.iterdir()) == before
