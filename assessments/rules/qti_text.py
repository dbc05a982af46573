"""Text in QTI: paragraphs and line breaks as elements, gaps as interactions."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

from assessments.rules.qti_package import local

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "qti-prompt",
        "qti-content-body",
    ]
)
SPACES = re.compile(r"[ \t\r\n\f]+")


def add_text(parent: Element, text: str) -> None:
    """Append a text to an element, with a break for every line feed."""
    last: Element | None = parent[-1] if len(parent) else None
    for number, line in enumerate(text.split("\n")):
        if number:
            last = SubElement(parent, "br")
        if last is None:
            parent.text = (parent.text or "") + line
        else:
            last.tail = (last.tail or "") + line


def add_paragraphs(parent: Element, text: str) -> None:
    """Append a text as paragraphs, parted by empty lines."""
    for paragraph in text.split("\n\n") if text else ():
        add_text(SubElement(parent, "p"), paragraph)


def text_of(element: Element, special: Callable[[Element], str | None] = lambda element: None) -> str:
    """The text of an element: runs of spaces are one, breaks are line feeds, paragraphs are parted by empty lines.

    `special` may say what stands for an element and all in it.
    """
    raw = "".join(_pieces(element, special))
    lines = [line.strip(" ") for line in re.split("\n", raw)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _pieces(element: Element, special: Callable[[Element], str | None]) -> Iterator[str]:
    block = local(element) in BLOCKS
    if block:
        yield "\n\n"
    yield SPACES.sub(" ", element.text or "")
    for child in element:
        stands_for = special(child)
        if stands_for is not None:
            yield stands_for
        elif local(child) == "br":
            yield "\n"
        else:
            yield from _pieces(child, special)
        yield SPACES.sub(" ", child.tail or "")
    if block:
        yield "\n\n"
