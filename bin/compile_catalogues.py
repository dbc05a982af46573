"""Compile locale/*/LC_MESSAGES/*.po with Babel, so that no gettext programs have to be installed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def main() -> int:
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        partial = source.with_suffix(".mo.partial")
        with partial.open("wb") as file:
            write_mo(file, catalogue, use_fuzzy=False)
        partial.replace(source.with_suffix(".mo"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
