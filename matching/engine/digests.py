"""Content digests of a pool that depend on neither row order nor the cut into shards.

Every row, and every sparse entry, is a record of 64-bit words, with its dictionary codes replaced
by digests of what they stand for. Each of four lanes mixes each word with constants of its own
(word + k, times an odd m), adds the words up and stirs the sum with the finalizer of SplitMix64
(Steele, Lea and Flood, 2014), all modulo 2**64. A row's digest is the sum of its records'; the
pool's is the sum over its rows. It tells content apart; it is no signature, and what reads a file
checks that file's SHA-256 first.
"""

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.sparse import SparseColumn

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Lanes = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint64]

_LANES: Final = 4
_BLOCK: Final = 1 << 15
_DICTIONARY_COLUMNS: Final = ("place_code", "zone_code", "availability_code", "preferred_code")


def digest_rows(pool: "Pool") -> Lanes:
    """uint64 (n, 4), one digest a row."""
    places = _entry_words([f"{country}\0{region}".encode() for country, region in pool.places])
    zones = _entry_words([zone.encode() for zone in pool.zones])
    masks = _entry_words([mask.tobytes() for mask in pool.week_masks])
    liked = np.append(masks, np.uint64(0))
    lanes = np.empty((len(pool), _LANES), dtype=np.uint64)
    for start in range(0, len(pool), _BLOCK):
        rows = slice(start, start + _BLOCK)
        words = [
            word
            for column in spec.DENSE
            if column.name not in _DICTIONARY_COLUMNS
            for word in _words(getattr(pool, column.name)[rows])
        ]
        words += [places[pool.place_code[rows]], zones[pool.zone_code[rows]]]
        words += [masks[pool.availability_code[rows]], liked[pool.preferred_code[rows]]]
        lanes[rows] = _mixed(words, "row")
    for family in sorted(spec.FAMILIES):
        for code, sparse in getattr(pool, family).items():
            _add_sparse(lanes, pool, family, code, sparse)
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


def _add_sparse(lanes: Lanes, pool: "Pool", family: str, code: str, sparse: SparseColumn) -> None:
    for start in range(0, len(sparse.rows), _BLOCK):
        entries = slice(start, start + _BLOCK)
        rows = sparse.rows[entries]
        packed = np.zeros(len(rows), dtype=np.uint64)
        for column in spec.FAMILIES[family]:
            values = getattr(sparse, column.name)[entries].astype(np.int64) - column.low
            packed = (packed << np.uint64(16)) | values.view(np.uint64)
        words = [pool.candidate_id[rows].view(np.uint64), packed]
        lanes[rows] += _mixed(words, f"{family}\0{code}")


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
        total = np.zeros(len(words[0]), dtype=np.uint64)
        for word, (add, times) in zip(words, keys[lane], strict=True):
            mixed = (word + add) * times
            total += mixed ^ (mixed >> np.uint64(29))
        total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        total = (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        lanes[:, lane] = total ^ (total >> np.uint64(31))
    return lanes


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
