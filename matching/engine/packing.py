"""A ranking as one block of bytes, for storing it as a single value.

Layout: 32 bytes SHA-256 of the rest · 4 bytes length of the header, little-endian · the header
in JSON · the row arrays one after another, little-endian. The same result, the same bytes.
"""

import json
from hashlib import sha256
from typing import Any, Final

import numpy as np

from matching.engine.codes import CODES, Code, codes_of
from matching.engine.errors import CorruptSnapshot
from matching.engine.parts import PARTS
from matching.engine.ranking import NearMiss, RankingResult
from matching.engine.screening import Waterfall

_ARRAYS: Final = {
    "candidate_ids": ("<i8", 1),
    "scores": ("<i4", 1),
    "employer_scores": ("<i4", 1),
    "candidate_scores": ("<i4", 1),
    "fits": ("<i4", len(PARTS)),
    "contributions": ("<i4", len(PARTS)),
}


def pack(result: RankingResult) -> bytes:
    """The bytes of a result."""
    header = {
        "rows": len(result),
        "everyone": result.waterfall.everyone,
        "failed": list(result.waterfall.failed),
        "near_misses": [[m.code, m.count, list(m.candidate_ids)] for m in result.near_misses],
        "pool": result.pool_digest.hex(),
        "query": result.query_digest.hex(),
        "engine": result.engine_version,
        "tz": result.tz_version,
    }
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    arrays = [getattr(result, name).astype(kind).tobytes() for name, (kind, _) in _ARRAYS.items()]
    body = len(text).to_bytes(4, "little") + text + b"".join(arrays)
    return sha256(body).digest() + body


def unpack(data: bytes) -> RankingResult:
    """The result of those bytes. Raises `CorruptSnapshot` when they were cut or altered."""
    body = bytes(data[32:])
    if len(body) < 4 or sha256(body).digest() != bytes(data[:32]):
        raise CorruptSnapshot("the stored ranking was cut or altered")
    start = 4 + int.from_bytes(body[:4], "little")
    header = json.loads(body[4:start])
    rows: dict[str, Any] = {}
    for name, (kind, width) in _ARRAYS.items():
        values = np.frombuffer(body, dtype=kind, count=header["rows"] * width, offset=start)
        start += values.nbytes
        shaped = values.reshape(-1, width) if width > 1 else values
        rows[name] = shaped.astype(np.int64)
    return RankingResult(
        **rows,
        waterfall=Waterfall(header["everyone"], _failed(header)),
        near_misses=tuple(
            NearMiss(Code(code), count, tuple(ids)) for code, count, ids in header["near_misses"]
        ),
        pool_digest=bytes.fromhex(header["pool"]),
        query_digest=bytes.fromhex(header["query"]),
        engine_version=header["engine"],
        tz_version=header["tz"],
    )


def _failed(header: dict[str, Any]) -> tuple[int, ...]:
    """One count for each of `CODES`; 0 for a reason that the engine of that time did not know."""
    counts = dict(zip(codes_of(header["engine"]), header["failed"], strict=True))
    return tuple(counts.get(code, 0) for code in CODES)
