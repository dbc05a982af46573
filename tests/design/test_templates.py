"""House rules for every template of the project: nothing inline, known icons, small files."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import engines

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


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    """The Content-Security-Policy refuses inline styles, scripts and handlers; mails are no pages."""
    source = path.read_text()
    assert not re.search(r"<style\b", source), "a style element"
    assert not re.search(r"\sstyle\s*=", source), "a style attribute"
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", source), "a script without src"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", source), "an event handler"
    assert "javascript:" not in source
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", source), "another host"


@pytest.mark.parametrize("path", ALL, ids=name)
def test_templates_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 150


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_templates_compile(path: Path) -> None:
    engines["django"].get_template(name(path))


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
