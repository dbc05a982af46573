"""Loading the data files: read and check everything first, then write all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from reference import models as m
from reference.enums import Origin
from reference.rules import fact_tables as t
from reference.rules.fact_checks import check_facts
from reference.rules.fact_files import Record, Table, digest_of, read_table
from reference.vocabularies import DATA_FOLDER

DATA_FILES = (
    *(table.file for table in t.TABLES),
    "isced_levels.csv",
    "isced_fields.csv",
    "locality_subjects.csv",
    "work_style.json",
)

Progress = Callable[[int, int, str], None]
FOREIGN_KEYS = {"country", "region", "language", "main_zone"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a file goes. `renames` maps a column to a field; rows of `mirrored` targets leave with their file rows."""

    table: Table
    model: type[models.Model]
    unique: tuple[str, ...]
    renames: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = None
    mirrored: bool = False
    term: bool = False


@dataclass(slots=True)
class LoadReport:
    """Rows written a file, rows that were left because staff made or confirmed them, and rows withdrawn."""

    digest: str
    changed: bool
    written: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    withdrawn: int = 0


TARGETS = (
    Target(t.COUNTRIES, m.Country, ("iso2",), {"code": "iso2"}),
    Target(t.ZONES, m.Zone, ("name",)),
    Target(t.REGIONS, m.Region, ("code",)),
    Target(t.LANGUAGES, m.Language, ("code",)),
    Target(
        t.COUNTRY_LANGUAGES, m.CountryLanguage, ("country", "language"), origin=Origin.FILE, mirrored=True
    ),
    Target(t.SKILLS, m.Skill, ("code",), term=True),
    Target(t.SECTORS, m.Sector, ("code",), term=True),
    Target(t.CHANNELS, m.Channel, ("code",), term=True),
    Target(t.OCCUPATIONS, m.Occupation, ("code",), term=True),
    Target(t.EXCHANGE_RATES, m.ExchangeRate, ("currency", "on"), origin=Origin.FILE),
    Target(t.MARKET_PAY, m.MarketPay, ("key",), origin=Origin.FILE, mirrored=True),
    Target(t.PRICE_LEVELS, m.PriceLevel, ("country",), origin=Origin.FILE, mirrored=True),
    Target(t.WORKING_HOURS, m.WorkingHours, ("country",), origin=Origin.FILE, mirrored=True),
    Target(t.WAGE_FLOORS, m.WageFloor, ("key",), origin=Origin.FILE),
)
DEMO_TARGET = Target(t.DEMO_POLICIES, m.WageFloor, ("key",), origin=Origin.DEMO)


def load_facts(
    *,
    now: datetime,
    folder: Path = DATA_FOLDER,
    demo_policies: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Bring the tables up to the files. Loading twice changes nothing; what staff made or confirmed stays.

    Raises FactError, naming file and line, before anything is written.
    """
    facts = {table.file: read_table(folder, table) for table in t.TABLES}
    check_facts(facts, t.TABLES)
    digest = digest_of(folder, DATA_FILES)
    targets = (*TARGETS, DEMO_TARGET) if demo_policies else TARGETS
    with transaction.atomic():
        latest = m.FactsVersion.objects.order_by("-loaded_at").values_list("digest", flat=True).first()
        report = LoadReport(digest=digest, changed=digest != latest)
        for done, target in enumerate(targets, start=1):
            _load(target, facts[target.table.file], now=now, report=report)
            if progress:
                progress(done, len(targets), target.table.file)
        if report.changed:
            m.FactsVersion.objects.create(digest=digest, loaded_at=now, counts=report.written)
    return report


def _load(target: Target, records: Sequence[Record], *, now: datetime, report: LoadReport) -> None:
    rows = [_row(target, position, record) for position, record in enumerate(records)]
    held = _held_by_staff(target)
    mine = [row for row in rows if _identity(target, row) not in held]
    report.kept[target.table.file] = len(rows) - len(mine)
    report.written[target.table.file] = len(mine)
    _retire(target, {_identity(target, row) for row in rows}, now=now, report=report)
    written = {name for column in target.table.columns for name in [_field(target, column.name)]}
    if target.term:
        written = {name for name in written if not name.startswith("name_")} | {"names", "position"}
    if target.model is m.WageFloor:
        written |= {"withdrawn_at"}
    target.model._default_manager.bulk_create(
        mine,
        update_conflicts=bool(written - set(target.unique)),
        ignore_conflicts=not written - set(target.unique),
        unique_fields=list(target.unique) if written - set(target.unique) else None,
        update_fields=sorted(written - set(target.unique)) or None,
        batch_size=1000,
    )


def _field(target: Target, column: str) -> str:
    return target.renames.get(column, column)


def _row(target: Target, position: int, record: Record) -> Any:
    values = {_field(target, name): value for name, value in record.values.items()}
    if target.term:
        values["names"] = {name.removeprefix("name_"): values.pop(name) for name in ("name_en", "name_nl")}
        values["position"] = position
    if target.origin:
        values["origin"] = target.origin
    fields = {name: _null_or_empty(target.model, name, value) for name, value in values.items()}
    return target.model(
        **{f"{name}_id" if name in FOREIGN_KEYS else name: value for name, value in fields.items()}
    )


def _null_or_empty(model: type[models.Model], name: str, value: Any) -> Any:
    """A text column has no null: an empty cell of a choice is an empty text."""
    column = model._meta.get_field(name)
    return "" if value is None and isinstance(column, models.CharField) else value


def _identity(target: Target, row: models.Model) -> tuple[Any, ...]:
    return tuple(getattr(row, model_field(target.model, name)) for name in target.unique)


def model_field(model: type[models.Model], name: str) -> str:
    """Attribute that holds the stored value of a field."""
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _held_by_staff(target: Target) -> set[tuple[Any, ...]]:
    if target.origin is None:
        return set()
    held = ~Q(origin=target.origin)
    if target.model is m.WageFloor:
        held |= Q(confirmed_at__isnull=False) | Q(superseded_by__isnull=False)
    return set(target.model._default_manager.filter(held).values_list(*_attnames(target)))


def _retire(target: Target, present: Iterable[tuple[Any, ...]], *, now: datetime, report: LoadReport) -> None:
    """Take out what left the file: floors are withdrawn and stay on record, mirrored rows go."""
    if not target.mirrored and target.model is not m.WageFloor:
        return
    found = target.model._default_manager.filter(origin=target.origin)
    if target.model is m.WageFloor:
        found = found.filter(withdrawn_at=None, confirmed_at=None, superseded_by=None)
    gone = set(found.values_list(*_attnames(target))) - set(present)
    for identity in sorted(gone):
        row = found.filter(**dict(zip(_attnames(target), identity, strict=True)))
        if target.model is m.WageFloor:
            report.withdrawn += row.update(withdrawn_at=now)
        else:
            report.withdrawn += row.delete()[0]


def _attnames(target: Target) -> list[str]:
    return [model_field(target.model, name) for name in target.unique]
