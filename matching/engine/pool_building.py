"""Turning loose arrays into checked, sorted, narrow columns, and cutting shards."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.errors import InvalidPool
from matching.engine.sparse import FAMILY_TYPES, FEW_ENTRIES

if TYPE_CHECKING:
    from matching.engine.pool import Pool

SparseInput = Mapping[str, Mapping[str, Mapping[str, npt.ArrayLike]]]


_EXACT: Final = 2**53
"""From here on not every whole number has a float of its own."""


def build_columns(
    dense: Mapping[str, npt.ArrayLike], sparse: SparseInput, week_masks: npt.ArrayLike
) -> dict[str, Any]:
    """Cast and sort by candidate id. Returns the keyword arguments of `Pool`."""
    names = {column.name for column in spec.DENSE}
    if set(dense) != names:
        wrong = sorted(set(dense) ^ names)
        raise InvalidPool(wrong[0], "unknown column" if wrong[0] in dense else "missing column")
    cast = {column.name: narrow(column, dense[column.name]) for column in spec.DENSE}
    ids = cast["candidate_id"]
    if ids.ndim != 1:
        raise InvalidPool("candidate_id", "must be one-dimensional")
    for name, values in cast.items():
        if values.ndim == 0 or len(values) != len(ids):
            raise InvalidPool(name, f"must have one value for each of the {len(ids)} candidates")
    order = np.argsort(ids, kind="stable")
    position = np.empty(len(ids), dtype=np.int32)
    position[order] = np.arange(len(ids), dtype=np.int32)
    built: dict[str, Any] = {name: values[order] for name, values in cast.items()}
    masks = spec.Column("week_masks", np.uint8, 0, 255, "", spec.MASK_BYTES)
    built["week_masks"] = narrow(masks, week_masks)
    for family, by_code in sparse.items():
        few = _few_columns(family, by_code, position)
        built[family] = few or {
            str(code): _sparse_column(family, code, by_code[code], position) for code in sorted(by_code)
        }
    return built


def _few_columns(
    family: str, by_code: Mapping[str, Mapping[str, npt.ArrayLike]], position: npt.NDArray[np.int32]
) -> dict[str, Any] | None:
    """All columns of a family at once, which is quicker as long as they are short; None where they are not, or where
    anything about one is unusual, so that it is looked at alone and can be named."""
    codes, columns = sorted(by_code), spec.FAMILIES[family]
    kinds = {"rows": spec.Column("rows", np.int32, 0, len(position) - 1, "")} | {c.name: c for c in columns}
    given = [by_code[code] for code in codes]
    if not given or not len(position) or any(one.keys() != kinds.keys() for one in given):
        return None
    joined: dict[str, npt.NDArray[Any]] = {}
    sizes = [np.size(one["rows"]) for one in given]
    if sum(sizes) > FEW_ENTRIES:
        return None
    for name, column in kinds.items():
        parts = [np.asarray(one[name]) for one in given]
        if [part.shape for part in parts] != [(size,) for size in sizes]:
            return None
        values = np.concatenate(parts)
        whole = all(part.dtype.kind in "iu" for part in parts) and values.dtype.kind in "iu"
        if (
            not whole
            or not column.low <= values.min(initial=column.high) <= values.max(initial=0) <= column.high
        ):
            return None
        joined[name] = values.astype(column.dtype)
    joined["rows"] = position[joined["rows"]]
    place = np.repeat(np.arange(len(codes)) * len(position), sizes) + joined["rows"]
    if bool(np.any(np.diff(place) <= 0)):
        order = np.argsort(place, kind="stable")
        joined = {name: values[order] for name, values in joined.items()}
    ends = np.cumsum(sizes).tolist()
    kind = FAMILY_TYPES[family]
    return {
        str(code): kind(**{name: values[start:end] for name, values in joined.items()})
        for code, start, end in zip(codes, [0, *ends], ends, strict=False)
    }


def narrow(column: spec.Column, values: npt.ArrayLike) -> npt.NDArray[Any]:
    """`values` in the column's own type. Raises `InvalidPool` when anything would be lost."""
    try:
        given = np.asarray(values)
    except ValueError as error:
        raise InvalidPool(column.name, "must be a list or array of one shape") from error
    if given.size == 0:
        shape = (0, column.width) if column.width else (0,)
        return np.empty(shape, dtype=column.dtype)
    if given.dtype.kind == "f" and not bool(np.all(np.isfinite(given))):
        raise InvalidPool(column.name, "has a value that is not a finite number")
    if given.dtype.kind not in "biuf":
        raise InvalidPool(column.name, f"must hold whole numbers, not {given.dtype}")
    if given.dtype.kind == "f" and bool(np.any(given != np.floor(given))):
        raise InvalidPool(column.name, "must hold whole numbers")
    if given.dtype.kind == "f" and bool(np.any(np.abs(given) >= _EXACT)):
        raise InvalidPool(column.name, "has a number too large to be exact as a float")
    if not column.low <= given.min() <= given.max() <= column.high:
        raise InvalidPool(column.name, f"has a value outside {column.low}..{column.high}")
    return given.astype(column.dtype)


def _sparse_column(
    family: str,
    code: str,
    parts: Mapping[str, npt.ArrayLike],
    position: npt.NDArray[np.int32],
) -> Any:
    name = f"{family}[{code}]"
    expected = {"rows"} | {column.name for column in spec.FAMILIES[family]}
    if set(parts) != expected:
        raise InvalidPool(name, f"needs exactly {sorted(expected)}")
    last = max(len(position) - 1, 0)
    given = narrow(spec.Column(f"{name}.rows", np.int64, 0, last, ""), parts["rows"])
    if given.size and not len(position):
        raise InvalidPool(name, "rows point outside the pool")
    rows = position[given]
    order = np.argsort(rows, kind="stable")
    values: dict[str, Any] = {"rows": rows[order]}
    for column in spec.FAMILIES[family]:
        label = f"{name}.{column.name}"
        values[column.name] = narrow(
            spec.Column(label, column.dtype, column.low, column.high, ""), parts[column.name]
        )
        if values[column.name].shape != rows.shape:
            raise InvalidPool(label, "must have one value for each of its rows")
        values[column.name] = values[column.name][order]
    return FAMILY_TYPES[family](**values)


def taken_columns(pool: "Pool", rows: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Keyword arguments of the `Pool` of those rows. Raises `InvalidPool`."""
    if rows.ndim != 1 or (rows.size and (rows[0] < 0 or rows[-1] >= len(pool))):
        raise InvalidPool("rows", "point outside the pool")
    if bool(np.any(np.diff(rows) <= 0)):
        raise InvalidPool("rows", "not ascending, or the same row twice")
    kept: dict[str, Any] = {c.name: getattr(pool, c.name)[rows] for c in spec.DENSE}
    kept |= {"places": pool.places, "zones": pool.zones, "week_masks": pool.week_masks}
    for family, kind in FAMILY_TYPES.items():
        by_code: dict[str, Any] = {}
        for code, sparse in getattr(pool, family).items():
            inside, positions = _meeting(sparse.rows, rows)
            if len(inside):
                parts = {p.name: getattr(sparse, p.name)[inside] for p in fields(sparse)}
                by_code[code] = kind(**(parts | {"rows": positions}))
        kept[family] = by_code
    return kept


def sliced_columns(pool: "Pool", start: int, stop: int) -> dict[str, Any]:
    """Keyword arguments of the `Pool` of the rows start..stop. Raises `InvalidPool`."""
    if not 0 <= start <= stop <= len(pool):
        raise InvalidPool("rows", "point outside the pool")
    kept: dict[str, Any] = {c.name: getattr(pool, c.name)[start:stop] for c in spec.DENSE}
    kept |= {"places": pool.places, "zones": pool.zones, "week_masks": pool.week_masks}
    edges = np.array(
        [start, stop], dtype=np.int32
    )  # of the columns' own type: with another NumPy would copy them
    for family, kind in FAMILY_TYPES.items():
        by_code: dict[str, Any] = {}
        names = [part.name for part in fields(kind)]
        for code, sparse in getattr(pool, family).items():
            first, last = sparse.rows.searchsorted(edges).tolist()
            if first < last:
                parts = {name: getattr(sparse, name)[first:last] for name in names}
                by_code[code] = kind(**(parts | {"rows": parts["rows"] - np.int32(start)}))
        kept[family] = by_code
    return kept


def _meeting(
    entries: npt.NDArray[np.int32], rows: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int32]]:
    """Which entries belong to the rows, and the positions in `rows`; both ascend."""
    if not len(entries):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int32)
    found = np.minimum(np.searchsorted(entries, rows), len(entries) - 1)
    present = entries[found] == rows
    return found[present], np.flatnonzero(present).astype(np.int32)
