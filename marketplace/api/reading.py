"""The schema as people read it: operations by subject, and the shapes that they speak in, each with an example."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

METHODS: Final = ("get", "post", "patch", "put", "delete")
SAMPLES: Final = {
    "date-time": "2026-11-22T09:00:00Z",
    "date": "2026-11-30",
    "uuid": "7f8b0c1e-52a4-4f5e-9d0a-3c1f6f0e2b11",
    "uri": "https://…",
    "decimal": "16.00",
}
SAMPLES_BY_NAME: Final[Mapping[str, Any]] = {
    "id": 12, "title": "Night shift", "description": "You answer guests of three hotels.", "occupation": "4222",
    "sector": "ecommerce", "channels": ["chat", "email"], "customer_countries": ["NL"], "zone": "Europe/Amsterdam",
    "hours_week": 32, "countries": ["PT"], "country": "PT", "currency": "EUR", "language": "en", "skill": "crm",
    "weekdays": [0, 1, 2, 3, 4], "start": "22:00", "end": "06:00", "weights": {"language": 4}, "pay_max": "18.00",
    "legal_employer_name": "", "locality_for": "", "culture_wanted": False, "locality_wanted": False,
    "data": {"vacancy": 12, "state": "paused"}, "name": "…", "next": None,
}  # fmt: skip
DEEPEST: Final = 6
CODE: Final = re.compile(r"`([^`]+)`")
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something beside the body: where it stands (path, query, header), what it is, whether it is needed."""

    name: str
    place: str
    kind: str
    needed: bool
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with what it means; `shape` is the name of what comes with it, if it has one."""

    status: str
    text: str
    shape: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    body: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shape; `shape` is the name of a shape inside it."""

    name: str
    kind: str
    needed: bool
    text: str
    shape: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of JSON."""

    name: str
    text: str
    fields: tuple[Field, ...]
    example: str


def operations_by_tag(schema: Mapping[str, Any]) -> dict[str, list[Operation]]:
    """Operations by subject, in the order of the addresses."""
    found: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                facts = methods[method]
                found.setdefault(facts["tags"][0], []).append(_operation(path, method, facts))
    return found


def marked(text: str) -> SafeString:
    """Text of the schema, which marks code with backticks."""
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped before


def _operation(path: str, method: str, facts: Mapping[str, Any]) -> Operation:
    body = facts.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema", {})
    parameters = (
        Parameter(
            one["name"],
            one["in"],
            kind_of(one["schema"]),
            one.get("required", False),
            marked(one.get("description", "")),
        )
        for one in facts.get("parameters", ())
    )
    answers = (
        Answer(status, marked(one.get("description", "")), _named(_content(one)))
        for status, one in sorted(facts["responses"].items())
    )
    return Operation(
        id=facts["operationId"],
        method=method.upper(),
        path=path,
        summary=facts["summary"],
        text=marked(facts.get("description", "")),
        parameters=tuple(parameters),
        body=_named(body),
        answers=tuple(answers),
    )


def _content(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((one.get("schema", {}) for one in answer.get("content", {}).values()), {})


def shapes(schema: Mapping[str, Any]) -> list[Shape]:
    """Every shape, by name."""
    all_shapes = schema["components"]["schemas"]
    return [_shape(name, facts, all_shapes) for name, facts in sorted(all_shapes.items())]


def _shape(name: str, facts: Mapping[str, Any], all_shapes: Mapping[str, Any]) -> Shape:
    needed = facts.get("required", ())
    fields = (
        Field(field, kind_of(one), field in needed, marked(one.get("description", "")), _inner(one))
        for field, one in facts.get("properties", {}).items()
    )
    example = json.dumps(example_of(facts, all_shapes), indent=2, ensure_ascii=False)
    return Shape(name, facts.get("description", ""), tuple(fields), example)


def kind_of(facts: Mapping[str, Any]) -> str:
    """What a value is, in a few words: "text, at most 120 characters", "one of …", "list of numbers"."""
    kinds = facts.get("type", "object" if "$ref" in facts or "allOf" in facts else "any")
    names = [kinds] if isinstance(kinds, str) else list(kinds)
    words = [_kind(one, facts) for one in names if one != "null"] or ["any"]
    if "null" in names or any("null" in str(one.get("type")) for one in _choices(facts)):
        words.append("null")
    return " or ".join(dict.fromkeys(words))


def _kind(kind: str, facts: Mapping[str, Any]) -> str:
    if facts.get("enum"):
        return "one of " + ", ".join(str(one) for one in facts["enum"] if one is not None)
    if kind == "array":
        return f"list of {kind_of(facts.get('items', {}))}"
    limits = [
        f"{words} {facts[key]}"
        for key, words in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most"))
        if key in facts
    ]
    name = str(facts.get("format", kind)) if kind == "string" else kind
    return " ".join([name, *limits, *(["characters"] if "maxLength" in facts else [])])


def _choices(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*facts.get("oneOf", ()), *facts.get("anyOf", ()), *facts.get("allOf", ())]


def _references(facts: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in facts:
        yield facts["$ref"].rpartition("/")[2]
    for one in [*_choices(facts), facts.get("items", {})]:
        yield from _references(one) if one else ()


def _named(facts: Mapping[str, Any]) -> str:
    return next(_references(facts), "")


_inner = _named


def example_of(facts: Mapping[str, Any], all_shapes: Mapping[str, Any], depth: int = 0) -> Any:
    """A value that the schema allows."""
    if depth > DEEPEST:
        return None
    if "$ref" in facts:
        return example_of(all_shapes[facts["$ref"].rpartition("/")[2]], all_shapes, depth + 1)
    for one in _choices(facts):
        return example_of(one, all_shapes, depth)
    if facts.get("enum"):
        return facts["enum"][0]
    if "default" in facts and facts["default"] is not None:
        return facts["default"]
    kind = facts.get("type", "object")
    kind = kind if isinstance(kind, str) else next(one for one in kind if one != "null")
    if kind == "object":
        fields = facts.get("properties", {})
        return {
            name: SAMPLES_BY_NAME[name] if name in SAMPLES_BY_NAME else example_of(one, all_shapes, depth + 1)
            for name, one in fields.items()
        }
    if kind == "array":
        return [example_of(facts.get("items", {}), all_shapes, depth + 1)]
    if kind == "string":
        return SAMPLES.get(str(facts.get("format")), "…")
    return {"integer": max(1, int(facts.get("minimum", 1))), "number": 0.5, "boolean": True}[kind]
