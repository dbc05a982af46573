"""Pools as memory-mapped folders that all processes of a host share: written once, opened in milliseconds.

`POOL_DIR/<digest>/` is a snapshot of the engine, which appears whole or not at all; `<digest>.json` beside it says
what it was read with. A folder that is corrupt or cut short is deleted, and its pool made anew from elsewhere; a full
disk or a process that can open no more files deletes nothing.
"""

import ctypes
import fcntl
import gc
import json
import logging
import mmap
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from matching.engine import CorruptSnapshot, Pool
from matching.queries.changes import Moment
from matching.queries.held_pool import HeldPool, Parent

KEPT = 2
"""Folders of one database that stay on a host: the newest, and the one that a process may just be opening."""

WORTH_GIVING_BACK = 10_000
"""People. What a smaller pool leaves behind is less than looking for it costs, which takes longer than ranking them."""

ABOUT, CHECKED = ".json", ".checked"
BOOT = Path("/proc/sys/kernel/random/boot_id")

logger = logging.getLogger(__name__)


def newest_folder(basis: str, database: str) -> HeldPool | None:
    """The newest pool on this host that was read from this database with these facts, or None."""
    for about in _abouts():
        facts = _facts_of(about)
        if facts and (facts["basis"], facts["moment"]["database"]) == (basis, database):
            pool = _opened(about.with_suffix(""))
            if pool is not None:
                on, seen = date.fromisoformat(facts["on"]), Moment(**facts["moment"])
                found = HeldPool(pool, on, basis, seen, frozenset(), stored=_stored_of(facts))
                return found.in_folder(pool, about.stem)
    return None


def folder_on_host(digest: str) -> Path | None:
    """Where the pool of that digest lies on this host, whole when it was written."""
    folder = _root() / digest
    return folder if folder.is_dir() else None


def folder_of(digest: str) -> Pool | None:
    """The pool of that digest, if it lies on this host."""
    folder = folder_on_host(digest)
    return _opened(folder) if folder else None


def save_folder(held: HeldPool) -> HeldPool:
    """Write the pool for all processes of this host, and hold it by memory map from now on.

    What an open transaction may still take back is never written. When another process is just writing, or the disk
    refuses, the pool is held as it was.
    """
    if held.own or not held.moment.snapshot:
        return held
    try:
        with _only_writer() as mine:
            if not mine:
                return held
            folder = _root() / held.pool.digest.hex()
            if not folder.exists():
                held.pool.save(folder)
            _write_about(folder, held)
            _remove_old(held.moment.database)
            pool = _opened(folder)
    except OSError as error:
        logger.warning("the pool could not be written to disk: %s", error)
        return held
    if pool is None:
        return held
    return held.in_folder(pool, folder.name)


def release_pages(pool: Pool) -> None:
    """Give back the memory of what is mapped; it is read from the host's cache again as far as it is used."""
    if len(pool) < WORTH_GIVING_BACK:
        return
    gc.collect()
    if trim := getattr(
        ctypes.CDLL(None), "malloc_trim", None
    ):  # only the GNU library keeps so much that it needs it
        trim(0)
    for mapped in {id(one): one for one in map(_mapping, _arrays(vars(pool))) if one is not None}.values():
        mapped.madvise(mmap.MADV_DONTNEED)


def release_heap(pool: Pool) -> None:
    """Give back what reading all these people needed; the GNU library would keep it all."""
    if len(pool) < WORTH_GIVING_BACK:
        return
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _arrays(value: Any) -> Iterator[npt.NDArray[Any]]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _arrays(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _arrays(getattr(value, part.name))


def _mapping(array: Any) -> mmap.mmap | None:
    while isinstance(array, np.ndarray):
        array = array.base
    return array if isinstance(array, mmap.mmap) else None


def _root() -> Path:
    return Path(settings.POOL_DIR)


def _abouts() -> list[Path]:
    """What is said about the folders, the newest first."""
    return sorted(_root().glob(f"*{ABOUT}"), key=_written, reverse=True)


def _written(about: Path) -> int:
    try:
        return about.stat().st_mtime_ns
    except OSError:  # another process has just removed it
        return 0


def _facts_of(about: Path) -> dict[str, Any] | None:
    try:
        facts: dict[str, Any] = json.loads(about.read_text(encoding="utf-8"))
        Moment(**facts["moment"])
        date.fromisoformat(facts["on"])
        _stored_of(facts)
    except (ValueError, KeyError, TypeError):
        _remove(about)
        return None
    except OSError:  # gone by now, or this process cannot read at the moment
        return None
    return facts


def _stored_of(facts: dict[str, Any]) -> Parent | None:
    """What the pool of a folder grew from in PostgreSQL. Raises KeyError or TypeError when that is not said rightly."""
    stored = facts["stored"]
    return stored and Parent(stored["digest"], frozenset(stored["moved"]))


def _opened(folder: Path) -> Pool | None:
    """The pool of a folder; None when it cannot be read, and no folder any more when something is wrong with it.

    Every byte is read and compared by whoever opens it first after the host started or a file was touched; the others
    trust that and map it at once.
    """
    try:
        files = _files_now(folder)
        trusted = files is not None and _checked(folder) == files
        pool = Pool.open(folder, verify=not trusted)
    except (CorruptSnapshot, OSError) as error:
        if _is_spoilt(error):
            logger.warning("a pool on disk is deleted: %s", error)
            _remove(folder.with_suffix(ABOUT))
        else:
            logger.warning("a pool on disk cannot be opened now: %s", error)
        return None
    if files is not None and not trusted:
        with suppress(OSError):  # a full disk: the next one compares again
            folder.with_suffix(CHECKED).write_text(files, encoding="utf-8")
    return pool


def _is_spoilt(error: Exception) -> bool:
    """Whether the folder is to blame, and not the disk or this process, as when too many files are open."""
    why = error.__cause__ if isinstance(error, CorruptSnapshot) else error
    return not isinstance(why, OSError) or isinstance(why, FileNotFoundError)


def _checked(folder: Path) -> str:
    """The files whose bytes somebody compared, as `_files_now` has them; empty when nobody did."""
    try:
        return folder.with_suffix(CHECKED).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _files_now(folder: Path) -> str | None:
    """The files as they lie there since the host started; None where nobody says when that was."""
    try:
        boot = BOOT.read_text(encoding="utf-8").strip()
    except OSError:
        return None
    facts = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    return json.dumps([boot, *([name, file.st_ino, file.st_size, file.st_ctime_ns] for name, file in facts)])


def _write_about(folder: Path, held: HeldPool) -> None:
    stored = held.stored and {"digest": held.stored.digest, "moved": sorted(held.stored.moved)}
    facts = {
        "on": held.on.isoformat(),
        "basis": held.basis,
        "moment": asdict(held.moment),
        "stored": stored,
    }
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.json.partial")
    partial.write_text(json.dumps(facts), encoding="utf-8")
    partial.rename(folder.with_suffix(ABOUT))


def _remove_old(database: str) -> None:
    """Keep the newest folders of this database. Whoever has an older one mapped goes on with it undisturbed."""
    own = [
        about
        for about in _abouts()
        if (facts := _facts_of(about)) and facts["moment"]["database"] == database
    ]
    for about in own[KEPT:]:
        _remove(about)


def _remove(about: Path) -> None:
    about.unlink(missing_ok=True)
    about.with_suffix(CHECKED).unlink(missing_ok=True)
    shutil.rmtree(about.with_suffix(""), ignore_errors=True)


@contextmanager
def _only_writer() -> Iterator[bool]:
    """True for one process of this host, False at once for the others. A killed process lets go."""
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
