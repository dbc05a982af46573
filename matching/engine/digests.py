"""Content digests of a pool that depend on neither row order nor the cut into shards.

Every row is one record of fixed width, with its dictionary codes replaced by what they stand
for; every sparse entry is a record of its own. A row's digest is the sum of the SHA-256 digests
of its records, read as four 64-bit numbers (modulo 2**64); the pool's is the sum over its rows.
"""

import math
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.sparse import SparseColumn

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Lanes = npt.NDArray[np.uint64]

_DICTIONARY_COLUMNS = ("place_code", "zone_code", "availability_code", "preferred_code")


def digest_rows(pool: "Pool") -> Lanes:
    """uint64 (n, 4), one digest a row."""
    parts = [
        _bytes_of(getattr(pool, column.name))
        for column in spec.DENSE
        if column.name not in _DICTIONARY_COLUMNS
    ]
    parts.append(_entry_digests([f"{c}\0{r}".encode() for c, r in pool.places])[pool.place_code])
    parts.append(_entry_digests([zone.encode() for zone in pool.zones])[pool.zone_code])
    masks = _entry_digests([mask.tobytes() for mask in pool.week_masks])
    parts.append(masks[pool.availability_code])
    no_preference = np.zeros((1, masks.shape[1]), dtype=np.uint8)
    parts.append(np.concatenate([masks, no_preference])[pool.preferred_code])
    lanes = _hash_records(np.concatenate(parts, axis=1), b"row")
    for family in sorted(spec.FAMILIES):
        for code, sparse in getattr(pool, family).items():
            records = _sparse_records(pool, family, sparse)
            lanes[sparse.rows] += _hash_records(records, f"{family}\0{code}".encode())
    return lanes


def _sparse_records(pool: "Pool", family: str, sparse: SparseColumn) -> npt.NDArray[np.uint8]:
    parts = [_bytes_of(pool.candidate_id[sparse.rows])]
    parts += [_bytes_of(getattr(sparse, column.name)) for column in spec.FAMILIES[family]]
    return np.concatenate(parts, axis=1)


def _bytes_of(values: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    little = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    width = values.itemsize * math.prod(values.shape[1:])
    return np.frombuffer(little.tobytes(), dtype=np.uint8).reshape(len(values), width)


def _entry_digests(entries: list[bytes]) -> npt.NDArray[np.uint8]:
    """uint8 (k, 16): a short digest of each dictionary entry."""
    joined = b"".join(sha256(entry).digest()[:16] for entry in entries)
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, 16)


def _hash_records(records: npt.NDArray[np.uint8], label: bytes) -> Lanes:
    width = records.shape[1]
    data = records.tobytes()
    begun = sha256(len(label).to_bytes(2, "little") + label)
    digests = bytearray()
    for start in range(0, len(data), width):
        record = begun.copy()
        record.update(data[start : start + width])
        digests += record.digest()
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64).reshape(-1, 4)
