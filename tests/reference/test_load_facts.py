"""Loading the data files: all or nothing, again and again, and never over what staff did."""

import csv
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import override_settings

from common.money import PayPeriod
from reference.actions.facts import load_facts
from reference.actions.wages import FloorFigures, confirm_wage_floor, supersede_wage_floor
from reference.enums import Origin
from reference.models import (
    Country,
    CountryLanguage,
    ExchangeRate,
    FactsVersion,
    Region,
    Skill,
    WageFloor,
    WorkingHours,
)
from reference.rules.fact_files import FactError
from reference.vocabularies import DATA_FOLDER
from tests.factories.accounts import UserFactory
from tests.factories.reference import WageFloorFactory

pytestmark = pytest.mark.django_db
Edit = Callable[[str, Callable[[list[dict[str, str]]], object]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files."""
    return Path(shutil.copytree(DATA_FOLDER, tmp_path / "data"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Change the rows of one file of the copy in place."""

    def change(file: str, rows_change: Callable[[list[dict[str, str]]], object]) -> None:
        with (folder / file).open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        names = list(rows[0])
        rows_change(rows)
        with (folder / file).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, names)
            writer.writeheader()
            writer.writerows(rows)

    return change


def row_of(rows: list[dict[str, str]], **values: str) -> dict[str, str]:
    return next(row for row in rows if all(row[name] == value for name, value in values.items()))


def snapshot() -> list[tuple[object, ...]]:
    models = [Country, Region, Skill, CountryLanguage, ExchangeRate, WorkingHours, WageFloor]
    return [
        tuple(row)
        for model in models
        for row in model._default_manager.order_by("pk").values_list(
            *(field.attname for field in model._meta.concrete_fields if field.name != "created_at")
        )
    ]


def test_loading_again_changes_nothing(now: datetime) -> None:
    before = snapshot()
    report = load_facts(now=now)
    assert (report.changed, report.withdrawn, sum(report.kept.values())) == (False, 0, 0)
    assert snapshot() == before
    assert FactsVersion.objects.count() == 1


def test_the_files_hold_what_they_should(now: datetime) -> None:
    assert load_facts(now=now).written == {
        "countries.csv": 243,
        "zones.csv": 403,
        "regions.csv": 327,
        "languages.csv": 94,
        "country_languages.csv": 277,
        "skills.csv": 59,
        "sectors.csv": 20,
        "channels.csv": 6,
        "occupations.csv": 20,
        "exchange_rates.csv": 72,
        "market_pay.csv": 22,
        "price_levels.csv": 95,
        "working_hours.csv": 65,
        "wage_floors.csv": 155,
    }


def test_a_changed_file_updates_its_rows(folder: Path, edit: Edit, now: datetime) -> None:
    edit("wage_floors.csv", lambda rows: row_of(rows, key="za-legal-hour-2026-03-01").update(amount="31.00"))
    edit("skills.csv", lambda rows: row_of(rows, code="crm").update(name_en="Customer files"))
    report = load_facts(now=now, folder=folder)
    assert report.changed
    assert WageFloor.objects.get(key="za-legal-hour-2026-03-01").amount == Decimal("31.00")
    assert Skill.objects.get(pk="crm").names["en"] == "Customer files"
    assert FactsVersion.objects.count() == 2


def test_a_floor_that_left_its_file_is_withdrawn_and_comes_back_with_it(
    folder: Path, edit: Edit, now: datetime
) -> None:
    edit("wage_floors.csv", lambda rows: rows.remove(row_of(rows, key="za-legal-hour-2026-03-01")))
    assert load_facts(now=now, folder=folder).withdrawn == 1
    assert WageFloor.objects.get(key="za-legal-hour-2026-03-01").withdrawn_at == now
    load_facts(now=now)
    assert WageFloor.objects.get(key="za-legal-hour-2026-03-01").withdrawn_at is None


def test_other_facts_that_left_their_file_go(folder: Path, edit: Edit, now: datetime) -> None:
    edit("working_hours.csv", lambda rows: rows.remove(row_of(rows, country="IL")))
    assert load_facts(now=now, folder=folder).withdrawn == 1
    assert not WorkingHours.objects.filter(country="IL").exists()


def test_rows_that_staff_made_stay(folder: Path, edit: Edit, now: datetime) -> None:
    WorkingHours.objects.filter(country="PT").update(normal_hours=39, origin=Origin.STAFF)
    made = WageFloorFactory(origin=Origin.STAFF, created_by=UserFactory(staff=True))
    edit("working_hours.csv", lambda rows: row_of(rows, country="PT").update(normal_hours="37"))
    report = load_facts(now=now, folder=folder)
    assert report.kept["working_hours.csv"] == 1
    assert WorkingHours.objects.get(country="PT").normal_hours == 39
    made.refresh_from_db()
    assert (made.amount, made.withdrawn_at) == (Decimal("8.00"), None)


def test_rows_that_staff_confirmed_or_superseded_stay(folder: Path, edit: Edit, now: datetime) -> None:
    staff = UserFactory(staff=True)
    shanghai, africa = (
        WageFloor.objects.get(key=key) for key in ("cn-legal-month-undated", "za-legal-hour-2026-03-01")
    )
    confirm_wage_floor(floor=shanghai, by=staff, now=now)
    figures = FloorFigures(
        amount=Decimal(32), period=PayPeriod.HOUR, valid_from=now.date() + timedelta(days=1), source="Gazette"
    )
    supersede_wage_floor(floor=africa, figures=figures, by=staff, now=now)

    def change(rows: list[dict[str, str]]) -> None:
        row_of(rows, key=shanghai.key).update(amount="1")
        row_of(rows, key=africa.key).update(amount="1")

    edit("wage_floors.csv", change)
    assert load_facts(now=now, folder=folder).kept["wage_floors.csv"] == 2
    for row in (shanghai, africa):
        row.refresh_from_db()
    assert (shanghai.amount, africa.amount) == (Decimal(2690), Decimal("30.23"))
    assert africa.valid_to == now.date() + timedelta(days=1)


BAD_FILES = [
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"amount": "lots"}, "amount 'lots' is not a number"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"amount": "-3"}, "amount '-3' is not between"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"amount": "NaN"}, "amount 'NaN' is not between"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"amount": ""}, "needs an amount or a percentage"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"source": ""}, "source is empty"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"currency": "USD"}, "the currency of ZA is ZAR, not USD"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"country": "QQ"}, "country 'QQ' is not in countries.csv"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"region": "CA-ON"}, "CA-ON is no region of ZA"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"basis": "net"}, "a net amount has status net"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"valid_to": "2026-03-01"}, "it ends before it starts"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"valid_from": "1 March"}, "is not a date like"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"reliability": "E"}, "reliability 'E' is not one of"),
    ("wage_floors.csv", {"key": "za-legal-hour-2026-03-01"}, {"as_of": "spring"}, "as_of 'spring' is not a year"),
    ("wage_floors.csv", {"key": "nl-legal-hour-2026-01-01"}, {"valid_to": "2026-07-02"}, "overlaps line"),
    ("working_hours.csv", {"country": "PT"}, {"country": "ES"}, "repeats line"),
    ("working_hours.csv", {"country": "PT"}, {"night_from": "10 pm"}, "is not a time like 22:00"),
    ("countries.csv", {"code": "NL"}, {"eea": ""}, "a country of the EU is also in the EEA"),
    ("countries.csv", {"code": "NL"}, {"eu": "true"}, "eu 'true' is neither yes nor empty"),
    ("countries.csv", {"code": "NL"}, {"main_zone": "Europe/Utrecht"}, "main_zone 'Europe/Utrecht' is not in zones.csv"),
    ("exchange_rates.csv", {"currency": "GBP"}, {"units_per_eur": "0"}, "units_per_eur '0' is not between"),
    ("regions.csv", {"code": "CA-ON"}, {"country": "CH"}, "CA-ON is no region of CH"),
    ("skills.csv", {"code": "crm"}, {"group": "magic"}, "group 'magic' is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "where", "change", "message"), BAD_FILES)
def test_a_bad_row_is_named_by_file_and_line_and_nothing_is_written(
    file: str,
    where: dict[str, str],
    change: dict[str, str],
    message: str,
    folder: Path,
    edit: Edit,
    now: datetime,
) -> None:
    edit("sectors.csv", lambda rows: row_of(rows, code="travel").update(name_en="Journeys"))
    edit(file, lambda rows: row_of(rows, **where).update(change))
    before = snapshot()
    with pytest.raises(FactError, match=rf"^{file}, line \d+: .*") as caught:
        load_facts(now=now, folder=folder)
    assert message in str(caught.value)
    assert snapshot() == before


def test_the_line_of_a_bad_row_is_its_line_in_the_file(folder: Path, now: datetime) -> None:
    path = folder / "channels.csv"
    path.write_text("code,name_en,name_nl\nphone,Telephone,Telefoon\nNO GOOD,x,x\n", encoding="utf-8")
    with pytest.raises(
        FactError, match=r"^channels\.csv, line 3: code 'NO GOOD' is not a code of small letters"
    ):
        load_facts(now=now, folder=folder)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"code,name_en\nphone,x\n", "line 1: the columns must be code, name_en, name_nl"),
        (b"code,name_en,name_nl\n", "line 1: holds no rows"),
        (b"code,name_en,name_nl\nphone,x\n", "line 2: has 2 cells, not 3"),
        (b"code,name_en,name_nl\nphone,\xff,x\n", "line 0: the file is not UTF-8 text"),
        (b'code,name_en,name_nl\nphone,"x\n', "line 2: is not CSV"),
        (None, "line 0: the file is missing"),
    ],
)
def test_a_broken_file_is_named(content: bytes | None, message: str, folder: Path, now: datetime) -> None:
    path = folder / "channels.csv"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(FactError) as caught:
        load_facts(now=now, folder=folder)
    assert str(caught.value).startswith(f"channels.csv, {message}")


def test_the_command_prints_the_rows_of_each_file() -> None:
    out = StringIO()
    call_command("load_facts", stdout=out)
    lines = out.getvalue().splitlines()
    assert "   155  wage_floors.csv" in lines
    assert lines[-1].endswith(" unchanged")


def test_demo_policies_need_demo_mode() -> None:
    with pytest.raises(CommandError, match="only with DEMO=1"):
        call_command("load_facts", demo_policies=True)
    assert not WageFloor.objects.filter(origin=Origin.DEMO).exists()


@override_settings(DEMO=True)
def test_demo_policies_are_marked_and_survive_a_plain_load(now: datetime) -> None:
    call_command("load_facts", demo_policies=True, verbosity=0)
    load_facts(now=now)
    demo = WageFloor.objects.filter(origin=Origin.DEMO, withdrawn_at=None)
    assert demo.count() == 22
    assert {row.kind for row in demo} == {"platform_policy"}
    assert all(row.source.startswith("demo: ") for row in demo)


def test_progress_is_reported_file_by_file(now: datetime) -> None:
    seen: list[tuple[int, int, str]] = []
    load_facts(now=now, progress=lambda done, total, file: seen.append((done, total, file)))
    assert seen[0] == (1, 14, "countries.csv")
    assert seen[-1] == (14, 14, "wage_floors.csv")
