"""Collect the texts of Python files and templates into locale/*/LC_MESSAGES/django.po, with Babel alone.

    bin/messages.py            update the catalogues and compile them
    bin/messages.py --missing  count texts without a translation, and fail when there are any

Django's own `makemessages` needs the gettext programs; its template reader is used here, so the texts are the same.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
    os.environ.setdefault(name, "postgresql:///none" if name == "DATABASE_URL" else "redis://none")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

import django  # noqa: E402

django.setup()

from babel.messages.catalog import Catalog  # noqa: E402
from babel.messages.extract import extract  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from compile_catalogues import main as compile_catalogues  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils.translation.template import templatize  # noqa: E402

LEFT_OUT = {".venv", "var", "tests", "node_modules", "benchmarks", "bin"}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def main(arguments: list[str]) -> int:
    template = collect()
    missing = 0
    for code in (code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE):
        path = ROOT / "locale" / code / "LC_MESSAGES" / "django.po"
        catalogue = updated(path, code, template)
        without = [message for message in catalogue if message.id and not is_translated(message.string)]
        missing += len(without)
        print(f"{code}: {len(catalogue)} texts, {len(without)} without a translation")
        if "--missing" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(
                    file, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False
                )
    if "--missing" in arguments:
        return 1 if missing else 0
    return compile_catalogues()


def collect() -> Catalog:
    """Every text, with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for path in sorted(source_files()):
        source = path.read_text()
        python = as_python(source) if path.suffix in (".html", ".txt") else source
        stream = io.BytesIO(python.encode())
        for _, text, comments, context in extract("python", stream, KEYWORDS, comment_tags=("Translators:",)):
            catalogue.add(
                text, locations=[(str(path.relative_to(ROOT)), 0)], auto_comments=comments, context=context
            )
    return catalogue


def as_python(template: str) -> str:
    """Django's reader leaves the calls and blanks out the rest; indentation would trouble a Python reader."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def source_files() -> Iterator[Path]:
    for path in ROOT.iterdir():
        if path.is_dir() and path.name not in LEFT_OUT and not path.name.startswith("."):
            yield from (
                file for file in path.rglob("*") if file.suffix in (".py", ".html", ".txt") and kept(file)
            )


def kept(path: Path) -> bool:
    return "migrations" not in path.parts and "requirements" not in path.parts


def updated(path: Path, code: str, template: Catalog) -> Catalog:
    """The catalogue of a language with today's texts; what was translated stays, nothing is guessed."""
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
    else:
        catalogue = Catalog(locale=code, charset="utf-8", project="marketplace")
    catalogue.update(template, no_fuzzy_matching=True)
    return catalogue


def is_translated(string: str | Iterable[str] | None) -> bool:
    return bool(string) if isinstance(string, str | None) else all(string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
