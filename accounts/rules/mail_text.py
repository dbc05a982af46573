"""How the text of a mail is built, so that its HTML can be made from it and the two never say different things.

Paragraphs stand apart by an empty line. A line that is an address of this site makes a link, and the line before it names
it: with its last sentence, when that ends with a colon or a question mark, or as a whole, when it begins with `* `. `- `
begins a point of a list, `> ` a line of what somebody wrote, and a code stands alone. What follows the line `-- ` is the
foot. Only addresses of this site become links: nothing that people write to each other can pass for a button of ours.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

FOOT = "-- "
TITLE = "* "
LAST_SENTENCE = re.compile(r"(?:(?P<said>.*[.!?”])\s+)?(?P<name>[^\W\d_a-zß-ÿ][^.!?]*[:?])")
CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4})+")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a mail. `kind` is paragraph, points, said, code, link or item; the line of the last two names them."""

    kind: str
    lines: tuple[str, ...]
    url: str = ""


def blocks_of(text: str, origin: str) -> tuple[list[Block], list[Block]]:
    """The pieces of the letter and of its foot. `origin` is scheme and host of this site."""
    lines = text.strip("\n").split("\n")
    cut = lines.index(FOOT) if FOOT in lines else len(lines)
    return _named(_blocks(lines[:cut], origin)), _named(_blocks(lines[cut + 1 :], origin))


def first_words(text: str, origin: str) -> str:
    """The first paragraph in one line, without links and their names; what it announces from somebody comes along."""
    blocks = _named(_blocks(text.strip().split("\n"), origin))
    for place, block in enumerate(blocks):
        if block.kind == "paragraph":
            announced = block.lines[-1].endswith(":") and blocks[place + 1 : place + 2]
            lines = (*block.lines, *(announced[0].lines if announced and announced[0].kind == "said" else ()))
            return " ".join(line for line in lines if line)
    return ""


def _blocks(lines: Sequence[str], origin: str) -> Iterator[Block]:
    for is_text, group in groupby(lines, key=lambda line: bool(line.strip())):
        if is_text:
            yield from _pieces([line.rstrip() for line in group], origin)


def _pieces(lines: list[str], origin: str) -> Iterator[Block]:
    """The pieces of one paragraph."""
    if len(lines) == 1 and CODE.fullmatch(lines[0].strip()):
        yield Block("code", (lines[0].strip(),))
        return
    for kind, group in groupby(lines, key=lambda line: _kind(line, origin)):
        found = list(group)
        if kind == "link":
            for url in found:
                yield Block("link", (url,), url)
        else:
            yield Block(kind, tuple(line[2:] if kind in ("points", "said") else line for line in found))


def _kind(line: str, origin: str) -> str:
    if line.startswith("- "):
        return "points"
    if line.startswith("> ") or line == ">":
        return "said"
    return "link" if _is_link(line, origin) else "paragraph"


def _is_link(line: str, origin: str) -> bool:
    """Whether the line is an address of this site and nothing else."""
    return line == origin or (line.startswith(f"{origin}/") and not re.search(r"\s", line))


def _named(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, each link that the line before it names carrying that name instead of its address."""
    named: list[Block] = []
    for block in blocks:
        before = named[-1] if named else None
        if block.kind == "link" and before and before.kind == "paragraph" and _names(before.lines[-1]):
            kind = "item" if before.lines[-1].startswith(TITLE) else "link"
            said, name = _name_of(before.lines[-1])
            left = (*before.lines[:-1], *([said] if said else []))
            named[-1:] = [Block("paragraph", left)] if left else []
            named.append(Block(kind, (name,), block.url))
        else:
            named.append(block)
    return named


def _names(line: str) -> bool:
    return line.endswith((":", "?")) or line.startswith(TITLE)


def _name_of(line: str) -> tuple[str, str]:
    """What a line says before its last sentence, and that sentence as the name of the link that follows it."""
    if line.startswith(TITLE):
        return "", line.removeprefix(TITLE)
    found = LAST_SENTENCE.fullmatch(line)
    said, name = (found["said"] or "", found["name"]) if found else ("", line)
    return said, name.removesuffix(":")
