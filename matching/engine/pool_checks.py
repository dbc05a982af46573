"""Checks that every pool passes before anyone can be ranked from it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.errors import InvalidPool
from matching.engine.sparse import FAMILY_TYPES, FEW_ENTRIES, SparseColumn
from matching.engine.zones import zone_names

if TYPE_CHECKING:
    from matching.engine.pool import Pool


def check_pool(pool: "Pool") -> None:
    """Raise `InvalidPool` unless all columns have their type, length, range and order."""
    size = len(pool.candidate_id)
    for column in spec.DENSE:
        check_column(column, getattr(pool, column.name), size)
    if size and bool(np.any(np.diff(pool.candidate_id) <= 0)):
        raise InvalidPool("candidate_id", "not ascending, or the same id twice")
    if bool(np.any(pool.hours_min > pool.hours_max)):
        raise InvalidPool("hours_min", "larger than hours_max")
    _check_dictionaries(pool)
    for family, kind in FAMILY_TYPES.items():
        if _is_right(family, getattr(pool, family), size):
            continue
        for code, sparse in getattr(pool, family).items():
            name = f"{family}[{code}]"
            if not isinstance(sparse, kind) or not code or len(code) > 64:
                raise InvalidPool(name, f"needs a short code and a {kind.__name__}")
            _check_sparse(name, family, sparse, size)


def check_lengths(columns: Mapping[str, Any], size: int) -> None:
    """Raise `InvalidPool` unless every dense column has `size` rows of its own type."""
    for column in spec.DENSE:
        values = columns[column.name]
        shape = (size, column.width) if column.width else (size,)
        if values.dtype != column.dtype or values.shape != shape:
            raise InvalidPool(column.name, f"must be {np.dtype(column.dtype)} of shape {shape}")


def check_column(column: spec.Column, values: npt.NDArray[Any], size: int) -> None:
    """Raise `InvalidPool` unless `values` has the column's type, shape and range."""
    shape = (size, column.width) if column.width else (size,)
    if not isinstance(values, np.ndarray) or values.dtype != column.dtype:
        raise InvalidPool(column.name, f"must be an array of {np.dtype(column.dtype)}")
    if values.shape != shape:
        raise InvalidPool(column.name, f"has shape {values.shape}, not {shape}")
    if values.size and not column.low <= int(values.min()) <= int(values.max()) <= column.high:
        raise InvalidPool(column.name, f"has a value outside {column.low}..{column.high}")


def _check_dictionaries(pool: "Pool") -> None:
    _check_codes("place_code", pool.place_code, len(pool.places))
    _check_codes("zone_code", pool.zone_code, len(pool.zones))
    masks = pool.week_masks
    if masks.dtype != np.uint8 or masks.ndim != 2 or masks.shape[1] != spec.MASK_BYTES:
        raise InvalidPool("week_masks", f"must be uint8 of shape (k, {spec.MASK_BYTES})")
    _check_codes("availability_code", pool.availability_code, len(masks))
    _check_codes("preferred_code", pool.preferred_code, len(masks))
    unknown = [zone for zone in pool.zones if zone not in zone_names()]
    if unknown:
        raise InvalidPool("zones", f"{unknown[0]!r} is not a known time zone")
    if len(set(pool.places)) != len(pool.places) or any(not place[0] for place in pool.places):
        raise InvalidPool("places", "has a place twice, or one without a country")


def _check_codes(name: str, codes: npt.NDArray[Any], size: int) -> None:
    if codes.size and int(codes.max()) >= size:
        raise InvalidPool(name, f"points past the end of its dictionary of {size}")


def _is_right(family: str, by_code: Mapping[str, SparseColumn], size: int) -> bool:
    """Whether a family of few entries is seen to be right at one look at all of its codes."""
    columns, kind = list(by_code.values()), FAMILY_TYPES[family]
    if not columns or not all(type(one) is kind and 0 < len(code) <= 64 for code, one in by_code.items()):
        return not columns
    sizes = [one.rows.size for one in columns]
    if sum(sizes) > FEW_ENTRIES:
        return False
    kinds = (spec.Column("rows", np.int32, 0, size - 1, ""), *spec.FAMILIES[family])
    for column in kinds:
        parts = [getattr(one, column.name) for one in columns]
        if any(
            part.dtype != column.dtype or part.shape != (n,) for part, n in zip(parts, sizes, strict=True)
        ):
            return False
        values = np.concatenate(parts)
        if not column.low <= values.min(initial=column.high) <= values.max(initial=0) <= column.high:
            return False
    place = np.repeat(np.arange(len(columns)) * size, sizes) + np.concatenate([one.rows for one in columns])
    return not bool(np.any(np.diff(place) <= 0))


def _check_sparse(name: str, family: str, sparse: SparseColumn, size: int) -> None:
    rows = sparse.rows
    if rows.dtype != np.int32 or rows.ndim != 1:
        raise InvalidPool(name, "rows must be an array of int32")
    if rows.size and (int(rows[0]) < 0 or int(rows[-1]) >= size):
        raise InvalidPool(name, "rows point outside the pool")
    if bool(np.any(np.diff(rows) <= 0)):
        raise InvalidPool(name, "rows not ascending, or the same row twice")
    for column in spec.FAMILIES[family]:
        named = spec.Column(f"{name}.{column.name}", column.dtype, column.low, column.high, column.meaning)
        check_column(named, getattr(sparse, column.name), len(rows))
