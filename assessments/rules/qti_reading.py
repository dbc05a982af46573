"""Items out of a QTI 3.0 package, as the records that bank files hold.

What cannot be asked here is skipped and named; a package that is broken or unsafe is refused whole (`PackageError`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.enums import SKILLS_OF_KIND, BankKind
from assessments.rules.bank_sheet import LONGEST_CODE, BankFileError, ItemSheet, read_items
from assessments.rules.json_lines import NO_SIGN
from assessments.rules.qti_items import Unusable, question_in
from assessments.rules.qti_media import media_type_of
from assessments.rules.qti_package import (
    MANIFEST,
    MOST_MEDIA_BYTES,
    Package,
    PackageError,
    beside,
    children,
    descendants,
    local,
)
from assessments.rules.qti_text import text_of
from assessments.rules.qti_writing import FACT_FIELDS, FACTS, ITEM_TYPE, QTI, Picture

PRIOR_OF_LEVEL: Mapping[str, float] = {
    **dict(zip(("A1", "A2", "B1", "B2", "C1", "C2"), (-4.0, -2.4, -0.8, 0.8, 2.4, 4.0), strict=True)),
    **dict(zip(("1", "2", "3"), (-2.0, 0.0, 2.0), strict=True)),
}
"""Difficulty (logits) of an item whose package says none: the middle of its level."""

PRIOR_DISCRIMINATION = 1.3
LONGEST_NAME, LONGEST_ALT, LONGEST_WORD = 80, 500, 32
DESCRIPTOR = frozenset({"scale", "level", "can_do"})
NO_IDENTIFIER = re.compile(r"[^a-z0-9]+")
FOREIGN_FACTS = frozenset({*FACT_FIELDS, "discrimination", "difficulty", "content"})


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One item that can be asked here, with its media."""

    sheet: ItemSheet
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class SkippedItem:
    """One item that cannot be asked here, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class ReadPackage:
    """What is in a package."""

    items: list[ReadItem] = field(default_factory=list)
    skipped: list[SkippedItem] = field(default_factory=list)


def read_package(content: bytes, *, kind: str, level: str) -> ReadPackage:
    """All items of a package for a bank of that kind; `level` is taken where the package says none. Raises PackageError."""
    package = Package(content)
    manifest = package.xml(MANIFEST)
    if local(manifest) != "manifest":
        raise PackageError(_("%(name)s does not begin with “manifest”.") % {"name": MANIFEST})
    found = ReadPackage()
    for resource in _item_resources(manifest):
        _read_resource(package, resource, found, kind=kind, level=level)
    if not found.items and not found.skipped:
        raise PackageError(_("The package holds no items of QTI."))
    _skip_repeated(found)
    return found


def _item_resources(manifest: Element) -> Iterator[Element]:
    for resources in children(manifest, "resources"):
        for resource in children(resources, "resource"):
            if resource.get("type", "").startswith("imsqti_item_"):
                yield resource


def _read_resource(package: Package, resource: Element, found: ReadPackage, *, kind: str, level: str) -> None:
    href = resource.get("href")
    if not href:
        raise PackageError(_("A resource of %(name)s has no href.") % {"name": MANIFEST})
    path = beside(MANIFEST, href)
    root = package.xml(path)
    name = root.get("identifier") or resource.get("identifier") or path
    if not resource.get("type", "").startswith(ITEM_TYPE):
        words = _("it is of another version of QTI than 3.0 (%(type)s)")
        found.skipped.append(SkippedItem(name, words % {"type": resource.get("type", "")}))
        return
    if root.tag != f"{{{QTI}}}qti-assessment-item":
        raise PackageError(_("“%(path)s” is no item of QTI 3.0.") % {"path": path})
    try:
        record = _record(root, _facts(resource, path), name=name, kind=kind, level=level)
        found.items.append(ReadItem(_sheet(record, path, kind), _pictures(package, root, path)))
    except Unusable as unusable:
        found.skipped.append(SkippedItem(name, str(unusable)))


def _skip_repeated(found: ReadPackage) -> None:
    seen: set[str] = set()
    for item in list(found.items):
        if item.sheet.code in seen:
            found.items.remove(item)
            found.skipped.append(SkippedItem(item.sheet.code, _("its identifier is in the package twice")))
        seen.add(item.sheet.code)


def _facts(resource: Element, path: str) -> dict[str, Any]:
    """Our own metadata, where the package has it."""
    for metadata in children(resource, "metadata"):
        for element in descendants(metadata, "item-facts"):
            if element.tag == f"{{{FACTS}}}item-facts":
                try:
                    facts: dict[str, Any] = json.loads(element.text or "")
                except (ValueError, RecursionError) as error:
                    raise PackageError(
                        _("The facts about “%(path)s” are damaged.") % {"path": path}
                    ) from error
                whole = isinstance(facts, dict) and isinstance(facts.get("descriptor", {}), dict)
                if not whole or not _can_be_kept(facts) or facts.keys() - FOREIGN_FACTS:
                    raise PackageError(_("The facts about “%(path)s” are damaged.") % {"path": path})
                return facts
    return {}


def _can_be_kept(value: object) -> bool:
    """Whether every text in it is one."""
    if isinstance(value, dict):
        return all(_can_be_kept(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(_can_be_kept(part) for part in value)
    return not isinstance(value, str) or not NO_SIGN.search(value)


def _record(root: Element, facts: dict[str, Any], *, name: str, kind: str, level: str) -> dict[str, Any]:
    found = question_in(root)
    said = facts.pop("content", {})
    described = facts.get("descriptor", {})
    words = [facts.get("topic", ""), facts.get("parameters_source", ""), *described.values()]
    if (
        not isinstance(said, dict)
        or described.keys() - DESCRIPTOR
        or not all(isinstance(w, str) for w in words)
    ):
        raise Unusable(_("its facts are damaged"))
    if any(len(word) > LONGEST_WORD for word in words[:2]):
        raise Unusable(_("its topic or the source of its parameters is too long"))
    level = str(facts.get("level") or level)
    steps = facts.get("steps")
    return {
        "skill": sorted(SKILLS_OF_KIND[kind])[0],
        "topic": "imported",
        "rationale": rationale_of(root) or _("The package gives no reason."),
        "descriptor": {"scale": "", "level": level, "can_do": ""},
        "difficulty": PRIOR_OF_LEVEL.get(level, 0.0),
        "discrimination": PRIOR_DISCRIMINATION,
        "parameters_source": "expert prior",
        **facts,
        "level": level,
        "code": code_of(name),
        "interaction": found.interaction.value,
        "text": found.text,
        "prompt": found.prompt,
        "options": found.options,
        "key": found.key,
        "content": {**found.content, **said},
        "steps": found.steps if steps is None else steps,
    }


def _sheet(record: dict[str, Any], path: str, kind: str) -> ItemSheet:
    """Checked by the rules of bank files, which speak of file and item."""
    try:
        (sheet,) = read_items([record], path, kind)
    except BankFileError as error:
        raise Unusable(str(error).removeprefix(f"{path}: ").removeprefix(f"{record['code']}: ")) from error
    return sheet


def code_of(name: str) -> str:
    """A code of ours out of an identifier: small letters, figures and hyphens."""
    plain = NO_IDENTIFIER.sub("-", name.casefold()).strip("-")
    plain = re.sub(r"^i-(?=\d)", "", plain)
    if not plain:
        raise Unusable(_("its identifier cannot be used as a code"))
    return plain[:LONGEST_CODE].rstrip("-")


def rationale_of(root: Element) -> str:
    """What the item tells scorers."""
    blocks = (one for one in descendants(root, "qti-rubric-block") if "scorer" in one.get("view", "").split())
    return "\n\n".join(text for block in blocks if (text := text_of(block)))


def _pictures(package: Package, root: Element, path: str) -> tuple[Picture, ...]:
    """Images and sounds of an item, each by what its bytes are."""
    found: dict[str, Picture] = {}
    for source, alt in media_in(root):
        file = beside(path, source)
        content = package.read(file, MOST_MEDIA_BYTES)
        media_type = media_type_of(content)
        if media_type is None:
            raise Unusable(_("“%(file)s” is no image or sound of a kind that is shown here") % {"file": file})
        if media_type.startswith("image/") and not alt.strip():
            raise Unusable(_("the image “%(file)s” has no text that says the same") % {"file": file})
        found.setdefault(file, Picture(file.rsplit("/", 1)[-1], media_type, content, alt.strip()))
        if len(found[file].name) > LONGEST_NAME or len(alt) > LONGEST_ALT:
            raise Unusable(_("the name or the text of “%(file)s” is too long") % {"file": file})
    names = [one.name for one in found.values()]
    if len(set(names)) != len(names):
        raise Unusable(_("two of its media files have the same name"))
    return tuple(found.values())


def media_in(root: Element) -> Iterator[tuple[str, str]]:
    """The files that an item shows, each with the text that says the same."""
    for element in root.iter():
        name = local(element)
        if name == "img":
            yield element.get("src", ""), element.get("alt", "")
        elif name == "audio":
            named = [element, *children(element, "source")]
            yield next((one.get("src", "") for one in named if one.get("src")), ""), element.get("title", "")
        elif name in {"object", "video", "picture", "svg", "math", "iframe"}:
            raise Unusable(_("it holds a “%(name)s”, which is not shown here") % {"name": name})


LEVELS_OF_KIND: Mapping[bool, tuple[str, ...]] = {
    True: ("A1", "A2", "B1", "B2", "C1", "C2"),
    False: ("1", "2", "3"),
}


def levels_of(kind: str) -> tuple[str, ...]:
    """Names of the levels that a bank of a kind has."""
    return LEVELS_OF_KIND[kind == BankKind.LANGUAGE]
