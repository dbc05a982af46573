"""Items as QTI 3.0: one file an item and a manifest.

Element and attribute names are those of the QTI 3.0 item schema of 1EdTech (namespace `imsqtiasi_v3p0`). What QTI has no
place for (level, parameters, reasons) stands in the manifest, as metadata in a namespace of our own.
"""

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from assessments.enums import Interaction
from assessments.rules.credit import most_credit
from assessments.rules.interactions import GAP, Question, question_of
from assessments.rules.qti_package import MANIFEST
from assessments.rules.qti_text import add_paragraphs, add_text

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
CP = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
QTI_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
CP_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
ITEM_TYPE = "imsqti_item_xmlv3p0"
FACTS = "urn:marketplace:assessments:item-facts:1"
"""Namespace of our own metadata."""

FACT_FIELDS = ("level", "skill", "topic", "rationale", "descriptor", "steps", "parameters_source")
IN_QTI = frozenset({"rows"})
"""Content that the item's own XML says in full."""


class Picture(NamedTuple):
    """A media file of an item: its name in the package, what it is, its bytes and what it shows, in words."""

    name: str
    media_type: str
    content: bytes
    alt: str


def packed(items: Iterable[tuple[Any, str, Sequence[Picture]]], *, identifier: str, language: str) -> bytes:
    """A package of items, each with the name of its level and its media; the same items give the same bytes."""
    manifest = Element("manifest", _root_attributes(CP, CP_SCHEMA, identifier=name_of(identifier)))
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTI Package"
    SubElement(metadata, "schemaversion").text = "3.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item, level, pictures in items:
            path = f"items/{item.code}.xml"
            resource = SubElement(
                resources, "resource", {"identifier": name_of(item.code), "type": ITEM_TYPE, "href": path}
            )
            facts = SubElement(SubElement(resource, "metadata"), "item-facts", {"xmlns": FACTS})
            facts.text = json.dumps(_facts(item, level), ensure_ascii=False, sort_keys=True)
            for href in (path, *(f"media/{item.code}/{one.name}" for one in pictures)):
                SubElement(resource, "file", {"href": href})
            _put(archive, path, _xml(item_element(item, pictures, language)))
            for one in pictures:
                _put(archive, f"media/{item.code}/{one.name}", one.content)
        _put(archive, MANIFEST, _xml(manifest))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _xml(root: Element) -> bytes:
    register_namespace("xsi", XSI)
    body = next((child for child in root if child.tag == "qti-item-body"), None)
    if body is None:
        indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _root_attributes(namespace: str, schema: str, **others: str) -> dict[str, str]:
    return {"xmlns": namespace, f"{{{XSI}}}schemaLocation": f"{namespace} {schema}", **others}


def name_of(code: str) -> str:
    """An identifier of QTI: it may not begin with a figure."""
    return code if code[:1].isalpha() else f"i-{code}"


def _facts(item: Any, level: str) -> dict[str, Any]:
    content = {name: value for name, value in item.content.items() if name not in IN_QTI}
    return {
        **{name: getattr(item, name) for name in FACT_FIELDS},
        "level": level,
        "discrimination": item.a,
        "difficulty": item.b,
        "content": content,
    }


def item_element(item: Any, pictures: Sequence[Picture], language: str) -> Element:
    """One item as `qti-assessment-item`."""
    question = question_of(item)
    root = Element(
        "qti-assessment-item",
        _root_attributes(
            QTI,
            QTI_SCHEMA,
            identifier=name_of(item.code),
            title=item.code,
            adaptive="false",
            **{"time-dependent": "false", "xml:lang": language},
        ),
    )
    root.extend(_declarations(question))
    score = SubElement(
        root,
        "qti-outcome-declaration",
        {
            "identifier": "SCORE",
            "cardinality": "single",
            "base-type": "float",
            "normal-maximum": str(most_credit(question)),
        },
    )
    SubElement(SubElement(score, "qti-default-value"), "qti-value").text = "0"
    body = SubElement(root, "qti-item-body")
    add_paragraphs(body, item.text)
    for one in pictures:
        holder = SubElement(body, "div")
        source = f"../media/{item.code}/{one.name}"
        if one.media_type.startswith("image/"):
            SubElement(holder, "img", {"src": source, "alt": one.alt})
        else:
            SubElement(holder, "audio", {"src": source, "controls": "controls", "title": one.alt})
    WRITERS[Interaction(item.interaction)](body, question)
    rubric = SubElement(body, "qti-rubric-block", {"view": "scorer", "use": "scoring"})
    add_paragraphs(SubElement(rubric, "qti-content-body"), item.rationale)
    root.append(_processing(question))
    return root


def response_names(question: Question) -> list[str]:
    """Names of the response variables: one, or one for each gap."""
    if (
        question.interaction not in {Interaction.TEXT_ENTRY, Interaction.INLINE_CHOICE}
        or len(question.key) == 1
    ):
        return ["RESPONSE"]
    return [f"RESPONSE_{number}" for number in range(1, len(question.key) + 1)]


def _declarations(question: Question) -> list[Element]:
    key = question.key
    names = response_names(question)
    match question.interaction:
        case Interaction.CHOICE:
            earned = question.content.get("credits")
            mapping = {_choice(index): credit for index, credit in enumerate(earned)} if earned else None
            return [_declaration(names[0], "single", "identifier", [_choice(key)], mapping)]
        case Interaction.MULTIPLE_CHOICE:
            graded = {_choice(index): 1 if index in key else -1 for index in range(len(question.options))}
            mapping = graded if question.steps else None
            return [
                _declaration(names[0], "multiple", "identifier", [_choice(index) for index in key], mapping)
            ]
        case Interaction.TEXT_ENTRY:
            case = "true" if question.content.get("case") else "false"
            return [
                _declaration(name, "single", "string", texts[:1], dict.fromkeys(texts, 1), case)
                for name, texts in zip(names, key, strict=True)
            ]
        case Interaction.INLINE_CHOICE:
            return [
                _declaration(name, "single", "identifier", [_choice(index)], {_choice(index): 1})
                for name, index in zip(names, key, strict=True)
            ]
        case Interaction.ORDER:
            return [_declaration(names[0], "ordered", "identifier", [_choice(index) for index in key])]
        case _:
            pairs = [f"{_row(row)} {_choice(index)}" for row, index in enumerate(key)]
            mapping = dict.fromkeys(pairs, 1) if question.steps else None
            return [_declaration(names[0], "multiple", "directedPair", pairs, mapping)]


def _declaration(
    name: str,
    cardinality: str,
    base_type: str,
    values: Sequence[str],
    mapping: Mapping[str, int] | None = None,
    case: str = "",
) -> Element:
    made = Element(
        "qti-response-declaration",
        {"identifier": name, "cardinality": cardinality, "base-type": base_type},
    )
    correct = SubElement(made, "qti-correct-response")
    for value in values:
        SubElement(correct, "qti-value").text = value
    if mapping:
        table = SubElement(made, "qti-mapping", {"lower-bound": "0", "default-value": "0"})
        for map_key, worth in mapping.items():
            entry = {"map-key": map_key, "mapped-value": str(worth)}
            SubElement(table, "qti-map-entry", {**entry, "case-sensitive": case} if case else entry)
    return made


def _processing(question: Question) -> Element:
    """The standard template where one says it; else the sum over the gaps."""
    names = response_names(question)
    if len(names) == 1:
        mapped = question.steps and question.interaction != Interaction.ORDER
        template = (
            "map_response" if mapped or question.interaction == Interaction.TEXT_ENTRY else "match_correct"
        )
        return Element("qti-response-processing", {"template": f"{TEMPLATES}{template}.xml"})
    made = Element("qti-response-processing")
    total = SubElement(SubElement(made, "qti-set-outcome-value", {"identifier": "SCORE"}), "qti-sum")
    for name in names:
        SubElement(total, "qti-map-response", {"identifier": name})
    return made


def _choice(index: int) -> str:
    return f"choice-{index + 1}"


def _row(index: int) -> str:
    return f"row-{index + 1}"


def _write_choices(body: Element, question: Question) -> None:
    several = question.interaction == Interaction.MULTIPLE_CHOICE
    wanted = question.content.get("choose", 0) if several else 1
    made = SubElement(
        body,
        "qti-choice-interaction",
        {
            "response-identifier": "RESPONSE",
            "shuffle": "true",
            "max-choices": str(wanted),
            "min-choices": str(wanted or 1),
        },
    )
    _add_prompt_and_choices(made, question)


def _write_order(body: Element, question: Question) -> None:
    made = SubElement(body, "qti-order-interaction", {"response-identifier": "RESPONSE", "shuffle": "true"})
    _add_prompt_and_choices(made, question)


def _add_prompt_and_choices(made: Element, question: Question) -> None:
    add_text(SubElement(made, "qti-prompt"), question.prompt)
    for index, option in enumerate(question.options):
        add_text(SubElement(made, "qti-simple-choice", {"identifier": _choice(index)}), option)


def _write_gaps(body: Element, question: Question) -> None:
    paragraph = SubElement(body, "p")
    names = response_names(question)
    texts = question.prompt.split(GAP)
    add_text(paragraph, texts[0])
    if len(texts) == 1:  # answered below the question
        paragraph = SubElement(body, "p")
        texts.append("")
    for number, text in enumerate(texts[1:]):
        attributes = {"response-identifier": names[number]}
        if question.interaction == Interaction.TEXT_ENTRY:
            longest = max(len(accepted) for accepted in question.key[number])
            SubElement(
                paragraph, "qti-text-entry-interaction", {**attributes, "expected-length": str(longest)}
            )
        else:
            made = SubElement(paragraph, "qti-inline-choice-interaction", {**attributes, "shuffle": "true"})
            for index, option in enumerate(question.options[number]):
                add_text(SubElement(made, "qti-inline-choice", {"identifier": _choice(index)}), option)
        add_text(paragraph, text)


def _write_match(body: Element, question: Question) -> None:
    rows = question.content["rows"]
    made = SubElement(
        body,
        "qti-match-interaction",
        {"response-identifier": "RESPONSE", "shuffle": "true", "max-associations": str(len(rows))},
    )
    add_text(SubElement(made, "qti-prompt"), question.prompt)
    once = "1" if question.content.get("once") else "0"
    for texts, name, most in ((rows, _row, "1"), (question.options, _choice, once)):
        one_set = SubElement(made, "qti-simple-match-set")
        for index, text in enumerate(texts):
            attributes = {"identifier": name(index), "match-max": most}
            add_text(SubElement(one_set, "qti-simple-associable-choice", attributes), text)


WRITERS = {
    Interaction.CHOICE: _write_choices,
    Interaction.MULTIPLE_CHOICE: _write_choices,
    Interaction.TEXT_ENTRY: _write_gaps,
    Interaction.INLINE_CHOICE: _write_gaps,
    Interaction.ORDER: _write_order,
    Interaction.MATCH: _write_match,
}
