"""House rules for every template of the project: nothing inline, known icons, small files."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles.finders import find
from django.template import TemplateSyntaxError, engines

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.html") if "mail" not in path.relative_to(TEMPLATES).parts[:-1]
)
ALL = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".svg"})
SPRITE = settings.BASE_DIR / "static" / "icons.svg"
SVG = "{http://www.w3.org/2000/svg}"


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def icons() -> set[str]:
    return {symbol.attrib["id"] for symbol in ElementTree.parse(SPRITE).getroot().iter(f"{SVG}symbol")}


INLINE = {
    "a style element": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "a script without src": r"<script(?![^>]*\bsrc=)[^>]*>",
    "an event handler": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a script as an address": r"javascript:",
    "another host": r"""(?:src|href)=["'](?:https?:)?//""",
}


def test_nothing_is_inline() -> None:
    """The Content-Security-Policy refuses inline styles, scripts and handlers; mails are no pages."""
    found = [
        f"{name(path)}: {what}"
        for path in PAGES
        for what, pattern in INLINE.items()
        if re.search(pattern, path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "<style>p{}</style>", '<p style = "x">', "<script>1</script>", "<a onclick='x'>", '<a href="javascript:x">',
        '<img src="//elsewhere.example/x">',
    ],
)  # fmt: skip
def test_what_is_inline_is_seen(source: str) -> None:
    assert any(re.search(pattern, source) for pattern in INLINE.values())


def test_templates_stay_readable() -> None:
    lines = {name(path): len(path.read_text().splitlines()) for path in ALL}
    assert {path: number for path, number in lines.items() if number > 150} == {}


def test_templates_compile() -> None:
    broken = {}
    for path in PAGES:
        try:
            engines["django"].get_template(name(path))
        except TemplateSyntaxError as error:
            broken[name(path)] = str(error)
    assert broken == {}


def test_every_icon_that_is_used_is_drawn() -> None:
    used = {
        found
        for path in PAGES
        for found in re.findall(r'{%\s*icon\s+"([\w-]+)"', path.read_text())
        + re.findall(r'\bicon="([\w-]+)"', path.read_text())
    }
    assert used - icons() == set()


def test_icons_share_one_grid_and_one_line() -> None:
    root = ElementTree.parse(SPRITE).getroot()
    assert root.attrib["stroke-width"] == "1.5"
    assert len(icons()) == len(list(root.iter(f"{SVG}symbol"))) >= 24
    for symbol in root.iter(f"{SVG}symbol"):
        assert symbol.attrib["viewBox"] == "0 0 24 24"
        assert not any("fill" in part.attrib or "stroke-width" in part.attrib for part in symbol.iter())


def test_the_list_of_icons_in_the_documentation_is_whole() -> None:
    text = (settings.BASE_DIR / "docs" / "components.md").read_text()
    listed = text[text.index("Icons: ") + 7 : text.index("**Forms**")]
    assert set(re.findall(r"\w+", listed)) == icons()


def test_the_name_of_the_product_stands_in_one_place() -> None:
    brand = (TEMPLATES / "components" / "brand_name.txt").read_text().strip()
    assert brand
    for path in ALL:
        if path.name != "brand_name.txt":
            assert not re.search(rf"\b{brand}\b", path.read_text()), name(path)


def test_what_scrolls_by_keyboard_says_what_it_is() -> None:
    """Whoever comes to it with the Tab key has to hear more than that something is there."""
    for path in PAGES:
        source = path.read_text()
        for found in re.finditer('tabindex="0"', source):
            tag = source[source.rindex("<", 0, found.start()) : source.index(">", found.end())]
            assert 'role="region"' in tag, (name(path), tag)
            label = re.search(r'aria-label(ledby)?="(.+?)"(?: |$)', tag)
            assert label, (name(path), tag)
            assert not label[1] or f'id="{label[2]}"' in source, (name(path), tag)


def asked_for(sheet: str) -> Iterator[str]:
    """What a style sheet asks for, by the name that static files are found by."""
    path = find(sheet)
    assert path, sheet
    for address in re.findall(
        r"""(?:@import\s+|url\()\s*(?:url\()?["']?([^"')\s;]+)""", Path(path).read_text()
    ):
        if not address.startswith(("data:", "#", "http")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(sheet), address))


def test_no_page_asks_for_a_file_that_is_not_there() -> None:
    """Every static file that a template names is found, with what its style sheets name; nothing is named by itself.

    Pages of the administration build on Django's templates, so those are looked through, too.
    """
    roots = [settings.BASE_DIR / "templates", Path(admin.__file__).parent / "templates"]
    texts = {path: path.read_text() for root in roots for path in root.rglob("*.html")}
    wanted = {name for text in texts.values() for name in re.findall(r"{% static ['\"]([^'\"]+)", text)}
    wanted |= {one for sheet in {*wanted} if sheet.endswith(".css") for one in asked_for(sheet)}
    assert len(wanted) > 40
    assert [name for name in sorted(wanted) if not find(name)] == []
    beside = re.compile(r"""(?:href|src)=["'][^"'{]*\.(?:css|js|svg)\b""")
    assert [str(path) for path, text in texts.items() if beside.search(text)] == []
