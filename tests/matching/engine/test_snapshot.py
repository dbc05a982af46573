"""Pools on disk: opened as saved, and refused when any file was harmed in any way."""

import filecmp
import json
import shutil
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from matching.engine import CorruptSnapshot, Pool, pack, rank
from tests.matching.engine.makers import Maker, make_person
from tests.matching.engine.people import Person, pool_of, speaker, vacancy


def some_people(seed: int = 1) -> list[Person]:
    """Twelve with entries in every sparse family; other seeds, other people."""
    maker = Maker.seeded(seed)
    return [make_person(maker, 100 * seed + number) for number in range(12)]


TEMPLATES = TemporaryDirectory()


@cache
def template(seed: int) -> Path:
    folder = Path(TEMPLATES.name) / str(seed)
    pool_of(*some_people(seed)).save(folder)
    return folder


def saved(folder: Path) -> Path:
    return Path(shutil.copytree(template(1), folder))


FILES = sorted(path.name for path in template(1).iterdir())


def test_it_opens_as_it_was_saved(tmp_path) -> None:
    pool = pool_of(*some_people())
    pool.save(tmp_path / "pool")
    opened = Pool.open(tmp_path / "pool")
    assert opened.digest == pool.digest
    assert opened.places == pool.places
    assert pack(rank(opened, vacancy(hours_week=60, languages=()))) == pack(
        rank(pool, vacancy(hours_week=60, languages=()))
    )
    assert [path.name for path in tmp_path.iterdir()] == ["pool"]
    assert Pool.open(tmp_path / "pool", verify=False).digest == pool.digest


def test_it_is_read_from_the_file_and_not_into_memory(tmp_path) -> None:
    opened = Pool.open(saved(tmp_path / "pool"))
    for column in (opened.candidate_id, opened.work_style, opened.languages["en"].theta):
        base = column
        while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
            base = base.base
        assert isinstance(base, np.memmap)
        assert not column.flags.writeable


def test_it_is_never_overwritten(tmp_path) -> None:
    with pytest.raises(FileExistsError):
        pool_of(speaker()).save(saved(tmp_path / "pool"))
    assert len(Pool.open(tmp_path / "pool")) == 12


def test_an_empty_pool_can_be_saved_and_ranked(tmp_path) -> None:
    pool_of(speaker()).take([]).save(tmp_path / "pool")
    result = rank(Pool.open(tmp_path / "pool"), vacancy())
    assert (len(result), result.waterfall.everyone, result.near_misses) == (0, 0, ())


def test_a_failed_save_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    pool = pool_of(*some_people())
    pool.row_digests  # noqa: B018 - made before the disk is full
    monkeypatch.setattr(np, "save", refuse)
    with pytest.raises(OSError, match="full"):
        pool.save(tmp_path / "pool")
    assert list(tmp_path.iterdir()) == []


def refuse(*_given: object, **_named: object) -> None:
    raise OSError("the disk is full")


def flip(place: float) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[int(place * (len(data) - 1))] ^= 1
        path.write_bytes(data)

    return damage


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def of_others(path: Path) -> None:
    """The same file of another pool with as many people."""
    shutil.copy(template(2) / path.name, path)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "removed": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "cut by a byte": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a byte longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "all zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "first byte": flip(0),
    "a byte in the middle": flip(0.5),
    "last byte": flip(1),
    "a folder": folder_instead,
    "of other people": of_others,
}
ONLY_SEEN_IN_FULL = {"all zeros", "first byte", "a byte in the middle", "last byte", "of other people"}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_any_damage_to_any_file_is_noticed(tmp_path, name: str, damage: str) -> None:
    folder = saved(tmp_path / "pool")
    DAMAGES[damage](folder / name)
    if damage == "of other people" and filecmp.cmp(template(1) / name, folder / name, shallow=False):
        assert len(Pool.open(folder)) == 12  # they happen to have the same here
        return
    with pytest.raises(CorruptSnapshot):
        Pool.open(folder)
    if damage not in ONLY_SEEN_IN_FULL:
        with pytest.raises(CorruptSnapshot):
            Pool.open(folder, verify=False)


def test_files_of_equal_size_that_changed_places_are_noticed(tmp_path) -> None:
    folder = saved(tmp_path / "pool")
    sizes: dict[int, list[Path]] = {}
    for path in sorted(folder.glob("*.npy")):
        sizes.setdefault(path.stat().st_size, []).append(path)
    pairs = [(a, b) for same in sizes.values() for a, b in pairwise(same)]
    assert len(pairs) > 5
    for one, other in pairs:
        first, second = one.read_bytes(), other.read_bytes()
        if first == second:
            continue
        one.write_bytes(second)
        other.write_bytes(first)
        with pytest.raises(CorruptSnapshot):
            Pool.open(folder)
        one.write_bytes(first)
        other.write_bytes(second)
    assert len(Pool.open(folder)) == 12


MANIFEST_KEYS = ("digest", "families", "files", "format", "places", "rows", "seal", "zones")


@pytest.mark.parametrize("key", MANIFEST_KEYS)
@pytest.mark.parametrize("value", [None, 7, "", [], {}, float("nan"), ...])
def test_any_change_to_the_manifest_is_noticed(tmp_path, key: str, value: object) -> None:
    folder = saved(tmp_path / "pool")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(MANIFEST_KEYS) <= set(manifest)
    if value is ...:
        del manifest[key]
    else:
        manifest[key] = value
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for verify in (True, False):
        with pytest.raises(CorruptSnapshot):
            Pool.open(folder, verify=verify)


@pytest.mark.parametrize("text", ["", "[]", "7", "null", "{}", '{"seal": 1}', "{", "\x00"])
def test_a_manifest_that_is_none_is_noticed(tmp_path, text: str) -> None:
    folder = saved(tmp_path / "pool")
    (folder / "manifest.json").write_text(text)
    with pytest.raises(CorruptSnapshot):
        Pool.open(folder)


def test_no_folder_at_all(tmp_path) -> None:
    for verify in (True, False):
        with pytest.raises(CorruptSnapshot):
            Pool.open(tmp_path / "nowhere", verify=verify)


def test_arrays_that_hide_objects_are_never_loaded(tmp_path) -> None:
    """A file that would run code when it is unpickled is refused before it is read, and again when it would be."""
    folder = saved(tmp_path / "pool")
    with (folder / "listing.npy").open("wb") as file:
        np.save(file, np.array([print] * 12, dtype=object), allow_pickle=True)
    for verify in (True, False):
        with pytest.raises(CorruptSnapshot):
            Pool.open(folder, verify=verify)
