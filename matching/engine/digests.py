"""Content digests of a pool that depend on neither row order nor the cut into shards.

Every row, and every sparse entry, is a record of 64-bit words, with its dictionary codes replaced
by digests of what they stand for. Each of four lanes mixes each word with constants of its own
(word + k, times an odd m), adds the words up and stirs the sum with the finalizer of SplitMix64
(Steele, Lea and Flood, 2014), all modulo 2**64. A row's digest is the sum of its records'; the
pool's is the sum over its rows. It tells content apart; it is no signature, and what reads a file
checks that file's SHA-256 first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.sparse import SparseColumn

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Lanes = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]

_LANES: Final = 4
_BLOCK: Final = 1 << 15
_FEW: Final = 16
"""Once more than one row in so many has moved, all digests are copied."""


class Dictionaries(NamedTuple):
    """What coded columns point into."""

    places: tuple[tuple[str, str], ...]
    zones: tuple[str, ...]
    week_masks: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class MovedDigests:
    """Digests of rows that are those of another pool but for a few: whoever ranks needs no copy of all.

    base: uint64 (n, 4). at: intp (m,), ascending, the rows that differ. own: uint64 (m, 4), their digests.
    """

    base: Lanes
    at: Rows
    own: Lanes

    @classmethod
    def nothing(cls, base: Lanes) -> Self:
        """All as they are."""
        return cls(base, np.zeros(0, dtype=np.intp), np.zeros((0, _LANES), dtype=np.uint64))

    def of(self, rows: Rows) -> Lanes:
        """uint64 (k, 4): the digests of some rows."""
        found = self.base[rows]
        if len(self.at):
            place = np.minimum(np.searchsorted(self.at, rows), len(self.at) - 1)
            moved = self.at[place] == rows
            found[moved] = self.own[place[moved]]
        return found

    def after(self, rows: Rows, digests: Lanes) -> Self:
        """The same with other digests of some rows, ascending."""
        at = np.union1d(self.at, rows)
        if len(at) * _FEW > len(self.base):
            base = self.whole()
            base[rows] = digests
            return self.nothing(base)
        own = self.of(at)
        own[np.searchsorted(at, rows)] = digests
        return type(self)(self.base, at, own)

    def whole(self) -> Lanes:
        """uint64 (n, 4): all of them, in an array of their own."""
        lanes = np.array(self.base)
        lanes[self.at] = self.own
        return lanes


def digest_rows(pool: "Pool") -> Lanes:
    """uint64 (n, 4), one digest a row."""
    lanes = digest_dense({column.name: getattr(pool, column.name) for column in spec.DENSE}, pool)
    _add_families(lanes, pool)
    return lanes


def digest_dense(columns: Mapping[str, npt.NDArray[Any]], dictionaries: "Pool | Dictionaries") -> Lanes:
    """uint64 (n, 4): what the dense columns alone add to the digests of their rows."""
    size = len(columns["candidate_id"])
    lanes = np.empty((size, _LANES), dtype=np.uint64)
    words = _entries_of(columns, dictionaries)
    for start in range(0, size, _BLOCK):
        rows = slice(start, start + _BLOCK)
        found = [
            word
            for column in spec.DENSE
            if column.name not in words
            for word in _words(columns[column.name][rows])
        ]
        found += [entries[columns[name][rows]] for name, entries in words.items()]
        lanes[rows] = _mixed(found, "row")
    return lanes


def digest_sparse(pool: "Pool") -> Lanes:
    """uint64 (n, 4): what the sparse columns add."""
    lanes = np.zeros((len(pool), _LANES), dtype=np.uint64)
    _add_families(lanes, pool)
    return lanes


def lanes_together(lanes: Lanes) -> Lanes:
    """uint64 (4,): the rows added up."""
    together: Lanes = lanes.sum(axis=0, dtype=np.uint64)
    return together


def digest_of(lanes: Lanes) -> bytes:
    """32 bytes for the rows that add up to these lanes."""
    packed: bytes = lanes.astype("<u8").tobytes()
    return packed


def lanes_of(digest: bytes) -> Lanes:
    """The lanes that a digest was made of."""
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64)


def _entries_of(columns: Mapping[str, Any], dictionaries: "Pool | Dictionaries") -> dict[str, Words]:
    """By coded column the digests of its dictionary's entries, where few people have few of them only of those."""

    def digested(entries: Any, bytes_of: Callable[[Any], bytes], *names: str) -> Words:
        used: Sequence[int] = range(len(entries))
        if sum(len(columns[name]) for name in names) < len(entries):
            codes = np.unique(np.concatenate([columns[name] for name in names]))
            used = codes[codes >= 0].tolist()
        words = np.zeros(len(entries) + 1, dtype=np.uint64)  # the last one stands for the code -1
        words[np.array(used, dtype=np.intp)] = _entry_words([bytes_of(entries[code]) for code in used])
        return words

    places = digested(dictionaries.places, lambda place: "\0".join(place).encode(), "place_code")
    zones = digested(dictionaries.zones, str.encode, "zone_code")
    weeks = digested(
        dictionaries.week_masks, lambda mask: mask.tobytes(), "availability_code", "preferred_code"
    )
    return {"place_code": places, "zone_code": zones, "availability_code": weeks, "preferred_code": weeks}


def _add_families(lanes: Lanes, pool: "Pool") -> None:
    for family in sorted(spec.FAMILIES):
        by_code = getattr(pool, family)
        if sum(len(sparse.rows) for sparse in by_code.values()) <= _BLOCK:
            _add_few(lanes, pool, family, by_code)
            continue
        for code, sparse in by_code.items():
            _add_sparse(lanes, pool, family, code, sparse)


def _add_few(lanes: Lanes, pool: "Pool", family: str, by_code: Mapping[str, SparseColumn]) -> None:
    """All codes of a family at once, which is quicker as long as there are few entries."""
    columns = [sparse for sparse in by_code.values() if len(sparse.rows)]
    if not columns:
        return
    rows = np.concatenate([sparse.rows for sparse in columns])
    which = np.repeat(np.arange(len(columns)), [len(sparse.rows) for sparse in columns])
    values = {
        part.name: np.concatenate([getattr(sparse, part.name) for sparse in columns])
        for part in spec.FAMILIES[family]
    }
    words = [pool.candidate_id[rows].view(np.uint64), _packed(family, values)]
    keys = _keys_of_codes(family, tuple(code for code, sparse in by_code.items() if len(sparse.rows)))
    for lane in range(_LANES):
        mixed = _lane(words, [(add[which], times[which]) for add, times in keys[lane]])
        np.add.at(lanes[:, lane], rows, mixed)


def _add_sparse(lanes: Lanes, pool: "Pool", family: str, code: str, sparse: SparseColumn) -> None:
    for start in range(0, len(sparse.rows), _BLOCK):
        entries = slice(start, start + _BLOCK)
        rows = sparse.rows[entries]
        values = {part.name: getattr(sparse, part.name)[entries] for part in spec.FAMILIES[family]}
        words = [pool.candidate_id[rows].view(np.uint64), _packed(family, values)]
        lanes[rows] += _mixed(words, _label(family, code))


def _packed(family: str, values: Mapping[str, npt.NDArray[Any]]) -> Words:
    """The values of sparse entries in a word each."""
    packed: Words | None = None
    for column in spec.FAMILIES[family]:
        word = (values[column.name].astype(np.int64) - column.low).view(np.uint64)
        packed = word if packed is None else (packed << np.uint64(16)) | word
    assert packed is not None
    return packed


def _label(family: str, code: str) -> str:
    return f"{family}\0{code}"


def _words(values: npt.NDArray[Any]) -> list[Words]:
    """A column as words; the parts of a wide one side by side in a word."""
    if values.ndim == 1:
        return [values.astype(np.int64).view(np.uint64)]
    narrow = np.ascontiguousarray(values).view(np.uint8).astype(np.uint64)
    packed = []
    for start in range(0, narrow.shape[1], 8):
        word = np.zeros(len(narrow), dtype=np.uint64)
        for position in range(start, min(start + 8, narrow.shape[1])):
            word = (word << np.uint64(8)) | narrow[:, position]
        packed.append(word)
    return packed


def _mixed(words: list[Words], label: str) -> Lanes:
    """uint64 (m, 4): one digest a record."""
    lanes = np.empty((len(words[0]), _LANES), dtype=np.uint64)
    keys = _keys(label, len(words))
    for lane in range(_LANES):
        lanes[:, lane] = _lane(words, keys[lane])
    return lanes


def _lane(words: list[Words], keys: Iterable[tuple[Any, Any]]) -> Words:
    """uint64 (m,): one lane of the digests. `keys`: for each word what is added and what multiplies."""
    total = np.zeros(len(words[0]), dtype=np.uint64)
    for word, (add, times) in zip(words, keys, strict=True):
        mixed = (word + add) * times
        total += mixed ^ (mixed >> np.uint64(29))
    total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    total = (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    stirred: Words = total ^ (total >> np.uint64(31))
    return stirred


@lru_cache(maxsize=64)
def _keys_of_codes(family: str, codes: tuple[str, ...]) -> list[list[tuple[Words, Words]]]:
    """For each lane, for each word of a sparse entry: the keys of every code, in that order."""
    of_each = [_keys(_label(family, code), 2) for code in codes]
    return [
        [
            (
                np.array([keys[lane][word][0] for keys in of_each], dtype=np.uint64),
                np.array([keys[lane][word][1] for keys in of_each], dtype=np.uint64),
            )
            for word in range(2)
        ]
        for lane in range(_LANES)
    ]


@lru_cache(maxsize=4096)
def _keys(label: str, size: int) -> tuple[tuple[tuple[np.uint64, np.uint64], ...], ...]:
    """For each lane, for each word: what is added and the odd number that multiplies."""
    return tuple(
        tuple(
            (_word(f"{label}\0{lane}\0{word}\0+"), _word(f"{label}\0{lane}\0{word}\0*") | np.uint64(1))
            for word in range(size)
        )
        for lane in range(_LANES)
    )


def _entry_words(entries: list[bytes]) -> Words:
    """uint64 (k,): a short digest of each dictionary entry."""
    joined = b"".join(sha256(entry).digest()[:8] for entry in entries)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def _word(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(sha256(text.encode()).digest()[:8], "little"))
