"""What a ranking was asked for, as 32 bytes."""

import json
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any, Final

from matching.engine.parts import PARTS, PartWeights
from matching.engine.query import VacancyQuery
from matching.engine.version import ENGINE_VERSION
from matching.engine.zones import tz_version

_ORDERED_FIELDS: Final = frozenset({"organisation", "cefr_cuts"})


def digest_query(query: VacancyQuery, weights: PartWeights) -> bytes:
    """32 bytes over the query, both sides' weights, the engine's and the zone data's version.

    Lists whose order means nothing are sorted first.
    """
    kept: dict[tuple[PartWeights, str], bytes] = query.__dict__.setdefault("_digests", {})
    key = (weights, tz_version())
    if key not in kept:
        kept[key] = _digest(query, weights)
    return kept[key]


def _digest(query: VacancyQuery, weights: PartWeights) -> bytes:
    content = {
        "query": _plain(query),
        "candidate_weights": list(weights),
        "parts": list(PARTS),
        "engine": ENGINE_VERSION,
        "tz": tz_version(),
    }
    return sha256(json.dumps(content, sort_keys=True).encode()).digest()


def _plain(value: Any, *, ordered: bool = False) -> Any:
    if is_dataclass(value):
        return {
            f.name: _plain(getattr(value, f.name), ordered=f.name in _ORDERED_FIELDS) for f in fields(value)
        }
    if isinstance(value, tuple):
        listed = [_plain(one) for one in value]
        return listed if ordered else sorted(listed, key=lambda one: json.dumps(one, sort_keys=True))
    return value
