"""A pool in which some people changed: copied column by column, never built anew.

Dictionaries only grow here; what nobody uses any more stays until the pool is built again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.digests import (
    Dictionaries,
    Lanes,
    digest_dense,
    digest_of,
    digest_sparse,
    lanes_of,
    lanes_together,
)
from matching.engine.errors import InvalidPool
from matching.engine.groups import GROUP_TYPES, Groups
from matching.engine.sparse import FAMILY_TYPES, SparseColumn

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Where everybody goes.

    kept: intp, rows of the old pool that stay in the list of people, ascending; None = all.
    at: intp (c,), the place in the new pool of each changed or added person, ascending.
    added: intp, which of `at` were not in the old pool. size: people in the new pool.
    """

    kept: Rows | None
    at: Rows
    added: Rows
    size: int

    @property
    def in_place(self) -> bool:
        """Nobody came and nobody left, so that all rows keep their numbers."""
        return self.kept is None and not len(self.added)

    def old_rows(self) -> Rows:
        """For each row of the new pool its row in the old one, -1 for people added."""
        old = np.full(self.size, -1, dtype=np.intp)
        stays = np.ones(self.size, dtype=np.bool_)
        stays[self.at[self.added]] = False
        old[stays] = np.arange(self.size - len(self.added)) if self.kept is None else self.kept
        return old


def changed_columns(
    pool: "Pool", rows: "Pool", gone: Iterable[int]
) -> tuple[dict[str, Any], dict[str, Any], Rows | None]:
    """Columns of the changed pool, what is derived from them (digests and groups), and which rows alone
    differ, where nobody came or left."""
    moves, leaving = _moves(pool, rows, gone)
    coded, dictionaries = _in_the_codes_of(pool, rows)
    source = None if moves.in_place else moves.old_rows()
    columns: dict[str, Any] = dict(dictionaries)
    for column in spec.DENSE:
        given = coded.get(column.name)
        values = getattr(rows, column.name) if given is None else given
        columns[column.name] = _replaced(getattr(pool, column.name), source, moves.at, values)
    groups = Groups(*(_group(getattr(pool.groups, name), source, moves, columns) for name in GROUP_TYPES))
    derived: dict[str, Any] = {"groups": groups}
    before = pool.digests_of(leaving)
    if source is None:
        after, differ = _digests_in_place(pool, rows, before, moves.at, columns)
        columns |= _families_in_place(pool, rows, moves, differ)
        derived["moved_digests"] = pool.moved_digests.after(moves.at, after)
    else:
        after = rows.row_digests
        columns |= {family: _family(pool, rows, family, leaving, source, moves.at) for family in FAMILY_TYPES}
        derived["row_digests"] = _replaced(pool.row_digests, source, moves.at, after)
    if "digest" in pool.__dict__:
        derived["digest"] = digest_of(lanes_of(pool.digest) - lanes_together(before) + lanes_together(after))
    return columns, derived, moves.at if moves.in_place else None


def _moves(pool: "Pool", rows: "Pool", gone: Iterable[int]) -> tuple[Moves, Rows]:
    """Where everybody goes, and the old rows whose sparse entries go: changed or gone, ascending."""
    leaving_ids = np.unique(np.fromiter(gone, dtype=np.int64))
    if len(np.intersect1d(leaving_ids, rows.candidate_id)):
        raise InvalidPool("candidate_id", "somebody is both changed and gone")
    old = pool.candidate_id
    removed = _found(old, leaving_ids)
    present = _found(old, rows.candidate_id)
    added = np.flatnonzero(~np.isin(rows.candidate_id, old[present]))
    kept = None
    before = np.searchsorted(old, rows.candidate_id)
    if len(removed):
        kept = np.delete(np.arange(len(old)), removed)
        before = before - np.searchsorted(removed, before)
    at = before + np.searchsorted(added, np.arange(len(rows)))
    size = len(old) - len(removed) + len(added)
    return Moves(kept, at, added, size), np.union1d(present, removed)


def _found(held: npt.NDArray[Any], wanted: npt.NDArray[Any]) -> Rows:
    """Positions of those of `wanted` that are held; both ascend."""
    if not len(held):
        return np.zeros(0, dtype=np.intp)
    looked_for = wanted.astype(held.dtype)
    at = np.minimum(np.searchsorted(held, looked_for), len(held) - 1)
    found: Rows = at[held[at] == looked_for]
    return found


def _in_the_codes_of(pool: "Pool", rows: "Pool") -> tuple[dict[str, Any], dict[str, Any]]:
    """The coded columns of `rows` in the dictionaries of `pool`, which grow where they must."""
    places, place = _grown(pool.places, rows.places, rows.place_code, np.uint16)
    zones, zone = _grown(pool.zones, rows.zones, rows.zone_code, np.uint16)
    known = {mask.tobytes(): code for code, mask in enumerate(pool.week_masks)}
    used = np.union1d(rows.availability_code, rows.preferred_code[rows.preferred_code >= 0])
    translated = np.full(len(rows.week_masks) + 1, -1, dtype=np.int32)
    new = []
    for code in used.tolist():
        mask = rows.week_masks[code]
        key = mask.tobytes()
        if key not in known:
            known[key] = len(known)
            new.append(mask)
        translated[code] = known[key]
    masks = np.concatenate([pool.week_masks, np.stack(new)]) if new else pool.week_masks
    coded = {
        "place_code": place,
        "zone_code": zone,
        "availability_code": translated[rows.availability_code],
        "preferred_code": translated[rows.preferred_code],
    }
    return coded, {"places": places, "zones": zones, "week_masks": masks}


def _grown(
    ours: tuple[Any, ...], theirs: tuple[Any, ...], codes: npt.NDArray[Any], kind: npt.DTypeLike
) -> tuple[tuple[Any, ...], npt.NDArray[Any]]:
    numbers = {entry: number for number, entry in enumerate(ours)}
    translated = np.zeros(len(theirs), dtype=np.int64)
    for code in np.unique(codes).tolist():
        translated[code] = numbers.setdefault(theirs[code], len(numbers))
    if len(numbers) - 1 > np.iinfo(kind).max:
        raise InvalidPool("place_code", "too many places or zones")
    return tuple(numbers), translated[codes].astype(kind)


def _replaced(
    old: npt.NDArray[Any], source: Rows | None, at: Rows, values: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """The rows of `source` (None: all, as they are) with `values` at `at`."""
    if source is None:
        return _assigned(old, at, values)
    new = _taken(old, source)
    new[at] = values
    return new


def _taken(old: npt.NDArray[Any], source: Rows) -> npt.NDArray[Any]:
    """The rows of `source`, anything where it is -1."""
    if not len(old):
        return np.zeros((len(source), *old.shape[1:]), dtype=old.dtype)
    return old.take(source, axis=0, mode="clip")


def _assigned(old: npt.NDArray[Any], at: Rows, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A copy with `values` at `at`; the very same array where nothing differs."""
    if np.array_equal(old[at], values):
        return old
    new = np.array(old)
    new[at] = values
    return new


def _digests_in_place(
    pool: "Pool", rows: "Pool", before: Lanes, at: Rows, columns: Mapping[str, Any]
) -> tuple[Lanes, Rows]:
    """Digests of the people of `rows`, and which of them have other sparse entries than `before`.

    A digest is a sum, so what remains of it without the dense columns tells whether any sparse entry differs.
    """
    both = {
        column.name: np.concatenate([getattr(pool, column.name)[at], columns[column.name][at]])
        for column in spec.DENSE
    }
    dense = digest_dense(both, Dictionaries(columns["places"], columns["zones"], columns["week_masks"]))
    then, now = np.split(dense, 2)
    sparse = digest_sparse(rows)
    return now + sparse, np.flatnonzero((before - then != sparse).any(axis=1))


def _families_in_place(
    pool: "Pool", rows: "Pool", moves: Moves, differ: Rows
) -> dict[str, Mapping[str, SparseColumn]]:
    """The sparse columns, where nobody came or left and the entries of some of `rows` differ."""
    if not len(differ):
        return {family: getattr(pool, family) for family in FAMILY_TYPES}
    at = moves.at[differ]
    if len(differ) < len(rows):
        rows = rows.take(differ)
    return {family: _family(pool, rows, family, at, None, at) for family in FAMILY_TYPES}


def _family(
    pool: "Pool", rows: "Pool", family: str, leaving: Rows, source: Rows | None, at: Rows
) -> Mapping[str, SparseColumn]:
    ours, theirs = getattr(pool, family), getattr(rows, family)
    renumbered = None
    if source is not None:
        renumbered = np.full(len(pool), -1, dtype=np.int32)
        stays = np.flatnonzero(source >= 0)
        renumbered[source[stays]] = stays
    family_columns = {}
    for code in sorted(ours.keys() | theirs.keys()):
        column = _column(ours.get(code), theirs.get(code), family, leaving, renumbered, at)
        if len(column.rows):
            family_columns[code] = column
    return family_columns


def _column(
    ours: SparseColumn | None,
    theirs: SparseColumn | None,
    family: str,
    leaving: Rows,
    renumbered: npt.NDArray[np.int32] | None,
    at: Rows,
) -> SparseColumn:
    kind = FAMILY_TYPES[family]
    names = [part.name for part in fields(kind)]
    if ours is None:
        assert theirs is not None
        parts = {name: getattr(theirs, name) for name in names}
        return kind(**(parts | {"rows": at[theirs.rows].astype(np.int32)}))
    out = _found(ours.rows, leaving)
    if renumbered is None:
        if not len(out) and theirs is None:
            return ours
        if theirs is not None and np.array_equal(ours.rows[out], at[theirs.rows]):
            parts = {name: _assigned(getattr(ours, name), out, getattr(theirs, name)) for name in names[1:]}
            return ours if all(parts[n] is getattr(ours, n) for n in parts) else kind(rows=ours.rows, **parts)
    kept = {name: np.delete(getattr(ours, name), out) for name in names}
    if renumbered is not None:
        kept["rows"] = renumbered[kept["rows"]]
    if theirs is None:
        return kind(**kept)
    rows = at[theirs.rows].astype(np.int32)
    where = np.searchsorted(kept["rows"], rows)  # both int32
    added = {name: getattr(theirs, name) for name in names} | {"rows": rows}
    return kind(**{name: np.insert(kept[name], where, added[name]) for name in names})


def _group(group: Any, source: Rows | None, moves: Moves, columns: Mapping[str, Any]) -> Any:
    entries = {name: columns[name][moves.at] for name in group.names()}
    if source is not None:
        return group.changed(_taken(group.codes, source), moves.at, entries, in_place=False)
    held = group.codes[moves.at]
    if all(np.array_equal(getattr(group, name)[held], entries[name]) for name in entries):
        return group
    return group.changed(np.array(group.codes), moves.at, entries, in_place=True)
