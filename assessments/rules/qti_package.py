"""Opening a package of items that somebody sent: an archive that is not believed in anything.

Sizes are counted while reading, paths may not lead out, XML may define nothing. A package that breaks a bound is
refused whole, with the reason.
"""

import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from django.utils.translation import gettext as _

MANIFEST = "imsmanifest.xml"
MOST_BYTES = 20_000_000
"""Size of a package as it is sent."""

MOST_UNPACKED = 60_000_000
MOST_FILES = 3_000
MOST_XML_BYTES = 1_000_000
MOST_MEDIA_BYTES = 2_000_000
DEEPEST = 40
"""Levels of elements inside each other."""

MOST_ELEMENTS = 20_000
DRIVE = re.compile(r"^[A-Za-z]:")


class PackageError(ValueError):
    """A package cannot be used at all; the message says why, in the reader's words."""


class Package:
    """The files of a checked archive by their path; nothing is written to disk."""

    def __init__(self, content: bytes) -> None:
        """Check the outside: a whole archive of moderate size with safe paths. Raises PackageError."""
        if len(content) > MOST_BYTES:
            raise PackageError(_("The package is larger than %(mb)s MB.") % {"mb": MOST_BYTES // 1_000_000})
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            self._entries = self._checked(self._archive.infolist())
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, UnicodeDecodeError) as error:
            raise PackageError(_("This is no readable ZIP archive.")) from error
        self._left = MOST_UNPACKED
        if MANIFEST not in self._entries:
            raise PackageError(_("The package has no %(name)s at its top.") % {"name": MANIFEST})

    def _checked(self, entries: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
        if len(entries) > MOST_FILES:
            raise PackageError(_("The package holds more than %(n)s files.") % {"n": MOST_FILES})
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.orig_filename
            if not is_inside(name) or stat.S_ISLNK(entry.external_attr >> 16):
                raise PackageError(_("The path “%(path)s” leads out of the package.") % {"path": name[:80]})
            if entry.flag_bits & 1:
                raise PackageError(_("“%(path)s” is encrypted.") % {"path": name[:80]})
            if entry.is_dir():
                continue
            if name in found:
                raise PackageError(_("“%(path)s” is in the package twice.") % {"path": name[:80]})
            found[name] = entry
        if sum(entry.file_size for entry in found.values()) > MOST_UNPACKED:
            raise PackageError(_too_much())
        return found

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def read(self, path: str, most: int) -> bytes:
        """A file of at most that many bytes. Raises PackageError."""
        if path not in self._entries:
            raise PackageError(_("“%(path)s” is named but not in the package.") % {"path": path[:80]})
        try:
            with self._archive.open(self._entries[path]) as file:
                content = file.read(most + 1)
        except Exception as error:  # a damaged archive fails in many ways; none of them is ours to keep
            raise PackageError(_("“%(path)s” cannot be unpacked.") % {"path": path[:80]}) from error
        self._left -= len(content)
        if self._left < 0:
            raise PackageError(_too_much())
        if len(content) > most:
            raise PackageError(
                _("“%(path)s” is larger than %(kb)s kB.") % {"path": path[:80], "kb": most // 1000}
            )
        return content

    def xml(self, path: str) -> Element:
        """The root of an XML file. Raises PackageError."""
        return parsed(self.read(path, MOST_XML_BYTES), path)


def _too_much() -> str:
    return _("Unpacked, the package is larger than %(mb)s MB.") % {"mb": MOST_UNPACKED // 1_000_000}


def is_inside(path: str) -> bool:
    """Whether a path stays in the package: relative, without steps up, drives, backslashes or signs that are none."""
    if not path or path.startswith("/") or "\\" in path or DRIVE.match(path) or not path.isprintable():
        return False
    return ".." not in path.split("/")


def beside(file: str, href: str) -> str:
    """Path of what `href` names in `file`, both inside the package. Raises PackageError."""
    plain = unquote(href).split("#")[0].split("?")[0]
    if "://" in href or href.startswith("//") or not plain or plain.startswith("/") or "\\" in plain:
        _leads_out(href)
    parts = file.split("/")[:-1]
    for part in plain.split("/"):
        if part == "..":
            if not parts:
                _leads_out(href)
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    path = "/".join(parts)
    if not is_inside(path):
        _leads_out(href)
    return path


def _leads_out(href: str) -> NoReturn:
    raise PackageError(_("The path “%(path)s” leads out of the package.") % {"path": href[:80]})


def parsed(content: bytes, path: str) -> Element:
    """XML without definitions of its own, of moderate depth and size. Raises PackageError."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        words = _("“%(path)s” defines entities or a document type of its own, which is not allowed.")
        raise PackageError(words % {"path": path[:80]}) from error
    except (ParseError, ValueError, LookupError) as error:
        raise PackageError(
            _("“%(path)s” is not well-formed XML: %(why)s.") % {"path": path[:80], "why": error}
        ) from error
    _check_size(root, path)
    return root


def _check_size(root: Element, path: str) -> None:
    waiting, elements = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise PackageError(_("“%(path)s” has too many elements.") % {"path": path[:80]})
        waiting += [(child, depth + 1) for child in element]


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    """Direct children of that name, in whatever namespace."""
    return (child for child in element if local(child) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements of that name below one, in order."""
    return (child for child in element.iter() if local(child) == name)
