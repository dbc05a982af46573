"""What a ranking was asked for, as 32 bytes."""

import json
from dataclasses import fields, is_dataclass
from functools import cache
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
    if isinstance(value, tuple):
        listed = [_plain(one) for one in value]
        return listed if ordered else sorted(listed, key=lambda one: json.dumps(one, sort_keys=True))
    kind: type = type(value)
    names = _names(kind)
    return {name: _plain(getattr(value, name), ordered=name in _ORDERED_FIELDS) for name in names} or value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Fields of a dataclass; none of anything else."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
