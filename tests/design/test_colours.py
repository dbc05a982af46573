"""Contrast, computed from the tokens themselves, in light and dark."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
PARTS = ("language", "culture", "time", "pay", "skills", "experience", "commitment")


def tokens(selector: str) -> dict[str, str]:
    block = TOKENS[TOKENS.index(selector) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


LIGHT = tokens(":root {")
DARK = tokens(':root[data-theme="dark"]')
THEMES = {"light": LIGHT, "dark": DARK}


def channels(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_dark_by_the_device_and_dark_by_choice_are_the_same() -> None:
    assert tokens(':root:not([data-theme="light"])') == DARK
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize(
    ("theme", "ink", "stated"),
    [
        ("light", "ink", 14.8), ("light", "quiet", 6.8), ("light", "accent", 6.1),
        ("light", "attention", 5.9), ("light", "stop", 6.9),
        ("dark", "ink", 15.1), ("dark", "quiet", 8.1), ("dark", "accent", 9.7),
        ("dark", "attention", 8.5), ("dark", "stop", 7.6),
    ],
)  # fmt: skip
def test_contrast_on_paper_is_as_stated(theme: str, ink: str, stated: float) -> None:
    palette = THEMES[theme]
    assert abs(contrast(palette[ink], palette["paper"]) - stated) < 0.06


TEXTS = [
    (ink, ground)
    for ink in ("ink", "quiet", "accent", "accent-strong", "attention", "stop")
    for ground in ("paper", "card")
] + [
    ("ink", "wash"), ("ink", "neutral-wash"), ("ink", "attention-wash"), ("ink", "stop-wash"),
    ("quiet", "neutral-wash"), ("accent-strong", "wash"), ("accent", "wash"), ("accent", "neutral-wash"),
    ("attention", "attention-wash"), ("stop", "stop-wash"), ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("paper", "ink"),
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_reaches_4_5_on_every_ground_it_stands_on(theme: str, ink: str, ground: str) -> None:
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("shape", ["edge", "accent", *(f"part-{part}" for part in PARTS)])
def test_edges_focus_and_parts_reach_3(theme: str, ground: str, shape: str) -> None:
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_neighbouring_parts_differ_in_grey(theme: str) -> None:
    """Each part stands beside the next; without colour they must still be two."""
    for one, other in pairwise(PARTS):
        assert contrast(THEMES[theme][f"part-{one}"], THEMES[theme][f"part-{other}"]) >= 1.3, (one, other)


def test_only_the_tokens_name_colours() -> None:
    allowed = {"#fff", "#000"}  # print, and the ground of a QR code
    for path in sorted(CSS.glob("*.css")):
        if path.name == "tokens.css":
            continue
        rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= allowed, path.name
        assert not re.search(r"\b(rgba?|hsla?)\(", rules), path.name


OF_ONE_PAGE = {"desk.css": 5_000}
"""Sheets that a single page loads, each with a limit of its own."""


def test_style_sheets_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in CSS.glob("*.css")}
    assert {name: sizes.pop(name) for name, most in OF_ONE_PAGE.items() if sizes[name] >= most} == {}
    assert sum(size for name, size in sizes.items() if name not in OF_ONE_PAGE) < 56_000


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_directions_are_logical(path: Path) -> None:
    """Nothing says left or right, so that right-to-left scripts need no sheet of their own."""
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    sides = r"(?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|(?:text-align|float):\s*(?:left|right)"
    assert re.findall(rf"(?:^|[\s;{{])({sides})", rules) == []


def test_focus_is_three_pixels_and_never_removed() -> None:
    base = (CSS / "base.css").read_text()
    assert ":focus-visible { outline: 3px solid var(--accent)" in base
    for path in CSS.glob("*.css"):
        for rule in re.findall(r"([^{}]+)\{[^{}]*outline:\s*(?:none|0)", path.read_text()):
            assert rule.strip() == "main:focus", f"{path.name}: {rule.strip()}"
