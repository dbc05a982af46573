"""A pool on disk: a folder of .npy files that open by memory map, with a manifest of digests.

Sparse families are stored end to end, one file a part; the manifest keeps the codes and where
each begins. `manifest.json` is written last, and the folder gets its name only when complete.
"""

import json
import os
import shutil
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.errors import CorruptSnapshot, InvalidPool
from matching.engine.groups import GROUP_TYPES, Groups
from matching.engine.pool_checks import check_lengths
from matching.engine.sparse import FAMILY_TYPES
from matching.engine.version import READABLE_FORMATS, SNAPSHOT_FORMAT

if TYPE_CHECKING:
    from matching.engine.pool import Pool

_MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
NEWER_FAMILIES: Final = frozenset({"reserved_sectors", "reserved_employers"})
"""What format 3 did not have."""


def write_snapshot(pool: "Pool", folder: Path) -> None:
    """Write `folder`, which must not exist yet (`FileExistsError`)."""
    if folder.exists():
        raise FileExistsError(f"{folder} exists already")
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        files = {}
        for name, array in _arrays_of(pool).items():
            path = partial / f"{name}.npy"
            np.save(path, array, allow_pickle=False)
            files[name] = {"bytes": path.stat().st_size, "sha256": _file_digest(path)}
        manifest: dict[str, Any] = {
            "format": SNAPSHOT_FORMAT,
            "rows": len(pool),
            "digest": pool.digest.hex(),
            "places": [list(place) for place in pool.places],
            "zones": list(pool.zones),
            "families": _offsets_of(pool),
            "files": files,
        }
        manifest["seal"] = _seal(manifest)
        (partial / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def read_snapshot(folder: Path, *, verify: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns of the `Pool`, and what is derived from them. Raises `CorruptSnapshot`."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        seal = manifest.pop("seal")
        if manifest["format"] not in READABLE_FORMATS or seal != _seal(manifest):
            raise CorruptSnapshot(f"{_MANIFEST} was altered, or is of another format")
        arrays = {
            name: _read(folder / f"{name}.npy", facts, verify=verify)
            for name, facts in manifest["files"].items()
        }
        columns: dict[str, Any] = {c.name: arrays[c.name] for c in spec.DENSE}
        columns["week_masks"] = arrays["week_masks"]
        columns["places"] = tuple((country, region) for country, region in manifest["places"])
        columns["zones"] = tuple(manifest["zones"])
        for family in FAMILY_TYPES:
            unknown = family in NEWER_FAMILIES and manifest["format"] < SNAPSHOT_FORMAT
            listing = [] if unknown else manifest["families"][family]
            columns[family] = {} if unknown else _family_of(family, listing, arrays)
        check_lengths(columns, manifest["rows"])
        derived = _derived_of(arrays, manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidPool) as error:
        if isinstance(error, CorruptSnapshot):
            raise
        raise CorruptSnapshot(f"{folder.name}: {error}") from error
    return columns, derived


def _derived_of(arrays: dict[str, npt.NDArray[Any]], manifest: dict[str, Any]) -> dict[str, Any]:
    rows = manifest["rows"]
    digests = arrays["row_digests"]
    if digests.shape != (rows, 4) or digests.dtype != np.uint64:
        raise CorruptSnapshot("row_digests has the wrong shape")
    groups: dict[str, Any] = {}
    for name, kind in GROUP_TYPES.items():
        parts = {part.name: arrays[f"groups.{name}.{part.name}"] for part in fields(kind)}
        if parts["codes"].shape != (rows,) or len({len(parts[one]) for one in parts if one != "codes"}) != 1:
            raise CorruptSnapshot(f"group {name} has the wrong shape")
        groups[name] = kind(**parts)
    return {
        "row_digests": digests,
        "digest": bytes.fromhex(manifest["digest"]),
        "groups": Groups(**groups),
    }


def _arrays_of(pool: "Pool") -> dict[str, npt.NDArray[Any]]:
    arrays: dict[str, npt.NDArray[Any]] = {c.name: getattr(pool, c.name) for c in spec.DENSE}
    arrays |= {"week_masks": pool.week_masks, "row_digests": pool.row_digests}
    for name, group_kind in GROUP_TYPES.items():
        group = getattr(pool.groups, name)
        arrays |= {f"groups.{name}.{part.name}": getattr(group, part.name) for part in fields(group_kind)}
    for family, kind in FAMILY_TYPES.items():
        by_code = list(getattr(pool, family).values())
        dtypes: dict[str, np.dtype[Any]] = {"rows": np.dtype(np.int32)}
        dtypes |= {column.name: np.dtype(column.dtype) for column in spec.FAMILIES[family]}
        for part in fields(kind):
            empty = np.empty(0, dtype=dtypes[part.name])
            joined = [empty, *(getattr(sparse, part.name) for sparse in by_code)]
            arrays[f"{family}.{part.name}"] = np.concatenate(joined)
    return arrays


def _offsets_of(pool: "Pool") -> dict[str, list[list[Any]]]:
    """For each family: [code, number of entries], in the order stored."""
    return {
        family: [[code, len(sparse.rows)] for code, sparse in getattr(pool, family).items()]
        for family in FAMILY_TYPES
    }


def _family_of(family: str, listing: list[list[Any]], arrays: dict[str, npt.NDArray[Any]]) -> dict[str, Any]:
    kind = FAMILY_TYPES[family]
    names = [part.name for part in fields(kind)]
    by_code: dict[str, Any] = {}
    start = 0
    for code, length in listing:
        stop = start + length
        by_code[code] = kind(**{name: arrays[f"{family}.{name}"][start:stop] for name in names})
        start = stop
    if start != len(arrays[f"{family}.rows"]):
        raise CorruptSnapshot(f"{family} does not end where its last code ends")
    return by_code


def _read(path: Path, facts: dict[str, Any], *, verify: bool) -> npt.NDArray[Any]:
    if not path.is_file() or path.stat().st_size != facts["bytes"]:
        raise CorruptSnapshot(f"{path.name} is missing or truncated")
    if verify and _file_digest(path) != facts["sha256"]:
        raise CorruptSnapshot(f"{path.name} was altered")
    mapped: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return mapped.view(np.ndarray)  # the same memory, without memmap's cost on every slice


def _file_digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _seal(manifest: dict[str, Any]) -> str:
    return sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
