"""Banks as QTI packages, and what a package would change."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from assessments.enums import ItemState
from assessments.models import Bank, Item, ItemMedia, ItemPackage
from assessments.rules.bank_sheet import ItemSheet
from assessments.rules.qti_reading import ReadItem, SkippedItem, levels_of, read_package
from assessments.rules.qti_writing import Picture, packed

Fate = Literal["new", "same", "taken"]
COMPARED = tuple(name for name in ItemSheet.__slots__ if name not in {"code", "state"})


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of a package and what importing does with it.

    new: becomes a draft; same: is in this bank already, word for word; taken: another item has its code, nothing is done.
    """

    item: ReadItem
    fate: Fate


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a package would do."""

    planned: tuple[Planned, ...]
    skipped: tuple[SkippedItem, ...]

    def of(self, fate: Fate) -> list[ReadItem]:
        """The items of one fate, in the order of the package."""
        return [one.item for one in self.planned if one.fate == fate]

    @property
    def new(self) -> list[ReadItem]:
        """Items that become drafts."""
        return self.of("new")

    @property
    def same(self) -> list[ReadItem]:
        """Items that are here already."""
        return self.of("same")

    @property
    def taken(self) -> list[ReadItem]:
        """Items whose code another one has."""
        return self.of("taken")


def import_plan(bank: Bank, content: bytes, level: str) -> ImportPlan:
    """Read a package and compare it with what is there; nothing is written. Raises PackageError. Two queries."""
    found = read_package(content, kind=bank.kind, level=level)
    codes = [item.sheet.code for item in found.items]
    there = {item.code: item for item in Item.objects.filter(code__in=codes)}
    pictures = pictures_of(there.values())
    planned = [
        Planned(one, _fate(one, bank, there.get(one.sheet.code), pictures.get(one.sheet.code, ())))
        for one in found.items
    ]
    return ImportPlan(tuple(planned), tuple(found.skipped))


def _fate(one: ReadItem, bank: Bank, there: Item | None, pictures: Sequence[Picture]) -> Fate:
    if there is None:
        return "new"
    facts = asdict(one.sheet)
    alike = all(getattr(there, name) == facts[name] for name in COMPARED)
    return "same" if there.bank_id == bank.pk and alike and tuple(pictures) == one.pictures else "taken"


def pictures_of(items: Iterable[Item]) -> dict[str, tuple[Picture, ...]]:
    """Media of items by the item's code. One query."""
    found: dict[str, tuple[Picture, ...]] = {}
    rows = ItemMedia.objects.filter(item__in=items).select_related("item").order_by("item", "place")
    for row in rows:
        picture = Picture(row.name, row.media_type, bytes(row.content), row.alt)
        found[row.item.code] = (*found.get(row.item.code, ()), picture)
    return found


def bank_package(bank: Bank) -> bytes:
    """All items of a bank that are not retired, as a QTI 3.0 package. Two queries."""
    items = list(Item.objects.filter(bank=bank).exclude(state=ItemState.RETIRED).order_by("code"))
    pictures, levels = pictures_of(items), levels_of(bank.kind)
    return packed(
        [(item, levels[item.level - 1], pictures.get(item.code, ())) for item in items],
        identifier=bank.code,
        language=bank.written_in_id,
    )


def waiting_packages(bank: Bank) -> list[ItemPackage]:
    """Packages of a bank, the newest first, without their bytes."""
    return list(bank.packages.select_related("sent_by").defer("content")[:20])
