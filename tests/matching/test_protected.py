"""Who a person is never reaches matching: not the modules, not the database, not the columns, not a gate, not a part.

Every list here is exact in both directions: nothing more is read, and nothing stands on a list that is not read.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from accounts.models import identity
from matching.engine import GATES, PARTS, CountryWeight, Pool, SkillNeed, SkillWish, rank, screen
from matching.engine.codes import CODES
from matching.engine.columns import DENSE, FAMILIES
from matching.queries.pool import read_pool
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.matching.engine.people import Person, pool_of, portugal, speaker, vacancy
from tests.standing import standing

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)

# The modules


def test_name_and_contact_stand_in_the_module_that_is_barred() -> None:
    models = [model for model in apps.get_models() if model.__module__ == identity.__name__]
    assert {model.__name__: {field.name for field in model._meta.fields} for model in models} == {
        "Identity": {"user", "display_name", "phone"}
    }
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    barred = [
        (contract["source_modules"], contract["forbidden_modules"])
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "forbidden"
    ]
    assert (["matching"], ["accounts.models.identity"]) in barred


NEVER = re.compile(
    r"identity|display_name|phone_number|\b(user__|by__)?(email|first_name|last_name|username)\b"
)
"""What no module of matching may name, in code or in a query's text; a channel may well be called phone."""


def matching_modules() -> list[Path]:
    return sorted(path for path in (ROOT / "matching").rglob("*.py"))


@pytest.mark.parametrize("path", matching_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_of_matching_names_who_somebody_is(path: Path) -> None:
    """Also not through a package that hands the model on, nor through a relation from the account."""
    assert [found for found in names_in(path) if NEVER.search(found.lower())] == []


def names_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.name for alias in node.names)
            yield getattr(node, "module", None) or ""
        elif isinstance(node, ast.keyword):
            yield node.arg or ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            yield node.value


def test_the_names_would_be_found(tmp_path) -> None:
    for line in (
        "from accounts.models import Identity",
        "from accounts.models.identity import Identity as Who",
        "person.user.identity.phone",
        'people.values("user__identity__display_name")',
        'people.filter(user__email="x")',
    ):
        (tmp_path / "one.py").write_text(line)
        assert any(NEVER.search(found.lower()) for found in names_in(tmp_path / "one.py")), line


# The database


PERSON_COLUMNS = {
    "candidates_candidate": {
        "id", "listed", "just_looking", "earliest_start", "accepts_employment", "accepts_freelance", "country_id",
        "region_id", "work_right", "permit_until", "hours_min", "hours_max", "availability", "preferred", "zone",
        "minimum_pay", "wished_pay", "pay_currency", "pay_period", "contract_months", "work_style",
    },
    "candidates_candidatelanguage": {"candidate_id", "language_id", "claimed_level"},
    "candidates_candidateskill": {"candidate_id", "skill_id", "stated"},
    "candidates_reservation": {"candidate_id", "sector_id", "employer_id"},
    "assessments_session": {"id", "cuts"},
    "candidates_placeknown": {"candidate_id", "country_id"},
    "candidates_marketserved": {"candidate_id", "country_id"},
    "candidates_experience": {"candidate_id", "sector_id", "channel_id", "months"},
    "assessments_measurement": {
        "id", "candidate_id", "language_id", "skill_id", "level", "theta", "standard_error", "revoked_at",
        "measured_on", "expires_on", "recorded_at", "activity", "session_id",
    },
}  # fmt: skip
DENIED = (ProgrammingError, InsufficientPrivilege)
"""As Django hands it on, and as the driver does for COPY."""
FACTS = ("reference_exchangerate", "reference_countrylanguage", "assessments_bank")


def beginning() -> str:
    """A role of the database that may read those columns and nothing else, and two people."""
    for _ in range(2):
        person = CandidateFactory(
            experience=[("ecommerce", "chat", 14)], skills={"crm": 2}, languages={"en": 4}, markets=("NL",)
        )
        MeasurementFactory(candidate=person)
        MeasurementFactory(candidate=person)  # measured twice: the newest counts
    name = f"reader_{uuid4().hex}"
    run(f"CREATE ROLE {name}")
    for table, columns in PERSON_COLUMNS.items():
        run(f"GRANT SELECT ({', '.join(sorted(columns))}) ON {table} TO {name}")
    for table in FACTS:
        run(f"GRANT SELECT ON {table} TO {name}")
    return name


once = standing(beginning)


@pytest.fixture
def reader(once: str, db: None) -> str:
    """The name of the role; what a test takes from it, it has again in the next one."""
    return once


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def as_role(role: str, call: Callable[[], Any]) -> Any:
    with transaction.atomic():
        run(f"SET LOCAL ROLE {role}")
        found = call()
        run("RESET ROLE")
    return found


def test_the_database_itself_lets_the_pool_read_no_other_column(reader: str) -> None:
    everyone = read_pool(TODAY)
    assert as_role(reader, lambda: read_pool(TODAY)).digest == everyone.digest
    some = everyone.candidate_id.tolist()[:1]
    assert as_role(reader, lambda: read_pool(TODAY, some)).digest == read_pool(TODAY, some).digest
    assert everyone.languages
    assert everyone.skills
    assert everyone.localities
    assert everyone.sector_months
    with pytest.raises(DENIED, match="permission denied"):
        as_role(reader, lambda: run("SELECT display_name FROM accounts_identity"))


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, each) for table, columns in PERSON_COLUMNS.items() for each in sorted(columns)],
)
def test_every_column_on_the_list_is_needed(reader: str, table: str, column: str) -> None:
    run(f"REVOKE SELECT ({column}) ON {table} FROM {reader}")
    with pytest.raises(DENIED, match="permission denied"):
        as_role(reader, lambda: (read_pool(TODAY), read_pool(TODAY, [1])))


PROTECTED = re.compile(
    r"name|birth|age$|gender|sex|national|ethnic|race|religio|faith|photo|picture|marital|child|disab|health"
    r"|phone|mail|address|street|passport|union|politic"
)


def test_no_column_that_matching_reads_sounds_protected() -> None:
    read = {f"{table}.{column}" for table, columns in PERSON_COLUMNS.items() for column in columns}
    held = {column.name for column in DENSE} | {part.name for parts in FAMILIES.values() for part in parts}
    assert [name for name in sorted(read | held) if PROTECTED.search(name)] == []


# The columns

COLUMNS = {
    "candidate_id", "listing", "earliest_start_day", "contract_forms", "place_code", "right_to_work_until_day",
    "hours_min", "hours_max", "availability_code", "preferred_code", "zone_code", "minimum_pay", "wished_pay",
    "wished_months", "work_style", "experience_months", "languages.measured_level", "languages.claimed_level",
    "languages.theta", "languages.standard_error", "skills.measured", "skills.stated", "localities.evidence",
    "sector_months.months", "channel_months.months", "reserved_sectors.reserved", "reserved_employers.employer",
}  # fmt: skip
DICTIONARIES = {"places", "zones", "week_masks"}


def test_the_engine_holds_those_columns_and_no_other() -> None:
    sparse = {f"{family}.{part.name}" for family, parts in FAMILIES.items() for part in parts}
    assert {column.name for column in DENSE} | sparse == COLUMNS
    assert {one.name for one in fields(Pool)} == {column.name for column in DENSE} | DICTIONARIES | set(
        FAMILIES
    )


# What each gate and each part depends on

GATE_INPUTS = {
    "listed": {"listing", "earliest_start_day", "reserved_sectors.reserved", "reserved_employers.employer"},
    "contract_form": {"contract_forms"},
    "country": {"place_code"},
    "right_to_work": {"right_to_work_until_day"},
    "language": {"languages.measured_level", "languages.claimed_level"},
    "skills": {"skills.measured", "skills.stated"},
    "pay": {"place_code", "minimum_pay"},
    "hours": {"hours_min", "hours_max", "availability_code", "zone_code"},
}
PART_INPUTS = {
    "language": {"languages.measured_level", "languages.theta", "languages.standard_error"},
    "culture": {"work_style", "localities.evidence"},
    "time": {"availability_code", "preferred_code", "zone_code"},
    "pay": {"place_code", "wished_pay"},
    "skills": {"skills.measured", "skills.stated"},
    "experience": {"experience_months", "sector_months.months", "channel_months.months"},
    "commitment": {"wished_months", "hours_min", "hours_max"},
}
QUERY = vacancy(
    places=(
        portugal(),
        replace(portugal(), country="ES", legal_floor=70_000),
        replace(portugal(), country="IT", legal_floor=90_000),
        replace(portugal(), country="FR", floor_known=False),
    ),
    must_skills=(SkillNeed("crm", 2),),
    wanted_skills=(SkillWish("writing"),),
    employer=70,
    sector="travel",
    channels=("chat",),
    team_countries=(CountryWeight("NL"),),
    customer_countries=(CountryWeight("ES"),),
    locality_wanted=True,
    locality_share=4_000_000,
    organisation=(6,) * 8,
    hours_week=900,
    end_day=vacancy().start_day + 20,
)
ABLE = speaker(
    forms=3, hours=(600, 3600), wish=80_000, months=6, style=(3,) * 8, experience=10,
    blocks=tuple((weekday, 420, 1320) for weekday in range(6)), preferred=tuple((weekday, 600, 780) for weekday in range(5)),
    languages={"en": (5, 5, 1300, 400)}, skills={"crm": (2, 2), "writing": (0, 2)}, localities={"NL": 2, "ES": 8},
    sectors={"travel": 10}, channels={"chat": 5},
)  # fmt: skip

MORNINGS = tuple((weekday, 420, 690) for weekday in range(5))


def _language(*entry: int) -> Callable[[Person], Person]:
    return lambda person: replace(person, languages={"en": entry})


def _with(**changes: object) -> Callable[[Person], Person]:
    return lambda person: replace(person, **changes)


ONE_COLUMN_CHANGED = {
    "candidate_id": [_with(id=2), _with(id=2**62)],
    "listing": [_with(agreed=False), _with(available=False), _with(just_looking=True)],
    "earliest_start_day": [_with(start_day=QUERY.start_day + 1), _with(start_day=5)],
    "contract_forms": [_with(forms=forms) for forms in (0, 1, 2)],
    "place_code": [_with(place=(code, "")) for code in ("ES", "IT", "FR", "XX")] + [_with(place=("PT", "PT-11"))],
    "right_to_work_until_day": [_with(right_until=day) for day in (0, 1, QUERY.end_day)],
    "hours_min": [_with(hours=(hours, 3600)) for hours in (0, 900, 901)],
    "hours_max": [_with(hours=(600, hours)) for hours in (899, 900, 10_080)],
    "availability_code": [_with(blocks=blocks) for blocks in ((), MORNINGS, ((0, 600, 900),))],
    "preferred_code": [_with(preferred=wish) for wish in (None, (), ABLE.blocks, ((6, 0, 60),))],
    "zone_code": [_with(zone=zone) for zone in ("Europe/Madrid", "Asia/Manila", "America/Bogota", "Etc/GMT+12")],
    "minimum_pay": [_with(minimum=pay) for pay in (1, 90_000, 90_001)],
    "wished_pay": [_with(wish=pay) for pay in (0, 1, 95_000, 10**8)],
    "wished_months": [_with(months=months) for months in (0, 1, 1200)],
    "work_style": [_with(style=style) for style in ((-1,) * 8, (12,) * 8)],
    "experience_months": [_with(experience=months) for months in (0, 1200)],
    "languages.measured_level": [_language(level, 5, 1300, 400) for level in (0, 3, 4, 6)]
    + [_with(languages={"en": (level, 5, 1300, 0)}) for level in (4, 5, 6)],
    "languages.claimed_level": [_language(5, claimed, 1300, 400) for claimed in (0, 3, 6)],
    "languages.theta": [_language(5, 5, theta, 400) for theta in (-10_000, 0, 1500, 10_000)],
    "languages.standard_error": [_language(5, 5, 1300, error) for error in (1, 900, 0)],
    "skills.measured": [_with(skills={"crm": (n, 2), "writing": (m, 2)}) for n, m in ((0, 0), (1, 0), (3, 0), (2, 3))],
    "skills.stated": [_with(skills={"crm": (2, n), "writing": (0, m)}) for n, m in ((0, 2), (3, 2), (2, 0), (2, 3))],
    "localities.evidence": [_with(localities=places) for places in ({}, {"NL": 15, "ES": 15}, {"XX": 15})],
    "sector_months.months": [_with(sectors=months) for months in ({}, {"travel": 80}, {"retail": 80})],
    "reserved_sectors.reserved": [_with(not_sectors=codes) for codes in (("travel",), ("retail", "travel"))],
    "reserved_employers.employer": [_with(not_employers=numbers) for numbers in ((70,), (7, 70))],
    "channel_months.months": [_with(channels=months) for months in ({}, {"chat": 80}, {"phone": 80})],
}  # fmt: skip
NOT_MEASURED = {
    "languages.claimed_level": _with(languages={"en": (0, 5, 0, 0)}),
    "skills.stated": _with(skills={"crm": (0, 2), "writing": (0, 2)}),
}
"""Own statements count only where nothing is measured: there the change is made once more."""


def touched(column: str) -> tuple[set[str], set[str]]:
    """Gates whose reason and parts whose fit differ for anybody when only that column does."""
    gates: set[str] = set()
    parts: set[str] = set()
    for start in (ABLE, replace(ABLE, zone="Asia/Manila", preferred=None)):
        base = rank(pool_of(start), QUERY)
        for change in ONE_COLUMN_CHANGED[column]:
            after = rank(pool_of(change(start)), QUERY)
            gates |= {
                str(code.gate) for code in after.waterfall.by_code() if code not in base.waterfall.by_code()
            }
            if len(base) and len(after):
                differ = (base.fits[0] != after.fits[0]).tolist()
                parts |= {str(part) for part, changed in zip(PARTS, differ, strict=True) if changed}
    if column in NOT_MEASURED:
        start = NOT_MEASURED[column](ABLE)
        for entry in (0, 1, 3):
            family = "languages" if column.startswith("languages") else "skills"
            code = "en" if family == "languages" else "crm"
            said = {code: (0, entry, 0, 0) if family == "languages" else (0, entry)}
            after = replace(start, **{family: getattr(start, family) | said})
            if (
                screen(pool_of(after), QUERY).first_reasons[0]
                != screen(pool_of(start), QUERY).first_reasons[0]
            ):
                gates.add(str(CODES[int(screen(pool_of(after), QUERY).first_reasons[0]) - 1].gate))
    return gates, parts


def test_somebody_able_passes_every_gate() -> None:
    assert rank(pool_of(ABLE), QUERY).eligible == 1
    assert set(GATE_INPUTS) == set(map(str, GATES))
    assert set(PART_INPUTS) == set(map(str, PARTS)) == set(map(str, QUERY.asked_parts))
    assert set(ONE_COLUMN_CHANGED) == COLUMNS


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_each_column_reaches_the_gates_and_parts_on_the_list_and_no_other(column: str) -> None:
    gates, parts = touched(column)
    assert gates == {gate for gate, inputs in GATE_INPUTS.items() if column in inputs}
    assert parts == {part for part, inputs in PART_INPUTS.items() if column in inputs}


def test_candidate_numbers_only_break_ties() -> None:
    allowed = set().union(*GATE_INPUTS.values(), *PART_INPUTS.values())
    assert COLUMNS - allowed == {"candidate_id"}
