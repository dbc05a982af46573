"""Packages for the tests of QTI, made by hand."""

import zipfile
from io import BytesIO

NS = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def item(body: str, *declarations: str, identifier: str = "one", namespace: str = NS) -> str:
    """An item of QTI 3.0."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><qti-assessment-item xmlns="{namespace}" identifier="{identifier}" '
        f'title="T" adaptive="false" time-dependent="false">{"".join(declarations)}'
        f"<qti-item-body>{body}</qti-item-body></qti-assessment-item>"
    )


def declared(
    right: list[str], cardinality: str = "single", base_type: str = "identifier", **more: str
) -> str:
    """A response declaration with its right values; `name`, `mapping`."""
    values = "".join(f"<qti-value>{value}</qti-value>" for value in right)
    return (
        f'<qti-response-declaration identifier="{more.get("name", "RESPONSE")}" cardinality="{cardinality}" '
        f'base-type="{base_type}"><qti-correct-response>{values}</qti-correct-response>{more.get("mapping", "")}'
        "</qti-response-declaration>"
    )


def choices(*texts: str) -> str:
    """Simple choices A, B, C …"""
    return "".join(
        f'<qti-simple-choice identifier="{name}">{text}</qti-simple-choice>'
        for name, text in zip("ABCDEFGHIJKLMNOP", texts, strict=False)
    )


def choice(*texts: str, most: str = "1", prompt: str = "Which?", least: str = "0") -> str:
    """A choice interaction."""
    return (
        f'<qti-choice-interaction response-identifier="RESPONSE" max-choices="{most}" min-choices="{least}">'
        f"<qti-prompt>{prompt}</qti-prompt>{choices(*texts)}</qti-choice-interaction>"
    )


def manifest(*hrefs: str, kind: str = "imsqti_item_xmlv3p0") -> str:
    """A manifest with an item resource for each href."""
    resources = "".join(
        f'<resource identifier="r{number}" type="{kind}" href="{href}"><file href="{href}"/></resource>'
        for number, href in enumerate(hrefs)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><metadata>'
        "<schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata><organizations/>"
        f"<resources>{resources}</resources></manifest>"
    )


def archive(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of files as they are named, however badly."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def package(*items: str, files: dict[str, str | bytes] | None = None) -> bytes:
    """A package of items, item n as items/n.xml."""
    named: dict[str, str | bytes] = {f"items/{number}.xml": text for number, text in enumerate(items)}
    return archive({"imsmanifest.xml": manifest(*named), **named, **(files or {})})


SIMPLE = item(choice("Yes", "No"), declared(["A"]))
