"""A compiled query as text, and back, exactly: what a ranking keeps so that it can be computed again.

The text is canonical JSON: sorted names, no spaces, lists in their own order. The same query, the same text.
"""

import json
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from matching.engine import InvalidQuery, PartWeights, VacancyQuery


class UnreadableQuery(Exception):
    """The stored text is no query that this version of the engine can read; the message says what is wrong."""


def query_text(query: VacancyQuery) -> str:
    """The canonical text of a query."""
    return json.dumps(_plain(query), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def query_of(text: str) -> VacancyQuery:
    """The query of a canonical text, equal to the one it was written from. Raises UnreadableQuery."""
    try:
        query = _built(VacancyQuery, json.loads(text), "query")
    except (ValueError, InvalidQuery) as error:
        raise UnreadableQuery(str(error)) from error
    assert isinstance(query, VacancyQuery)
    return query


def weights_of(stored: dict[str, int]) -> PartWeights:
    """Weights from their stored mapping. Raises UnreadableQuery."""
    try:
        return PartWeights.from_mapping(stored)
    except InvalidQuery as error:
        raise UnreadableQuery(str(error)) from error


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _built(kind: Any, value: Any, where: str) -> Any:
    """A value of the type `kind`: a dataclass, a tuple, one of several types, or a plain value of exactly that type."""
    if is_dataclass(kind):
        return _dataclass_of(kind, value, where)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise UnreadableQuery(f"{where} is not a list")
        item = get_args(kind)[0]
        return tuple(_built(item, one, f"{where}[{at}]") for at, one in enumerate(value))
    if get_origin(kind) in (Union, UnionType):
        if value is None and NoneType in get_args(kind):
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
        return _built(kind, value, where)
    if type(value) is not kind:
        raise UnreadableQuery(f"{where} is not of type {kind.__name__}")
    return value


def _dataclass_of(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise UnreadableQuery(f"{where} is not a mapping")
    known = {one.name: one for one in fields(kind)}
    if unknown := sorted(set(value) - set(known)):
        raise UnreadableQuery(f"{where} has {unknown[0]!r}, which this engine does not know")
    needed = [n for n, one in known.items() if one.default is MISSING and one.default_factory is MISSING]
    if missing := [name for name in needed if name not in value]:
        raise UnreadableQuery(f"{where} lacks {missing[0]!r}")
    types = get_type_hints(kind)
    return kind(**{name: _built(types[name], given, f"{where}.{name}") for name, given in value.items()})
