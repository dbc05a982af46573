"""The market's own database, filled with the benchmark's population by COPY; one for each size, made when asked for."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from psycopg2 import Binary
from psycopg2.extensions import connection
from psycopg2.extras import execute_values

from benchmarks.database import copy_columns, own_database, run, url_of, write_table
from benchmarks.population import make_pool
from matching.engine import Pool
from matching.engine import columns as spec

ROOT: Final = Path(__file__).resolve().parent.parent
PARTS: Final = {
    "languages": ("measured_level", "claimed_level", "theta", "standard_error"),
    "skills": ("measured", "stated"),
    "localities": ("evidence",),
    "sector_months": ("months",),
    "reserved_sectors": ("reserved",),
    "reserved_employers": ("employer",),
}
_ANSWERS: Final = ", ".join(f"1 + (s{scale} + {number}) / 3" for scale in range(8) for number in range(3))
FILL: Final = (
    """INSERT INTO accounts_user (id, password, is_superuser, email, is_staff, is_active, is_demo, language, time_zone,
         date_joined)
       SELECT candidate_id, '!', false, 'p' || candidate_id || '@people.example', false, true, true, 'en', '', now()
       FROM given""",
    f"""INSERT INTO candidates_candidate (id, user_id, public_id, created_at, changed_at, listed, just_looking, zone,
         country_id, region_id, work_right, permit_until, education_field, availability, preferred, hours_min, hours_max,
         contract_months, accepts_employment, accepts_freelance, minimum_pay, wished_pay, pay_currency, pay_period,
         earliest_start, work_style, work_style_version)
       SELECT candidate_id, candidate_id, gen_random_uuid(), now(), now(), listing & 3 = 3, listing & 4 > 0, zone.text,
         place.country, nullif(place.region, ''),
         CASE right_to_work_until_day WHEN {spec.UNRESTRICTED} THEN 'unrestricted' WHEN 0 THEN 'none' ELSE 'permit' END,
         CASE WHEN right_to_work_until_day NOT IN (0, {spec.UNRESTRICTED})
              THEN date '1970-01-01' + right_to_work_until_day END,
         '', available.mask, liked.mask, hours_min / 60, hours_max / 60, nullif(wished_months, 0),
         contract_forms & 1 > 0, contract_forms & 2 > 0, nullif(minimum_pay, 0) / 10000.0, nullif(wished_pay, 0) / 10000.0,
         'EUR', 'hour', CASE WHEN earliest_start_day > 0 THEN date '1970-01-01' + earliest_start_day END,
         CASE WHEN s0 >= 0 THEN ARRAY[{_ANSWERS}]::smallint[] END, '1'
       FROM given JOIN place_names place USING (place_code) JOIN zone_names zone USING (zone_code)
         JOIN masks available ON available.code = availability_code JOIN masks liked ON liked.code = preferred_code""",
    """INSERT INTO candidates_candidatelanguage (candidate_id, language_id, claimed_level, mother_tongue)
       SELECT candidate_id, text, claimed_level, false FROM languages JOIN languages_names USING (code)
       WHERE claimed_level > 0""",
    """INSERT INTO assessments_measurement (candidate_id, language_id, activity, level, theta, standard_error, source, evidence,
         measured_on, expires_on, recorded_at)
       SELECT candidate_id, text, 'reading_and_use', measured_level, CASE WHEN standard_error > 0 THEN theta * 0.0016 END,
         nullif(standard_error, 0) * 0.0016, 'simulated', '', current_date - 30, current_date + 600, now()
       FROM languages JOIN languages_names USING (code) WHERE measured_level > 0""",
    """INSERT INTO candidates_candidateskill (candidate_id, skill_id, stated)
       SELECT candidate_id, text, stated FROM skills JOIN skills_names USING (code) WHERE stated > 0""",
    """INSERT INTO assessments_measurement (candidate_id, skill_id, activity, level, source, evidence, measured_on, expires_on,
         recorded_at)
       SELECT candidate_id, text, '', measured, 'simulated', '', current_date - 30, current_date + 600, now()
       FROM skills JOIN skills_names USING (code) WHERE measured > 0""",
    """INSERT INTO candidates_placeknown (candidate_id, country_id, city, tie, years)
       SELECT candidate_id, text, '', 'lived', 3 FROM localities JOIN localities_names USING (code)
       WHERE evidence & 1 > 0""",
    """INSERT INTO candidates_marketserved (candidate_id, country_id)
       SELECT candidate_id, text FROM localities JOIN localities_names USING (code) WHERE evidence & 2 > 0""",
    """INSERT INTO candidates_experience (candidate_id, sector_id, channel_id, months)
       SELECT candidate_id, text, (ARRAY['phone', 'chat', 'email', 'social', 'video'])[1 + candidate_id % 5], months
       FROM sector_months JOIN sector_months_names USING (code) WHERE months > 0""",
    """INSERT INTO candidates_reservation (candidate_id, sector_id)
       SELECT candidate_id, text FROM reserved_sectors JOIN reserved_sectors_names USING (code)""",
    "INSERT INTO candidates_reservation (candidate_id, employer_id) SELECT candidate_id, employer FROM reserved_employers",
)  # fmt: skip


class Markets:
    """The databases of a run, by size; all are dropped at the end."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._urls: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def url_of(self, size: int) -> str:
        """The address of a market of `size` people, filled on first use."""
        if size not in self._urls:
            name = f"bench_market_{size}_{os.getpid()}"
            there = self._stack.enter_context(own_database(name))
            url = url_of(name)
            for command in (("migrate", "--verbosity", "0"), ("load_facts", "--verbosity", "0")):
                subprocess.run(
                    [sys.executable, "manage.py", *command],
                    cwd=ROOT,
                    env={**os.environ, "DATABASE_URL": url},
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            fill(there, make_pool(size))
            self._urls[size] = url
        return self._urls[size]


def fill(there: connection, pool: Pool) -> None:
    """Write everybody into the market's tables. No trigger and no foreign key is checked: the data is whole."""
    run(there, "SET session_replication_role = replica", "SET work_mem = '256MB'")
    people = {
        name: getattr(pool, name) for name in (column.name for column in spec.DENSE if not column.width)
    }
    people |= {
        f"s{scale}": pool.work_style[:, scale].astype(np.int32) for scale in range(spec.WORK_STYLE_SCALES)
    }
    write_table(there, "given", people)
    _dictionaries(there, pool)
    staged = ["given", "place_names", "zone_names", "masks"]
    for family, parts in PARTS.items():
        _stage(there, family, getattr(pool, family), parts, pool.candidate_id)
        staged += [family, f"{family}_names"]
    run(there, *FILL)
    run(there, f"DROP TABLE {', '.join(staged)}")
    for table in ("accounts_user", "candidates_candidate"):
        run(there, f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    run(there, "SET session_replication_role = origin", "VACUUM ANALYZE")


def _dictionaries(there: connection, pool: Pool) -> None:
    places = [(code, country, region) for code, (country, region) in enumerate(pool.places)]
    _table(there, "place_names", "place_code integer, country text, region text", places)
    _table(there, "zone_names", "zone_code integer, text text", list(enumerate(pool.zones)))
    masks = [(code, Binary(mask.tobytes())) for code, mask in enumerate(pool.week_masks)]
    masks.append((-1, Binary(bytes(spec.MASK_BYTES))))
    _table(there, "masks", "code integer, mask bytea", masks)


def _stage(
    there: connection, family: str, by_code: Any, parts: tuple[str, ...], ids: npt.NDArray[np.int64]
) -> None:
    codes = list(by_code)
    _table(there, f"{family}_names", "code integer, text text", list(enumerate(codes)))
    columns = {
        "candidate_id": np.concatenate([ids[by_code[code].rows] for code in codes]),
        "code": np.repeat(np.arange(len(codes), dtype=np.int32), [len(by_code[code].rows) for code in codes]),
    }
    for part in parts:
        columns[part] = np.concatenate([getattr(by_code[code], part) for code in codes]).astype(np.int32)
    kinds = ", ".join(f"{name} {'bigint' if name == 'candidate_id' else 'integer'}" for name in columns)
    run(there, f"CREATE UNLOGGED TABLE {family} ({kinds})")
    copy_columns(there, family, columns)


def _table(there: connection, name: str, kinds: str, rows: list[tuple[Any, ...]]) -> None:
    run(there, f"CREATE UNLOGGED TABLE {name} ({kinds})")
    with there.cursor() as cursor:
        execute_values(cursor, f"INSERT INTO {name} VALUES %s", rows)
